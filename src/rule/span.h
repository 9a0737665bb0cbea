/* span.h: times that are taken, in order and apart; [from, to) in any unit. */
#ifndef RULE_SPAN_H
#define RULE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct span {
	int64_t from, to;
};

/* Begins as all noughts. */
struct spans {
	struct span *at;
	size_t count, room;
};

/* Whether any of it is taken. */
bool span_is_taken(const struct spans *, int64_t from, int64_t to);
/* Takes it; those that it overlaps become one with it. */
void span_take(struct arena *, struct spans *, int64_t from, int64_t to);

#endif
