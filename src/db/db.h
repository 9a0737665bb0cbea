/*
 * db.h: prepared statements in, typed records out.  Only db*.c know the client library.
 *
 * A statement is prepared once a connection and kept (bounded; the least recently used goes); the
 * key is the text of the SQL.  Values only ever travel as arguments.  Columns are matched to the
 * members of a shape by name, and each must find its pair.
 *
 * Outcomes: OK; NOT_FOUND (db_row without a row); CONFLICT (a unique or foreign key said no);
 * RETRY (rolled back for certain, or the connection was lost: the whole transaction must run
 * again, see RETRY in app/serve.c); FAILED (logged).
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/shape.h"
#include "base/status.h"

struct arena;
struct db;

struct db_config {
	const char *socket;
	const char *host; /* used when socket is NULL */
	int64_t port;
	const char *user;
	const char *password;
	const char *schema; /* NULL for none */
};

struct arg {
	enum type type;
	union {
		int64_t n;
		bool b;
		const char *text;
		struct number number;
		struct decimal decimal;
		struct instant instant;
		struct date date;
	} as;
	size_t len; /* of text, when bytes is set */
	bool bytes; /* text is len raw bytes (BINARY, BLOB) */
};

struct arg arg_int(int64_t);
struct arg arg_bool(bool);
struct arg arg_text(const char *); /* NULL is NULL */
struct arg arg_bytes(const void *, size_t);
struct arg arg_number(struct number);
struct arg arg_decimal(struct decimal);
struct arg arg_instant(struct instant);
struct arg arg_date(struct date);
/* A reference that may be none: 0 is NULL. */
struct arg arg_ref(int64_t);

#define ARG(x) \
	_Generic((x),                                                                              \
	    int: arg_int,                                                                          \
	    int64_t: arg_int,                                                                      \
	    bool: arg_bool,                                                                        \
	    char *: arg_text,                                                                      \
	    const char *: arg_text,                                                                \
	    struct number: arg_number,                                                             \
	    struct decimal: arg_decimal,                                                           \
	    struct instant: arg_instant,                                                           \
	    struct date: arg_date)(x)

struct args {
	const struct arg *at;
	size_t count;
};

#define NO_ARGS ((struct args){ NULL, 0 })
#define ARGS(...) \
	((struct args){ \
	    (const struct arg[]){ __VA_ARGS__ }, COUNT(((const struct arg[]){ __VA_ARGS__ })) })

/* Does not connect yet; the config must outlive it. */
struct db *db_open(const struct db_config *);
void db_close(struct db *);
/* Connects when there is no living connection.  RETRY when the server cannot be reached. */
enum status db_ready(struct db *) MUST_CHECK;
/* Another schema on the same server, other statements. */
enum status db_use(struct db *, const char *schema) MUST_CHECK;

/* Exactly one row into record, or NOT_FOUND.  Texts live in the arena. */
enum status db_row(struct db *, struct arena *, const char *sql, struct args, const struct shape *,
    void *record) MUST_CHECK;
/* Any number of rows, none included. */
enum status db_rows(struct db *, struct arena *, const char *sql, struct args, const struct shape *,
    struct rows *) MUST_CHECK;
/*
 * Row by row without keeping them: exports, sealing.  each() answers other than OK to stop; it may
 * run other statements.  The record and its texts last until each() returns.
 */
enum status db_each(struct db *, struct arena *, const char *sql, struct args, const struct shape *,
    enum status (*each)(void *with, const void *record), void *with) MUST_CHECK;
/* One whole number from one row and column; NOT_FOUND without a row; NULL is 0. */
enum status db_int(struct db *, const char *sql, struct args, int64_t *) MUST_CHECK;
/* changed may be NULL; it counts the rows matched, changed or not (CLIENT_FOUND_ROWS). */
enum status db_change(struct db *, const char *sql, struct args, int64_t *changed) MUST_CHECK;
/* Like db_change, and where exactly one row must have matched: none is CONFLICT, more is FAILED. */
enum status db_change_one(struct db *, const char *sql, struct args) MUST_CHECK;
int64_t db_last_id(const struct db *);
/* Like db_change for an INSERT; *id is the new row's. */
enum status db_insert(struct db *, const char *sql, struct args, int64_t *id) MUST_CHECK;
/* The name of the key or constraint that the last CONFLICT named, without its table, or "". */
const char *db_conflict_key(const struct db *);

/* A transaction in another is FAILED: the server would have committed the first. */
enum status db_begin(struct db *) MUST_CHECK;
/*
 * Commits when the work went OK, else rolls back; hands the outcome on.  RETRY when the transaction
 * was lost on the way.
 */
enum status db_end(struct db *, enum status) MUST_CHECK;

/* Unprepared text, many statements: migrations and tests only; never inside a transaction. */
enum status db_script(struct db *, const char *sql) MUST_CHECK;
/* The server's last message, for people who operate it. */
const char *db_message(const struct db *);
/* Statements executed since db_open: a page's queries are a difference of two. */
int64_t db_count(const struct db *);

#endif
