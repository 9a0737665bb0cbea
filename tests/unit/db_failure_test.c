/* db_failure_test.c: deadlocks, lock waits, lost connections: what is said and what is kept. */
#include "base/time.h"
#include "db_plant.h"

static void
kill_it(struct fixture *f)
{
	char sql[128];
	int64_t id = number(f->db, "SELECT CONNECTION_ID()");

	snprintf(sql, sizeof(sql), "KILL CONNECTION %lld", (long long)id);
	assert_int_equal(db_script(f->other, sql), OK);
	/* KILL comes back before the other end is closed. */
	snprintf(sql, sizeof(sql),
	    "SELECT COUNT(*) FROM information_schema.processlist WHERE id = %lld", (long long)id);
	while (number(f->other, sql) > 0)
		usleep(1000);
}

/* The other side of the deadlock, in a process of its own, as it has to wait. */
static pid_t
holds_two_wants_one(struct fixture *f, int told[2])
{
	pid_t pid;

	assert_int_equal(pipe(told), 0);
	pid = fork();
	if (pid != 0)
		return pid;
	f->other = throwaway_connect(&f->server.config);
	if (db_begin(f->other) != OK ||
	    db_change(f->other, "UPDATE part SET on_hand = on_hand + 1", NO_ARGS, NULL) != OK ||
	    write(told[1], "x", 1) != 1)
		_exit(1);
	_exit(db_change(f->other, "UPDATE child SET note = 'other' WHERE id = 1", NO_ARGS, NULL) !=
		  OK ||
	      db_end(f->other, OK) != OK);
}

/* InnoDB ends the transaction that changed fewer rows: ours. */
static void
deadlock(void **state)
{
	struct fixture *f = fresh(state);
	int told[2], status;
	pid_t pid;
	char x;

	must(f->other, "INSERT INTO child (id, part_id, note) VALUES (1, 1, '')");
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE child SET note = 'mine' WHERE id = 1");
	pid = holds_two_wants_one(f, told);
	assert_int_equal(read(told[0], &x, 1), 1);
	usleep(300 * 1000);
	assert_int_equal(
	    db_change(f->db, "UPDATE part SET on_hand = 0 WHERE id = 1", NO_ARGS, NULL), RETRY);
	assert_int_equal(
	    db_change(f->db, "UPDATE part SET on_hand = 0 WHERE id = 2", NO_ARGS, NULL), RETRY);
	assert_int_equal(db_end(f->db, OK), RETRY);
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	close(told[0]);
	close(told[1]);
	assert_int_equal(number(f->db, "SELECT SUM(on_hand) FROM part"), 32);
	/* The whole again: now it goes through. */
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 0 WHERE id = 1");
	assert_int_equal(db_end(f->db, OK), OK);
	assert_int_equal(number(f->other, "SELECT SUM(on_hand) FROM part"), 21);
}

/* Without an explicit rollback 1205 would keep what came before it. */
static void
lock_wait(void **state)
{
	struct fixture *f = fresh(state);
	int64_t since;

	must(f->db, "SET SESSION innodb_lock_wait_timeout = 1");
	assert_int_equal(db_begin(f->other), OK);
	must(f->other, "UPDATE part SET on_hand = 0 WHERE id = 2");
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 99 WHERE id = 1");
	since = ticks();
	assert_int_equal(
	    db_change(f->db, "UPDATE part SET on_hand = 99 WHERE id = 2", NO_ARGS, NULL), RETRY);
	assert_true(ticks() - since < 4 * SECOND);
	assert_int_equal(db_end(f->other, OK), OK);
	/* Undone already, before db_end. */
	assert_int_equal(number(f->other, "SELECT on_hand FROM part WHERE id = 1"), 10);
	assert_int_equal(db_end(f->db, OK), RETRY);
	must(f->db, "SET SESSION innodb_lock_wait_timeout = 5");
}

/* The error comes where rows were expected; the connection is good for more at once. */
static void
lock_wait_among_rows(void **state)
{
	struct fixture *f = fresh(state);
	struct rows rows;
	int64_t since;

	must(f->db, "SET SESSION innodb_lock_wait_timeout = 1");
	assert_int_equal(db_begin(f->other), OK);
	must(f->other, "UPDATE part SET on_hand = 0 WHERE id = 2");
	assert_int_equal(db_begin(f->db), OK);
	since = ticks();
	assert_int_equal(db_rows(f->db, f->arena, "SELECT id, code FROM part FOR UPDATE", NO_ARGS,
			     &row_shape, &rows),
	    RETRY);
	assert_int_equal(db_end(f->db, RETRY), RETRY);
	assert_int_equal(db_end(f->other, OK), OK);
	assert_int_equal(db_rows(f->db, f->arena, "SELECT id, code FROM part FOR UPDATE", NO_ARGS,
			     &row_shape, &rows),
	    OK);
	assert_int_equal(rows.count, 2);
	assert_true(ticks() - since < 4 * SECOND);
	must(f->db, "SET SESSION innodb_lock_wait_timeout = 5");
}

/* innodb_snapshot_isolation: a row changed since it was read cannot be changed unawares. */
static void
changed_underneath(void **state)
{
	struct fixture *f = fresh(state);
	enum status e;

	if (number(f->db, "SELECT COUNT(*) FROM information_schema.system_variables WHERE "
			  "variable_name = 'INNODB_SNAPSHOT_ISOLATION'") == 0)
		skip();
	assert_int_equal(number(f->db, "SELECT @@innodb_snapshot_isolation"), 1);
	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(number(f->db, "SELECT on_hand FROM part WHERE id = 1"), 10);
	must(f->other, "UPDATE part SET on_hand = 5 WHERE id = 1");
	e = db_change(f->db, "UPDATE part SET on_hand = 9 WHERE id = 1", NO_ARGS, NULL);
	assert_int_equal(e, RETRY);
	assert_int_equal(db_end(f->db, e), RETRY);
	assert_int_equal(number(f->db, "SELECT on_hand FROM part WHERE id = 1"), 5);
}

static void
lost_inside(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	kill_it(f);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    db_change(f->db, "UPDATE part SET on_hand = 12 WHERE id = 2", NO_ARGS, NULL),
		    RETRY);
	assert_int_equal(db_end(f->db, OK), RETRY);
	assert_int_equal(number(f->other, "SELECT SUM(on_hand) FROM part"), 30);
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	assert_int_equal(db_end(f->db, OK), OK);
	assert_int_equal(number(f->other, "SELECT SUM(on_hand) FROM part"), 31);
}

static void
lost_at_the_end(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	kill_it(f);
	assert_int_equal(db_end(f->db, OK), RETRY);
	assert_int_equal(number(f->db, "SELECT SUM(on_hand) FROM part"), 30);
	assert_int_equal(db_begin(f->db), OK);
	must(f->db, "UPDATE part SET on_hand = 11 WHERE id = 1");
	kill_it(f);
	assert_int_equal(db_end(f->db, CONFLICT), CONFLICT);
	assert_int_equal(number(f->db, "SELECT SUM(on_hand) FROM part"), 30);
}

static void
lost_outside(void **state)
{
	struct fixture *f = fresh(state);
	int64_t n;

	kill_it(f);
	assert_int_equal(db_int(f->db, "SELECT COUNT(*) FROM part", NO_ARGS, &n), RETRY);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM part"), 2);
	/* A transaction begins with a living connection. */
	kill_it(f);
	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM part"), 2);
	assert_int_equal(db_end(f->db, OK), OK);
	/* db_ready() finds out, once the last answer is a second old. */
	kill_it(f);
	usleep(1100 * 1000);
	assert_int_equal(db_ready(f->db), OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM part"), 2);
}

static enum status
kill_and_go_on(void *with, const void *record)
{
	struct fixture *f = with;
	int64_t n;

	(void)record;
	kill_it(f);
	assert_int_equal(db_int(f->db, "SELECT COUNT(*) FROM part", NO_ARGS, &n), RETRY);
	return OK;
}

static void
lost_between_rows(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_each(f->db, f->arena, "SELECT id, code FROM part", NO_ARGS, &row_shape,
			     kill_and_go_on, f),
	    RETRY);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM part"), 2);
}

static void
nobody_there(void **state)
{
	const struct db_config nowhere = { .socket = "/nonexistent/db.sock", .user = "root" };
	struct fixture *f = fresh(state);
	struct db_config wrong = f->server.root;
	struct db *db = db_open(&nowhere);

	assert_int_equal(db_ready(db), RETRY);
	assert_int_equal(db_begin(db), RETRY);
	assert_int_equal(db_end(db, RETRY), RETRY);
	db_close(db);
	wrong.schema = "no_such_schema";
	db = db_open(&wrong);
	assert_int_equal(db_ready(db), FAILED);
	assert_non_null(strstr(db_message(db), "no_such_schema"));
	db_close(db);
	db_close(NULL);
}

static void
quick_when_alive(void **state)
{
	struct fixture *f = fresh(state);
	int64_t before =
	    number(f->other, "SELECT variable_value FROM information_schema.global_status "
			     "WHERE variable_name = 'COM_ADMIN_COMMANDS'");

	for (int i = 0; i < 50; i++) {
		number(f->db, "SELECT COUNT(*) FROM part");
		assert_int_equal(db_ready(f->db), OK);
	}
	assert_int_equal(
	    number(f->other, "SELECT variable_value FROM information_schema.global_status "
			     "WHERE variable_name = 'COM_ADMIN_COMMANDS'"),
	    before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlock),
		cmocka_unit_test(lock_wait),
		cmocka_unit_test(lock_wait_among_rows),
		cmocka_unit_test(changed_underneath),
		cmocka_unit_test(lost_inside),
		cmocka_unit_test(lost_at_the_end),
		cmocka_unit_test(lost_outside),
		cmocka_unit_test(lost_between_rows),
		cmocka_unit_test(nobody_there),
		cmocka_unit_test(quick_when_alive),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
