/* picture.c: see picture.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/store.h"
#include "job/child.h"
#include "job/picture.h"

enum { FILE_MODE = 0640, MAGIC = 12 };

static const struct picture_limits usual = {
	.program = PICTURE_PROGRAM,
	.seconds = 30,
	.cpu_seconds = 20,
	.memory = 1500L * 1024 * 1024,
	.file = 64L * 1024 * 1024, /* as large as a file may be */
};

/* Kinds by their first bytes: whatever else libvips can read (SVG, PDF …) stays out. */
struct kind {
	size_t at;
	const char *bytes;
};

static const struct kind kinds[] = {
	{ 0, "\xff\xd8\xff" },
	{ 0, "\x89PNG\r\n\x1a\n" },
	{ 8, "WEBP" },
	{ 4, "ftyphei" },
	{ 4, "ftyphev" },
	{ 4, "ftypmif1" },
	{ 4, "ftypmsf1" },
	{ 4, "ftypavif" },
};

/* Films and sounds: what an MP4 or MOV file may begin with. */
static const char *const films[] = { "ftyp", "moov", "mdat", "wide", "free", "skip" };

enum made_of { OF_PHOTO, OF_PAGES, OF_FILM };

/* libvips ends well with a photo that breaks off, the rest grey; what it says then. */
static const char *const torn[] = { "Premature end", "not enough data", "CRC error" };

/* One rendition: from a file to a file, both in the folder. */
struct task {
	const struct picture_limits *limits;
	const char *folder;
	const char *from, *to;
	const char *size;
	const char *quality;
};

static bool
is_torn(const char *text)
{
	for (size_t i = 0; i < COUNT(torn); i++)
		if (strstr(text, torn[i]) != NULL)
			return true;
	return false;
}

static enum status
judge(const struct task *t, const char *program, bool in_time, int how, const char *text)
{
	if (in_time && WIFEXITED(how) && WEXITSTATUS(how) == 0 && !is_torn(text))
		return OK;
	if (in_time && WIFEXITED(how) && WEXITSTATUS(how) == CHILD_NOT_STARTED) {
		log_error("picture: cannot run %s: install libvips-tools, poppler-utils and"
			  " libimage-exiftool-perl",
		    program);
		return FAILED;
	}
	if (strstr(text, "No space left") != NULL || strstr(text, "quota exceeded") != NULL) {
		log_error("picture: no room left for a rendition of %s", t->from);
		return FAILED;
	}
	if (!in_time)
		log_warn("picture: %s: not done in %d s", t->from, t->limits->seconds);
	else if (WIFSIGNALED(how))
		log_warn("picture: %s: ended by signal %d", t->from, WTERMSIG(how));
	else
		log_warn("picture: %s: %s", t->from, text);
	return INVALID;
}

static enum status
run(const struct task *t, const char *const *argv)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
		"VIPS_CONCURRENCY=1", "VIPS_BLOCK_UNTRUSTED=1", "VIPS_DISC_THRESHOLD=1g",
		"MALLOC_ARENA_MAX=2", NULL };
	const struct picture_limits *l = t->limits;
	const struct child c = { { l->seconds, l->cpu_seconds, l->memory, l->file }, t->folder,
		argv, environment };
	struct child_end end;
	enum status e = child_run(&c, &end);

	return e ? e : judge(t, argv[0], end.in_time, end.how, end.said);
}

/* The file that the program wrote, to the disk and to its name. */
static enum status
keep(struct arena *a, const struct task *t, const char *temporary)
{
	const char *from = arena_print(a, "%s/%s", t->folder, temporary);
	int fd = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	bool good;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0) {
		log_warn("picture: %s: nothing came out", t->from);
		if (fd >= 0)
			close(fd);
		return INVALID;
	}
	good = fchmod(fd, FILE_MODE) == 0 && fsync(fd) == 0;
	close(fd);
	if (good && rename(from, arena_print(a, "%s/%s", t->folder, t->to)) == 0)
		return OK;
	log_error("picture: cannot keep %s: %s", t->to, strerror(errno));
	return FAILED;
}

static bool
is_made(struct arena *a, const char *folder, const char *name)
{
	struct stat st;

	return stat(arena_print(a, "%s/%s", folder, name), &st) == 0 && st.st_size > 0;
}

/* By that program, which writes a temporary file; what is there already is not made again. */
static enum status
make(struct arena *a, const struct task *t, const char *const argv[], const char *temporary)
{
	enum status e;

	if (is_made(a, t->folder, t->to))
		return OK;
	e = run(t, argv);
	if (!e)
		e = keep(a, t, temporary);
	if (e)
		unlink(arena_print(a, "%s/%s", t->folder, temporary));
	return e;
}

/* The first page of a PDF, 1600 px high or wide. */
static enum status
first_page(struct arena *a, const struct task *t)
{
	const char *prefix = arena_print(a, "new.%s", random_text(a, 8));
	const char *temporary = arena_print(a, "%s.jpg", prefix);
	const char *const argv[] = { PICTURE_PAGES, "-jpeg", "-jpegopt", "quality=82", "-f", "1",
		"-l", "1", "-singlefile", "-scale-to", "1600", t->from, prefix, NULL };

	return make(a, t, argv, temporary);
}

/* The same film, and nothing that it tells beside it. */
static enum status
clean(struct arena *a, const struct task *t)
{
	const char *temporary = arena_print(a, "new.%s", random_text(a, 8));
	const char *const argv[] = { PICTURE_CLEANER, "-config", "", "-m", "-q", "-q",
		"-all=", "-o", temporary, t->from, NULL };

	return make(a, t, argv, temporary);
}

static enum status
rendition(struct arena *a, const struct task *t)
{
	/* Without a dot in front: that would be standard output to vipsthumbnail. */
	const char *temporary = arena_print(a, "new.%s.jpg", random_text(a, 8));
	const char *output =
	    arena_print(a, "%s[Q=%s,strip,optimize_coding,background=255]", temporary, t->quality);
	const char *const argv[] = { t->limits->program,
		arena_print(a, "%s[fail_on=warning]", t->from), "--size", t->size,
		"--export-profile", "srgb", "-o", output, NULL };

	return make(a, t, argv, temporary);
}

static bool
is_photo(const char *start, size_t len)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct kind *k = &kinds[i];
		size_t n = strlen(k->bytes);

		if (k->at + n <= len && memcmp(start + k->at, k->bytes, n) == 0)
			return true;
	}
	return false;
}

static bool
is_film(const char *start, size_t len)
{
	for (size_t i = 0; i < COUNT(films); i++)
		if (len >= 8 && memcmp(start + 4, films[i], 4) == 0)
			return true;
	return false;
}

static enum status
look(const char *path, const char *hex, enum made_of *of)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	char start[MAGIC];
	ssize_t n;

	if (fd < 0 && errno == ENOENT)
		return NOT_FOUND;
	n = fd < 0 ? -1 : read(fd, start, sizeof(start));
	if (n < 0)
		log_error("picture: cannot read %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return FAILED;
	*of = n > 5 && memcmp(start, "%PDF-", 5) == 0 ? OF_PAGES
	      : is_photo(start, (size_t)n)            ? OF_PHOTO
						      : OF_FILM;
	if (*of != OF_FILM || is_film(start, (size_t)n))
		return OK;
	log_warn("picture: %s is not a photo", hex);
	return INVALID;
}

/* Each is made of the one before it: whatever is hard about the photo is done once. */
static enum status
all(struct arena *a, const struct picture_limits *l, const char *root, const char *hex)
{
	const char *path = store_path(a, hex, NULL);
	const char *folder = arena_print(a, "%s/%.2s/%.2s", root, hex, hex + 2);
	const char *whole = arena_print(a, "%s" PICTURE_WHOLE, hex);
	const char *large = arena_print(a, "%s" PICTURE_LARGE, hex);
	const char *small = arena_print(a, "%s" PICTURE_SMALL, hex);
	const char *cleaned = arena_print(a, "%s" PICTURE_CLEAN, hex);
	enum made_of of = OF_PHOTO;
	enum status e = OK;
	bool page;

	if (is_made(a, folder, cleaned))
		return OK;
	if (!is_made(a, folder, whole))
		e = look(arena_print(a, "%s/%s", root, path), hex, &of);
	if (!e && of == OF_FILM)
		return clean(a, &(struct task){ l, folder, hex, cleaned, NULL, NULL });
	page = of == OF_PAGES;
	if (!e && !page)
		e = rendition(a, &(struct task){ l, folder, hex, whole, "4096x4096>", "90" });
	if (!e && page)
		e = first_page(a, &(struct task){ l, folder, hex, large, NULL, NULL });
	if (!e && !page)
		e = rendition(a, &(struct task){ l, folder, whole, large, "1600x1600>", "82" });
	if (!e)
		e = rendition(a, &(struct task){ l, folder, large, small, "320x320>", "75" });
	return e;
}

enum status
picture_make_within(const struct picture_limits *l, const char *root, const char *hex)
{
	struct arena *a;
	enum status e;

	if (!store_is_hex(hex))
		return NOT_FOUND;
	a = arena_new();
	e = all(a, l, root, hex);
	arena_free(a);
	return e;
}

enum status
picture_make(const char *root, const char *hex)
{
	return picture_make_within(&usual, root, hex);
}
