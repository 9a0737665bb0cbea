/* arena.h: memory that lives exactly as long as one request. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/status.h"

struct arena;

struct arena *arena_new(void);
/* Forgets everything; keeps the first chunk, so that a quiet worker never calls malloc again. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

/* Zeroed, aligned for anything, never NULL: out of memory ends the worker. */
void *arena_alloc(struct arena *, size_t count, size_t size);
/* A copy with a NUL behind it. */
char *arena_text(struct arena *, const char *, size_t len);
char *arena_print(struct arena *, const char *fmt, ...) PRINTF(2, 3);

#define NEW(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

#endif
