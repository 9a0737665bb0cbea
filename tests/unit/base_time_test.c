/* base_time_test.c: the calendar, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/time.h"

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* Each day of 800 years follows the one before it. */
static void
each_day(void **state)
{
	int32_t expected = day_of(1600, 1, 1).day;

	(void)state;
	assert_int_equal(expected, -135140);
	for (int year = 1600; year <= 2400; year++)
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= days_in(year, month); day++, expected++) {
				struct date d = day_of(year, month, day);
				struct civil c = civil_of_day(d);

				assert_true(d.known && d.day == expected);
				assert_true(c.year == year && c.month == month && c.day == day);
			}
			assert_false(day_of(year, month, days_in(year, month) + 1).known);
		}
	assert_int_equal(day_of(1970, 1, 1).day, 0);
	assert_false(day_of(2026, 0, 1).known || day_of(2026, 13, 1).known ||
		     day_of(2026, 1, 0).known || day_of(0, 1, 1).known ||
		     day_of(10000, 1, 1).known);
}

static void
each_instant(void **state)
{
	static const int64_t some[] = { 0, 1, -1, -DAY, DAY - 1, INT64_C(1795266000123456),
		INT64_C(-11676096000000000), INT64_C(253402300799999999) };

	(void)state;
	for (size_t i = 0; i < COUNT(some); i++) {
		struct civil c = civil_of((struct instant){ true, some[i] });

		assert_true(c.hour >= 0 && c.hour < 24 && c.micro >= 0 && c.micro < SECOND);
		assert_int_equal(instant_of(&c).us, some[i]);
	}
	/* The C library agrees. */
	for (int64_t s = -2000000000; s < 4000000000; s += 86399 * 7) {
		time_t t = (time_t)s;
		struct tm tm;
		struct civil c = civil_of((struct instant){ true, s * SECOND });

		assert_non_null(gmtime_r(&t, &tm));
		assert_true(c.year == tm.tm_year + 1900 && c.month == tm.tm_mon + 1 &&
			    c.day == tm.tm_mday && c.hour == tm.tm_hour && c.minute == tm.tm_min &&
			    c.second == tm.tm_sec);
	}
}

static void
texts(void **state)
{
	static const char *const bad[] = { "", "2026", "2026-1-01", "2026-13-01", "2026-02-29",
		"2026-02-01T", "2026-02-01T24:00", "2026-02-01T23:60", "2026-02-01T23:00:60",
		"2026-02-01T23:00:00.", "2026-02-01T23:00:00.1234567", "2026-02-01T23:00+01:00",
		"2026-02-01Z", " 2026-02-01", "2026-02-01 ", "2026-02-01T1:00", "0000-01-01" };
	struct arena *a = *state;

	assert_string_equal(
	    instant_iso(a, instant_parse("2026-11-21 13:00")), "2026-11-21T13:00:00Z");
	assert_string_equal(
	    instant_iso(a, instant_parse("2026-11-21T13:00:59.5Z")), "2026-11-21T13:00:59Z");
	assert_int_equal(instant_parse("1970-01-01T00:00:00.000001").us, 1);
	assert_int_equal(instant_parse("1970-01-01T00:00:00.5Z").us, SECOND / 2);
	assert_string_equal(date_iso(a, date_parse("2024-02-29")), "2024-02-29");
	assert_false(date_parse("2024-02-29T10:00").known || date_parse(NULL).known);
	assert_null(instant_iso(a, (struct instant){ 0 }));
	assert_null(date_iso(a, (struct date){ 0 }));
	assert_false(instant_parse(NULL).known);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (instant_parse(bad[i]).known)
			fail_msg("taken for an instant: %s", bad[i]);
}

static void
clocks(void **state)
{
	int64_t before = ticks();

	(void)state;
	assert_true(now().known && now().us > INT64_C(1700000000) * SECOND);
	assert_true(ticks() >= before);
	assert_int_equal(instant_add((struct instant){ true, 5 }, HOUR).us, 5 + HOUR);
}

static int
setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_day),
		cmocka_unit_test(each_instant),
		cmocka_unit_test(texts),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
