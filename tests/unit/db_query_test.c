/* db_query_test.c: a statement that grows keeps every argument, in order, however many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/query.h"

enum { MANY = 1000 };

static void
test_arguments(void **state)
{
	struct arena *arena = arena_new();
	struct query q = { .sql = { .arena = arena } };
	struct args args;

	(void)state;
	assert_int_equal(query_args(&q).count, 0);
	for (int i = 0; i < MANY; i++)
		query_put(&q, i > 0 ? ", ?" : "?", ARG(i));
	query_arg(&q, ARG(-1));
	args = query_args(&q);
	assert_int_equal(q.sql.len, 3 * MANY - 2);
	assert_int_equal(args.count, MANY + 1);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(args.at[i].as.n, i);
	assert_int_equal(args.at[MANY].as.n, -1);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
