/* rule_parts_request_test.c: the request's state from its lines, and what a line lets one do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/parts_request.h"

#define ASKED(q) \
	{ \
		.asked = (q) \
	}
#define APPROVED(q, a) \
	{ \
		.asked = (q), .approved = (a), .decided = true \
	}
#define ISSUED(q, a, i) \
	{ \
		.asked = (q), .approved = (a), .issued = (i), .decided = true \
	}
#define REJECTED(q) \
	{ \
		.asked = (q), .decided = true, .rejected = true \
	}
#define CANCELLED(q, a, i) \
	{ \
		.asked = (q), .approved = (a), .issued = (i), .decided = (a) > 0, \
		.cancelled = true \
	}

struct stage {
	enum pr_state is;
	size_t count;
	struct pr_line lines[3];
};

static const struct stage stages[] = {
	{ PR_REQUESTED, 0, { { 0 } } },
	{ PR_REQUESTED, 2, { ASKED(5), ASKED(2) } },
	{ PR_REQUESTED, 2, { APPROVED(5, 5), ASKED(2) } },
	{ PR_APPROVED, 1, { APPROVED(5, 3) } },
	{ PR_APPROVED, 2, { APPROVED(5, 5), REJECTED(2) } },
	{ PR_PARTLY_ISSUED, 1, { ISSUED(5, 5, 2) } },
	{ PR_PARTLY_ISSUED, 2, { ISSUED(5, 5, 5), APPROVED(2, 2) } },
	{ PR_ISSUED, 1, { ISSUED(5, 3, 3) } },
	{ PR_ISSUED, 2, { ISSUED(5, 5, 5), REJECTED(2) } },
	{ PR_ISSUED, 1, { CANCELLED(5, 5, 2) } },
	{ PR_REJECTED, 2, { REJECTED(5), REJECTED(2) } },
	{ PR_REJECTED, 1, { APPROVED(5, 0) } },
	{ PR_CANCELLED, 1, { CANCELLED(5, 0, 0) } },
	{ PR_CANCELLED, 2, { CANCELLED(5, 5, 0), REJECTED(2) } },
	{ PR_APPROVED, 2, { CANCELLED(5, 5, 0), APPROVED(2, 2) } },
};

static void
states_follow(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stages); i++)
		assert_int_equal(pr_state_of(stages[i].lines, stages[i].count), stages[i].is);
}

static void
still_to_issue(void **state)
{
	(void)state;
	assert_int_equal(pr_open(&(struct pr_line)ASKED(5)), 0);
	assert_int_equal(pr_open(&(struct pr_line)APPROVED(5, 4)), 4);
	assert_int_equal(pr_open(&(struct pr_line)ISSUED(5, 4, 1)), 3);
	assert_int_equal(pr_open(&(struct pr_line)ISSUED(5, 4, 4)), 0);
	assert_int_equal(pr_open(&(struct pr_line)ISSUED(5, 4, 6)), 0);
	assert_int_equal(pr_open(&(struct pr_line)REJECTED(5)), 0);
	assert_int_equal(pr_open(&(struct pr_line)CANCELLED(5, 4, 1)), 0);
}

static void
quantities(void **state)
{
	const struct pr_line asked = ASKED(50000), open = ISSUED(50000, 40000, 10000);
	struct pr_line back = ISSUED(50000, 40000, 40000);

	(void)state;
	assert_null(pr_approve_fault(&asked, 0));
	assert_null(pr_approve_fault(&asked, 50000));
	assert_non_null(pr_approve_fault(&asked, 50001));
	assert_non_null(pr_approve_fault(&asked, -1));
	assert_non_null(pr_approve_fault(&open, 1)); /* decided already */

	assert_null(pr_issue_fault(&open, 1));
	assert_null(pr_issue_fault(&open, 30000));
	assert_non_null(pr_issue_fault(&open, 30001));
	assert_non_null(pr_issue_fault(&open, 0));
	assert_non_null(pr_issue_fault(&open, -1));
	assert_non_null(pr_issue_fault(&asked, 1));

	back.returned = 30000;
	assert_null(pr_return_fault(&back, 10000));
	assert_non_null(pr_return_fault(&back, 10001));
	assert_non_null(pr_return_fault(&back, 0));
}

static void
reasons(void **state)
{
	const struct pr_line lines[] = { ASKED(5), ASKED(2) };

	(void)state;
	assert_false(pr_reason_needed(lines, (int64_t[]){ 5, 2 }, 2));
	assert_true(pr_reason_needed(lines, (int64_t[]){ 5, 1 }, 2));
	assert_true(pr_reason_needed(lines, (int64_t[]){ 0, 0 }, 2));
}

static void
words(void **state)
{
	(void)state;
	for (int s = 0; s < PR_STATES; s++)
		assert_int_equal(pr_state_code(pr_state_words.list[s].code), s);
	assert_int_equal(pr_state_code(""), PR_STATES);
	assert_string_equal(pr_state_words.list[PR_PARTLY_ISSUED].text, "Partly issued");
	assert_true(
	    pr_is_open(PR_REQUESTED) && pr_is_open(PR_APPROVED) && pr_is_open(PR_PARTLY_ISSUED));
	assert_false(pr_is_open(PR_ISSUED) || pr_is_open(PR_REJECTED) || pr_is_open(PR_CANCELLED) ||
		     pr_is_open(PR_STATES));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_follow),
		cmocka_unit_test(still_to_issue),
		cmocka_unit_test(quantities),
		cmocka_unit_test(reasons),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
