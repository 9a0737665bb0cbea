/* span.c: see span.h. */
#include "rule/span.h"

#include <string.h>

#include "base/arena.h"

/* The first one that ends behind that time. */
static size_t
first_behind(const struct spans *s, int64_t from)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		const size_t mid = (low + high) / 2;

		if (s->at[mid].to > from)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

bool
span_is_taken(const struct spans *s, int64_t from, int64_t to)
{
	const size_t i = first_behind(s, from);

	return i < s->count && s->at[i].from < to;
}

void
span_take(struct arena *a, struct spans *s, int64_t from, int64_t to)
{
	const size_t first = first_behind(s, from);
	size_t end = first;

	for (; end < s->count && s->at[end].from < to; end++) {
		from = s->at[end].from < from ? s->at[end].from : from;
		to = s->at[end].to > to ? s->at[end].to : to;
	}
	if (first == end && s->count == s->room) {
		const struct span *old = s->at;

		s->room = s->room > 0 ? 2 * s->room : 16;
		s->at = NEW_ARRAY(a, struct span, s->room);
		if (s->count > 0)
			memcpy(s->at, old, s->count * sizeof(*old));
	}
	if (s->count > end)
		memmove(&s->at[first + 1], &s->at[end], (s->count - end) * sizeof(*s->at));
	s->count = s->count - (end - first) + 1;
	s->at[first] = (struct span){ from, to };
}
