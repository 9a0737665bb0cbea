/* text.c: see text.h. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/store.h"
#include "base/text.h"
#include "job/child.h"
#include "job/text.h"
#include "model/file_text.h"

enum { UNPRINTED = 0x20, HIGH = 0x80 };

/* As Unicode; those that Windows-1252 has beyond Latin-1 are no letters but a few. */
static void
add_latin(struct buf *out, unsigned char c)
{
	if (c < HIGH + 0x20)
		buf_text(out, c == 0x8c || c == 0x9c ? "œ" : " ");
	else
		buf_print(out, "%c%c", 0xc0 | c >> 6, 0x80 | (c & 0x3f));
}

static const char *
clean(struct arena *a, const char *bytes, size_t len)
{
	struct buf out = { .arena = a };

	buf_reserve(&out, len < FILE_TEXT_MOST ? len + 1 : FILE_TEXT_MOST + 4);
	buf_text(&out, "");
	for (size_t i = 0, n; i < len && out.len < FILE_TEXT_MOST - 4; i += n) {
		const unsigned char c = (unsigned char)bytes[i];

		n = text_char(bytes + i, len - i);
		if (c < UNPRINTED && c != '\n')
			buf_text(&out, " ");
		else if (n > 0)
			buf_add(&out, bytes + i, n);
		else
			add_latin(&out, c);
		n = n > 0 ? n : 1;
	}
	return out.text;
}

/* What the program has written; none is an empty text: a scan without letters. */
static enum status
take(struct arena *a, const char *path, const char **text)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	char *bytes = arena_room(a, FILE_TEXT_MOST);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return INVALID;
	do {
		n = read(fd, bytes + len, FILE_TEXT_MOST - len);
		len += n > 0 ? (size_t)n : 0;
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(fd);
	*text = clean(a, bytes, len);
	return n < 0 ? FAILED : OK;
}

static enum status
read_pdf(struct arena *a, const char *root, const char *hex, const char **text)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
		"MALLOC_ARENA_MAX=2", NULL };
	const char *folder = arena_print(a, "%s/%.2s/%.2s", root, hex, hex + 2);
	const char *temporary = arena_print(a, "new.%s.txt", random_text(a, 8));
	const char *path = arena_print(a, "%s/%s", folder, temporary);
	const char *const argv[] = { TEXT_PROGRAM, "-q", "-enc", "UTF-8", "-nopgbrk", "-l", "1000",
		hex, temporary, NULL };
	const struct child c = { { .seconds = 30,
				     .cpu_seconds = 20,
				     .memory = 512L * 1024 * 1024,
				     .file = 2L * FILE_TEXT_MOST },
		folder, argv, environment };
	struct child_end end;
	enum status e;

	if (access(arena_print(a, "%s/%s", folder, hex), F_OK) != 0)
		return NOT_FOUND;
	e = child_run(&c, &end);
	if (!e && end.in_time && WIFEXITED(end.how) && WEXITSTATUS(end.how) == CHILD_NOT_STARTED) {
		log_error("text: cannot run %s: install poppler-utils", TEXT_PROGRAM);
		return INVALID; /* its name is found; nobody waits for the program */
	}
	/* More text than the limit is cut off, and what came before is good. */
	if (!e && (!end.in_time || (WIFSIGNALED(end.how) && WTERMSIG(end.how) != SIGXFSZ) ||
		      (WIFEXITED(end.how) && WEXITSTATUS(end.how) != 0))) {
		log_warn("text: %s: %s", hex, end.in_time ? end.said : "not done in time");
		e = INVALID;
	}
	if (!e)
		e = take(a, path, text);
	unlink(path);
	return e;
}

enum status
text_read(struct arena *a, const char *root, const char *hex, const char *type, const char **text)
{
	const char *bytes;
	size_t len;
	enum status e;

	if (!store_is_hex(hex))
		return NOT_FOUND;
	if (strcmp(type, "application/pdf") == 0)
		return read_pdf(a, root, hex, text);
	e = store_read(a, root, hex, &bytes, &len);
	if (!e)
		*text = clean(a, bytes, len);
	return e;
}
