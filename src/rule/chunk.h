/*
 * chunk.h: a set of whole numbers below 4096, and its text as the search index keeps it.
 *
 * The text is of the 64 characters from '0' on, six bits each.  A small set: two characters a
 * member, ascending.  A large one: a map, 683 characters, bit n % 6 of character n / 6.  CRoaring
 * does this for large sets of any numbers; sets of a page's size, kept row by row, need no library.
 */
#ifndef RULE_CHUNK_H
#define RULE_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHUNK_SIZE = 4096, CHUNK_WORDS = CHUNK_SIZE / 64, CHUNK_TEXT = 683 };

struct chunk {
	uint64_t bits[CHUNK_WORDS];
};

/* Adds what the text holds; nonsense in it adds nothing. */
void chunk_add(struct chunk *, const char *text);
void chunk_text(const struct chunk *, char out[CHUNK_TEXT + 1]);
void chunk_put(struct chunk *, int64_t member, bool in);
bool chunk_has(const struct chunk *, int64_t member);
void chunk_and(struct chunk *, const struct chunk *);
void chunk_or(struct chunk *, const struct chunk *);
void chunk_less(struct chunk *, const struct chunk *);
int64_t chunk_count(const struct chunk *);
/* The largest member below `below`; -1 when there is none. */
int64_t chunk_last(const struct chunk *, int64_t below);

#endif
