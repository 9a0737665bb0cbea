/* time.h: instants and days.  No time zones here: those are the view's (view/locale.h). */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/shape.h"

struct arena;

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

struct instant now(void);
/* Microseconds of a clock that never goes back; for measuring. */
int64_t ticks(void);

struct civil {
	int year, month, day, hour, minute, second, micro; /* month and day from 1 */
};

/* Proleptic Gregorian, UTC.  From Howard Hinnant's days_from_civil. */
struct civil civil_of(struct instant);
struct instant instant_of(const struct civil *);
struct civil civil_of_day(struct date);
struct date day_of(int year, int month, int day); /* not known when there is no such day */

/* "2026-11-21T13:00:00Z"; NULL when not known. */
char *instant_iso(struct arena *, struct instant);
/* The same with the microseconds, where there are any: "2026-11-21T13:00:00.250000Z". */
char *instant_exact(struct arena *, struct instant);
/* "2026-11-21"; NULL when not known. */
char *date_iso(struct arena *, struct date);
/* Strict: YYYY-MM-DD, with or without [T ]HH:MM[:SS[.ffffff]][Z]; not known when wrong. */
struct instant instant_parse(const char *);
struct date date_parse(const char *);

static inline struct instant
instant_add(struct instant t, int64_t us)
{
	return (struct instant){ t.known, t.us + us };
}

#endif
