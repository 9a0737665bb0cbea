/* db_error.c: what the errors of the server and the client library mean for us. */
#include <stdio.h>
#include <string.h>

#include <errmsg.h>
#include <mysqld_error.h>

#include "base/log.h"
#include "db/db_inside.h"

/* Names that one of the two servers' headers lack, or that MariaDB gives to another number. */
enum {
	MYSQL_IDLE_KILLED = 4031,
	MYSQL_CHECK_VIOLATED = 3819,
	MARIADB_CHECK_VIOLATED = 4025,
	MARIADB_CONNECTION_KILLED = 1927,
	SERVER_LOST_EXTENDED = 2055,
	READ_ONLY_MODE = 1836,
	DUPLICATE_WITH_KEY = 1586,
	ERROR_DURING_COMMIT = 1180,
	UNKNOWN_COMMAND = 1047, /* Galera: the node is not part of the cluster */
};

enum class {
	CLASS_NONE,
	CLASS_UNDONE,   /* the server rolled back for certain, or we do */
	CLASS_LOST,     /* outcome unknown */
	CLASS_AWAY,     /* nothing was done; another node might */
	CLASS_CONFLICT, /* a key, a foreign key or a check said no */
};

static const struct {
	unsigned code;
	enum class class;
} classes[] = {
	{ ER_LOCK_DEADLOCK, CLASS_UNDONE },
	{ ER_CHECKREAD, CLASS_UNDONE }, /* innodb_snapshot_isolation */
	{ ER_LOCK_WAIT_TIMEOUT, CLASS_UNDONE },
	{ ER_TABLE_DEF_CHANGED, CLASS_UNDONE },
	{ ER_NEED_REPREPARE, CLASS_UNDONE },
	{ CR_SERVER_GONE_ERROR, CLASS_LOST },
	{ CR_SERVER_LOST, CLASS_LOST },
	{ SERVER_LOST_EXTENDED, CLASS_LOST },
	{ CR_MALFORMED_PACKET, CLASS_LOST },
	{ CR_COMMANDS_OUT_OF_SYNC, CLASS_LOST },
	{ ER_SERVER_SHUTDOWN, CLASS_LOST },
	{ MARIADB_CONNECTION_KILLED, CLASS_LOST },
	{ ERROR_DURING_COMMIT, CLASS_LOST },
	{ ER_QUERY_INTERRUPTED, CLASS_LOST },
	{ ER_NET_READ_ERROR, CLASS_LOST },
	{ ER_NET_READ_INTERRUPTED, CLASS_LOST },
	{ ER_NET_ERROR_ON_WRITE, CLASS_LOST },
	{ ER_NET_WRITE_INTERRUPTED, CLASS_LOST },
	{ MYSQL_IDLE_KILLED, CLASS_LOST },
	{ CR_CONNECTION_ERROR, CLASS_AWAY },
	{ CR_CONN_HOST_ERROR, CLASS_AWAY },
	{ CR_UNKNOWN_HOST, CLASS_AWAY },
	{ UNKNOWN_COMMAND, CLASS_AWAY },
	{ ER_CON_COUNT_ERROR, CLASS_AWAY },
	{ ER_TOO_MANY_USER_CONNECTIONS, CLASS_AWAY },
	{ ER_OPTION_PREVENTS_STATEMENT, CLASS_AWAY },
	{ READ_ONLY_MODE, CLASS_AWAY },
	{ ER_DUP_ENTRY, CLASS_CONFLICT },
	{ DUPLICATE_WITH_KEY, CLASS_CONFLICT },
	{ ER_ROW_IS_REFERENCED, CLASS_CONFLICT },
	{ ER_NO_REFERENCED_ROW, CLASS_CONFLICT },
	{ ER_ROW_IS_REFERENCED_2, CLASS_CONFLICT },
	{ ER_NO_REFERENCED_ROW_2, CLASS_CONFLICT },
	{ MYSQL_CHECK_VIOLATED, CLASS_CONFLICT },
	{ MARIADB_CHECK_VIOLATED, CLASS_CONFLICT },
};

static enum class class_of(unsigned code) {
	for (size_t i = 0; i < COUNT(classes); i++) if (classes[i].code == code) return classes[i]
	    .class;
	return CLASS_NONE;
}

/* The dictionary changed underneath: what was prepared is no longer true. */
static bool
is_stale(unsigned code)
{
	return code == ER_NEED_REPREPARE || code == ER_NO_SUCH_TABLE ||
	       code == ER_BAD_FIELD_ERROR || code == ER_TABLE_DEF_CHANGED;
}

static void
remember_key(struct db *db, const char *from, size_t len)
{
	if (len > SCHEMA_NAME)
		len = SCHEMA_NAME;
	memcpy(db->conflict, from, len);
	db->conflict[len] = '\0';
}

/*
 * "Duplicate entry 'x' for key 'part.part_code'" (MariaDB: without the table), "… CONSTRAINT `name`
 * FOREIGN KEY …", "CONSTRAINT `name` failed …", "Check constraint 'name' is violated."
 */
static void
note_conflict(struct db *db, unsigned code, const char *message)
{
	static const char before[] = "CONSTRAINT `";
	const char *start, *end;

	db->conflict[0] = '\0';
	if (code == ER_DUP_ENTRY || code == DUPLICATE_WITH_KEY) {
		end = strrchr(message, '\'');
		for (start = end; start != NULL && start > message && start[-1] != '\''; start--)
			if (start[-1] == '.')
				break;
	} else if (code == MYSQL_CHECK_VIOLATED) {
		start = strchr(message, '\'');
		start = start == NULL ? NULL : start + 1;
		end = start == NULL ? NULL : strchr(start, '\'');
	} else {
		start = strstr(message, before);
		start = start == NULL ? NULL : start + strlen(before);
		end = start == NULL ? NULL : strchr(start, '`');
	}
	if (start != NULL && end != NULL)
		remember_key(db, start, (size_t)(end - start));
}

void
db_doom(struct db *db)
{
	if (!db->inside || db->doomed)
		return;
	db->doomed = true;
	/* 1205 undoes the statement only; after the others this is a word too many. */
	if (db->conn != NULL && mysql_query(db->conn, "ROLLBACK") != 0)
		db_disconnect(db);
}

enum status
db_failed(struct db *db, unsigned code, const char *message, const char *sql)
{
	snprintf(db->message, sizeof(db->message), "%u %s", code, message);
	if (db->attempt == ATTEMPT_FIRST && is_stale(code)) {
		db->attempt = ATTEMPT_STALE;
		return RETRY;
	}
	switch (class_of(code)) {
	case CLASS_UNDONE:
		log_info("db: once more: %s: %s", db->message, sql);
		db_doom(db);
		return RETRY;
	case CLASS_LOST:
	case CLASS_AWAY:
		log_warn("db: connection given up: %s: %s", db->message, sql);
		db_disconnect(db);
		db->silent = true;
		db_doom(db);
		return RETRY;
	case CLASS_CONFLICT:
		note_conflict(db, code, db->message);
		return CONFLICT;
	case CLASS_NONE:
		break;
	}
	log_error("db: %s: %s", db->message, sql);
	return FAILED;
}
