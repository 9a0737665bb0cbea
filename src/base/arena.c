/* arena.c: a list of chunks; allocation moves a mark, reset drops the chunks. */
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum { CHUNK = 64 * 1024 };

struct chunk {
	struct chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct chunk *top;
};

static struct chunk *
chunk_new(size_t size, struct chunk *next)
{
	struct chunk *c;

	if (size > SIZE_MAX - sizeof(*c))
		die("arena: %zu bytes asked", size);
	c = malloc(sizeof(*c) + size);
	if (c == NULL)
		die("arena: out of memory for %zu bytes", size);
	c->next = next;
	c->size = size;
	c->used = 0;
	return c;
}

struct arena *
arena_new(void)
{
	struct arena *a = malloc(sizeof(*a));

	if (a == NULL)
		die("arena: out of memory");
	a->top = chunk_new(CHUNK, NULL);
	return a;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - align)
		die("arena: %zu x %zu bytes asked", count, size);
	bytes = (bytes + align - 1) & ~(align - 1);
	if (bytes > a->top->size - a->top->used)
		a->top = chunk_new(bytes > CHUNK ? bytes : CHUNK, a->top);
	p = a->top->data + a->top->used;
	a->top->used += bytes;
	return memset(p, 0, bytes);
}

char *
arena_text(struct arena *a, const char *text, size_t len)
{
	char *copy = arena_alloc(a, len + 1, 1);

	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}

char *
arena_print(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *text;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		die("arena: cannot print %s", fmt);
	text = arena_alloc(a, (size_t)len + 1, 1);
	vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

void
arena_reset(struct arena *a)
{
	struct chunk *next;

	for (; a->top->next != NULL; a->top = next) {
		next = a->top->next;
		free(a->top);
	}
	a->top->used = 0;
}

void
arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->top);
	free(a);
}
