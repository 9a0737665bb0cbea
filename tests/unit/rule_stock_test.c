/* rule_stock_test.c: cost, alerts and levels, with the vectors V10 and V11. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/money.h"
#include "rule/stock.h"

#define D(x) decimal_parse(x)

static void
is(struct decimal got, const char *want)
{
	assert_true(got.known);
	assert_int_equal(got.units, D(want).units);
}

static void
moving_average(void **state)
{
	const struct decimal unknown = { 0 };

	(void)state;
	is(stock_moving_average(D("10"), D("5"), D("5"), D("8")), "6"); /* V11 */
	is(stock_issue_cost(D("3"), D("6")), "18");
	is(stock_moving_average(D("0"), D("5"), D("5"), D("8")), "8");
	is(stock_moving_average(D("-2"), D("5"), D("5"), D("8")), "8");
	is(stock_moving_average(D("10"), D("5"), D("0"), D("8")), "5");
	is(stock_moving_average(D("10"), D("5"), D("-1"), D("8")), "5");
	is(stock_moving_average(D("1"), D("0.0001"), D("1"), D("0.0002")), "0.0002"); /* half up */
	is(stock_moving_average(D("2"), D("1"), D("1"), D("0")), "0.6667");
	is(stock_moving_average(D("9999999999"), D("9999999999"), D("9999999999"), D("9999999999")),
	    "9999999999");
	assert_false(stock_moving_average(unknown, D("5"), D("5"), D("8")).known);
	assert_false(stock_moving_average(D("10"), D("5"), D("5"), unknown).known);
	assert_false(stock_issue_cost(D("9999999999"), D("9999999999")).known);
}

static void
correction(void **state)
{
	(void)state;
	is(stock_correction(D("-2"), D("5"), D("5"), D("8")), "6");
	is(stock_correction(D("-2"), D("5"), D("1"), D("8")), "3");
	is(stock_correction(D("-2"), D("5"), D("5"), D("4")), "-2");
	is(stock_correction(D("3"), D("5"), D("5"), D("8")), "0");
	is(stock_correction(D("-3"), D("5"), D("0"), D("8")), "0");
}

static void
low_stock(void **state)
{
	(void)state;
	assert_true(stock_crosses_min(50000, 40000, 50000));
	assert_true(stock_crosses_min(60000, 0, 50000));
	assert_false(stock_crosses_min(60000, 50000, 50000)); /* just enough */
	assert_false(stock_crosses_min(40000, 30000, 50000)); /* was told already */
	assert_false(stock_crosses_min(40000, 60000, 50000));
	assert_false(stock_crosses_min(10000, 0, 0));
}

/* Bought, issued at the average, bought dearer: the value stays the sum of the movements. */
static void
value(void **state)
{
	struct stock_move moves[] = {
		{ D("10"), D("5") },
		{ D("5"), D("8") },
		{ D("-3"), D("6") },
	};

	(void)state;
	is(stock_value(moves, 3), "72"); /* 12 at 6 */
	is(stock_value(moves, 0), "0");
	moves[1].unit_cost.known = false;
	assert_false(stock_value(moves, 3).known);
}

static void
levels(void **state)
{
	const struct stock_demand demand = { 10, 4, 1.645, 3, 1 };

	(void)state;
	assert_true(fabs(stock_reorder_point(&demand) - 59.18) < 0.005); /* V10 */
	assert_int_equal((int)ceil(stock_reorder_point(&demand)), 60);
	assert_true(fabs(stock_order_quantity(520, 15, 2) - 88.3) < 0.05);
	assert_true(stock_order_quantity(520, 15, 0) < 0.5);
	assert_int_equal(stock_slow_level(0.5, 0.95), 2);
	assert_int_equal(stock_slow_level(0.5, 0.9097), 1);
	assert_int_equal(stock_slow_level(0.5, 0.9099), 2);
	assert_int_equal(stock_slow_level(0.5, 0.9855), 2);
	assert_int_equal(stock_slow_level(0.5, 0.9857), 3);
	assert_int_equal(stock_slow_level(0, 0.95), 0);
	assert_true(stock_slow_level(2000, 0.95) <= 10000); /* ends */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moving_average),
		cmocka_unit_test(correction),
		cmocka_unit_test(low_stock),
		cmocka_unit_test(value),
		cmocka_unit_test(levels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
