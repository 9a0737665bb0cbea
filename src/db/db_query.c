/* db_query.c: statements run, rows handed out. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db_inside.h"

enum { AHEAD = 500 }; /* rows that a cursor fetches at once */

/* What one statement is asked for. */
struct ask {
	const char *sql;
	struct args args;
	const struct shape *shape;
	bool rows;   /* it has to have rows, or it must have none */
	bool cursor; /* the rows stay on the server until they are wanted */
};

static enum status
stmt_failed(struct db *db, struct stmt *s)
{
	return db_failed(db, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), s->sql);
}

/*
 * The same when rows were under way.  Such a handle must not be used again: asked to forget its
 * rows, the library (3.3) waits for more of them until the time is up.
 */
static enum status
rows_failed(struct db *db, struct stmt *s)
{
	enum status e = stmt_failed(db, s);

	if (!s->dropped)
		stmt_drop(db, s);
	return e;
}

/* DDL and some other statements commit on their own: whatever follows would be unprotected. */
static enum status
still_inside(struct db *db, const char *sql)
{
	if (!db->inside || (db->conn->server_status & SERVER_STATUS_IN_TRANS) != 0)
		return OK;
	log_error("db: this ended the transaction around it: %s", sql);
	db->doomed = true;
	return FAILED;
}

static enum status
execute(struct db *db, struct stmt *s, const struct ask *ask)
{
	unsigned long cursor = ask->cursor ? CURSOR_TYPE_READ_ONLY : CURSOR_TYPE_NO_CURSOR;
	unsigned long ahead = AHEAD;
	enum status e;

	if ((s->columns > 0) != ask->rows) {
		log_error("db: %s rows expected: %s", ask->rows ? "some" : "no", s->sql);
		return FAILED;
	}
	e = stmt_bind(db, s, ask->args);
	if (e)
		return e;
	mysql_stmt_attr_set(s->handle, STMT_ATTR_CURSOR_TYPE, &cursor);
	if (ask->cursor)
		mysql_stmt_attr_set(s->handle, STMT_ATTR_PREFETCH_ROWS, &ahead);
	db->count++;
	if (mysql_stmt_execute(s->handle) != 0)
		return stmt_failed(db, s);
	if (s->columns > 0) {
		e = stmt_land(db, s);
		if (e)
			return e;
		if (!ask->cursor && mysql_stmt_store_result(s->handle) != 0)
			return rows_failed(db, s);
	}
	db->alive_at = ticks();
	return still_inside(db, s->sql);
}

/* Executed, and busy until stmt_release(), when OK. */
static enum status
attempt(struct db *db, const struct ask *ask, struct stmt **out)
{
	enum status e;
	struct stmt *s = stmt_take(db, ask->sql, ask->shape, &e);

	if (s == NULL)
		return e;
	e = execute(db, s, ask);
	if (e) {
		if (db->attempt == ATTEMPT_STALE && !s->dropped)
			stmt_drop(db, s);
		stmt_release(s);
		return e;
	}
	*out = s;
	return OK;
}

/* On Galera: only after all has arrived that was committed elsewhere.  Others do not know it. */
static void
wait_for_others(struct db *db, const char *how)
{
	if (db->conn != NULL)
		(void)mysql_query(db->conn, how);
}

static enum status
run(struct db *db, const struct ask *ask, struct stmt **out)
{
	enum status e = db_live(db);

	if (e)
		return e;
	db->attempt = ATTEMPT_FIRST;
	e = attempt(db, ask, out);
	if (db->attempt == ATTEMPT_STALE) {
		db->attempt = ATTEMPT_ONLY;
		wait_for_others(db, "SET SESSION wsrep_sync_wait = 1");
		e = attempt(db, ask, out);
		wait_for_others(db, "SET SESSION wsrep_sync_wait = DEFAULT");
	}
	db->attempt = ATTEMPT_ONLY;
	return e;
}

/* NOT_FOUND behind the last row. */
static enum status
fetch(struct db *db, struct stmt *s)
{
	int rc = mysql_stmt_fetch(s->handle);

	if (rc == MYSQL_NO_DATA)
		return NOT_FOUND;
	return rc == 0 || rc == MYSQL_DATA_TRUNCATED ? OK : rows_failed(db, s);
}

static enum status
take_all(struct db *db, struct stmt *s, struct arena *a, struct rows *out)
{
	size_t most = mysql_stmt_num_rows(s->handle);
	enum status e = OK;

	*out = (struct rows){ .shape = s->shape, .at = arena_alloc(a, most, s->shape->size) };
	while (out->count < most) {
		e = fetch(db, s);
		if (!e)
			e = stmt_record(db, s, a, row_at(out, out->count));
		if (e)
			return e == NOT_FOUND ? FAILED : e;
		out->count++;
	}
	return OK;
}

enum status
db_rows(struct db *db, struct arena *a, const char *sql, struct args args,
    const struct shape *shape, struct rows *out)
{
	struct ask ask = { .sql = sql, .args = args, .shape = shape, .rows = true };
	struct stmt *s;
	enum status e = run(db, &ask, &s);

	*out = (struct rows){ .shape = shape };
	if (e)
		return e;
	e = take_all(db, s, a, out);
	stmt_release(s);
	return e;
}

enum status
db_row(struct db *db, struct arena *a, const char *sql, struct args args, const struct shape *shape,
    void *record)
{
	struct rows rows;
	enum status e = db_rows(db, a, sql, args, shape, &rows);

	if (e)
		return e;
	if (rows.count == 0)
		return NOT_FOUND;
	if (rows.count > 1) {
		log_error("db: %zu rows instead of one: %s", rows.count, sql);
		return FAILED;
	}
	memcpy(record, rows.at, shape->size);
	return OK;
}

/* OK behind the last row. */
static enum status
each_row(struct db *db, struct stmt *s, struct arena *texts, void *record,
    enum status (*each)(void *with, const void *record), void *with)
{
	for (;;) {
		/* What each() did may have cost the connection. */
		enum status e = s->dropped ? RETRY : fetch(db, s);

		if (e == NOT_FOUND)
			return OK;
		arena_reset(texts);
		if (!e)
			e = stmt_record(db, s, texts, record);
		if (!e)
			e = each(with, record);
		if (e)
			return e;
	}
}

enum status
db_each(struct db *db, struct arena *a, const char *sql, struct args args,
    const struct shape *shape, enum status (*each)(void *with, const void *record), void *with)
{
	struct ask ask = { .sql = sql, .args = args, .shape = shape, .rows = true, .cursor = true };
	struct arena *texts; /* of one row at a time, however many there are */
	struct stmt *s;
	enum status e = run(db, &ask, &s);

	if (e)
		return e;
	texts = arena_new();
	e = each_row(db, s, texts, arena_alloc(a, 1, shape->size), each, with);
	arena_free(texts);
	stmt_release(s);
	return e;
}

enum status
db_int(struct db *db, const char *sql, struct args args, int64_t *n)
{
	struct ask ask = { .sql = sql, .args = args, .rows = true };
	struct stmt *s;
	enum status e = run(db, &ask, &s);

	*n = 0;
	if (e)
		return e;
	e = fetch(db, s);
	if (!e)
		e = stmt_number(db, s, n);
	stmt_release(s);
	return e;
}

enum status
db_change(struct db *db, const char *sql, struct args args, int64_t *changed)
{
	struct ask ask = { .sql = sql, .args = args };
	struct stmt *s;
	enum status e = run(db, &ask, &s);

	if (e)
		return e;
	if (changed != NULL)
		*changed = (int64_t)mysql_stmt_affected_rows(s->handle);
	db->last_id = (int64_t)mysql_stmt_insert_id(s->handle);
	stmt_release(s);
	return OK;
}

enum status
db_change_one(struct db *db, const char *sql, struct args args)
{
	int64_t changed;
	enum status e = db_change(db, sql, args, &changed);

	if (e || changed == 1)
		return e;
	db->conflict[0] = '\0';
	if (changed == 0)
		return CONFLICT;
	log_error("db: %lld rows changed instead of one: %s", (long long)changed, sql);
	return FAILED;
}

enum status
db_insert(struct db *db, const char *sql, struct args args, int64_t *id)
{
	enum status e = db_change(db, sql, args, NULL);

	if (!e)
		*id = db->last_id;
	return e;
}
