/*
 * interval.h: sets of times.  Stops overlap, reach over the edge of the period or are still open;
 * nothing may be counted twice, so they are cut and merged before they are summed.
 */
#ifndef RULE_INTERVAL_H
#define RULE_INTERVAL_H

#include "base/shape.h"

struct arena;

/* [from, to) in microseconds, as in struct instant; empty when to <= from. */
struct interval {
	int64_t from, to;
};

/* What of it lies in `in`; an empty one when nothing does. */
struct interval interval_clip(struct interval, struct interval in);
/* Sorts, joins what overlaps or touches, drops what is empty; how many are left. */
size_t interval_merge(struct interval *, size_t count);
/* What two merged lists have in common, into out (room for a_count + b_count); how many. */
size_t interval_common(const struct interval *a, size_t a_count, const struct interval *b,
    size_t b_count, struct interval *out);
/* The length of a merged list in microseconds. */
int64_t interval_length(const struct interval *, size_t count);

/* A stop of a machine. */
struct stop_span {
	struct instant started;
	struct instant ended; /* not known: still stands */
	bool planned;
	bool failure; /* the machine lost its function */
};

struct period {
	struct instant from, to, now;
	/* When the machine is asked to work: a merged list.  NULL: all the time. */
	const struct interval *required;
	size_t required_count;
};

/* Whole seconds; what begins in the period is counted in it. */
struct downtime {
	int64_t required_s;
	int64_t planned_s; /* without what is unplanned at the same time */
	int64_t unplanned_s;
	int64_t stops, unplanned_stops, failures;
};

struct downtime downtime_of(
    struct arena *, const struct stop_span *, size_t count, const struct period *);

#endif
