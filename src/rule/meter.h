/* meter.h: what a meter may show next, and how far it went. */
#ifndef RULE_METER_H
#define RULE_METER_H

#include <stddef.h>

#include "base/shape.h"

extern const struct words meter_kind_words; /* COUNTER, GAUGE */

/* A reading, and what the counter had gone through before it began at 0 again (else 0). */
struct meter_point {
	struct instant at;
	struct decimal value;
	struct decimal carried;
};

/* What a new reading stands between: the last before it and the first behind it, where known. */
struct meter_around {
	bool counter;
	bool run_hours;
	struct decimal rollover;
	struct meter_point before; /* at not known: there is none */
	struct meter_point behind;
	struct decimal rate; /* usual advance in a day, not below 0; not known: nobody knows */
};

/* So many readings tell how fast it usually goes: its advance in a day, the latest first. */
enum { METER_USUAL = 12 };
struct decimal meter_usual(const struct meter_point *latest_first, size_t count);

enum meter_doubt {
	METER_FINE,
	METER_FUTURE, /* it lies ahead of now */
	METER_NEGATIVE,
	METER_OVER,     /* beyond the value at which the counter begins again */
	METER_LOWER,    /* below the one before: began again, or a mistake? asks */
	METER_HIGHER,   /* above the one behind it: a mistake */
	METER_TOO_FAST, /* more hours at work than hours: a mistake */
	METER_FAR,      /* a jump far from what is usual: asks */
};

/*
 * began_again and sure answer the two questions.  Far: more than three times the usual advance and
 * a tenth of the value before; of a gauge nothing is far.
 */
enum meter_doubt meter_doubt_of(const struct meter_around *, const struct meter_point *,
    struct instant now, bool began_again, bool sure);

/* What people are told of it, a msgid; two of them ask. */
const char *meter_doubt_text(enum meter_doubt);

/* What a counter that began again had reached: its rollover value, or where it stood. */
struct decimal meter_carried(const struct meter_around *);

/*
 * How far a counter went in [from, to): between readings in proportion to the time.  *covered is
 * what of the period lies between its readings; nothing is assumed beyond them.  Points in order
 * of time.  Not known below two of them.
 */
struct decimal meter_advance(const struct meter_point *, size_t count, struct instant from,
    struct instant to, struct instant covered[2]);

#endif
