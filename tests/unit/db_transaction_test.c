/* db_transaction_test.c: what a transaction keeps, what ends it, what a taken key says. */
#include "db_plant.h"

static void
transactions(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 10);
	assert_int_equal(db_end(f->db, OK), OK);
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 11);
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 12 WHERE id = 1");
	assert_int_equal(db_end(f->db, INVALID), INVALID);
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 11);
	assert_int_equal(db_end(f->db, OK), FAILED);
	assert_int_equal(db_end(f->db, FORBIDDEN), FORBIDDEN);
}

static void
transaction_in_transaction(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	assert_int_equal(db_begin(f->db), FAILED);
	assert_int_equal(db_script(f->db, "SELECT 1"), FAILED);
	assert_int_equal(db_use(f->db, "mysql"), FAILED);
	assert_int_equal(db_end(f->db, FAILED), FAILED);
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 10);
}

static void
silent_commits(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(
	    db_change(f->db, "CREATE TABLE IF NOT EXISTS oops (id INT PRIMARY KEY)", NO_ARGS, NULL),
	    FAILED);
	assert_int_equal(db_change(f->db, "UPDATE part SET on_hand = 11", NO_ARGS, NULL), RETRY);
	assert_int_equal(db_end(f->db, FAILED), FAILED);
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 10);
}

/* Whoever forgets db_end must not take the next page along. */
static void
left_open(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	assert_int_equal(db_ready(f->db), OK);
	assert_int_equal(number(f->db, "SELECT on_hand FROM part WHERE id = 1"), 10);
	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(db_end(f->db, OK), OK);
}

static void
conflicts(void **state)
{
	struct fixture *f = fresh(state);
	static const struct {
		const char *sql, *key;
	} cases[] = {
		{ "INSERT INTO part (id, code, on_hand) VALUES (3, 'A', 0)", "part_code" },
		{ "INSERT INTO part (id, code, on_hand) VALUES (1, 'C', 0)", "PRIMARY" },
		{ "INSERT INTO part (id, code, on_hand) VALUES (9, 'i''s.x', 0), (10, 'i''s.x', 0)",
		    "part_code" },
		{ "INSERT INTO child (id, part_id, note) VALUES (1, 77, '')", "child_part" },
		{ "UPDATE part SET on_hand = -1", "part_on_hand" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(db_change(f->db, cases[i].sql, NO_ARGS, NULL), CONFLICT);
		assert_string_equal(db_conflict_key(f->db), cases[i].key);
	}
	must(f->db, "INSERT INTO child (id, part_id, note) VALUES (1, 1, '')");
	assert_int_equal(
	    db_change(f->db, "DELETE FROM part WHERE id = 1", NO_ARGS, NULL), CONFLICT);
	assert_int_equal(
	    db_change_one(f->db, "UPDATE part SET code = 'Z' WHERE id = 5", NO_ARGS), CONFLICT);
	assert_string_equal(db_conflict_key(f->db), "");
}

/* Only the statement is undone: the transaction may read what is there and go on. */
static void
conflict_inside(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	assert_int_equal(db_change(f->db, "INSERT INTO part (id, code, on_hand) VALUES (3, 'A', 0)",
			     NO_ARGS, NULL),
	    CONFLICT);
	assert_int_equal(number(f->db, "SELECT id FROM part WHERE code = 'A'"), 1);
	assert_int_equal(db_end(f->db, OK), OK);
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(transactions),
		cmocka_unit_test(transaction_in_transaction),
		cmocka_unit_test(silent_commits),
		cmocka_unit_test(left_open),
		cmocka_unit_test(conflicts),
		cmocka_unit_test(conflict_inside),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
