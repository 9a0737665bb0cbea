/* meter.c: see meter.h. */
#include "rule/meter.h"
#include "base/money.h"
#include "base/time.h"

__extension__ typedef __int128 wide;

static const struct word kinds[] = {
	{ "COUNTER", "Counter" },
	{ "GAUGE", "Gauge" },
};

const struct words meter_kind_words = WORDS(kinds);

enum { FAR_TIMES = 3, FAR_SHARE = 10 };

static int64_t
advance(const struct meter_around *a, const struct meter_point *p, bool began_again)
{
	const int64_t went = p->value.units - a->before.value.units;

	return began_again ? went + meter_carried(a).units : went;
}

/* No meter of hours at work gains more than the time that went by (and a tenth of an hour). */
static bool
too_fast(const struct meter_around *a, const struct meter_point *p, int64_t went)
{
	const wide span = p->at.us - a->before.at.us;

	return a->run_hours && (wide)went * HOUR > (span + HOUR / 10) * DECIMAL_ONE;
}

static bool
is_far(const struct meter_around *a, const struct meter_point *p, int64_t went)
{
	const wide span = p->at.us - a->before.at.us;
	const int64_t was = a->before.value.units;

	if (!a->rate.known || a->rate.units <= 0)
		return false;
	return (wide)went * DAY > span * a->rate.units * FAR_TIMES && (wide)went * FAR_SHARE > was;
}

enum meter_doubt
meter_doubt_of(const struct meter_around *a, const struct meter_point *p, struct instant now,
    bool began_again, bool sure)
{
	int64_t went;

	if (p->at.us > now.us + MINUTE)
		return METER_FUTURE;
	if (!a->counter)
		return METER_FINE;
	if (p->value.units < 0)
		return METER_NEGATIVE;
	if (a->rollover.known && p->value.units > a->rollover.units)
		return METER_OVER;
	if (a->behind.at.known && p->value.units > a->behind.value.units &&
	    a->behind.carried.units == 0)
		return METER_HIGHER;
	if (!a->before.at.known)
		return METER_FINE;
	if (p->value.units >= a->before.value.units)
		began_again = false;
	else if (!began_again)
		return METER_LOWER;
	went = advance(a, p, began_again);
	if (too_fast(a, p, went))
		return METER_TOO_FAST;
	return is_far(a, p, went) && !sure ? METER_FAR : METER_FINE;
}

struct decimal
meter_carried(const struct meter_around *a)
{
	return a->rollover.known ? a->rollover : a->before.value;
}

/* Where the counter stood at `at`, between points i and i + 1, counted on from `at_i`. */
static int64_t
between(const struct meter_point *p, int64_t at_i, int64_t at_next, struct instant at)
{
	const wide span = p[1].at.us - p[0].at.us;

	if (span <= 0)
		return at_next;
	return at_i + (int64_t)((wide)(at_next - at_i) * (at.us - p[0].at.us) / span);
}

struct decimal
meter_advance(const struct meter_point *p, size_t count, struct instant from, struct instant to,
    struct instant covered[2])
{
	int64_t at = 0, first = 0, last = 0;

	if (count < 2 || p[count - 1].at.us <= from.us || p[0].at.us >= to.us)
		return (struct decimal){ 0 };
	covered[0] = p[0].at.us > from.us ? p[0].at : from;
	covered[1] = p[count - 1].at.us < to.us ? p[count - 1].at : to;
	for (size_t i = 0; i + 1 < count; i++) {
		const int64_t next =
		    at + p[i + 1].value.units - p[i].value.units + p[i + 1].carried.units;

		if (p[i].at.us <= covered[0].us && covered[0].us < p[i + 1].at.us)
			first = between(&p[i], at, next, covered[0]);
		if (p[i].at.us < covered[1].us && covered[1].us <= p[i + 1].at.us)
			last = between(&p[i], at, next, covered[1]);
		at = next;
	}
	return decimal(last - first);
}

const char *
meter_doubt_text(enum meter_doubt doubt)
{
	switch (doubt) {
	case METER_FUTURE:
		return "It lies in the future.";
	case METER_NEGATIVE:
		return "A counter does not show less than 0.";
	case METER_OVER:
		return "It is beyond where this counter begins at 0 again.";
	case METER_LOWER:
		return "It is lower than the reading before. Did the counter begin at 0 again? "
		       "Else look at the meter once more.";
	case METER_HIGHER:
		return "It is higher than the next reading. Look at the time and the number.";
	case METER_TOO_FAST:
		return "That is more hours at work than have gone by since the reading before.";
	case METER_FAR:
		return "It is much more than usual since the reading before. Look once more, then "
		       "say that it is right.";
	case METER_FINE:
	default:
		return "";
	}
}

struct decimal
meter_usual(const struct meter_point *latest_first, size_t count)
{
	enum { LEAST = 3 };
	const struct meter_point *last = latest_first, *first = latest_first + count - 1;
	int64_t went;

	if (count < LEAST)
		return (struct decimal){ 0 };
	went = last->value.units - first->value.units;
	for (size_t i = 0; i + 1 < count; i++)
		went += latest_first[i].carried.units;
	if (last->at.us - first->at.us < DAY || went <= 0)
		return (struct decimal){ 0 };
	return decimal(
	    (int64_t)((double)went * (double)DAY / (double)(last->at.us - first->at.us)));
}
