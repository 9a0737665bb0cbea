/* rule_figures_test.c: times, availability, reliability and cost, with the vectors V1 to V5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "rule/figures.h"

enum { H = 3600 };

static struct instant
at(const char *text)
{
	struct instant t = instant_parse(text);

	assert_true(t.known);
	return t;
}

/* To as many places as `want` has. */
static void
is(struct decimal got, const char *want)
{
	struct decimal w = decimal_parse(want);
	const char *point = strchr(want, '.');
	int64_t step = DECIMAL_ONE, off;

	for (size_t i = 1; point != NULL && point[i] != '\0'; i++)
		step /= 10;
	assert_true(got.known && w.known);
	off = got.units - w.units;
	if (off * 2 > step || off * 2 < -step)
		assert_int_equal(got.units, w.units);
}

static void
merging(void **state)
{
	struct interval list[] = { { 50, 60 }, { 10, 20 }, { 15, 30 }, { 30, 35 }, { 12, 14 },
		{ 70, 70 }, { 90, 80 } };
	struct interval in = { 12, 55 }, cut = interval_clip((struct interval){ 0, 5 }, in);
	size_t n = interval_merge(list, COUNT(list));

	(void)state;
	assert_int_equal(n, 2);
	assert_int_equal(list[0].from, 10);
	assert_int_equal(list[0].to, 35);
	assert_int_equal(interval_length(list, n), 35);
	assert_int_equal(interval_clip(list[0], in).from, 12);
	assert_int_equal(interval_clip(list[1], in).to, 55);
	assert_true(cut.to <= cut.from);
	assert_int_equal(interval_merge(NULL, 0), 0);
}

static void
in_common(void **state)
{
	const struct interval a[] = { { 0, 10 }, { 20, 30 }, { 40, 50 } };
	const struct interval b[] = { { 5, 25 }, { 28, 45 }, { 60, 70 } };
	struct interval out[6];
	size_t n = interval_common(a, 3, b, 3, out);

	(void)state;
	assert_int_equal(n, 4);
	assert_int_equal(interval_length(out, n), 5 + 5 + 2 + 5);
	assert_int_equal(interval_common(a, 3, b, 0, out), 0);
}

/* Against counting every moment one by one. */
static void
as_if_counted(void **state)
{
	enum { LONG = 60, SPANS = 8 };
	struct arena *arena = arena_new();
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct stop_span spans[SPANS];
		struct period p = { .from = { true, 10 * SECOND },
			.to = { true, 50 * SECOND },
			.now = { true, 45 * SECOND } };
		int planned = 0, unplanned = 0;
		struct downtime d;

		for (int i = 0; i < SPANS; i++) {
			int64_t from, length;

			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			from = (int64_t)(seed >> 33) % LONG;
			length = (int64_t)(seed >> 50) % 12;
			spans[i] = (struct stop_span){ .started = { true, from * SECOND },
				.ended = { length != 0, (from + length) * SECOND },
				.planned = (seed >> 40) & 1 };
		}
		for (int t = 10; t < 50; t++) {
			bool p_on = false, u_on = false;

			for (int i = 0; i < SPANS; i++) {
				int64_t end = spans[i].ended.known ? spans[i].ended.us : p.now.us;
				bool on = spans[i].started.us <= t * SECOND && t * SECOND < end;

				p_on = p_on || (on && spans[i].planned);
				u_on = u_on || (on && !spans[i].planned);
			}
			unplanned += u_on;
			planned += p_on && !u_on;
		}
		d = downtime_of(arena, spans, SPANS, &p);
		assert_int_equal(d.unplanned_s, unplanned);
		assert_int_equal(d.planned_s, planned);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* V1: thirty days, five of them not asked for, one planned stop, three failures. */
static void
v1_reliability(void **state)
{
	struct arena *arena = arena_new();
	const struct stop_span stops[] = {
		{ at("2026-06-05T00:00Z"), at("2026-06-05T08:00Z"), true, false },
		{ at("2026-06-08T10:00Z"), at("2026-06-08T12:00Z"), false, true },
		{ at("2026-06-12T10:00Z"), at("2026-06-12T14:00Z"), false, true },
		{ at("2026-06-20T10:00Z"), at("2026-06-20T16:00Z"), false, true },
		{ at("2026-06-29T10:00Z"), at("2026-06-29T16:00Z"), false,
		    false }, /* not asked for */
	};
	const struct interval required = { at("2026-06-01").us, at("2026-06-26").us };
	struct period p = { .from = at("2026-06-01"),
		.to = at("2026-07-01"),
		.now = at("2026-07-10"),
		.required = &required,
		.required_count = 1 };
	struct downtime d = downtime_of(arena, stops, 4, &p);
	struct figures f = figures_of(&d, 720 * H);

	(void)state;
	assert_int_equal(d.required_s, 600 * H);
	assert_int_equal(d.planned_s + d.unplanned_s, 20 * H);
	assert_int_equal(downtime_of(arena, stops, 5, &p).unplanned_s, d.unplanned_s);
	assert_int_equal(figures_uptime_s(&f), 580 * H);
	f.repairs = 3;
	f.repair_s = 9 * H + H / 2;
	f.restore_s = 12 * H;
	is(figure_availability(&f), "96.667");
	is(figure_mtbf(&f), "193.333");
	is(figure_mdt(&f), "5.0");
	is(figure_mdt_unplanned(&f), "4.0");
	is(figure_restore(&f), "4.0");
	is(figure_failure_rate(&f), "5.1724");
	is(figure_reliability(&f, 24), "88.326");
	is(figure_utilisation(&f), "80.556");
	/* 1.5, 3 and 5 h are 3.1667 in the mean; the 3.0 and 98.472 % of V1 need 9 h. */
	is(figure_mttr(&f), "3.1667");
	f.repair_s = 9 * H;
	is(figure_mttr(&f), "3.0");
	is(figure_inherent(&f), "98.472");
	is(figure_oee(&f, decimal_parse("0.9"), decimal_parse("0.98")), "85.26");
	is(figure_teep(&f, decimal_parse("0.9"), decimal_parse("0.98")), "71.05");
	is(figure_oee(&f, decimal_parse("1.3"), decimal_parse("1")), "96.667");
	arena_free(arena);
}

static void
v2_overlap(void **state)
{
	struct arena *arena = arena_new();
	const struct stop_span stops[] = {
		{ at("2026-06-05T10:00Z"), at("2026-06-05T12:00Z"), true, false },
		{ at("2026-06-05T11:00Z"), at("2026-06-05T13:00Z"), false, true },
	};
	const struct period p = {
		.from = at("2026-06-01"), .to = at("2026-07-01"), .now = at("2026-07-10")
	};
	struct downtime d = downtime_of(arena, stops, 2, &p);

	(void)state;
	assert_int_equal(d.unplanned_s, 2 * H);
	assert_int_equal(d.planned_s, 1 * H);
	assert_int_equal(d.stops, 2);
	assert_int_equal(d.failures, 1);
	arena_free(arena);
}

/* V3: it began two hours before the month ended and still stands. */
static void
v3_open_stop(void **state)
{
	struct arena *arena = arena_new();
	const struct stop_span stop = { at("2026-06-30T22:00Z"), { 0 }, false, true };
	const struct instant now = at("2026-07-01T05:00Z");
	struct period june = { .from = at("2026-06-01"), .to = at("2026-07-01"), .now = now };
	struct period july = { .from = at("2026-07-01"), .to = at("2026-08-01"), .now = now };
	struct downtime d = downtime_of(arena, &stop, 1, &june);

	(void)state;
	assert_int_equal(d.unplanned_s, 2 * H);
	assert_int_equal(d.failures, 1);
	d = downtime_of(arena, &stop, 1, &july);
	assert_int_equal(d.unplanned_s, 5 * H);
	assert_int_equal(d.failures, 0);
	june.now = at("2026-06-30T21:00Z"); /* before it began */
	d = downtime_of(arena, &stop, 1, &june);
	assert_int_equal(d.unplanned_s, 0);
	assert_int_equal(d.failures, 0);
	arena_free(arena);
}

/* V4: in Paris the 29th of March 2026 begins at 23:00 UTC and has 23 hours. */
static void
v4_short_day(void **state)
{
	struct arena *arena = arena_new();
	const struct period p = { .from = at("2026-03-28T23:00Z"),
		.to = at("2026-03-29T22:00Z"),
		.now = at("2026-04-01") };

	(void)state;
	assert_int_equal(downtime_of(arena, NULL, 0, &p).required_s, 23 * H);
	arena_free(arena);
}

static void
v5_no_failures(void **state)
{
	const struct figures none = { .operating_s = 580 * H, .required_s = 600 * H };
	const struct figures nothing = { 0 };

	(void)state;
	assert_false(figure_mtbf(&none).known);
	is(figure_operating(&none), "580");
	assert_false(figure_inherent(&none).known);
	assert_false(figure_mttr(&none).known);
	assert_false(figure_mdt(&none).known);
	assert_false(figure_mtbm(&none).known);
	assert_false(figure_reliability(&none, 24).known);
	assert_false(figure_availability(&nothing).known);
	assert_false(figure_utilisation(&nothing).known);
	assert_false(figure_failure_rate(&nothing).known);
	assert_false(figure_oee(&nothing, decimal(1), decimal(1)).known);
	assert_false(figure_oee(&none, decimal(1), (struct decimal){ 0 }).known);
}

/* 1 failure in 100 h and 3 in 100 h are one in 50 h, not in (100 + 33.3) / 2. */
static void
groups(void **state)
{
	struct figures a = { .operating_s = 100 * H, .failures = 1, .required_s = 100 * H };
	const struct figures b = { .operating_s = 100 * H, .failures = 3, .required_s = 300 * H };

	(void)state;
	figures_add(&a, &b);
	is(figure_mtbf(&a), "50");
	is(figure_availability(&a), "100");
}

static void
costs(void **state)
{
	const struct decimal unknown = { 0 };

	(void)state;
	is(labour_cost(90, decimal_parse("38.50")), "57.75");
	is(labour_cost(1, decimal_parse("0.0001")), "0.0000");
	is(labour_cost(50, decimal_parse("10")), "8.3333");
	is(labour_cost(0, decimal_parse("38.5")), "0");
	assert_false(labour_cost(90, unknown).known);
	assert_false(labour_cost(INT64_MAX, decimal_parse("38.5")).known);
	is(work_order_cost(decimal_parse("57.75"), decimal_parse("18"), unknown), "75.75");
	is(work_order_cost(decimal_parse("57.75"), decimal_parse("18"), decimal_parse("100.5")),
	    "176.25");
}

static void
repair(void **state)
{
	struct arena *arena = arena_new();
	const struct instant accepted = at("2026-06-05T08:00Z"), done = at("2026-06-05T16:00Z");
	const struct stop_span waits[] = {
		{ at("2026-06-05T09:00Z"), at("2026-06-05T11:00Z"), true, false },
		{ at("2026-06-05T10:00Z"), at("2026-06-05T12:00Z"), true, false },
		{ at("2026-06-05T15:00Z"), { 0 }, true, false },
	};
	const struct instant unknown = { 0 };

	(void)state;
	assert_int_equal(repair_seconds(arena, accepted, done, NULL, 0).n, 8 * H);
	assert_int_equal(repair_seconds(arena, accepted, done, waits, 3).n, 4 * H);
	assert_false(repair_seconds(arena, accepted, unknown, waits, 3).known);
	assert_false(repair_seconds(arena, unknown, done, waits, 3).known);
	assert_false(repair_seconds(arena, done, accepted, waits, 3).known);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merging),
		cmocka_unit_test(in_common),
		cmocka_unit_test(as_if_counted),
		cmocka_unit_test(v1_reliability),
		cmocka_unit_test(v2_overlap),
		cmocka_unit_test(v3_open_stop),
		cmocka_unit_test(v4_short_day),
		cmocka_unit_test(v5_no_failures),
		cmocka_unit_test(groups),
		cmocka_unit_test(costs),
		cmocka_unit_test(repair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
