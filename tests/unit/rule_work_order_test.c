/* rule_work_order_test.c: the table of states, whole and walked at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/work_order.h"
#include "rule_golden.h"

static void
whole_table(void **state)
{
	struct arena *arena = arena_new();
	struct buf out = { .arena = arena };

	(void)state;
	wo_print(&out);
	assert_int_equal(golden_differs("work_order", out.text), 0);
	arena_free(arena);
}

struct step {
	enum wo_act act;
	enum role role;
	enum wo_state then;
};

static void
walk(enum wo_state at, const struct step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (steps[i].role == VISITOR)
			assert_true(wo_leads(at, steps[i].act, &at));
		else
			assert_true(wo_may(at, steps[i].act, steps[i].role, &at));
		assert_int_equal(at, steps[i].then);
	}
}

/* From the report to the confirmation, with parts and a second look. */
static void
a_breakdown(void **state)
{
	static const struct step steps[] = {
		{ WO_FOLLOW, REQUESTER, WO_PENDING },
		{ WO_EDIT, SUPERVISOR, WO_PENDING },
		{ WO_ACCEPT, TECHNICIAN, WO_IN_PROGRESS },
		{ WO_RELEASE, TECHNICIAN, WO_PENDING },
		{ WO_ACCEPT, TECHNICIAN, WO_IN_PROGRESS },
		{ WO_LOG, TECHNICIAN, WO_IN_PROGRESS },
		{ WO_ASK_PARTS, TECHNICIAN, WO_WAITING_PARTS },
		{ WO_ASK_PARTS, TECHNICIAN, WO_WAITING_PARTS },
		{ WO_LOG, TECHNICIAN, WO_WAITING_PARTS },
		{ WO_PARTS_SETTLED, VISITOR, WO_IN_PROGRESS }, /* the system */
		{ WO_COMPLETE, TECHNICIAN, WO_COMPLETED },
		{ WO_REOPEN, SUPERVISOR, WO_IN_PROGRESS },
		{ WO_ASK_PARTS, TECHNICIAN, WO_WAITING_PARTS },
		{ WO_RESUME, TECHNICIAN, WO_IN_PROGRESS },
		{ WO_COMPLETE, TECHNICIAN, WO_COMPLETED },
		{ WO_CONFIRM, MANAGER, WO_COMPLETED },
	};

	(void)state;
	walk(WO_PENDING, steps, COUNT(steps));
}

static void
refused(void **state)
{
	enum wo_state next = WO_STATES;

	(void)state;
	assert_false(wo_may(WO_IN_PROGRESS, WO_ACCEPT, TECHNICIAN, &next));
	assert_false(wo_may(WO_COMPLETED, WO_LOG, TECHNICIAN, &next));
	assert_false(wo_may(WO_COMPLETED, WO_CANCEL, MANAGER, &next));
	assert_false(wo_may(WO_PENDING, WO_COMPLETE, TECHNICIAN, &next));
	assert_false(wo_may(WO_PENDING, WO_ACCEPT, ADMIN, &next));
	assert_false(wo_may(WO_PENDING, WO_ACCEPT, VISITOR, &next));
	assert_false(wo_may(WO_WAITING_PARTS, WO_COMPLETE, TECHNICIAN, &next));
	assert_false(wo_may(WO_STATES, WO_FOLLOW, MANAGER, &next));
	assert_false(wo_may(WO_PENDING, WO_ACTS, MANAGER, &next));
	assert_int_equal(next, WO_STATES); /* a refusal leaves it alone */
	for (int r = VISITOR; r < ROLES; r++)
		assert_false(wo_may(WO_WAITING_PARTS, WO_PARTS_SETTLED, (enum role)r, &next));
}

static void
sets(void **state)
{
	(void)state;
	assert_int_equal(wo_acts(WO_PENDING, TECHNICIAN), WO_BIT(WO_ACCEPT) | WO_BIT(WO_FOLLOW));
	assert_int_equal(wo_acts(WO_COMPLETED, SUPERVISOR),
	    WO_BIT(WO_CONFIRM) | WO_BIT(WO_REOPEN) | WO_BIT(WO_FOLLOW));
	assert_int_equal(wo_acts(WO_IN_PROGRESS, ADMIN), WO_BIT(WO_FOLLOW));
	assert_int_equal(wo_acts(WO_PENDING, VISITOR), 0);
	for (int r = ADMIN; r < ROLES; r++)
		assert_int_equal(wo_acts(WO_CANCELLED, (enum role)r), WO_BIT(WO_FOLLOW));
	for (int s = 0; s < WO_STATES; s++)
		for (int a = 0; a < WO_ACTS; a++)
			for (int r = VISITOR; r < ROLES; r++)
				assert_int_equal((wo_acts((enum wo_state)s, (enum role)r) >> a) & 1,
				    wo_may((enum wo_state)s, (enum wo_act)a, (enum role)r, NULL));
}

/* Any acts by anybody in any order: what holds whatever happens. */
static void
random_walks(void **state)
{
	uint64_t seed = 20261121;

	(void)state;
	for (int walks = 0; walks < 20000; walks++) {
		enum wo_state at = WO_PENDING;

		for (int i = 0; i < 40; i++) {
			enum wo_state before = at;
			enum wo_act act;
			enum role role;

			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			act = (enum wo_act)((seed >> 33) % WO_ACTS);
			role = (enum role)((seed >> 45) % ROLES);
			if (!wo_may(at, act, role, &at))
				assert_int_equal(at, before);
			assert_true(at < WO_STATES);
			if (before == WO_CANCELLED)
				assert_int_equal(at, WO_CANCELLED);
			if (at == WO_CANCELLED && before != at)
				assert_int_equal(act, WO_CANCEL);
			if (at == WO_COMPLETED && before != at)
				assert_true(act == WO_COMPLETE && before == WO_IN_PROGRESS);
			if (before == WO_COMPLETED && at != before)
				assert_int_equal(act, WO_REOPEN);
			if (role == VISITOR || role == ADMIN || role == INVENTORY)
				assert_int_equal(at, before);
		}
	}
}

static void
words(void **state)
{
	(void)state;
	for (int s = 0; s < WO_STATES; s++)
		assert_int_equal(wo_state_of(wo_state_words.list[s].code), s);
	assert_int_equal(wo_state_of("DONE"), WO_STATES);
	assert_int_equal(wo_state_of(NULL), WO_STATES);
	assert_string_equal(wo_act_words.list[WO_ASK_PARTS].code, "ask_parts");
	assert_string_equal(wo_act_words.list[WO_FOLLOW].text, "Follow");
	assert_string_equal(wo_state_words.list[WO_WAITING_PARTS].text, "Waiting for parts");
	assert_int_equal(word_index(&wo_priority_words, "CRITICAL"), 3);
	assert_int_equal(wo_kind_words.count, 5);
	assert_string_equal(machine_status_words.list[0].text, "Running");
	assert_true(wo_is_open(WO_WAITING_PARTS) && wo_is_open(WO_PENDING));
	assert_false(wo_is_open(WO_COMPLETED) || wo_is_open(WO_CANCELLED) || wo_is_open(WO_STATES));
}

/* The model locks a work order by the act's permission before it knows the state. */
static void
one_permission_an_act(void **state)
{
	(void)state;
	for (int a = 0; a < WO_ACTS; a++)
		for (int s = 0; s < WO_STATES; s++)
			for (int r = VISITOR; r < ROLES; r++)
				if (wo_leads((enum wo_state)s, (enum wo_act)a, NULL))
					assert_int_equal(wo_may((enum wo_state)s, (enum wo_act)a,
							     (enum role)r, NULL),
					    permission_reach((enum role)r,
						wo_permission((enum wo_act)a)) != REACH_NONE);
	assert_int_equal(wo_permission(WO_PARTS_SETTLED), NO_PERMISSION);
	assert_int_equal(wo_permission(WO_FOLLOW), WORK_ORDER_VIEW);
	assert_int_equal(wo_permission(WO_ACTS), NO_PERMISSION);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_table),
		cmocka_unit_test(a_breakdown),
		cmocka_unit_test(refused),
		cmocka_unit_test(sets),
		cmocka_unit_test(random_walks),
		cmocka_unit_test(words),
		cmocka_unit_test(one_permission_an_act),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
