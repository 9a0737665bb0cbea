/* shift.c: see shift.h. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/time.h"
#include "rule/shift.h"

enum { WEEK = 7, THURSDAY = 3 }; /* 1970-01-01 was a Thursday */

static const char *
skip(const char *at, const char *end)
{
	while (at < end && isspace((unsigned char)*at))
		at++;
	return at;
}

/* "mon"; -1 when it is no day. */
static int
read_day(const char **at, const char *end)
{
	static const char *const days[WEEK] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

	for (int i = 0; i < WEEK && end - *at >= 3; i++)
		if (strncasecmp(*at, days[i], 3) == 0) {
			*at += 3;
			return i;
		}
	return -1;
}

/* "mon-fri,sun": also "sat-mon", over the end of the week. */
static bool
read_days(const char **at, const char *end, unsigned *days)
{
	for (*days = 0;; ++*at) {
		int first = read_day(at, end), last = first;

		if (first >= 0 && *at < end && **at == '-') {
			++*at;
			last = read_day(at, end);
		}
		if (first < 0 || last < 0)
			return false;
		for (int d = first;; d = (d + 1) % WEEK) {
			*days |= 1U << d;
			if (d == last)
				break;
		}
		if (*at >= end || **at != ',')
			return *at >= end || isspace((unsigned char)**at);
	}
}

/* "06:00" or "6:00", in minutes. */
static bool
read_time(const char **at, const char *end, int *minutes)
{
	int hour = 0, minute = 0, digits = 0;

	for (; *at < end && isdigit((unsigned char)**at) && digits < 2; digits++, ++*at)
		hour = hour * 10 + (**at - '0');
	if (digits == 0 || end - *at < 3 || **at != ':' || !isdigit((unsigned char)(*at)[1]) ||
	    !isdigit((unsigned char)(*at)[2]))
		return false;
	minute = ((*at)[1] - '0') * 10 + ((*at)[2] - '0');
	*at += 3;
	*minutes = hour * 60 + minute;
	return minute < 60 && *minutes <= DAY_MINUTES;
}

static bool
read_times(const char *at, const char *end, struct shift_span *s)
{
	at = skip(at, end);
	if (!read_time(&at, end, &s->from))
		return false;
	at = skip(at, end);
	if (at >= end || *at != '-')
		return false;
	at = skip(at + 1, end);
	if (!read_time(&at, end, &s->to) || skip(at, end) != end || s->from == DAY_MINUTES)
		return false;
	if (s->to <= s->from)
		s->to += DAY_MINUTES;
	return true;
}

/* NULL, or why not. */
static const char *
read_line(const char *at, const char *end, struct shifts *shifts)
{
	struct shift_span s = { 0 };

	at = skip(at, end);
	if (at == end)
		return NULL;
	if (!read_days(&at, end, &s.days))
		return "Line %s: begin with days, as mon-fri or sat,sun";
	if (!read_times(at, end, &s))
		return "Line %s: after the days, two times from 00:00 to 24:00, as 06:00-22:00";
	if (shifts->count == SHIFT_SPANS)
		return "Line %s: there are too many lines";
	shifts->at[shifts->count++] = s;
	return NULL;
}

bool
shifts_parse(const char *text, struct shifts *shifts, struct shift_fault *fault)
{
	int line = 1;

	shifts->count = 0;
	for (const char *at = text != NULL ? text : "";; line++) {
		const char *end = at + strcspn(at, "\n");
		const char *wrong = read_line(at, end, shifts);

		if (wrong != NULL) {
			*fault = (struct shift_fault){ line, wrong };
			return false;
		}
		if (*end == '\0')
			return true;
		at = end + 1;
	}
}

static bool
is_holiday(const struct shift_plan *plan, struct date day)
{
	for (size_t i = 0; i < plan->holiday_count; i++)
		if (plan->holidays[i].known && plan->holidays[i].day == day.day)
			return true;
	return false;
}

static struct instant
clock_at(const struct shift_plan *plan, struct date day, int minute)
{
	if (minute > DAY_MINUTES) {
		day.day++;
		minute -= DAY_MINUTES;
	}
	return plan->clock(plan->with, day, minute);
}

/* The spans that begin on that day, cut to the period; how many. */
static size_t
spans_of_day(
    const struct shift_plan *plan, struct date day, struct interval in, struct interval *out)
{
	const int weekday = (int)(((day.day + THURSDAY) % WEEK + WEEK) % WEEK);
	size_t n = 0;

	if (is_holiday(plan, day))
		return 0;
	for (size_t i = 0; i < plan->shifts->count; i++) {
		const struct shift_span *s = &plan->shifts->at[i];
		struct interval span;

		if ((s->days >> weekday & 1) == 0)
			continue;
		span = interval_clip((struct interval){ clock_at(plan, day, s->from).us,
					 clock_at(plan, day, s->to).us },
		    in);
		if (span.to > span.from)
			out[n++] = span;
	}
	return n;
}

/* Days are UTC's here: two more on each side hold every zone and a span over midnight. */
size_t
shift_intervals(
    struct arena *a, const struct shift_plan *plan, struct interval in, struct interval **out)
{
	const int32_t first = (int32_t)(in.from / DAY) - 2, last = (int32_t)(in.to / DAY) + 2;
	size_t n = 0;

	*out = NULL;
	if (in.to <= in.from || plan->shifts->count == 0)
		return 0;
	*out = NEW_ARRAY(a, struct interval, (size_t)(last - first + 1) * plan->shifts->count);
	for (int32_t day = first; day <= last; day++)
		n += spans_of_day(plan, (struct date){ true, day }, in, *out + n);
	return interval_merge(*out, n);
}
