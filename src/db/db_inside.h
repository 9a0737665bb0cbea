/* db_inside.h: what the files of db share; nobody else includes it. */
#ifndef DB_DB_INSIDE_H
#define DB_DB_INSIDE_H

#include <mysql.h>

#include "db/db.h"

enum {
	STATEMENTS = 128, /* kept a connection */
	BUCKETS = 256,
	SCHEMA_NAME = 64 * 4,
	MESSAGE = 512, /* of the server; MYSQL_ERRMSG_SIZE */
};

/* Where the client library leaves a column of the row in hand. */
struct landing {
	const struct field *field; /* the member that takes it */
	enum enum_field_types type;
	int64_t n;
	MYSQL_TIME time;
	unsigned long length;
	my_bool is_null;
	my_bool error; /* the value did not fit */
};

struct stmt {
	/* The key. */
	char *sql;
	const struct shape *shape;
	char schema[SCHEMA_NAME + 1];
	uint64_t hash;

	MYSQL_STMT *handle;
	unsigned columns;
	struct landing *landing;
	MYSQL_BIND *bind;
	bool busy;    /* its rows are being read: neither to be used again nor closed */
	bool dropped; /* out of the cache while busy; whoever reads closes it */

	struct stmt *next;          /* in its bucket */
	struct stmt *newer, *older; /* by use */
};

struct cache {
	struct stmt *bucket[BUCKETS];
	struct stmt *newest, *oldest;
	size_t count;
};

/* How often the statement in hand may be tried. */
enum attempt {
	ATTEMPT_ONLY,
	ATTEMPT_FIRST, /* a stale dictionary is worth another one */
	ATTEMPT_STALE, /* that is what happened */
};

struct db {
	const struct db_config *config;
	MYSQL *conn; /* NULL while there is none */
	char schema[SCHEMA_NAME + 1];
	struct cache cache;
	struct arena *scratch; /* what one execution needs */
	int64_t wait_s;        /* limit of one answer */
	int64_t alive_at;      /* ticks() when the server last answered */
	bool inside;           /* between db_begin and db_end */
	enum attempt attempt;
	bool silent; /* it did not answer in time, or not at all: asked for a sign of life first */
	bool doomed; /* inside, and the transaction is gone: only RETRY until db_end */
	int64_t last_id;
	int64_t count;
	char conflict[SCHEMA_NAME + 1];
	char message[MESSAGE];
};

/* db.c */

/* A connection to send on: RETRY when there is none or the transaction is gone. */
enum status db_live(struct db *) MUST_CHECK;
void db_disconnect(struct db *);
/* One unprepared statement without rows. */
enum status db_plain(struct db *, const char *sql, size_t len) MUST_CHECK;
/* Waits that long for an answer from now on (default: 8 s); only outside a transaction. */
void db_patience(struct db *, int64_t seconds);

/* db_probe.c */

/*
 * Does the server greet who connects?  Within a second: the client library waits for a greeting as
 * long as for an answer, and a worker that waits is lost to everybody.
 */
bool server_greets(const struct db_config *);

/* db_error.c */

/*
 * What a failure means, and what has to be done about it at once: a rollback, the end of the
 * connection.  Logs what people have to look at.
 */
enum status db_failed(struct db *, unsigned code, const char *message, const char *sql) MUST_CHECK;
/* The transaction is over and its work undone. */
void db_doom(struct db *);

/* db_stmt.c */

/* Kept or newly prepared, and busy until stmt_release(); NULL with *code set when that fails. */
struct stmt *stmt_take(struct db *, const char *sql, const struct shape *, enum status *);
void stmt_release(struct stmt *);
void stmt_drop(struct db *, struct stmt *);
/* Closes all of them; the connection is gone already. */
void stmt_drop_all(struct db *);

/* db_bind.c */

/* Sets the arguments; they are read by the execution that follows. */
enum status stmt_bind(struct db *, struct stmt *, struct args) MUST_CHECK;

/* db_take.c */

/* Prepares the landings for the columns of the execution that just ended. */
enum status stmt_land(struct db *, struct stmt *) MUST_CHECK;
/* The row that was fetched, into record. */
enum status stmt_record(struct db *, struct stmt *, struct arena *, void *record) MUST_CHECK;
/* Column 0 of the row that was fetched, as a whole number. */
enum status stmt_number(struct db *, struct stmt *, int64_t *) MUST_CHECK;

#endif
