/* db_plant.h: two connections to a few parts, for the tests of what goes wrong. */
#ifndef UNIT_DB_PLANT_H
#define UNIT_DB_PLANT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "throwaway.h"

struct fixture {
	struct throwaway server;
	struct arena *arena;
	struct db *db;    /* under test */
	struct db *other; /* whoever is in its way */
};

struct row {
	int64_t id;
	const char *code;
};

static const struct field row_fields[] = { FIELD(struct row, id), FIELD(struct row, code) };
static const struct shape row_shape = SHAPE(struct row, row_fields);

static inline void
must(struct db *db, const char *sql)
{
	assert_int_equal(db_change(db, sql, NO_ARGS, NULL), OK);
}

static inline int64_t
number(struct db *db, const char *sql)
{
	int64_t n;

	assert_int_equal(db_int(db, sql, NO_ARGS, &n), OK);
	return n;
}

static inline struct fixture *
fresh(void **state)
{
	struct fixture *f = *state;

	arena_reset(f->arena);
	assert_int_equal(db_ready(f->db), OK);
	assert_int_equal(db_ready(f->other), OK);
	assert_int_equal(
	    db_script(f->other,
		"DELETE FROM child; DELETE FROM part;"
		"INSERT INTO part (id, code, on_hand) VALUES (1, 'A', 10), (2, 'B', 20)"),
	    OK);
	return f;
}

static inline int
setup(void **state)
{
	static const char tables[] =
	    "CREATE TABLE part (id BIGINT PRIMARY KEY, code VARCHAR(20) NOT NULL, "
	    "on_hand INT NOT NULL,"
	    " UNIQUE KEY part_code (code), CONSTRAINT part_on_hand CHECK (on_hand >= 0));"
	    "CREATE TABLE child (id BIGINT PRIMARY KEY, part_id BIGINT NOT NULL, note VARCHAR(20), "
	    "CONSTRAINT child_part FOREIGN KEY (part_id) REFERENCES part (id))";
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	throwaway_begin(&f->server, "failure");
	f->db = throwaway_connect(&f->server.config);
	f->other = throwaway_connect(&f->server.config);
	*state = f;
	return db_script(f->db, tables) == OK ? 0 : -1;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	db_close(f->other);
	throwaway_end(&f->server);
	arena_free(f->arena);
	free(f);
	return 0;
}

#endif
