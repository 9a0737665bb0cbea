/* log.c: one JSON object a line, built on the stack and written at once. */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/time.h"

enum {
	MESSAGE = 3000,
	LINE = 4096, /* PIPE_BUF: lines of many workers on one pipe are never mixed */
	END = 8,     /* kept free for what closes the line */
	PIECE = 8,   /* an escaped character */
};

/* The trace id of the request in hand: log.h. */
static const char *current_trace;

struct line {
	char text[LINE];
	size_t len;
	bool full; /* nothing more than the end goes in */
};

static void
put(struct line *l, const char *text, size_t len)
{
	if (l->full || len > LINE - END - l->len) {
		l->full = true;
		return;
	}
	memcpy(l->text + l->len, text, len);
	l->len += len;
}

static void
put_text(struct line *l, const char *text)
{
	put(l, text, strlen(text));
}

static void
put_number(struct line *l, const char *name, int64_t n)
{
	char text[64];

	snprintf(text, sizeof(text), ",\"%s\":%lld", name, (long long)n);
	put_text(l, text);
}

/* One character of whatever bytes; answers how many it took. */
static size_t
put_char(struct line *l, const char *text, size_t left)
{
	size_t n = text_char(text, left);
	char code[PIECE];

	if (n == 0) {
		put_text(l, "\uFFFD");
		return 1;
	}
	if (*text == '"' || *text == '\\') {
		snprintf(code, sizeof(code), "\\%c", *text);
		put_text(l, code);
	} else if ((unsigned char)*text < 0x20 || *text == 0x7f) {
		snprintf(code, sizeof(code), "\\u%04x", (unsigned)(unsigned char)*text);
		put_text(l, code);
	} else {
		put(l, text, n);
	}
	return n;
}

static void
put_member(struct line *l, const char *name, const char *value)
{
	char head[64];
	size_t left;

	snprintf(head, sizeof(head), ",\"%s\":\"", name);
	put_text(l, value == NULL ? "" : head);
	if (value == NULL || l->full)
		return;
	for (left = strlen(value); left > 0 && !l->full;) {
		size_t n = put_char(l, value, left);

		value += n;
		left -= n;
	}
	l->text[l->len++] = '"'; /* END kept its room */
}

static void
line_begin(struct line *l, const char *level, const char *trace)
{
	struct civil c = civil_of(now());
	char text[64];

	l->len = 0;
	l->full = false;
	snprintf(text, sizeof(text), "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", c.year,
	    c.month, c.day, c.hour, c.minute, c.second, c.micro / 1000);
	put_text(l, text);
	put_member(l, "level", level);
	put_member(l, "program", program_invocation_short_name);
	put_number(l, "pid", getpid());
	put_member(l, "trace", trace);
}

static void
line_end(struct line *l)
{
	const char *at = l->text;

	memcpy(l->text + l->len, "}\n", 2);
	l->len += 2;
	while (l->len > 0) {
		ssize_t n = write(STDERR_FILENO, at, l->len);

		if (n < 0 && errno != EINTR)
			return; /* nobody is left to tell */
		if (n > 0) {
			at += n;
			l->len -= (size_t)n;
		}
	}
}

static void PRINTF(2, 0) log_line(const char *level, const char *fmt, va_list ap)
{
	char message[MESSAGE];
	struct line l;
	int why = errno;

	if (vsnprintf(message, sizeof(message), fmt, ap) < 0)
		snprintf(message, sizeof(message), "(cannot be printed) %s", fmt);
	line_begin(&l, level, current_trace);
	put_member(&l, "message", message);
	line_end(&l);
	errno = why;
}

void
log_info(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("info", fmt, ap);
	va_end(ap);
}

void
log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("warn", fmt, ap);
	va_end(ap);
}

void
log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("error", fmt, ap);
	va_end(ap);
}

void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("fatal", fmt, ap);
	va_end(ap);
	exit(1);
}

/* What is long and the stranger's comes last, so that a cut line keeps the figures. */
void
log_request(const char *trace, const char *method, const char *path, int code, int64_t us,
    int64_t queries, int64_t user_id, const char *address)
{
	struct line l;

	line_begin(&l, code >= 500 ? "error" : "info", trace);
	put_number(&l, "code", code);
	put_number(&l, "us", us);
	put_number(&l, "queries", queries);
	if (user_id != 0)
		put_number(&l, "user", user_id);
	put_member(&l, "address", address);
	put_member(&l, "method", method);
	put_member(&l, "path", path);
	line_end(&l);
}

void
log_trace(const char *trace)
{
	current_trace = trace;
}
