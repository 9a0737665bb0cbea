/* money.h: exact decimals with four places, as DECIMAL(14,4) keeps them. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/shape.h"

struct arena;

#define DECIMAL_ONE INT64_C(10000)
/* The largest that DECIMAL(14,4) holds: 9999999999.9999. */
#define DECIMAL_MOST INT64_C(99999999999999)

static inline struct decimal
decimal(int64_t units)
{
	return (struct decimal){ true, units };
}

/*
 * "12", "-0.5", "1 234,50" or "1234.5000": a point or a comma, at most four places, noughts behind
 * them; spaces between digits (also no-break ones) are passed over.  Not known when anything else
 * stands there or it does not fit.
 */
struct decimal decimal_parse(const char *);
/* "12.5": a point, no zeros behind, no grouping; NULL when not known. */
char *decimal_text(struct arena *, struct decimal);
/* "12.5000", as SQL wants it. */
char *decimal_sql(struct arena *, struct decimal);
/* a * b, rounded half away from zero to four places; not known on overflow or when one is not. */
struct decimal decimal_times(struct decimal a, struct decimal b);
/* a / b likewise; not known when b is zero. */
struct decimal decimal_over(struct decimal a, struct decimal b);

#endif
