/* arena.h: memory that lives exactly as long as one request. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;

struct arena *arena_new(void);
/* Forgets everything; keeps some chunks, so that a request usually needs no malloc. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

/* Zeroed, aligned for anything, never NULL: out of memory ends the worker. */
void *arena_alloc(struct arena *, size_t count, size_t size);
/* The same, not zeroed. */
void *arena_room(struct arena *, size_t bytes);
/* Makes what was allocated last longer where it lies; false when it cannot, and nothing changed. */
bool arena_extend(struct arena *, void *last, size_t bytes, size_t wanted);
/* A copy with a NUL behind it. */
char *arena_text(struct arena *, const char *, size_t len);
char *arena_print(struct arena *, const char *fmt, ...) PRINTF(2, 3);

#define NEW(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

#endif
