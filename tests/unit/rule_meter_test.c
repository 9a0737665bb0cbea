/* rule_meter_test.c: what a meter may show next, how far it went, and operating time by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "rule/figures.h"
#include "rule/meter.h"

enum { H = 3600 };

static struct instant
day(int64_t n)
{
	return (struct instant){ true, n * DAY };
}

static struct meter_point
point(int64_t at_day, int64_t value, int64_t carried)
{
	return (struct meter_point){ day(at_day), decimal(value * DECIMAL_ONE),
		decimal(carried * DECIMAL_ONE) };
}

static void
asks(void **state)
{
	const struct instant now = day(20);
	struct meter_around a = { .counter = true, .before = point(10, 500, 0) };
	struct meter_point p = point(11, 510, 0);

	(void)state;
	assert_int_equal(meter_doubt_of(&a, &p, now, false, false), METER_FINE);
	p = point(21, 510, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, true, true), METER_FUTURE);
	p = point(11, -1, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, true, true), METER_NEGATIVE);
	p = point(11, 499, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_LOWER);
	assert_int_equal(meter_doubt_of(&a, &p, now, true, false), METER_FINE);
	a.behind = point(12, 505, 0);
	p = point(11, 506, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_HIGHER);
	a.behind = point(12, 5, 1000);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_FINE);
	a.rollover = decimal(505 * DECIMAL_ONE);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_OVER);
}

static void
far_and_fast(void **state)
{
	const struct instant now = day(20);
	struct meter_around a = {
		.counter = true, .before = point(10, 500, 0), .rate = decimal(10 * DECIMAL_ONE)
	};
	struct meter_point p = point(11, 549, 0);

	(void)state;
	assert_int_equal(meter_doubt_of(&a, &p, now, false, false), METER_FINE);
	p = point(11, 560, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, false), METER_FAR);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_FINE);
	a.run_hours = true;
	assert_int_equal(meter_doubt_of(&a, &p, now, false, true), METER_TOO_FAST);
	p = point(11, 524, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, false), METER_FINE);
	a.counter = false;
	p = point(11, -4000, 0);
	assert_int_equal(meter_doubt_of(&a, &p, now, false, false), METER_FINE);
}

static void
carries(void **state)
{
	struct meter_around a = { .counter = true, .before = point(10, 700, 0) };

	(void)state;
	assert_int_equal(meter_carried(&a).units, 700 * DECIMAL_ONE);
	a.rollover = decimal(1000 * DECIMAL_ONE);
	assert_int_equal(meter_carried(&a).units, 1000 * DECIMAL_ONE);
}

static void
goes(void **state)
{
	const struct meter_point p[] = { point(0, 900, 0), point(10, 1000, 0), point(20, 50, 1000),
		point(30, 150, 0) };
	struct instant covered[2];
	struct decimal d;

	(void)state;
	d = meter_advance(p, COUNT(p), day(0), day(30), covered);
	assert_int_equal(d.units, 250 * DECIMAL_ONE);
	d = meter_advance(p, COUNT(p), day(5), day(15), covered);
	assert_int_equal(d.units, 75 * DECIMAL_ONE);
	assert_int_equal(covered[0].us, day(5).us);
	assert_int_equal(covered[1].us, day(15).us);
	d = meter_advance(p, COUNT(p), day(-10), day(100), covered);
	assert_int_equal(d.units, 250 * DECIMAL_ONE);
	assert_int_equal(covered[0].us, day(0).us);
	assert_int_equal(covered[1].us, day(30).us);
	assert_false(meter_advance(p, 1, day(0), day(30), covered).known);
	assert_false(meter_advance(p, COUNT(p), day(30), day(40), covered).known);
	assert_false(meter_advance(p, COUNT(p), day(-9), day(0), covered).known);
}

/* Ten days by the meter at 12 hours a day, and uptime in the ten behind it. */
static void
works(void **state)
{
	struct arena *arena = arena_new();
	const struct meter_point p[] = { point(0, 0, 0), point(10, 120, 0) };
	const struct stop_span stops[] = { { day(2), day(3), false, true },
		{ day(12), day(13), false, true } };
	const struct period whole = { .from = day(0), .to = day(20), .now = day(30) };

	(void)state;
	assert_int_equal(operating_seconds(arena, stops, 2, &whole, p, 2), (120 + 9 * 24) * H);
	assert_int_equal(operating_seconds(arena, stops, 2, &whole, p, 0), 18 * 24 * H);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks),
		cmocka_unit_test(far_and_fast),
		cmocka_unit_test(carries),
		cmocka_unit_test(goes),
		cmocka_unit_test(works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
