/* register_import_guess_test.c: which member a column is taken for, by what others call it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "register/import.h"

enum { MOST = 8 };

/* "code name -": the members of those columns. */
static const char *
guess(struct arena *a, const char *kind, const char *const *headers)
{
	struct import_target t;
	struct buf b = { .arena = a };
	int member[MOST];
	size_t n = 0;

	while (headers[n] != NULL)
		n++;
	assert_true(import_target_find(kind, &t));
	import_guess(a, &t, NULL, headers, n, member);
	for (size_t c = 0; c < n; c++)
		buf_print(&b, "%s%s", c > 0 ? " " : "",
		    member[c] < 0 ? "-" : t.form->rules[member[c]].field.name);
	return b.text;
}

static void
test_what_all_columns_begin_with_says_nothing(void **state)
{
	struct arena *a = arena_new();
	const char *modes[] = { "ISO14224_FailureModeCode", "ISO14224_FailureMode",
		"ISO14224_FailureMode_Description", NULL };
	const char *classes[] = { "ISO14224_Equipment_Class", "ISO14224_Equipment_Class_Code",
		NULL };
	const char *one[] = { "code", NULL };

	(void)state;
	assert_string_equal(guess(a, "failure_code", modes), "code name -");
	assert_string_equal(guess(a, "machine_class", classes), "name code");
	assert_string_equal(guess(a, "machine_class", one), "code");
	arena_free(a);
}

static void
test_what_a_category_of_work_says_is_no_kind_of_order(void **state)
{
	struct arena *a = arena_new();
	const char *orders[] = { "ID", "Category", "Asset Name", "Type", NULL };

	(void)state;
	assert_string_equal(guess(a, "work_order", orders), "key - machine_number kind");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_all_columns_begin_with_says_nothing),
		cmocka_unit_test(test_what_a_category_of_work_says_is_no_kind_of_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
