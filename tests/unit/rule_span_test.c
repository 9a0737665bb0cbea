/* rule_span_test.c: times that are taken: any order, edges, overlaps; against a plain list of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "rule/span.h"

static void
test_edges(void **state)
{
	struct arena *a = arena_new();
	struct spans s = { NULL, 0, 0 };

	(void)state;
	assert_false(span_is_taken(&s, 0, 10));
	span_take(a, &s, 10, 20);
	assert_false(span_is_taken(&s, 0, 10));
	assert_false(span_is_taken(&s, 20, 30));
	assert_true(span_is_taken(&s, 0, 11));
	assert_true(span_is_taken(&s, 19, 20));
	assert_true(span_is_taken(&s, 12, 13));
	assert_true(span_is_taken(&s, 0, 100));
	span_take(a, &s, 30, 40);
	span_take(a, &s, 15, 35);
	assert_int_equal(s.count, 1);
	assert_int_equal(s.at[0].from, 10);
	assert_int_equal(s.at[0].to, 40);
	arena_free(a);
}

enum { MOST = 200, TRIES = 2000 };

static void
test_any_order(void **state)
{
	struct arena *a = arena_new();
	struct spans s = { NULL, 0, 0 };
	bool taken[MOST] = { false };

	(void)state;
	srand(1);
	for (int i = 0; i < TRIES; i++) {
		const int from = rand() % MOST, to = from + 1 + rand() % 5;
		const int end = to < MOST ? to : MOST;
		bool any = false;

		for (int n = from; n < end; n++)
			any = any || taken[n];
		assert_int_equal(span_is_taken(&s, from, end), any);
		if (i % 7 != 0)
			continue;
		span_take(a, &s, from, end);
		for (int n = from; n < end; n++)
			taken[n] = true;
		for (size_t n = 1; n < s.count; n++)
			assert_true(s.at[n - 1].to <= s.at[n].from);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
