/* response.c: headers and redirects. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/log.h"
#include "http/response.h"

static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

/* Takes out an earlier line of that name. */
static void
header_drop(struct buf *headers, const char *name)
{
	const size_t len = strlen(name);
	char *line = headers->text;

	while (line != NULL && *line != '\0') {
		char *next = strstr(line, "\r\n") + 2;

		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			memmove(line, next, strlen(next) + 1);
			headers->len -= (size_t)(next - line);
			return;
		}
		line = next;
	}
}

void
header_add(struct request *rq, const char *name, const char *value)
{
	struct buf *headers = &rq->response.headers;

	if (*name == '\0' || has_control(name) || strchr(name, ':') != NULL || has_control(value)) {
		log_error("header: a control character in %zu bytes, left out", strlen(value));
		return;
	}
	headers->arena = rq->arena;
	buf_text(headers, name);
	buf_text(headers, ": ");
	buf_text(headers, value);
	buf_text(headers, "\r\n");
}

void
header_set(struct request *rq, const char *name, const char *value)
{
	header_drop(&rq->response.headers, name);
	header_add(rq, name, value);
}

/* "//host" and "/\host" are other sites to a browser. */
static bool
path_is_ours(const char *path)
{
	return path[0] == '/' && path[1] != '/' && path[1] != '\\' && !has_control(path);
}

enum status
redirect(struct request *rq, const char *fmt, ...)
{
	va_list ap, again;
	char *path;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	path = arena_alloc(rq->arena, len < 0 ? 1 : (size_t)len + 1, 1);
	if (len >= 0)
		vsnprintf(path, (size_t)len + 1, fmt, again);
	va_end(again);
	if (!path_is_ours(path)) {
		log_error("redirect: not a path of ours, refused");
		return FAILED;
	}
	rq->response.code = 303;
	header_set(rq, "Location", path);
	return OK;
}
