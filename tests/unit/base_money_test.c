/* base_money_test.c: exact decimals in, out and between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/money.h"

static void
parsed(void **state)
{
	static const struct {
		const char *text;
		int64_t units;
	} good[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "12", 120000 },
		{ "-0.5", -5000 },
		{ "1 234,50", 12345000 },
		{ "1\u00a0234\u202f567,1", 12345671000 },
		{ "1234.5000", 12345000 },
		{ "007", 70000 },
		{ "0.0001", 1 },
		{ "-0,0001", -1 },
		{ "9999999999.9999", DECIMAL_MOST },
		{ "-9 999 999 999,9999", -DECIMAL_MOST },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct decimal d = decimal_parse(good[i].text);

		assert_true(d.known);
		assert_int_equal(d.units, good[i].units);
	}
}

static void
refused(void **state)
{
	static const char *const bad[] = { "", " ", "-", ".", ".5", "5.", "5,", "1.2.3", "1,234.5",
		"1.23456", "1.00001", "1.00000x", "+1", "--1", "1e3", "1 ", " 1", "1  2", "1. 5",
		"1 .5", "0x1", "10000000000", "99999999999999999999999999", "1a", "٣", "NaN",
		"1\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (decimal_parse(bad[i]).known)
			fail_msg("taken for a number: %s", bad[i]);
	assert_false(decimal_parse(NULL).known);
}

static void
written(void **state)
{
	struct arena *a = *state;

	assert_string_equal(decimal_text(a, decimal(125000)), "12.5");
	assert_string_equal(decimal_text(a, decimal(1000000)), "100");
	assert_string_equal(decimal_text(a, decimal(0)), "0");
	assert_string_equal(decimal_text(a, decimal(-1)), "-0.0001");
	assert_string_equal(decimal_sql(a, decimal(125000)), "12.5000");
	assert_string_equal(decimal_sql(a, decimal(-DECIMAL_MOST)), "-9999999999.9999");
	assert_string_equal(decimal_sql(a, decimal(INT64_MIN)), "-922337203685477.5808");
	assert_null(decimal_text(a, (struct decimal){ 0 }));
	assert_null(decimal_sql(a, (struct decimal){ 0 }));
}

static int64_t
times(int64_t a, int64_t b)
{
	return decimal_times(decimal(a), decimal(b)).units;
}

static int64_t
over(int64_t a, int64_t b)
{
	return decimal_over(decimal(a), decimal(b)).units;
}

static void
rounded(void **state)
{
	(void)state;
	assert_int_equal(times(1, 5000), 1); /* 0.00005, away from zero */
	assert_int_equal(times(1, 4999), 0);
	assert_int_equal(times(-1, 5000), -1);
	assert_int_equal(times(-3, -5000), 2);
	assert_int_equal(times(125000, 20000), 250000);
	assert_int_equal(over(10000, 30000), 3333);
	assert_int_equal(over(20000, 30000), 6667);
	assert_int_equal(over(-20000, 30000), -6667);
	assert_int_equal(over(1, 20000), 1); /* exactly half */
	assert_int_equal(over(-1, 20000), -1);
	assert_int_equal(over(1, 20001), 0);
	assert_int_equal(over(DECIMAL_MOST, 10000), DECIMAL_MOST);
}

static void
overflows(void **state)
{
	const struct decimal none = { 0 }, most = decimal(DECIMAL_MOST), two = decimal(20000);

	(void)state;
	assert_false(decimal_times(most, two).known);
	assert_false(decimal_times(decimal(INT64_MIN), decimal(INT64_MIN)).known);
	assert_false(decimal_over(most, decimal(1)).known);
	assert_false(decimal_over(two, decimal(0)).known);
	assert_false(decimal_times(none, two).known || decimal_times(two, none).known);
	assert_false(decimal_over(none, two).known || decimal_over(two, none).known);
	assert_true(decimal_times(most, decimal(DECIMAL_ONE)).known);
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
		cmocka_unit_test(parsed),
		cmocka_unit_test(refused),
		cmocka_unit_test(written),
		cmocka_unit_test(rounded),
		cmocka_unit_test(overflows),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
