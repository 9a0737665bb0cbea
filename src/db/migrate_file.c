/* migrate_file.c: one file, statement by statement, each counted when it is done. */
#include <string.h>
#include <strings.h>

#include <mysqld_error.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "db/migrate_inside.h"

enum { TRIES = 5, MYSQL_DUPLICATE_FOREIGN_KEY = 1826 };

size_t
migrate_applied_len(const struct migration_file *f)
{
	const char *at = f->text, *start;
	size_t len;

	if (f->applied.finished)
		return f->len;
	for (int64_t i = 0; at != NULL && i < f->applied.statement_done; i++)
		at = migrate_statement(at, &start, &len);
	return at == NULL ? f->len : (size_t)(at - f->text);
}

/* Rows only: the statement and its count are one transaction. */
static bool
is_data(const char *sql)
{
	static const char *const words[] = { "INSERT", "UPDATE", "DELETE", "REPLACE" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strncasecmp(sql, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static enum status
count(struct migration *m, const struct migration_file *f, int64_t done, const char *behind)
{
	const char *digest = sha256_hex(m->arena, f->text, (size_t)(behind - f->text));

	return db_change_one(m->db,
	    "UPDATE migration SET name = ?, sha256 = ?, statement_done = ?, statement_begun = ? "
	    "WHERE number = ?",
	    ARGS(ARG(f->name), ARG(digest), ARG(done), ARG(done), ARG((int64_t)f->number)));
}

static enum status
begin(struct migration *m, const struct migration_file *f, int64_t statement)
{
	return db_change_one(m->db, "UPDATE migration SET statement_begun = ? WHERE number = ?",
	    ARGS(ARG(statement), ARG((int64_t)f->number)));
}

static enum status
run_data(struct migration *m, const struct migration_file *f, const char *sql, int64_t done,
    const char *behind)
{
	enum status e = RETRY;

	for (int i = 0; e == RETRY && i < TRIES; i++) {
		e = db_begin(m->db);
		if (e)
			continue;
		e = db_plain(m->db, sql, strlen(sql));
		if (!e)
			e = count(m, f, done, behind);
		e = db_end(m->db, e);
	}
	return e;
}

/*
 * The server commits DDL by itself, so that a run can break off between the statement and its
 * count. Only then, "is there already" and "is gone already" mean that it had been done.
 */
static bool
was_done(const struct migration *m)
{
	static const int codes[] = { ER_TABLE_EXISTS_ERROR, ER_DUP_FIELDNAME, ER_DUP_KEYNAME,
		ER_CANT_DROP_FIELD_OR_KEY, ER_BAD_TABLE_ERROR, ER_MULTIPLE_PRI_KEY,
		MYSQL_DUPLICATE_FOREIGN_KEY };
	unsigned code = m->db->conn == NULL ? 0 : mysql_errno(m->db->conn);

	for (size_t i = 0; i < COUNT(codes); i++)
		if ((unsigned)codes[i] == code)
			return true;
	return false;
}

static enum status
run_schema(struct migration *m, const struct migration_file *f, const char *sql, int64_t done,
    const char *behind)
{
	bool again = f->applied.statement_begun == done;
	enum status e = begin(m, f, done);

	if (e)
		return e;
	e = db_plain(m->db, sql, strlen(sql));
	if (e && again && was_done(m))
		e = OK;
	if (!e)
		return count(m, f, done, behind);
	/* Refused, so certainly not done: what follows must not take it for done. */
	if (e != RETRY && begin(m, f, done - 1) != OK)
		return RETRY;
	return e;
}

static enum status
start(struct migration *m, const struct migration_file *f)
{
	if (f->known)
		return migrate_say(m, OK, "%s goes on behind statement %lld", f->name,
		    (long long)f->applied.statement_done);
	migrate_say(m, OK, "%s", f->name);
	return db_change(m->db,
	    "INSERT INTO migration (number, name, sha256, started_at) VALUES (?, ?, ?, ?)",
	    ARGS(ARG((int64_t)f->number), ARG(f->name), ARG(sha256_hex(m->arena, "", 0)),
		ARG(now())),
	    NULL);
}

static enum status
finish(struct migration *m, const struct migration_file *f)
{
	return db_change_one(m->db,
	    "UPDATE migration SET sha256 = ?, finished_at = ? WHERE number = ?",
	    ARGS(ARG(sha256_hex(m->arena, f->text, f->len)), ARG(now()), ARG((int64_t)f->number)));
}

static enum status
run_rest(struct migration *m, const struct migration_file *f)
{
	const char *at = f->text + migrate_applied_len(f), *start, *behind;
	int64_t done = f->applied.statement_done;
	enum status e = OK;
	size_t len;

	while (!e && (behind = migrate_statement(at, &start, &len)) != NULL) {
		const char *sql = arena_text(m->arena, start, len);

		done++;
		e = is_data(sql) ? run_data(m, f, sql, done, behind)
				 : run_schema(m, f, sql, done, behind);
		at = behind;
	}
	if (!e)
		return OK;
	return migrate_say(m, e, "%s: statement %lld was not done: %s: %s", f->name,
	    (long long)done, m->db->message, text_cut(m->arena, start, 120));
}

enum status
migrate_file(struct migration *m, struct migration_file *f)
{
	enum status e = start(m, f);

	if (!e)
		e = run_rest(m, f);
	return e == OK ? finish(m, f) : e;
}
