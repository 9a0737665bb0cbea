/* log.c: see log.h. */
#include "model/log.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"

static const struct word faults[] = {
	{ "", "Nothing is wrong" },
	{ "GAP", "A seal is missing" },
	{ "MISSING", "An event was deleted" },
	{ "CHANGED", "An event was changed after it was sealed" },
	{ "HASH", "A hash does not follow from the one before" },
	{ "STRAY", "An event was never sealed" },
	{ "LOST", "An event was deleted before it was sealed" },
};

const struct words log_fault_words = WORDS(faults);

static const struct field check_fields[] = {
	FIELD(struct log_check, wanted_at),
	FIELD(struct log_check, at_seq),
	FIELD(struct log_check, at_hash),
	FIELD(struct log_check, started_at),
	FIELD(struct log_check, checked_at),
	FIELD_WORD(struct log_check, fault, &log_fault_words),
	FIELD(struct log_check, fault_seq),
	FIELD(struct log_check, fault_event_id),
	FIELD(struct log_check, links),
	FIELD(struct log_check, head),
};

const struct shape log_check_shape = SHAPE(struct log_check, check_fields);

enum status
log_check_find(const struct actor *by, struct log_check *out)
{
	static const char sql[] =
	    "SELECT wanted_at, at_seq, at_hash, started_at, checked_at, fault, fault_seq,"
	    " fault_event_id, links, head FROM log_check WHERE id = 1";

	return db_row(by->db, by->arena, sql, NO_ARGS, &log_check_shape, out);
}

enum status
log_check_ask(const struct actor *by)
{
	static const char sql[] =
	    "UPDATE log_check SET wanted_at = ? WHERE id = 1 AND wanted_at IS NULL";
	int64_t changed;
	enum status e = db_change(by->db, sql, ARGS(ARG(by->now)), &changed);

	if (e || changed == 0)
		return e;
	return event_write(
	    by, &(struct event){ .act = "log.check_asked", .kind = "log", .record_id = 1 });
}

static enum status
tell_broken(const struct actor *by, const struct log_check *c)
{
	return event_write(by, &(struct event){ .act = "log.broken",
				   .kind = "log",
				   .record_id = c->fault_event_id,
				   .changes = event_with(by, NULL, "fault", c->fault) });
}

enum status
log_check_keep(const struct actor *by, const struct log_check *c)
{
	static const char sql[] =
	    "UPDATE log_check SET wanted_at = ?, at_seq = ?, at_hash = ?, started_at = ?,"
	    " checked_at = ?, fault = ?, fault_seq = ?, fault_event_id = ?, links = ?, head = ?"
	    " WHERE id = 1";
	struct log_check before;
	enum status e = log_check_find(by, &before);

	if (!e)
		e = db_change(by->db, sql,
		    ARGS(ARG(c->wanted_at), ARG(c->at_seq), ARG(c->at_hash), ARG(c->started_at),
			ARG(c->checked_at), ARG(c->fault), ARG(c->fault_seq),
			ARG(c->fault_event_id), ARG(c->links), ARG(c->head)),
		    NULL);
	if (e || *c->fault == '\0' || text_same(c->fault, before.fault))
		return e;
	return tell_broken(by, c);
}

static const struct field subject_fields[] = {
	FIELD(struct log_subject, kind),
	FIELD(struct log_subject, id),
	FIELD(struct log_subject, title),
};

const struct shape log_subject_shape = SHAPE(struct log_subject, subject_fields);

enum status
log_people(const struct actor *by, const char *text, struct rows *out)
{
	static const char sql[] =
	    "SELECT 'user' AS kind, id, name AS title FROM user"
	    " WHERE email = ? OR name LIKE ? ORDER BY email = ? DESC, name = ? DESC, name, id"
	    " LIMIT 10";
	const char *begins = arena_print(by->arena, "%s%%", text_like(by->arena, text));
	const char *email = text_lower(by->arena, text);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(email), ARG(begins), ARG(email), ARG(text)),
	    &log_subject_shape, out);
}

enum status
log_records(const struct actor *by, const char *number, struct rows *out)
{
	static const char sql[] =
	    "SELECT 'work_order' AS kind, id, number AS title FROM work_order WHERE number = ?"
	    " UNION ALL SELECT 'machine', id, number FROM machine WHERE number = ?"
	    " UNION ALL SELECT 'part', id, number FROM part WHERE number = ?";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(number), ARG(number), ARG(number)),
	    &log_subject_shape, out);
}
