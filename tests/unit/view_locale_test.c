/* view_locale_test.c: times, numbers and money as English, French and Arabic readers write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/time.h"
#include "view/locale.h"

#define NARROW "\u202f" /* no-break spaces, as French wants them */
#define WIDE "\u00a0"

static const struct instant noon = { true, INT64_C(1795266300000000) }; /* 2026-11-21T13:05:00Z */

struct two {
	struct arena *arena;
	struct locale *en, *fr;
};

static int
begin(void **state)
{
	struct two *two = calloc(1, sizeof(*two));

	assert_non_null(two);
	two->arena = arena_new();
	two->en = locale_open("en", "Europe/Paris", "EUR");
	two->fr = locale_open("fr", "Europe/Paris", "EUR");
	assert_non_null(two->en);
	assert_non_null(two->fr);
	*state = two;
	return 0;
}

static int
end(void **state)
{
	struct two *two = *state;

	locale_close(two->en);
	locale_close(two->fr);
	arena_free(two->arena);
	free(two);
	return 0;
}

static void
test_open(void **state)
{
	struct two *t = *state;

	assert_null(locale_open("en", "Europe/Atlantis", "EUR"));
	assert_null(locale_open("en", "", "EUR"));
	assert_null(locale_open(
	    "en", "A/zone/name/that/is/longer/than/any/zone/name/that/there/is", "EUR"));
	assert_string_equal(locale_language(t->fr), "fr");
	assert_string_equal(locale_zone(t->fr), "Europe/Paris");
	locale_close(NULL);
}

static void
test_dates(void **state)
{
	struct two *t = *state;

	for (int again = 0; again < 2; again++) { /* the second time they are kept */
		assert_string_equal(locale_instant(t->en, t->arena, noon), "21 Nov 2026, 14:05");
		assert_string_equal(locale_day(t->en, t->arena, noon), "21 Nov 2026");
		assert_string_equal(locale_clock(t->en, t->arena, noon), "14:05");
		assert_string_equal(locale_instant(t->fr, t->arena, noon), "21 nov. 2026, 14:05");
		assert_string_equal(locale_day(t->fr, t->arena, noon), "21 nov. 2026");
	}
	assert_string_equal(locale_date(t->en, t->arena, day_of(2026, 7, 14)), "14 Jul 2026");
	assert_string_equal(locale_date(t->fr, t->arena, day_of(2026, 7, 14)), "14 juil. 2026");
	assert_string_equal(locale_date(t->en, t->arena, day_of(1969, 7, 20)), "20 Jul 1969");
	assert_string_equal(locale_date(t->en, t->arena, (struct date){ 0 }), "");
	assert_string_equal(locale_instant(t->en, t->arena, (struct instant){ 0 }), "");
	assert_string_equal(
	    locale_clock(t->en, t->arena, (struct instant){ true, -30 * SECOND }), "00:59");
}

/* A calendar day is the same in every zone. */
static void
test_day_far_east(void **state)
{
	struct two *t = *state;
	struct locale *east = locale_open("en", "Pacific/Kiritimati", "EUR");
	struct locale *west = locale_open("en", "Pacific/Pago_Pago", "USD");

	assert_string_equal(locale_date(east, t->arena, day_of(2026, 11, 21)), "21 Nov 2026");
	assert_string_equal(locale_date(west, t->arena, day_of(2026, 11, 21)), "21 Nov 2026");
	assert_int_equal(locale_today(east, noon).day, day_of(2026, 11, 22).day);
	assert_int_equal(locale_today(west, noon).day, day_of(2026, 11, 21).day);
	locale_close(east);
	locale_close(west);
}

static const char *
ago(struct locale *l, struct arena *arena, int64_t us)
{
	return locale_ago(l, arena, instant_add(noon, us), noon);
}

static void
test_ago(void **state)
{
	struct two *t = *state;

	assert_string_equal(ago(t->en, t->arena, -10 * SECOND), "now");
	assert_string_equal(ago(t->en, t->arena, -5 * MINUTE), "5 min ago");
	assert_string_equal(ago(t->en, t->arena, 5 * MINUTE), "in 5 min");
	assert_string_equal(ago(t->en, t->arena, -3 * HOUR), "3 hr ago");
	assert_string_equal(ago(t->en, t->arena, -25 * HOUR), "yesterday");
	assert_string_equal(ago(t->en, t->arena, -3 * DAY), "3 days ago");
	assert_string_equal(ago(t->en, t->arena, -15 * DAY), "2 wk ago");
	assert_string_equal(ago(t->en, t->arena, -100 * DAY), "3 months ago");
	assert_string_equal(ago(t->en, t->arena, -800 * DAY), "2 years ago");
	assert_string_equal(ago(t->fr, t->arena, -25 * HOUR), "hier");
	assert_string_equal(ago(t->fr, t->arena, -100 * DAY), "il y a 3 mois");
	assert_string_equal(ago(t->fr, t->arena, -5 * MINUTE), "il y a 5" WIDE "min");
	assert_string_equal(locale_ago(t->fr, t->arena, (struct instant){ 0 }, noon), "");
}

static void
test_numbers(void **state)
{
	const struct decimal none = { 0 };
	struct two *t = *state;

	assert_string_equal(locale_int(t->en, t->arena, 7), "7");
	assert_string_equal(locale_int(t->en, t->arena, 12345), "12,345");
	assert_string_equal(locale_int(t->en, t->arena, -12345), "-12,345");
	assert_string_equal(locale_int(t->fr, t->arena, 12345), "12" NARROW "345");
	assert_string_equal(locale_int(t->en, t->arena, INT64_MIN), "-9,223,372,036,854,775,808");
	assert_string_equal(
	    locale_decimal(t->en, t->arena, (struct decimal){ true, 125000 }), "12.5");
	assert_string_equal(
	    locale_decimal(t->fr, t->arena, (struct decimal){ true, 125000 }), "12,5");
	assert_string_equal(locale_decimal(t->en, t->arena, (struct decimal){ true, 1 }), "0.0001");
	assert_string_equal(
	    locale_decimal(t->en, t->arena, (struct decimal){ true, INT64_C(99999999999999) }),
	    "9,999,999,999.9999");
	assert_string_equal(locale_decimal(t->en, t->arena, none), "");
}

static void
test_money(void **state)
{
	const struct decimal price = { true, 12345000 };
	struct two *t = *state;
	struct locale *dinar = locale_open("en", "Africa/Tunis", "TND");

	assert_string_equal(locale_money(t->en, t->arena, price), "€1,234.50");
	assert_string_equal(locale_money(t->fr, t->arena, price), "1" NARROW "234,50" WIDE "€");
	assert_string_equal(locale_money(t->en, t->arena, (struct decimal){ true, 1250 }), "€0.13");
	assert_string_equal(
	    locale_money(t->en, t->arena, (struct decimal){ true, -1250 }), "-€0.13");
	assert_string_equal(locale_money(t->en, t->arena, (struct decimal){ 0 }), "");
	assert_string_equal(locale_money(dinar, t->arena, price), "TND" WIDE "1,234.500");
	locale_close(dinar);
}

static void
test_duration(void **state)
{
	struct two *t = *state;

	assert_string_equal(locale_duration(t->en, t->arena, 0), "0 s");
	assert_string_equal(locale_duration(t->en, t->arena, 45), "45 s");
	assert_string_equal(locale_duration(t->en, t->arena, 120), "2 min");
	assert_string_equal(locale_duration(t->en, t->arena, 125), "2 min 5 s");
	assert_string_equal(locale_duration(t->en, t->arena, 7500), "2 h 05 min");
	assert_string_equal(locale_duration(t->en, t->arena, 7259), "2 h");
	assert_string_equal(locale_duration(t->en, t->arena, 86400), "1 d");
	assert_string_equal(locale_duration(t->en, t->arena, 3 * 86400 + 4 * 3600 + 59), "3 d 4 h");
	assert_string_equal(locale_duration(t->fr, t->arena, 3 * 86400 + 4 * 3600), "3 j 4 h");
	assert_string_equal(locale_duration(t->en, t->arena, -7500), "-2 h 05 min");
	assert_int_equal(locale_duration(t->en, t->arena, INT64_MIN)[0], '-');
}

static const char *
there_and_back(struct two *t, const char *text)
{
	return locale_input(t->en, t->arena, locale_instant_parse(t->en, text));
}

static void
test_input(void **state)
{
	struct two *t = *state;
	struct instant at = locale_instant_parse(t->en, "2026-11-21T14:05");

	assert_true(at.known);
	assert_int_equal(at.us, noon.us);
	assert_int_equal(locale_instant_parse(t->en, "2026-11-21T13:05Z").us, noon.us);
	assert_string_equal(locale_input(t->en, t->arena, noon), "2026-11-21T14:05");
	assert_string_equal(there_and_back(t, "2026-07-01T00:00"), "2026-07-01T00:00");
	assert_string_equal(there_and_back(t, "2026-07-01"), "2026-07-01T00:00");
	assert_false(locale_instant_parse(t->en, "yesterday").known);
	assert_false(locale_instant_parse(t->en, "2026-13-01T00:00").known);
	assert_false(locale_instant_parse(t->en, "").known);
	assert_false(locale_instant_parse(t->en, NULL).known);
	assert_string_equal(locale_input(t->en, t->arena, (struct instant){ 0 }), "");
}

/* Paris: 29 March 2026 02:00 becomes 03:00; 25 October 03:00 becomes 02:00. */
static void
test_clock_change(void **state)
{
	struct two *t = *state;
	const struct instant before = locale_instant_parse(t->en, "2026-03-29T01:59");
	const struct instant after = locale_instant_parse(t->en, "2026-03-29T03:00");
	const struct instant twice = locale_instant_parse(t->en, "2026-10-25T02:30");

	assert_int_equal(after.us - before.us, MINUTE);
	assert_string_equal(there_and_back(t, "2026-03-29T02:30"), "2026-03-29T03:30");
	assert_string_equal(there_and_back(t, "2026-10-25T02:30"), "2026-10-25T02:30");
	assert_string_equal(instant_iso(t->arena, twice), "2026-10-25T01:30:00Z");
	assert_string_equal(locale_clock(t->en, t->arena, instant_add(twice, -HOUR)), "02:30");
}

static void
test_today(void **state)
{
	struct two *t = *state;
	const struct instant late = instant_parse("2026-11-21T23:30Z");

	assert_int_equal(locale_today(t->en, noon).day, day_of(2026, 11, 21).day);
	assert_int_equal(locale_today(t->en, late).day, day_of(2026, 11, 22).day);
	assert_int_equal(locale_today(t->en, (struct instant){ true, -2 * HOUR }).day, -1);
	assert_false(locale_today(t->en, (struct instant){ 0 }).known);
}

static void
test_plural(void **state)
{
	static const int arabic[][2] = { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 3, 3 }, { 10, 3 },
		{ 11, 4 }, { 99, 4 }, { 100, 5 }, { 102, 5 }, { 103, 3 } };
	struct two *t = *state;
	struct locale *ar = locale_open("ar", "Asia/Riyadh", "SAR");

	assert_int_equal(locale_plural(t->en, 0), 1);
	assert_int_equal(locale_plural(t->en, 1), 0);
	assert_int_equal(locale_plural(t->en, 2), 1);
	assert_int_equal(locale_plural(t->fr, 0), 0);
	assert_int_equal(locale_plural(t->fr, 1), 0);
	assert_int_equal(locale_plural(t->fr, 2), 1);
	for (size_t i = 0; i < COUNT(arabic); i++)
		assert_int_equal(locale_plural(ar, arabic[i][0]), arabic[i][1]);
	assert_true(strlen(locale_instant(ar, t->arena, noon)) > 8);
	assert_true(strlen(locale_money(ar, t->arena, (struct decimal){ true, 10000 })) > 3);
	locale_close(ar);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_day_far_east),
		cmocka_unit_test(test_ago),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_money),
		cmocka_unit_test(test_duration),
		cmocka_unit_test(test_input),
		cmocka_unit_test(test_clock_change),
		cmocka_unit_test(test_today),
		cmocka_unit_test(test_plural),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
