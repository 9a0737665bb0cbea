/* import.c: see import.h. */
#include "model/import.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"

static const struct word states[] = {
	{ "MAPPING", "Not checked yet" },
	{ "CHECKING", "Being checked" },
	{ "CHECKED", "Checked" },
	{ "APPLYING", "Being imported" },
	{ "DONE", "Imported" },
	{ "UNDOING", "Being undone" },
	{ "UNDONE", "Undone" },
	{ "STOPPED", "Stopped" },
};

const struct words import_state_words = WORDS(states);

static const struct word kinds[] = {
	{ "NEW", "New" },
	{ "CHANGED", "Changed" },
	{ "SAME", "The same" },
	{ "WRONG", "Wrong" },
};

const struct words import_line_words = WORDS(kinds);

static const struct word days[] = {
	{ "DMY", "Day first: 31/12/2026" },
	{ "MDY", "Month first: 12/31/2026" },
};

const struct words import_day_words = WORDS(days);

static const struct word decimals[] = {
	{ "POINT", "Point: 1,234.50" },
	{ "COMMA", "Comma: 1.234,50" },
};

const struct words import_decimal_words = WORDS(decimals);

static const struct field fields[] = {
	FIELD(struct import, id),
	FIELD(struct import, kind),
	FIELD_WORD(struct import, state, &import_state_words),
	FIELD(struct import, name),
	FIELD(struct import, sha256),
	FIELD(struct import, size),
	FIELD(struct import, encoding),
	FIELD(struct import, separator_kind),
	FIELD(struct import, day_order),
	FIELD(struct import, decimal_mark),
	FIELD(struct import, headed),
	FIELD(struct import, headers),
	FIELD(struct import, header_digest),
	FIELD(struct import, mapping),
	FIELD(struct import, given),
	FIELD(struct import, make_missing),
	FIELD(struct import, keep_existing),
	FIELD(struct import, leave_wrong),
	FIELD(struct import, read_count),
	FIELD(struct import, fresh_count),
	FIELD(struct import, changed_count),
	FIELD(struct import, same_count),
	FIELD(struct import, wrong_count),
	FIELD(struct import, progress),
	FIELD(struct import, failure),
	FIELD(struct import, failure_line),
	FIELD(struct import, user_id),
	FIELD(struct import, user_name),
	FIELD(struct import, version),
	FIELD(struct import, applied_at),
	FIELD(struct import, undone_at),
	FIELD(struct import, archived_at),
	FIELD(struct import, created_at),
};

const struct shape import_shape = SHAPE(struct import, fields);

static const struct field line_fields[] = {
	FIELD(struct import_line, line),
	FIELD_WORD(struct import_line, kind, &import_line_words),
	FIELD(struct import_line, title),
	FIELD(struct import_line, detail),
};

const struct shape import_line_shape = SHAPE(struct import_line, line_fields);

#define SELECT \
	"SELECT STRAIGHT_JOIN i.id, i.kind, i.state, i.name, i.sha256, i.size, i.encoding," \
	" i.separator_kind, i.day_order, i.decimal_mark, i.headed, i.headers, i.header_digest," \
	" i.mapping, i.given, i.make_missing, i.keep_existing, i.leave_wrong, i.read_count," \
	" i.fresh_count, i.changed_count, i.same_count, i.wrong_count," \
	" COALESCE(t.progress, 0) AS progress, i.failure, i.failure_line," \
	" i.user_id, u.name AS user_name, i.version, i.applied_at, i.undone_at," \
	" i.archived_at, i.created_at FROM import i JOIN user u ON u.id = i.user_id" \
	" LEFT JOIN import_turn t ON t.import_id = i.id "

enum status
import_find(const struct actor *by, int64_t id, struct import *out)
{
	return db_row(
	    by->db, by->arena, SELECT "WHERE i.id = ?", ARGS(ARG(id)), &import_shape, out);
}

enum status
import_list(
    const struct actor *by, const char *of, bool open, int64_t after, int most, struct rows *out)
{
	static const char sql[] =
	    SELECT "WHERE i.archived_at IS NULL AND i.id < ? AND FIND_IN_SET(i.kind, ?)"
		   " AND (NOT ? OR i.state IN ('MAPPING', 'CHECKED', 'STOPPED'))"
		   " ORDER BY i.id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(after > 0 ? after : INT64_MAX), ARG(of), ARG(open), ARG(most)), &import_shape,
	    out);
}

enum status
import_alike(const struct actor *by, const char *kind, const char *digest, struct import *out)
{
	static const char sql[] =
	    SELECT "WHERE i.kind = ? AND i.header_digest = ? AND i.state <> 'MAPPING'"
		   " ORDER BY i.id DESC LIMIT 1";

	return db_row(by->db, by->arena, sql, ARGS(ARG(kind), ARG(digest)), &import_shape, out);
}

static enum status
say(const struct actor *by, const struct import *i, const char *act)
{
	return event_write(by,
	    &(struct event){ .act = act, .kind = "import", .record_id = i->id, .title = i->name });
}

enum status
import_add(const struct actor *by, const struct import *i, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO import (kind, name, sha256, size, encoding, separator_kind, day_order,"
	    " decimal_mark, headed, headers, header_digest, mapping, given, make_missing,"
	    " keep_existing, user_id, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct import made = *i;
	enum status e = db_insert(by->db, sql,
	    ARGS(ARG(i->kind), ARG(i->name), ARG(i->sha256), ARG(i->size), ARG(i->encoding),
		ARG(i->separator_kind), ARG(i->day_order), ARG(i->decimal_mark), ARG(i->headed),
		ARG(i->headers), ARG(i->header_digest), ARG(i->mapping), ARG(i->given),
		ARG(i->make_missing), ARG(i->keep_existing), ARG(by->user_id), ARG(by->now)),
	    id);

	made.id = *id;
	return e ? e : say(by, &made, "import.created");
}

enum status
import_save(const struct actor *by, const struct import *i)
{
	static const char sql[] =
	    "UPDATE import SET state = 'MAPPING', encoding = ?, separator_kind = ?, day_order = ?,"
	    " decimal_mark = ?, headed = ?, headers = ?, header_digest = ?, mapping = ?,"
	    " given = ?, make_missing = ?, keep_existing = ?, failure = '', failure_line = 0,"
	    " read_count = 0, fresh_count = 0, changed_count = 0, same_count = 0, wrong_count = 0,"
	    " version = version + 1 WHERE id = ? AND version = ?"
	    " AND state IN ('MAPPING','CHECKED','STOPPED','UNDONE')";

	return db_change_one(by->db, sql,
	    ARGS(ARG(i->encoding), ARG(i->separator_kind), ARG(i->day_order), ARG(i->decimal_mark),
		ARG(i->headed), ARG(i->headers), ARG(i->header_digest), ARG(i->mapping),
		ARG(i->given), ARG(i->make_missing), ARG(i->keep_existing), ARG(i->id),
		ARG(i->version)));
}

#define AFRESH "tries = 0, failure = '', failure_line = 0, owner = ''"

/* What stops goes back to where it came from: nothing of it is there. */
static const struct {
	const char *sql; /* its argument: the id */
	const char *event;
} acts[] = {
	[IMPORT_CHECK] = { "UPDATE import SET state = 'CHECKING', " AFRESH " WHERE id = ?"
			   " AND state IN ('MAPPING','CHECKED','STOPPED','UNDONE')",
	    NULL },
	[IMPORT_APPLY] = { "UPDATE import SET state = 'APPLYING', " AFRESH ", leave_wrong = ?"
			   " WHERE id = ? AND state = 'CHECKED' AND (wrong_count = 0 OR ?)"
			   " AND fresh_count + changed_count > 0",
	    "import.begun" },
	[IMPORT_STOP] = { "UPDATE import SET state = CASE state WHEN 'CHECKING' THEN 'STOPPED'"
			  " WHEN 'APPLYING' THEN 'CHECKED' ELSE 'DONE' END, owner = ''"
			  " WHERE id = ? AND state IN ('CHECKING','APPLYING','UNDOING')",
	    "import.stopped" },
	[IMPORT_UNDO] = { "UPDATE import SET state = 'UNDOING', " AFRESH
			  " WHERE id = ? AND state = 'DONE'",
	    "import.undo_begun" },
	[IMPORT_AWAY] = { "UPDATE import SET archived_at = UTC_TIMESTAMP(6) WHERE id = ?"
			  " AND archived_at IS NULL"
			  " AND state NOT IN ('CHECKING','APPLYING','UNDOING')",
	    "import.archived" },
};

enum status
import_act(const struct actor *by, const struct import *i, enum import_act act, bool leave)
{
	static const char turn[] = "DELETE FROM import_turn WHERE import_id = ?";
	enum status e =
	    act == IMPORT_APPLY
		? db_change_one(by->db, acts[act].sql, ARGS(ARG(leave), ARG(i->id), ARG(leave)))
		: db_change_one(by->db, acts[act].sql, ARGS(ARG(i->id)));

	/* A job that was stopped just now must not make the next one wait for its lease. */
	if (!e)
		e = db_change(by->db, turn, ARGS(ARG(i->id)), NULL);
	return e || acts[act].event == NULL ? e : say(by, i, acts[act].event);
}

#define LINES "SELECT line, kind, title, detail FROM import_line WHERE import_id = ?"

enum status
import_lines(
    const struct actor *by, int64_t id, const char *kind, int64_t after, int most, struct rows *out)
{
	if (text_empty(kind))
		return db_rows(by->db, by->arena, LINES " AND line > ? ORDER BY line LIMIT ?",
		    ARGS(ARG(id), ARG(after), ARG(most)), &import_line_shape, out);
	return db_rows(by->db, by->arena, LINES " AND kind = ? AND line > ? ORDER BY line LIMIT ?",
	    ARGS(ARG(id), ARG(kind), ARG(after), ARG(most)), &import_line_shape, out);
}

enum status
import_lines_each(const struct actor *by, int64_t id, const char *kind,
    enum status (*each)(void *with, const void *line), void *with)
{
	return db_each(by->db, by->arena, LINES " AND kind = ? ORDER BY line",
	    ARGS(ARG(id), ARG(kind)), &import_line_shape, each, with);
}
