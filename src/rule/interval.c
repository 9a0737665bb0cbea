/* interval.c: see interval.h. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/time.h"
#include "rule/interval.h"

struct interval
interval_clip(struct interval i, struct interval in)
{
	if (i.from < in.from)
		i.from = in.from;
	if (i.to > in.to)
		i.to = in.to;
	if (i.to < i.from)
		i.to = i.from;
	return i;
}

static int
by_from(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

size_t
interval_merge(struct interval *list, size_t count)
{
	size_t n = 0;

	if (count > 0)
		qsort(list, count, sizeof(*list), by_from);
	for (size_t i = 0; i < count; i++) {
		if (list[i].to <= list[i].from)
			continue;
		if (n == 0 || list[i].from > list[n - 1].to)
			list[n++] = list[i];
		else if (list[i].to > list[n - 1].to)
			list[n - 1].to = list[i].to;
	}
	return n;
}

size_t
interval_common(const struct interval *a, size_t a_count, const struct interval *b, size_t b_count,
    struct interval *out)
{
	size_t i = 0, j = 0, n = 0;

	while (i < a_count && j < b_count) {
		struct interval both = interval_clip(a[i], b[j]);

		if (both.to > both.from)
			out[n++] = both;
		if (a[i].to < b[j].to)
			i++;
		else
			j++;
	}
	return n;
}

int64_t
interval_length(const struct interval *list, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += list[i].to - list[i].from;
	return sum;
}

/* An open stop ends now; one that is said to begin later has not begun. */
static struct interval
span_in(const struct stop_span *s, const struct period *p)
{
	int64_t end = s->ended.known ? s->ended.us : p->now.us;

	return interval_clip(
	    (struct interval){ s->started.us, end }, (struct interval){ p->from.us, p->to.us });
}

/* Merges what is in the list, cuts it to the required time, measures it. */
static int64_t
measure(struct arena *arena, struct interval *list, size_t count, const struct interval *required,
    size_t required_count)
{
	struct interval *common = NEW_ARRAY(arena, struct interval, count + required_count + 1);
	size_t n = interval_merge(list, count);

	n = interval_common(list, n, required, required_count, common);
	return interval_length(common, n);
}

static void
count_stops(struct downtime *d, const struct stop_span *s, const struct period *p)
{
	if (s->started.us < p->from.us || s->started.us >= p->to.us || s->started.us > p->now.us)
		return;
	d->stops++;
	d->unplanned_stops += !s->planned;
	d->failures += s->failure && !s->planned;
}

/* The required time within the period. */
static struct interval *
required_in(struct arena *arena, const struct period *p, size_t *count)
{
	const struct interval whole = { p->from.us, p->to.us };
	struct interval *out = NEW_ARRAY(arena, struct interval, p->required_count + 1);

	if (p->required == NULL) {
		out[0] = whole;
		*count = whole.to > whole.from;
	} else {
		*count = interval_common(p->required, p->required_count, &whole, 1, out);
	}
	return out;
}

struct downtime
downtime_of(
    struct arena *arena, const struct stop_span *spans, size_t count, const struct period *p)
{
	struct interval *all = NEW_ARRAY(arena, struct interval, count + 1);
	struct interval *unplanned = NEW_ARRAY(arena, struct interval, count + 1);
	struct downtime d = { 0 };
	size_t unplanned_count = 0, required_count;
	const struct interval *required = required_in(arena, p, &required_count);

	for (size_t i = 0; i < count; i++) {
		all[i] = span_in(&spans[i], p);
		if (!spans[i].planned)
			unplanned[unplanned_count++] = all[i];
		count_stops(&d, &spans[i], p);
	}
	d.required_s = interval_length(required, required_count) / SECOND;
	d.unplanned_s =
	    measure(arena, unplanned, unplanned_count, required, required_count) / SECOND;
	d.planned_s = measure(arena, all, count, required, required_count) / SECOND - d.unplanned_s;
	return d;
}
