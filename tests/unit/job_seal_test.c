/* job_seal_test.c: a sealed log holds, and whatever is done to it by hand is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "db/migrate.h"
#include "job/digest.h"
#include "job/job.h"
#include "job/lease.h"
#include "job/seal.h"
#include "model/actor.h"
#include "model/event.h"
#include "throwaway.h"

enum { EVENTS = 1000 };

struct fixture {
	struct throwaway server;
	struct actor by;
};

static void
run(const struct fixture *f, const char *sql)
{
	assert_int_equal(db_script(f->by.db, sql), OK);
}

static void
write_events(const struct fixture *f, int n)
{
	const struct event ev = { .act = "machine.changed",
		.kind = "machine",
		.record_id = 7,
		.title = "Presse à genouillère",
		.machine_id = 7,
		.changes = "{\"name\":[\"a\",\"b\"]}" };

	assert_int_equal(db_begin(f->by.db), OK);
	for (int i = 0; i < n; i++)
		assert_int_equal(event_write(&f->by, &ev), OK);
	assert_int_equal(db_end(f->by.db, OK), OK);
}

/* A new log of sealed events. */
static int
begin(void **state)
{
	static const char empty[] =
	    "DELETE FROM event; DELETE FROM event_seal;"
	    "DELETE FROM event_unsealed; ALTER TABLE event AUTO_INCREMENT = 1";
	struct fixture *f = *state;
	int64_t n;

	arena_reset(f->by.arena);
	run(f, empty);
	write_events(f, EVENTS);
	assert_int_equal(seal_events(&f->by, EVENTS / 2, &n), OK);
	assert_int_equal(n, EVENTS / 2);
	assert_int_equal(seal_events(&f->by, EVENTS, &n), OK);
	assert_int_equal(n, EVENTS / 2);
	assert_int_equal(seal_events(&f->by, EVENTS, &n), OK);
	assert_int_equal(n, 0);
	return 0;
}

static struct verification
verify(const struct fixture *f)
{
	struct verification v;

	assert_int_equal(seal_verify(&f->by, &v), OK);
	return v;
}

static void
assert_fault(const struct fixture *f, enum fault fault, int64_t seq, int64_t event_id)
{
	struct verification v = verify(f);

	assert_int_equal(v.fault, fault);
	assert_int_equal(v.seq, seq);
	assert_int_equal(v.event_id, event_id);
	assert_non_null(seal_fault_text(f->by.arena, &v));
}

static void
test_holds(void **state)
{
	const struct fixture *f = *state;
	struct verification v = verify(f), more;

	assert_int_equal(v.fault, FAULT_NONE);
	assert_int_equal(v.count, EVENTS);
	assert_int_equal(strlen(v.head), 64);
	write_events(f, 1); /* one that waits is no fault */
	more = verify(f);
	assert_int_equal(more.fault, FAULT_NONE);
	assert_string_equal(more.head, v.head);
}

/* Every column is in the digest. */
static void
test_changed(void **state)
{
	static const char *const changes[] = { "at = at + INTERVAL 1 MICROSECOND", "user_id = 1",
		"user_name = 'x'", "address = 'x'", "trace = 'x'", "act = 'x'", "kind = 'x'",
		"record_id = 8", "title = 'x'", "work_order_id = 7", "machine_id = NULL",
		"department_id = 7", "changes = NULL", "changes = ''" };
	static const char *const all[] = { "id", "at", "user_id", "user_name", "address", "trace",
		"act", "kind", "record_id", "title", "work_order_id", "machine_id", "department_id",
		"changes" };
	const struct fixture *f = *state;
	char sql[300];
	int64_t columns;

	assert_int_equal(db_int(f->by.db,
			     "SELECT COUNT(*) FROM information_schema.columns WHERE table_name ="
			     " 'event' AND table_schema = DATABASE()",
			     NO_ARGS, &columns),
	    OK);
	assert_int_equal(columns, COUNT(all));
	run(f, "CREATE TABLE kept AS SELECT * FROM event WHERE id = 700");
	for (size_t i = 0; i < COUNT(changes); i++) {
		snprintf(sql, sizeof(sql), "UPDATE event SET %s WHERE id = 700", changes[i]);
		run(f, sql);
		assert_fault(f, FAULT_CHANGED, 700, 700);
		run(f, "REPLACE INTO event SELECT * FROM kept");
		assert_int_equal(verify(f).fault, FAULT_NONE);
	}
	run(f, "DROP TABLE kept");
}

static void
test_missing(void **state)
{
	run(*state, "DELETE FROM event WHERE id = 3");
	assert_fault(*state, FAULT_MISSING, 3, 3);
}

static void
test_gap(void **state)
{
	run(*state, "DELETE FROM event_seal WHERE seq = 500");
	assert_fault(*state, FAULT_GAP, 500, 0);
	run(*state, "DELETE FROM event_seal WHERE seq = 1");
	assert_fault(*state, FAULT_GAP, 1, 0);
}

/* Who mends the digest, too, is found by the hash. */
static void
test_hash(void **state)
{
	struct fixture *f = *state;
	struct link l;
	unsigned char digest[SHA256_BYTES];

	run(f, "UPDATE event SET title = 'x' WHERE id = 20");
	assert_int_equal(db_row(f->by.db, f->by.arena, "SELECT * FROM event WHERE id = 20", NO_ARGS,
			     &event_columns, &l),
	    OK);
	event_digest(f->by.arena, &l, digest);
	assert_int_equal(db_change_one(f->by.db, "UPDATE event_seal SET digest = ? WHERE seq = 20",
			     ARGS(arg_bytes(digest, sizeof(digest)))),
	    OK);
	assert_fault(f, FAULT_HASH, 20, 20);
}

/* Cutting off seals leaves their events behind; adding an event by hand forgets to queue it. */
static void
test_beside(void **state)
{
	run(*state, "DELETE FROM event_seal WHERE seq = 1000");
	assert_fault(*state, FAULT_STRAY, 0, 1000);
	begin(state);
	run(*state, "INSERT INTO event_unsealed VALUES (5000)");
	assert_fault(*state, FAULT_LOST, 0, 5000);
}

/* The chain by hand: what digest.h promises. */
static void
test_encoding(void **state)
{
	static const char bytes[] = "\1\0\0\0\0\0\0\0\10\0\0\0\0\0\0\0\5" /* id 5 */
				    "\0"                                  /* at */
				    "\0\0\0\0\0\0"                        /* to kind */
				    "\1\0\0\0\0\0\0\0\10\377\377\377\377\377\377\377\376" /* -2 */
				    "\1\0\0\0\0\0\0\0\2ab\0\0\0\0"; /* title, and three more */
	const struct fixture *f = *state;
	struct link l = { .id = 5, .record_id = -2, .title = "ab" };
	unsigned char digest[SHA256_BYTES], expected[SHA256_BYTES];

	event_digest(f->by.arena, &l, digest);
	sha256(bytes, sizeof(bytes) - 1, expected);
	assert_memory_equal(digest, expected, sizeof(digest));
}

static void
test_lease(void **state)
{
	const struct fixture *f = *state;

	assert_int_equal(lease_take(f->by.db, "jobs", "a", 60), OK);
	assert_int_equal(lease_take(f->by.db, "jobs", "b", 60), CONFLICT);
	assert_int_equal(lease_take(f->by.db, "jobs", "a", -1), OK);
	assert_int_equal(lease_take(f->by.db, "jobs", "b", 60), OK);
	assert_int_equal(lease_drop(f->by.db, "jobs", "a"), OK);
	assert_int_equal(lease_take(f->by.db, "jobs", "a", 60), CONFLICT);
	assert_int_equal(lease_drop(f->by.db, "jobs", "b"), OK);
	assert_int_equal(lease_take(f->by.db, "jobs", "a", 60), OK);
}

/* What is old goes, what is young stays. */
static void
test_sweep(void **state)
{
	const struct fixture *f = *state;
	struct job_turn turn = { .by = &f->by, .site = "test" };
	bool more = false;
	int64_t n;

	run(f, "INSERT INTO once (user_id, name, digest, code, created_at)"
	       " SELECT 1, id, REPEAT('x', 32), 303, UTC_TIMESTAMP() - INTERVAL 31 DAY FROM event");
	run(f, "INSERT INTO once (user_id, name, digest, code, created_at)"
	       " VALUES (1, 'new', REPEAT('x', 32), 303, UTC_TIMESTAMP() - INTERVAL 29 DAY)");
	run(f, "INSERT INTO mail (recipient, subject, body, message_id, state, next_at, sent_at)"
	       " SELECT 'a@b', '', '', id, 'SENT', at, UTC_TIMESTAMP() - INTERVAL 100 - id DAY"
	       " FROM event WHERE id <= 20");
	assert_int_equal(sweep_work(&turn, &more), OK);
	assert_true(more);
	more = false;
	assert_int_equal(sweep_work(&turn, &more), OK);
	assert_false(more);
	assert_int_equal(db_int(f->by.db, "SELECT COUNT(*) FROM once", NO_ARGS, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(db_int(f->by.db, "SELECT COUNT(*) FROM mail", NO_ARGS, &n), OK);
	assert_int_equal(n, 11);
}

static int
group_begin(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	throwaway_begin(&f->server, "seal");
	f->by.arena = arena_new();
	f->by.departments = "";
	f->by.now = now();
	f->by.db = throwaway_connect(&f->server.config);
	if (migrate(f->by.db, f->by.arena, "sql/site", NULL) != OK)
		die("sql/site cannot be applied");
	*state = f;
	return 0;
}

static int
group_end(void **state)
{
	struct fixture *f = *state;

	db_close(f->by.db);
	arena_free(f->by.arena);
	throwaway_end(&f->server);
	free(f);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_holds, begin),
		cmocka_unit_test_setup(test_changed, begin),
		cmocka_unit_test_setup(test_missing, begin),
		cmocka_unit_test_setup(test_gap, begin),
		cmocka_unit_test_setup(test_hash, begin),
		cmocka_unit_test_setup(test_beside, begin),
		cmocka_unit_test(test_encoding),
		cmocka_unit_test(test_lease),
		cmocka_unit_test_setup(test_sweep, begin),
	};

	return cmocka_run_group_tests(tests, group_begin, group_end);
}
