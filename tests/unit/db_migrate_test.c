/* db_migrate_test.c: files applied in order, resumed where they broke off, refused when edited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "throwaway.h"
#include "tool.h"

struct fixture {
	struct throwaway server;
	struct arena *arena;
	struct db *db;
	char folder[TOOL_PATH];
	struct buf said;
	struct migrate_log log;
};

static void
say(void *with, const char *message)
{
	struct fixture *f = with;

	buf_print(&f->said, "%s\n", message);
}

/* An empty folder and an empty schema. */
static int
begin(void **state)
{
	struct fixture *f = *state;
	const char *s = f->server.schema;

	arena_reset(f->arena);
	f->said = (struct buf){ .arena = f->arena };
	f->log = (struct migrate_log){ say, f };
	scratch_begin(f->folder);
	return db_script(
		   f->db, arena_print(f->arena,
			      "DROP DATABASE %s; CREATE DATABASE %s CHARACTER SET utf8mb4; USE %s",
			      s, s, s)) == OK
		   ? 0
		   : -1;
}

static int
end(void **state)
{
	struct fixture *f = *state;

	scratch_end(f->folder);
	return 0;
}

static void
put(struct fixture *f, const char *name, const char *text)
{
	FILE *out = fopen(arena_print(f->arena, "%s/%s", f->folder, name), "w");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void
run(struct fixture *f, enum status expected, const char *said)
{
	enum status e;

	f->said = (struct buf){ .arena = f->arena };
	buf_text(&f->said, "");
	e = migrate(f->db, f->arena, f->folder, &f->log);
	if (e != expected || strstr(f->said.text, said) == NULL)
		fail_msg("%d instead of %d, said: %s", (int)e, (int)expected, f->said.text);
}

static int64_t
number(struct fixture *f, const char *sql)
{
	int64_t n;

	assert_int_equal(db_int(f->db, sql, NO_ARGS, &n), OK);
	return n;
}

static int64_t
pending(struct fixture *f)
{
	int64_t n;

	assert_int_equal(migrate_pending(f->db, f->arena, f->folder, &n), OK);
	return n;
}

#define FIRST \
	"-- The first; with a semicolon\n" \
	"CREATE TABLE a (\n\tid INT PRIMARY KEY, -- one; of many;\n\tname TEXT\n);\n" \
	"INSERT INTO a VALUES (1, 'x;\ny');\t# done;\n" \
	"INSERT INTO a VALUES (2, \"it\\\"s;\n\"), (3, '''');\n"

static void
in_order(void **state)
{
	struct fixture *f = *state;

	put(f, "0001_first.sql", FIRST);
	put(f, "0002_second.sql", "ALTER TABLE a ADD more INT;\nUPDATE a SET more = id");
	put(f, "README", "not a file of ours");
	assert_int_equal(pending(f), 2);
	run(f, OK, "0001_first.sql\n0002_second.sql\n");
	assert_int_equal(number(f, "SELECT COUNT(*) FROM a"), 3);
	assert_int_equal(number(f, "SELECT COUNT(*) FROM a WHERE name = 'x;\ny'"), 1);
	assert_int_equal(number(f, "SELECT SUM(more) FROM a"), 6);
	assert_int_equal(number(f, "SELECT SUM(statement_done) FROM migration"), 5);
	assert_int_equal(number(f, "SELECT COUNT(*) FROM migration WHERE finished_at IS NULL"), 0);
	assert_int_equal(pending(f), 0);
	run(f, OK, "");
	assert_string_equal(f->said.text, "");
	put(f, "0004_fourth.sql", "-- nothing yet\n");
	assert_int_equal(pending(f), 1);
	run(f, OK, "0004_fourth.sql");
	put(f, "0003_third.sql", "INSERT INTO a (id) VALUES (4);");
	run(f, OK, "0003_third.sql");
	assert_int_equal(number(f, "SELECT COUNT(*) FROM a"), 4);
}

static void
resumed(void **state)
{
	struct fixture *f = *state;

	put(f, "0001_first.sql",
	    FIRST "INSERT INTO b VALUES (1);\nINSERT INTO a (id) VALUES (9);\n");
	run(f, FAILED, "0001_first.sql: statement 4 was not done: 1146 ");
	assert_int_equal(pending(f), 1);
	assert_int_equal(number(f, "SELECT statement_done FROM migration"), 3);
	run(f, FAILED, "0001_first.sql goes on behind statement 3");
	assert_int_equal(number(f, "SELECT COUNT(*) FROM a"), 3);
	/* What was done must stay as it was; the rest may be put right. */
	put(f, "0001_first.sql", FIRST "INSERT INTO a (id) VALUES (8);\n");
	run(f, OK, "goes on behind statement 3");
	assert_int_equal(number(f, "SELECT SUM(id) FROM a"), 14);
	assert_int_equal(pending(f), 0);
}

static void
edited(void **state)
{
	struct fixture *f = *state;

	put(f, "0001_first.sql", FIRST);
	run(f, OK, "0001_first.sql");
	put(f, "0001_first.sql", FIRST "INSERT INTO a (id) VALUES (9);\n");
	put(f, "0002_second.sql", "INSERT INTO a (id) VALUES (10);\n");
	run(f, CONFLICT, "0001_first.sql was edited after it was applied; put it back");
	assert_int_equal(number(f, "SELECT COUNT(*) FROM a"), 3);
	put(f, "0001_first.sql", FIRST);
	run(f, OK, "0002_second.sql");
}

static void
half_done_and_edited(void **state)
{
	struct fixture *f = *state;

	put(f, "0001_first.sql", FIRST "INSERT INTO b VALUES (1);\n");
	run(f, FAILED, "statement 4");
	put(f, "0001_first.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n" FIRST);
	run(f, CONFLICT, "was edited after it was applied");
}

/* The server was lost after it had made the table and before that was counted. */
static void
between_statement_and_count(void **state)
{
	struct fixture *f = *state;
	const char *two =
	    "CREATE TABLE a (id INT PRIMARY KEY);\nCREATE TABLE b (id INT PRIMARY KEY);\n";

	put(f, "0001_first.sql", two);
	assert_int_equal(db_script(f->db, "CREATE TABLE b (id INT PRIMARY KEY)"), OK);
	/* A table of somebody else's is never taken for ours, however often it is tried. */
	run(f, FAILED, "statement 2 was not done: 1050 ");
	run(f, FAILED, "statement 2 was not done: 1050 ");
	assert_int_equal(db_script(f->db, "UPDATE migration SET statement_begun = 2"), OK);
	run(f, OK, "goes on behind statement 1");
	assert_int_equal(pending(f), 0);
}

static void
one_runner(void **state)
{
	struct fixture *f = *state;
	char here[64] = { 0 };

	put(f, "0001_first.sql", FIRST);
	run(f, OK, "0001_first.sql");
	put(f, "0002_second.sql", "INSERT INTO a (id) VALUES (10);\n");
	assert_int_equal(db_script(f->db, "UPDATE migration_lease SET owner = 'elsewhere:7', "
					  "until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR"),
	    OK);
	run(f, CONFLICT, "another migration runs (elsewhere:7, at most until ");
	assert_int_equal(pending(f), 1);
	assert_int_equal(
	    db_script(f->db, "UPDATE migration_lease SET until = UTC_TIMESTAMP(6)"), OK);
	run(f, OK, "0002_second.sql");
	assert_int_equal(number(f, "SELECT COUNT(*) FROM migration_lease WHERE owner IS NULL"), 1);
	/* On this machine a dead runner's is free at once, a living one's is not. */
	gethostname(here, sizeof(here) - 1);
	put(f, "0003_third.sql", "INSERT INTO a (id) VALUES (11);\n");
	assert_int_equal(db_change(f->db,
			     "UPDATE migration_lease SET owner = CONCAT(?, ':', ?), "
			     "until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR",
			     ARGS(ARG(here), ARG((int64_t)getppid())), NULL),
	    OK);
	run(f, CONFLICT, "another migration runs");
	assert_int_equal(
	    db_change(f->db, "UPDATE migration_lease SET owner = CONCAT(?, ':4194399')",
		ARGS(ARG(here)), NULL),
	    OK);
	run(f, OK, "0003_third.sql");
}

static void
odd_folders(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(migrate(f->db, f->arena, "/nonexistent", &f->log), NOT_FOUND);
	assert_int_equal(migrate(f->db, f->arena, "/nonexistent", NULL), NOT_FOUND);
	run(f, OK, "");
	put(f, "1_first.sql", "");
	run(f, FAILED, "name it like 0001_init.sql");
	unlink(arena_print(f->arena, "%s/1_first.sql", f->folder));
	put(f, "0001_a.sql", "");
	put(f, "0001_b.sql", "");
	run(f, FAILED, "0001_a.sql and 0001_b.sql have the same number");
	unlink(arena_print(f->arena, "%s/0001_b.sql", f->folder));
	run(f, OK, "0001_a.sql");
	unlink(arena_print(f->arena, "%s/0001_a.sql", f->folder));
	run(f, OK, "the schema is 1 files ahead of this program");
}

/* Each statement in [ ]. */
static const char *
split(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };
	const char *start;
	size_t len;

	buf_text(&b, "");
	while ((text = migrate_statement(text, &start, &len)) != NULL)
		buf_print(&b, "[%.*s]", (int)len, start);
	return b.text;
}

static void
statements(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" },
		{ " \n-- x;\n/* y; */ # z;\n", "" },
		{ ";;\n;", "" },
		{ "a", "[a]" },
		{ "a;b;", "[a;b]" },
		{ "a;\nb;\n", "[a][b]" },
		{ "a; -- x\nb; /* y */ # z\nc", "[a][b][c]" },
		{ "a ';\n' b;\nc", "[a ';\n' b][c]" },
		{ "a '\\';\n' b;\nc", "[a '\\';\n' b][c]" },
		{ "a 'x'';\n' b;\nc", "[a 'x'';\n' b][c]" },
		{ "a `;\n\\`;\nc", "[a `;\n\\`][c]" },
		{ "a -- it's;\nb;\n", "[a -- it's;\nb]" },
		{ "a /* it's;\n*/ b;\nc", "[a /* it's;\n*/ b][c]" },
		{ "5--3;\nb", "[5--3][b]" },
		{ "BEGIN a; b; END;\nc;\r\nd", "[BEGIN a; b; END][c][d]" },
		{ "a 'open;\n", "[a 'open;\n]" },
		{ "a /* open;\n", "[a /* open;\n]" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_string_equal(split(f->arena, pairs[i][0]), pairs[i][1]);
}

/* The project's own. */
static void
ours(void **state)
{
	static const char *const folders[] = { "sql/directory", "sql/site" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(folders); i++) {
		if (access(folders[i], R_OK) != 0)
			skip();
		scratch_end(f->folder);
		assert_int_equal(begin(state), 0);
		assert_int_equal(migrate(f->db, f->arena, folders[i], &f->log), OK);
		assert_int_equal(migrate(f->db, f->arena, folders[i], &f->log), OK);
	}
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	throwaway_begin(&f->server, "migrate");
	f->db = throwaway_connect(&f->server.config);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	throwaway_end(&f->server);
	arena_free(f->arena);
	free(f);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(in_order),
		TEST(resumed),
		TEST(edited),
		TEST(half_done_and_edited),
		TEST(between_statement_and_count),
		TEST(one_runner),
		TEST(odd_folders),
		TEST(statements),
		TEST(ours),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
