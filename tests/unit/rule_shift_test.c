/* rule_shift_test.c: shifts as people write them, and required time over changes of the clock (V4).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "rule/figures.h"
#include "rule/shift.h"

enum { ALL_WEEK = 0x7F, WORKDAYS = 0x1F };

static struct instant
at(const char *text)
{
	struct instant t = instant_parse(text);

	assert_true(t.known);
	return t;
}

/* Paris in 2026: an hour ahead of UTC, two from 29 March 01:00 to 25 October 01:00 (UTC). */
static struct instant
paris(void *with, struct date day, int minute)
{
	struct instant wall = { true, day.day * DAY + minute * MINUTE };
	const bool summer = wall.us - HOUR >= at("2026-03-29T01:00Z").us &&
			    wall.us - 2 * HOUR < at("2026-10-25T01:00Z").us;

	(void)with;
	return instant_add(wall, summer ? -2 * HOUR : -HOUR);
}

static struct shifts
parsed(const char *text)
{
	struct shifts s;
	struct shift_fault fault = { 0, "" };

	if (!shifts_parse(text, &s, &fault))
		fail_msg("line %d: %s", fault.line, fault.text);
	return s;
}

static void
reading(void **state)
{
	struct shifts s =
	    parsed("mon-fri 06:00-22:00\n\n  Sat,sun 8:00 - 12:30 \nsun-thu 22:00-06:00\r\n"
		   "fri-mon,wed 00:00-24:00");

	(void)state;
	assert_int_equal(s.count, 4);
	assert_int_equal(s.at[0].days, WORKDAYS);
	assert_int_equal(s.at[0].from, 6 * 60);
	assert_int_equal(s.at[0].to, 22 * 60);
	assert_int_equal(s.at[1].days, 0x60);
	assert_int_equal(s.at[1].to, 12 * 60 + 30);
	assert_int_equal(s.at[2].days, 0x4F);
	assert_int_equal(s.at[2].to, DAY_MINUTES + 6 * 60);
	assert_int_equal(s.at[3].days, 0x75);
	assert_int_equal(s.at[3].to, DAY_MINUTES);
	assert_int_equal(parsed("").count, 0);
	assert_int_equal(parsed("mon 06:00-06:00").at[0].to, DAY_MINUTES + 6 * 60);
}

static void
faults(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *says;
	} wrong[] = {
		{ "06:00-22:00", 1, "begin with days" },
		{ "mon-fri 06:00-22:00\nfoo 1:00-2:00", 2, "begin with days" },
		{ "mon-", 1, "begin with days" },
		{ "monday 06:00-22:00", 1, "begin with days" },
		{ "mon", 1, "two times" },
		{ "mon 06:00", 1, "two times" },
		{ "mon 06-22", 1, "two times" },
		{ "mon 06:00-25:00", 1, "two times" },
		{ "mon 06:60-07:00", 1, "two times" },
		{ "mon 24:00-02:00", 1, "two times" },
		{ "mon 006:00-07:00", 1, "two times" },
		{ "\n\nmon 06:00-07:00 x", 3, "two times" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct shifts s;
		struct shift_fault fault = { 0, "" };

		if (shifts_parse(wrong[i].text, &s, &fault))
			fail_msg("\"%s\" was read", wrong[i].text);
		assert_int_equal(fault.line, wrong[i].line);
		if (strstr(fault.text, wrong[i].says) == NULL)
			fail_msg("\"%s\": %s", wrong[i].text, fault.text);
	}
}

static void
too_many(void **state)
{
	struct arena *a = arena_new();
	char *text = arena_print(a, "%s", "");
	struct shifts s;
	struct shift_fault fault;

	(void)state;
	for (int i = 0; i < SHIFT_SPANS; i++)
		text = arena_print(a, "%smon 06:00-07:00\n", text);
	assert_true(shifts_parse(text, &s, &fault));
	assert_false(shifts_parse(arena_print(a, "%smon 06:00-07:00", text), &s, &fault));
	assert_int_equal(fault.line, SHIFT_SPANS + 1);
	arena_free(a);
}

/* Hours that are asked for from one instant to the other. */
static double
hours(const char *text, const char *from, const char *to, const struct date *holidays, size_t n)
{
	struct arena *a = arena_new();
	const struct shifts s = parsed(text);
	const struct shift_plan plan = { &s, holidays, n, paris, NULL };
	const struct interval in = { at(from).us, at(to).us };
	struct interval *list;
	const size_t count = shift_intervals(a, &plan, in, &list);
	const int64_t us = interval_length(list, count);

	for (size_t i = 0; i < count; i++)
		assert_true(list[i].from >= in.from && list[i].to <= in.to);
	arena_free(a);
	return (double)us / (double)HOUR;
}

static void
clock_changes(void **state)
{
	static const char always[] = "mon-sun 00:00-24:00";

	(void)state;
	/* V4: a day of 23 h with a calendar of 24 h: 23 h; in autumn 25. */
	assert_true(hours(always, "2026-03-28T23:00Z", "2026-03-29T22:00Z", NULL, 0) == 23);
	assert_true(hours(always, "2026-10-24T22:00Z", "2026-10-25T23:00Z", NULL, 0) == 25);
	/* A night shift over the change: an hour less, an hour more. */
	assert_true(
	    hours("sat 22:00-06:00", "2026-03-27T00:00Z", "2026-03-31T00:00Z", NULL, 0) == 7);
	assert_true(
	    hours("sat 22:00-06:00", "2026-10-23T00:00Z", "2026-10-27T00:00Z", NULL, 0) == 9);
	assert_true(
	    hours("sat 22:00-06:00", "2026-06-05T00:00Z", "2026-06-09T00:00Z", NULL, 0) == 8);
	/* Morning shifts before and after keep to the clock. */
	assert_true(
	    hours("fri,mon 06:00-14:00", "2026-03-26T00:00Z", "2026-03-31T00:00Z", NULL, 0) == 16);
}

static void
periods(void **state)
{
	const struct date holidays[] = { day_of(2026, 5, 1), day_of(2026, 5, 8) };
	static const char week[] = "mon-fri 06:00-22:00";

	(void)state;
	/* May 2026 has 21 working days; the 1st and the 8th are Fridays. */
	assert_true(hours(week, "2026-04-30T22:00Z", "2026-05-31T22:00Z", NULL, 0) == 21 * 16);
	assert_true(hours(week, "2026-04-30T22:00Z", "2026-05-31T22:00Z", holidays, 2) == 19 * 16);
	/* Cut to the period; from a night before it, too. */
	assert_true(hours(week, "2026-05-04T06:00Z", "2026-05-04T07:30Z", NULL, 0) == 1.5);
	assert_true(
	    hours("sun 22:00-06:00", "2026-05-04T00:00Z", "2026-05-04T01:00Z", NULL, 0) == 1);
	/* What overlaps is counted once. */
	assert_true(hours("mon 06:00-14:00\nmon 12:00-16:00", "2026-05-03T22:00Z",
			"2026-05-04T22:00Z", NULL, 0) == 10);
	assert_true(hours("", "2026-05-03T22:00Z", "2026-05-04T22:00Z", NULL, 0) == 0);
	assert_true(hours(week, "2026-05-04T22:00Z", "2026-05-04T22:00Z", NULL, 0) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading),
		cmocka_unit_test(faults),
		cmocka_unit_test(too_many),
		cmocka_unit_test(clock_changes),
		cmocka_unit_test(periods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
