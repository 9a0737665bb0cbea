/*
 * shift.h: shifts as people write them, and the times that they ask machines to run.
 *
 * A line a span: "mon-fri 06:00-22:00", "sat,sun 08:00-12:00".  Days are mon tue wed thu fri sat
 * sun; times are the plant's, 00:00 to 24:00.  An end that is not after its beginning is on the
 * next day; equal ones are 24 hours.
 */
#ifndef RULE_SHIFT_H
#define RULE_SHIFT_H

#include "base/shape.h"
#include "rule/interval.h"

struct arena;

enum { SHIFT_SPANS = 64, DAY_MINUTES = 24 * 60 };

struct shift_span {
	unsigned days; /* bit 0 is Monday */
	int from;      /* minutes of the plant's clock since midnight */
	int to;        /* after from; above DAY_MINUTES it is on the next day */
};

struct shifts {
	struct shift_span at[SHIFT_SPANS];
	size_t count;
};

/* Where it cannot be read: a msgid in which %s stands for the line. */
struct shift_fault {
	int line; /* from 1 */
	const char *text;
};

/* False: *fault says why.  Empty lines are nothing. */
bool shifts_parse(const char *text, struct shifts *, struct shift_fault *) MUST_CHECK;

/* The instant at which the plant's clock shows that minute of that day; DAY_MINUTES is the end of
 * it. */
typedef struct instant shift_clock(void *with, struct date, int minute);

/* What a plant's required time is made of. */
struct shift_plan {
	const struct shifts *shifts;
	const struct date *holidays; /* days on which no span begins; in any order */
	size_t holiday_count;
	shift_clock *clock;
	void *with;
};

/*
 * The times within `in` that are asked for: a merged list in *out, for struct period of interval.h.
 * A span keeps to the clock: with a change of the clock in it, it is an hour longer or shorter.
 */
size_t shift_intervals(
    struct arena *, const struct shift_plan *, struct interval in, struct interval **out);

#endif
