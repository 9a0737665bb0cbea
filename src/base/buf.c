/* buf.c: see buf.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

void
buf_reserve(struct buf *b, size_t room)
{
	char *bigger;

	if (room <= b->room)
		return;
	if (b->room == 0 || !arena_extend(b->arena, b->text, b->room, room)) {
		bigger = arena_room(b->arena, room);
		if (b->len > 0)
			memcpy(bigger, b->text, b->len);
		b->text = bigger;
	}
	b->room = room;
}

static inline char *
buf_grow(struct buf *b, size_t extra)
{
	const size_t need = b->len + extra + 1;

	if (need > b->room)
		buf_reserve(b, need < 256 ? 256 : need * 2);
	return b->text + b->len;
}

void
buf_add(struct buf *b, const char *text, size_t len)
{
	char *at = buf_grow(b, len);

	if (len > 0)
		memcpy(at, text, len);
	b->len += len;
	b->text[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_html(struct buf *b, const char *text)
{
	static const char *const entity[256] = {
		['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\''] = "&#39;",
	};
	const char *from = text;

	for (; *text != '\0'; text++) {
		if (entity[(unsigned char)*text] == NULL)
			continue;
		buf_add(b, from, (size_t)(text - from));
		buf_text(b, entity[(unsigned char)*text]);
		from = text + 1;
	}
	buf_add(b, from, (size_t)(text - from));
}

void
buf_print(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len > 0) {
		vsnprintf(buf_grow(b, (size_t)len), (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
}
