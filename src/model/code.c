/* code.c: see code.h. */
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/event.h"
#include "model/rate.h"
#include "rule/number.h"

enum { TRIES = 5, STALE_SECONDS = 600 };

static const struct field fields[] = {
	FIELD(struct code_found, kind),
	FIELD(struct code_found, record_id),
	FIELD(struct code_found, title),
	FIELD(struct code_found, name),
	FIELD(struct code_found, department_id),
	FIELD(struct code_found, open_report),
	FIELD(struct code_found, retired_at),
	FIELD(struct code_found, archived_at),
};

static const struct shape shape = SHAPE(struct code_found, fields);

/* What has codes.  The SQL texts take the record's id; set takes the code before it. */
static const struct kind {
	const char *name;
	const char *lock;
	const char *set;
} kinds[] = {
	{ "machine",
	    "SELECT code, number AS title, department_id FROM machine WHERE id = ? FOR UPDATE",
	    "UPDATE machine SET code = ? WHERE id = ?" },
	{ "location",
	    "SELECT code, number AS title, 0 AS department_id FROM location WHERE id = ?"
	    " FOR UPDATE",
	    "UPDATE location SET code = ? WHERE id = ?" },
	{ "part",
	    "SELECT code, number AS title, 0 AS department_id FROM part WHERE id = ?"
	    " FOR UPDATE",
	    "UPDATE part SET code = ? WHERE id = ?" },
	{ "user",
	    "SELECT code, name AS title, 0 AS department_id FROM user WHERE id = ?"
	    " FOR UPDATE",
	    "UPDATE user SET code = ? WHERE id = ?" },
};

struct holder {
	const char *code;
	const char *title;
	int64_t department_id;
};

static const struct field holder_fields[] = {
	FIELD(struct holder, code),
	FIELD(struct holder, title),
	FIELD(struct holder, department_id),
};

static const struct shape holder_shape = SHAPE(struct holder, holder_fields);

static const struct kind *
kind_of(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* Five look-ups, each by a unique index. */
enum status
code_find(const struct actor *by, const char *code, struct code_found *out)
{
	static const char sql[] =
	    "SELECT 'machine' AS kind, m.id AS record_id, m.number AS title, m.name,"
	    " m.department_id, m.open_report = 'ON' OR (m.open_report = 'SITE' AND p.open_report)"
	    " AS open_report, CAST(NULL AS DATETIME(6)) AS retired_at, m.archived_at"
	    " FROM machine m JOIN plant p ON p.id = 1 WHERE m.code = ?"
	    " UNION ALL SELECT 'location', id, number, name, 0, 0, NULL, archived_at"
	    " FROM location WHERE code = ?"
	    " UNION ALL SELECT 'part', id, number, name, 0, 0, NULL, archived_at"
	    " FROM part WHERE code = ?"
	    " UNION ALL SELECT 'user', id, name, name, 0, 0, NULL, archived_at"
	    " FROM user WHERE code = ?"
	    " UNION ALL SELECT kind, record_id, '', '', 0, 0, retired_at, NULL"
	    " FROM code_retired WHERE code = ? LIMIT 1";

	return db_row(by->db, by->arena, sql,
	    ARGS(ARG(code), ARG(code), ARG(code), ARG(code), ARG(code)), &shape, out);
}

const char *
code_fresh(const struct actor *by)
{
	unsigned char bytes[CODE_BYTES];

	random_bytes(bytes, sizeof(bytes));
	return code_from_bytes(by->arena, bytes);
}

/* One that is nobody's, of no kind, and never was. */
static enum status
code_free(const struct actor *by, const char **code)
{
	struct code_found f;
	enum status e = OK;

	for (int i = 0; i < TRIES && !e; i++) {
		*code = code_fresh(by);
		e = code_find(by, *code, &f);
	}
	return e == NOT_FOUND ? OK : e ? e : FAILED;
}

static enum status
give(const struct actor *by, const struct kind *k, int64_t id, const char **code)
{
	enum status e = code_free(by, code);

	return e ? e : db_change_one(by->db, k->set, ARGS(ARG(*code), ARG(id)));
}

static enum status
give_first(const struct actor *by, const struct kind *k, int64_t id, const char **code)
{
	struct holder h;
	enum status e = db_row(by->db, by->arena, k->lock, ARGS(ARG(id)), &holder_shape, &h);

	if (e)
		return e;
	*code = h.code;
	return h.code != NULL ? OK : give(by, k, id, code);
}

enum status
code_of(const struct actor *by, const char *kind, int64_t id, const char **code)
{
	const struct kind *k = kind_of(kind);
	enum status e;

	if (k == NULL)
		return NOT_FOUND;
	e = db_begin(by->db);
	return e ? e : db_end(by->db, give_first(by, k, id, code));
}

static enum status
say(const struct actor *by, const char *act, const char *kind, int64_t id, const struct holder *h)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = kind,
				   .record_id = id,
				   .title = h->title,
				   .machine_id = strcmp(kind, "machine") == 0 ? id : 0,
				   .department_id = h->department_id });
}

enum status
code_replace(const struct actor *by, const char *kind, int64_t id)
{
	static const char retire[] = "INSERT INTO code_retired (code, kind, record_id, retired_at)"
				     " VALUES (?, ?, ?, ?)";
	const struct kind *k = kind_of(kind);
	struct holder h;
	const char *code;
	enum status e;

	if (k == NULL)
		return NOT_FOUND;
	e = db_row(by->db, by->arena, k->lock, ARGS(ARG(id)), &holder_shape, &h);
	if (!e)
		e = give(by, k, id, &code);
	if (!e && h.code != NULL)
		e = db_change(
		    by->db, retire, ARGS(ARG(h.code), ARG(kind), ARG(id), ARG(by->now)), NULL);
	return e ? e : say(by, "code.replaced", kind, id, &h);
}

static enum status
stale(const struct actor *by, const char *code, const struct code_found *f)
{
	struct holder h;
	enum status e = rate_take(by, "stale", code, 1, STALE_SECONDS);

	if (!e)
		e = db_row(by->db, by->arena, kind_of(f->kind)->lock, ARGS(ARG(f->record_id)),
		    &holder_shape, &h);
	return e ? e : say(by, "code.stale_scanned", f->kind, f->record_id, &h);
}

enum status
code_stale(const struct actor *by, const char *code, const struct code_found *f)
{
	enum status e = db_begin(by->db);

	if (!e)
		e = db_end(by->db, stale(by, code, f));
	return e == TOO_MANY ? OK : e;
}
