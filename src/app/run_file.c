/* run_file.c: the supervisor's files: read, written whole, removed; and its words. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "base/arena.h"
#include "base/buf.h"

enum { OPEN_FOLDERS = 16, LINE = 1024 };

const char *
plant_path(const struct plant *plant, const char *below)
{
	return arena_print(plant->arena, "%s/%s", plant->var, below);
}

const char *
file_read(struct arena *arena, const char *path)
{
	struct buf text = { .arena = arena };
	char part[LINE];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	buf_text(&text, "");
	while ((n = read(fd, part, sizeof part)) > 0)
		buf_add(&text, part, (size_t)n);
	close(fd);
	return n < 0 ? NULL : text.text != NULL ? text.text : "";
}

static bool
write_all(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

bool
file_write(const char *path, const char *text)
{
	char fresh[4096];
	int fd;
	bool good;

	if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
		return false;
	fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		say_wrong("cannot write %s: %s", path, strerror(errno));
		return false;
	}
	good = write_all(fd, text);
	if (close(fd) != 0 || !good || rename(fresh, path) != 0) {
		say_wrong("cannot write %s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

void
file_remove(const char *path)
{
	nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

void
file_show_end(const char *path, int lines)
{
	FILE *f = fopen(path, "re");
	long at;

	if (f == NULL)
		return;
	fseek(f, 0, SEEK_END);
	for (at = ftell(f) - 2; at > 0 && lines > 0; at--) {
		fseek(f, at, SEEK_SET);
		if (getc(f) == '\n' && --lines == 0)
			break;
	}
	fseek(f, at > 0 ? at + 1 : 0, SEEK_SET);
	fprintf(stderr, "The end of %s:\n", path);
	for (int c; (c = getc(f)) != EOF;)
		putc(c, stderr);
	fclose(f);
}

void
say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

void
say_wrong(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("millwright: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
}
