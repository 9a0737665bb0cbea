/* view_chart_test.c: charts: scales, escaping, what is drawn and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "view/chart.h"
#include "view/locale.h"

struct world {
	struct arena *arena;
	struct locale *locale;
};

static int
open_world(void **state)
{
	struct world *w = test_calloc(1, sizeof(*w));

	w->arena = arena_new();
	w->locale = locale_open("en", "Europe/Paris", "EUR");
	*state = w;
	return w->locale == NULL;
}

static int
close_world(void **state)
{
	struct world *w = *state;

	locale_close(w->locale);
	arena_free(w->arena);
	test_free(w);
	return 0;
}

static size_t
times(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

static void
steps(void **state)
{
	(void)state;
	assert_int_equal(chart_step(0, 4), 1);
	assert_int_equal(chart_step(10, 4), 5);
	assert_int_equal(chart_step(20, 4), 5);
	assert_int_equal(chart_step(21, 4), 10);
	assert_int_equal(chart_step(100000, 4), 50000);
	assert_int_equal(chart_step(INT64_C(99999999999999), 1), INT64_C(100000000000000));
}

static void
line(void **state)
{
	struct world *w = *state;
	const struct chart_point at[] = { { { true, 0 }, decimal(10 * DECIMAL_ONE) },
		{ { true, 5 * DAY }, decimal(30 * DECIMAL_ONE) },
		{ { true, 10 * DAY }, decimal(50 * DECIMAL_ONE) },
		{ { true, 50 * DAY }, decimal(9999 * DECIMAL_ONE) } };
	struct chart_line c = { .id = "c",
		.title = "<A> & \"b\"",
		.desc = "d",
		.at = at,
		.count = COUNT(at),
		.from = { true, 0 },
		.to = { true, 10 * DAY } };
	const char *html = chart_line(w->arena, w->locale, &c);

	assert_non_null(
	    strstr(html, "<title id=\"c-title\">&lt;A&gt; &amp; &quot;b&quot;</title>"));
	assert_non_null(strstr(html, "d=\"M0.0 400.0L500.0 200.0L1000.0 0.0\""));
	assert_non_null(strstr(html, "<span>50</span><span>40</span>"));
	assert_null(strstr(html, "9,999"));
	assert_null(strstr(html, "style="));
	assert_non_null(strstr(html, "dir=\"ltr\""));
	c.from_zero = true;
	html = chart_line(w->arena, w->locale, &c);
	assert_non_null(strstr(html, "<span>0</span></div>"));
	c.count = 1;
	assert_string_equal(chart_line(w->arena, w->locale, &c), "");
}

/* Equal values, below zero, the largest that there are: always a finite picture. */
static void
edges(void **state)
{
	struct world *w = *state;
	const int64_t values[][2] = { { 0, 0 }, { -5, -5 }, { -DECIMAL_MOST, DECIMAL_MOST },
		{ DECIMAL_MOST, DECIMAL_MOST }, { -15000, 7 }, { 1, 2 } };

	for (size_t i = 0; i < COUNT(values); i++) {
		const struct chart_point at[] = { { { true, 0 }, decimal(values[i][0]) },
			{ { true, DAY }, decimal(values[i][1]) } };
		const struct chart_line c = { .id = "c",
			.title = "",
			.desc = "",
			.at = at,
			.count = 2,
			.from = { true, 0 },
			.to = { true, DAY } };
		const char *html = chart_line(w->arena, w->locale, &c);

		assert_null(strstr(html, "nan"));
		assert_null(strstr(html, "inf"));
		assert_in_range(times(html, "<span>"), 2 + 4, 6 + 4);
	}
}

static void
bars(void **state)
{
	struct world *w = *state;
	struct chart_bar at[30] = { { "a",
					{ decimal(10 * DECIMAL_ONE), decimal(10 * DECIMAL_ONE) } },
		{ "<b>", { { 0 }, decimal(-1) } } };
	struct chart_bars c = { "c", "t", "d", { "one", "two" }, at, 2 };
	const char *html = chart_bars(w->arena, w->locale, &c);

	assert_int_equal(times(html, "class=\"plot-bar-"), 2);
	assert_non_null(strstr(html, "M100.0 200.0H400.0V400.0H100.0z"));
	assert_non_null(strstr(html, "M100.0 0.0H400.0V200.0H100.0z"));
	assert_non_null(strstr(html, "&lt;b&gt;"));
	assert_non_null(strstr(html, "plot-legend"));
	for (size_t i = 0; i < COUNT(at); i++)
		at[i].label = "m";
	c.count = COUNT(at);
	c.series[1] = NULL;
	html = chart_bars(w->arena, w->locale, &c);
	assert_int_equal(times(html, "<span>m</span>"), 10);
	assert_null(strstr(html, "plot-legend"));
	c.count = 0;
	assert_string_equal(chart_bars(w->arena, w->locale, &c), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps),
		cmocka_unit_test(line),
		cmocka_unit_test(edges),
		cmocka_unit_test(bars),
	};

	return cmocka_run_group_tests(tests, open_world, close_world);
}
