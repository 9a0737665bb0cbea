/* arena.c: a list of chunks; allocation moves a mark, reset drops the chunks. */
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

/* Below what malloc() maps and unmaps each time. */
enum { CHUNK = 120 * 1024, SPARE = 4 };

struct chunk {
	struct chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct chunk *top;
	struct chunk *spare; /* of CHUNK bytes each */
	int spares;
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
	a->spare = NULL;
	a->spares = 0;
	return a;
}

static void
chunk_push(struct arena *a, size_t bytes)
{
	struct chunk *c = a->spare;

	if (bytes > CHUNK || c == NULL) {
		a->top = chunk_new(bytes > CHUNK ? bytes : CHUNK, a->top);
		return;
	}
	a->spare = c->next;
	a->spares--;
	c->next = a->top;
	c->used = 0;
	a->top = c;
}

static void
chunk_pop(struct arena *a)
{
	struct chunk *c = a->top;

	a->top = c->next;
	if (c->size != CHUNK || a->spares == SPARE) {
		free(c);
		return;
	}
	c->next = a->spare;
	a->spare = c;
	a->spares++;
}

static size_t
aligned(size_t bytes)
{
	const size_t align = alignof(max_align_t);

	if (bytes > SIZE_MAX - align)
		die("arena: %zu bytes asked", bytes);
	return (bytes + align - 1) & ~(align - 1);
}

void *
arena_room(struct arena *a, size_t bytes)
{
	void *p;

	bytes = aligned(bytes);
	if (bytes > a->top->size - a->top->used)
		chunk_push(a, bytes);
	p = a->top->data + a->top->used;
	a->top->used += bytes;
	return p;
}

bool
arena_extend(struct arena *a, void *last, size_t bytes, size_t wanted)
{
	struct chunk *c = a->top;

	bytes = aligned(bytes);
	wanted = aligned(wanted);
	if (bytes > c->used || c->data + c->used - bytes != last ||
	    wanted > c->size - (c->used - bytes))
		return false;
	c->used = c->used - bytes + wanted;
	return true;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		die("arena: %zu x %zu bytes asked", count, size);
	return memset(arena_room(a, bytes), 0, bytes);
}

char *
arena_text(struct arena *a, const char *text, size_t len)
{
	char *copy = arena_room(a, len + 1);

	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *
arena_print(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char here[256];
	char *text;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(here, sizeof(here), fmt, ap);
	va_end(ap);
	if (len < 0)
		die("arena: cannot print %s", fmt);
	text = arena_room(a, (size_t)len + 1);
	if ((size_t)len < sizeof(here))
		memcpy(text, here, (size_t)len + 1);
	else
		vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

void
arena_reset(struct arena *a)
{
	while (a->top->next != NULL)
		chunk_pop(a);
	a->top->used = 0;
}

void
arena_free(struct arena *a)
{
	arena_reset(a);
	for (struct chunk *c = a->spare, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	free(a->top);
	free(a);
}
