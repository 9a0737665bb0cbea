/* db_statement_test.c: which statements are kept, which are closed, and rows read one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "throwaway.h"

enum { KEPT = 128, ROWS = 2000 };

struct fixture {
	struct throwaway server;
	struct arena *arena;
	struct db *db;
	struct db *watch;
	int64_t seen; /* by each() */
	int64_t at;
};

struct row {
	int64_t id;
	const char *name;
};

static const struct field row_fields[] = { FIELD(struct row, id), FIELD(struct row, name) };
static const struct shape row_shape = SHAPE(struct row, row_fields);

static struct fixture *
fresh(void **state)
{
	struct fixture *f = *state;

	arena_reset(f->arena);
	f->seen = f->at = 0;
	return f;
}

static int64_t
number(struct db *db, const char *sql)
{
	int64_t n;

	assert_int_equal(db_int(db, sql, NO_ARGS, &n), OK);
	return n;
}

static int64_t
prepared(struct fixture *f)
{
	return number(f->watch, "SELECT variable_value FROM information_schema.global_status "
				"WHERE variable_name = 'COM_STMT_PREPARE'");
}

static int64_t
open_now(struct fixture *f)
{
	return number(f->watch, "SELECT variable_value FROM information_schema.global_status "
				"WHERE variable_name = 'PREPARED_STMT_COUNT'");
}

static void
ask(struct fixture *f, int64_t n)
{
	int64_t back;

	assert_int_equal(db_int(f->db, arena_print(f->arena, "SELECT ? + %lld", (long long)n),
			     ARGS(ARG(n)), &back),
	    OK);
	assert_int_equal(back, 2 * n);
}

/* By their text, not by where it lies. */
static void
prepared_once(void **state)
{
	struct fixture *f = fresh(state);
	int64_t before;

	ask(f, 1000);
	before = prepared(f);
	for (int i = 0; i < 100; i++)
		ask(f, 1000);
	assert_int_equal(prepared(f), before);
}

static void
bounded(void **state)
{
	struct fixture *f = fresh(state);
	int64_t before, base = open_now(f);

	for (int64_t n = 0; n < 3 * KEPT; n++)
		ask(f, n);
	assert_true(open_now(f) <= base + KEPT);
	/* The newest are there, and using the oldest of them keeps it. */
	before = prepared(f);
	for (int64_t n = 2 * KEPT; n < 3 * KEPT; n++)
		ask(f, n);
	assert_int_equal(prepared(f), before);
	ask(f, 2 * KEPT);
	for (int64_t n = 0; n < KEPT - 1; n++)
		ask(f, n);
	before = prepared(f);
	ask(f, 2 * KEPT);
	assert_int_equal(prepared(f), before);
	ask(f, 2 * KEPT + 1);
	assert_int_equal(prepared(f), before + 1);
}

static enum status
each_nested(void *with, const void *record)
{
	const struct row *row = record;
	struct fixture *f = with;
	int64_t n;

	f->seen++;
	assert_int_equal(row->id, f->seen);
	assert_string_equal(row->name, arena_print(f->arena, "row %lld", (long long)row->id));
	assert_int_equal(
	    db_int(f->db, "SELECT COUNT(*) FROM numbers WHERE id <= ?", ARGS(ARG(row->id)), &n),
	    OK);
	assert_int_equal(n, row->id);
	if (row->id % 5 == 0)
		ask(f, row->id); /* hundreds of others push it out of the cache */
	return f->at != 0 && f->seen == f->at ? NOT_FOUND : OK;
}

#define EACH "SELECT id, name FROM numbers ORDER BY id"

static void
row_by_row(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_each(f->db, f->arena, EACH, NO_ARGS, &row_shape, each_nested, f), OK);
	assert_int_equal(f->seen, ROWS);
	/* Stopped in the middle; the connection is ready for more. */
	f->seen = 0;
	f->at = 7;
	assert_int_equal(
	    db_each(f->db, f->arena, EACH, NO_ARGS, &row_shape, each_nested, f), NOT_FOUND);
	assert_int_equal(f->seen, 7);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), ROWS);
}

static enum status
each_same(void *with, const void *record)
{
	struct fixture *f = with;
	struct rows rows;

	(void)record;
	f->seen++;
	if (f->seen > 3)
		return CONFLICT;
	assert_int_equal(db_rows(f->db, f->arena, EACH, NO_ARGS, &row_shape, &rows), OK);
	assert_int_equal(rows.count, ROWS);
	return db_each(f->db, f->arena, EACH, NO_ARGS, &row_shape, each_same, f);
}

/* The same statement inside itself. */
static void
itself_inside(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(
	    db_each(f->db, f->arena, EACH, NO_ARGS, &row_shape, each_same, f), CONFLICT);
	assert_int_equal(f->seen, 4);
	assert_int_equal(db_end(f->db, OK), OK);
}

static enum status
count(void *with, const void *record)
{
	struct fixture *f = with;

	(void)record;
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), ROWS);
	f->seen++;
	return OK;
}

/* The server opens no cursor for some. */
static void
without_cursor(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(
	    db_each(f->db, f->arena, "SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b'", NO_ARGS,
		&row_shape, count, f),
	    OK);
	assert_int_equal(
	    db_each(f->db, f->arena, "SELECT 1 AS id, NULL AS name", NO_ARGS, &row_shape, count, f),
	    OK);
	assert_int_equal(db_each(f->db, f->arena, "SELECT id, name FROM numbers WHERE id < 0",
			     NO_ARGS, &row_shape, count, f),
	    OK);
	assert_int_equal(f->seen, 3);
}

/* A migration beside a running worker. */
static void
table_changed(void **state)
{
	struct fixture *f = fresh(state);
	const char *sql = "SELECT id, name FROM changing";
	struct rows rows;

	assert_int_equal(db_script(f->watch, "CREATE TABLE changing (id INT PRIMARY KEY, name INT);"
					     "INSERT INTO changing VALUES (1, 5)"),
	    OK);
	assert_int_equal(db_rows(f->db, f->arena, sql, NO_ARGS, &row_shape, &rows), OK);
	assert_int_equal(
	    db_script(f->watch, "ALTER TABLE changing ADD more INT FIRST, MODIFY name VARCHAR(40)"),
	    OK);
	assert_int_equal(db_rows(f->db, f->arena, sql, NO_ARGS, &row_shape, &rows), OK);
	assert_string_equal(((const struct row *)row_at(&rows, 0))->name, "5");
	assert_int_equal(db_script(f->watch, "ALTER TABLE changing DROP name"), OK);
	assert_int_equal(db_rows(f->db, f->arena, sql, NO_ARGS, &row_shape, &rows), FAILED);
	assert_int_equal(db_script(f->watch, "ALTER TABLE changing ADD name TEXT"), OK);
	assert_int_equal(db_rows(f->db, f->arena, sql, NO_ARGS, &row_shape, &rows), OK);
	assert_int_equal(db_script(f->watch, "DROP TABLE changing"), OK);
	assert_int_equal(db_rows(f->db, f->arena, sql, NO_ARGS, &row_shape, &rows), FAILED);
}

/* ER_TABLE_DEF_CHANGED: only a new transaction sees the new table. */
static void
table_changed_inside(void **state)
{
	struct fixture *f = fresh(state);
	int64_t n;
	enum status e;

	assert_int_equal(db_script(f->watch, "CREATE TABLE later (id INT PRIMARY KEY)"), OK);
	assert_int_equal(db_begin(f->db), OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), ROWS);
	assert_int_equal(
	    db_script(f->watch, "ALTER TABLE later ADD b INT, ADD KEY (b), ALGORITHM=COPY"), OK);
	e = db_int(f->db, "SELECT COUNT(*) FROM later", NO_ARGS, &n);
	assert_int_equal(e, RETRY);
	assert_int_equal(db_end(f->db, e), RETRY);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM later"), 0);
	assert_int_equal(db_script(f->watch, "DROP TABLE later"), OK);
}

static void
other_schema(void **state)
{
	struct fixture *f = fresh(state);
	const char *second = arena_print(f->arena, "%s_b", f->server.schema);
	struct db *late = db_open(&f->server.root);

	assert_int_equal(db_script(f->watch,
			     arena_print(f->arena,
				 "CREATE DATABASE %s; CREATE TABLE %s.numbers (id INT PRIMARY KEY)",
				 second, second)),
	    OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), ROWS);
	assert_int_equal(db_use(f->db, second), OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), 0);
	assert_int_equal(db_use(f->db, "no_such_schema"), FAILED);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), 0);
	assert_int_equal(db_use(f->db, f->server.schema), OK);
	assert_int_equal(number(f->db, "SELECT COUNT(*) FROM numbers"), ROWS);
	/* Before there is a connection. */
	assert_int_equal(db_use(late, second), OK);
	assert_int_equal(number(late, "SELECT COUNT(*) FROM numbers"), 0);
	db_close(late);
	assert_int_equal(
	    db_script(f->watch, arena_print(f->arena, "DROP DATABASE %s", second)), OK);
}

static void
session_is_strict(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(
	    number(f->db, "SELECT @@sql_mode LIKE '%STRICT_ALL_TABLES%' AND @@sql_mode LIKE "
			  "'%ONLY_FULL_GROUP_BY%' AND @@time_zone = '+00:00' AND @@autocommit = 1"),
	    1);
	assert_int_equal(number(f->db, "SELECT @@tx_isolation = 'REPEATABLE-READ'"), 1);
	assert_int_equal(number(f->db, "SELECT @@character_set_client = 'utf8mb4' AND "
				       "@@character_set_connection = 'utf8mb4'"),
	    1);
}

/* Only db_script takes several, and only while it runs. */
static void
one_statement_at_a_time(void **state)
{
	struct fixture *f = fresh(state);
	int64_t n, before = db_count(f->db);

	assert_int_equal(db_script(f->db, "SELECT 1; SELECT 2"), OK);
	assert_int_equal(db_script(f->db, "SELECT 1; SELECT nonsense; SELECT 2"), FAILED);
	assert_int_equal(db_int(f->db, "SELECT 1; SELECT 2", NO_ARGS, &n), FAILED);
	assert_int_equal(db_count(f->db), before);
	assert_int_equal(number(f->db, "SELECT 3"), 3);
	assert_int_equal(db_count(f->db), before + 1);
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	enum status e;

	f->arena = arena_new();
	throwaway_begin(&f->server, "statement");
	f->db = throwaway_connect(&f->server.config);
	f->watch = throwaway_connect(&f->server.config);
	*state = f;
	e = db_script(f->db, "CREATE TABLE numbers (id BIGINT PRIMARY KEY, name VARCHAR(40))");
	if (!e)
		e = db_begin(f->db);
	for (int64_t i = 1; !e && i <= ROWS; i++) {
		e = db_change(f->db, "INSERT INTO numbers (id, name) VALUES (?, ?)",
		    ARGS(ARG(i), ARG(arena_print(f->arena, "row %lld", (long long)i))), NULL);
	}
	return db_end(f->db, e) == OK ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	db_close(f->watch);
	throwaway_end(&f->server);
	arena_free(f->arena);
	free(f);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prepared_once),
		cmocka_unit_test(bounded),
		cmocka_unit_test(row_by_row),
		cmocka_unit_test(itself_inside),
		cmocka_unit_test(without_cursor),
		cmocka_unit_test(table_changed),
		cmocka_unit_test(table_changed_inside),
		cmocka_unit_test(other_schema),
		cmocka_unit_test(session_is_strict),
		cmocka_unit_test(one_statement_at_a_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
