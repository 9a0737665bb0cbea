/* db.c: the connection and its transactions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db_inside.h"

enum { CONNECT_S = 2, ANSWER_S = 8 };

/*
 * Strict, in UTC.  A lock is waited for less long than an answer: otherwise the wait would end as a
 * lost connection instead of as 1205.
 */
static const char *const session[] = {
	"SET SESSION sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY', time_zone = '+00:00', "
	"autocommit = 1, innodb_lock_wait_timeout = 5",
	"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
};

struct db *
db_open(const struct db_config *config)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL)
		die("db: out of memory");
	db->config = config;
	db->scratch = arena_new();
	db->wait_s = ANSWER_S;
	if (config->schema != NULL)
		snprintf(db->schema, sizeof(db->schema), "%s", config->schema);
	return db;
}

void
db_disconnect(struct db *db)
{
	if (db->conn == NULL)
		return;
	mysql_close(db->conn);
	db->conn = NULL;
	stmt_drop_all(db);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_disconnect(db);
	arena_free(db->scratch);
	free(db);
}

static void
connect_options(const struct db *db)
{
	const unsigned connect_s = CONNECT_S, answer_s = (unsigned)db->wait_s, off = 0;
	const unsigned tcp = MYSQL_PROTOCOL_TCP;
	const my_bool no = 0, yes = 1;

	mysql_options(db->conn, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_options(db->conn, MYSQL_OPT_READ_TIMEOUT, &answer_s);
	mysql_options(db->conn, MYSQL_OPT_WRITE_TIMEOUT, &answer_s);
	mysql_options(db->conn, MYSQL_OPT_RECONNECT, &no);
	mysql_options(db->conn, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options(db->conn, MYSQL_REPORT_DATA_TRUNCATION, &yes);
	mysql_options(db->conn, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* Or "localhost" would mean a socket at some standard place. */
	if (db->config->socket == NULL)
		mysql_options(db->conn, MYSQL_OPT_PROTOCOL, &tcp);
}

static enum status
connect_failed(struct db *db, const char *doing)
{
	enum status e = db_failed(db, mysql_errno(db->conn), mysql_error(db->conn), doing);

	db_disconnect(db);
	return e;
}

static enum status
db_connect(struct db *db)
{
	const struct db_config *c = db->config;

	if (db->silent && !server_greets(c)) {
		snprintf(db->message, sizeof(db->message), "the server does not greet");
		return RETRY;
	}
	db->conn = mysql_init(NULL);
	if (db->conn == NULL)
		die("db: out of memory");
	connect_options(db);
	if (mysql_real_connect(db->conn, c->socket == NULL ? c->host : NULL, c->user, c->password,
		db->schema[0] == '\0' ? NULL : db->schema, (unsigned)c->port, c->socket,
		CLIENT_FOUND_ROWS) == NULL)
		return connect_failed(db, "connecting");
	for (size_t i = 0; i < COUNT(session); i++)
		if (mysql_query(db->conn, session[i]) != 0)
			return connect_failed(db, session[i]);
	/* MariaDB from 10.6.18 and 10.11.8 on has it; elsewhere the setting is unknown. */
	if (mysql_query(db->conn, "SET SESSION innodb_snapshot_isolation = ON") != 0 &&
	    mysql_ping(db->conn) != 0)
		return connect_failed(db, "connecting");
	db->alive_at = ticks();
	db->silent = false;
	return OK;
}

enum status
db_live(struct db *db)
{
	if (db->doomed)
		return RETRY;
	return db->conn != NULL ? OK : db_connect(db);
}

/* A page that forgot its db_end must not leave the next one inside its transaction. */
static void
leave(struct db *db)
{
	if (!db->inside)
		return;
	log_error("db: a transaction was left open; its work is undone");
	db_doom(db);
	db->inside = db->doomed = false;
}

enum status
db_ready(struct db *db)
{
	leave(db);
	if (db->conn != NULL && ticks() - db->alive_at < SECOND)
		return OK;
	if (db->conn != NULL && mysql_ping(db->conn) != 0) {
		db_disconnect(db);
		db->silent = true;
	}
	if (db->conn == NULL)
		return db_connect(db);
	db->alive_at = ticks();
	return OK;
}

void
db_patience(struct db *db, int64_t seconds)
{
	leave(db);
	db_disconnect(db);
	db->wait_s = seconds > 0 ? seconds : ANSWER_S;
}

enum status
db_use(struct db *db, const char *schema)
{
	if (strlen(schema) > SCHEMA_NAME) {
		log_error("db: no schema has a name like %s", schema);
		return FAILED;
	}
	if (strcmp(db->schema, schema) == 0)
		return OK;
	if (db->inside) {
		log_error("db: another schema inside a transaction: %s", schema);
		return FAILED;
	}
	if (db->conn != NULL && mysql_select_db(db->conn, schema) != 0)
		return db_failed(db, mysql_errno(db->conn), mysql_error(db->conn), schema);
	snprintf(db->schema, sizeof(db->schema), "%s", schema);
	return OK;
}

enum status
db_plain(struct db *db, const char *sql, size_t len)
{
	enum status e = db_live(db);

	if (e)
		return e;
	if (mysql_real_query(db->conn, sql, len) != 0)
		return db_failed(db, mysql_errno(db->conn), mysql_error(db->conn), sql);
	mysql_free_result(mysql_store_result(db->conn));
	db->alive_at = ticks();
	return OK;
}

enum status
db_begin(struct db *db)
{
	static const char begin[] = "START TRANSACTION";
	enum status e;

	if (db->inside) {
		log_error("db: a transaction inside a transaction");
		return FAILED;
	}
	e = db_plain(db, begin, strlen(begin));
	/* The connection may have died of idleness; nothing was done on it yet. */
	if (e == RETRY && db->conn == NULL)
		e = db_plain(db, begin, strlen(begin));
	db->inside = e == OK;
	return e;
}

static enum status
commit(struct db *db)
{
	static const char sql[] = "COMMIT";
	enum status e = db_plain(db, sql, strlen(sql));

	if (e)
		db_doom(db);
	return e;
}

enum status
db_end(struct db *db, enum status outcome)
{
	if (!db->inside) {
		if (outcome != OK)
			return outcome;
		log_error("db: the end of a transaction that never began");
		return FAILED;
	}
	if (db->doomed)
		outcome = outcome == OK ? RETRY : outcome;
	else if (outcome == OK)
		outcome = commit(db);
	else
		db_doom(db); /* rolls back, or closes the connection */
	db->inside = db->doomed = false;
	return outcome;
}

static enum status
script_results(struct db *db)
{
	for (;;) {
		int next;

		mysql_free_result(mysql_store_result(db->conn));
		next = mysql_next_result(db->conn);
		if (next < 0)
			return OK;
		if (next > 0)
			return db_failed(
			    db, mysql_errno(db->conn), mysql_error(db->conn), "in a script");
	}
}

enum status
db_script(struct db *db, const char *sql)
{
	enum status e;

	if (db->inside) {
		log_error("db: a script inside a transaction");
		return FAILED;
	}
	e = db_live(db);
	if (e)
		return e;
	/* Only for so long: elsewhere a second statement in a text is somebody's attack. */
	if (mysql_set_server_option(db->conn, MYSQL_OPTION_MULTI_STATEMENTS_ON) != 0 ||
	    mysql_query(db->conn, sql) != 0)
		e = db_failed(db, mysql_errno(db->conn), mysql_error(db->conn), sql);
	else
		e = script_results(db);
	if (db->conn != NULL &&
	    mysql_set_server_option(db->conn, MYSQL_OPTION_MULTI_STATEMENTS_OFF) != 0)
		db_disconnect(db);
	return e;
}

int64_t
db_last_id(const struct db *db)
{
	return db->last_id;
}

const char *
db_conflict_key(const struct db *db)
{
	return db->conflict;
}

const char *
db_message(const struct db *db)
{
	return db->message;
}

int64_t
db_count(const struct db *db)
{
	return db->count;
}
