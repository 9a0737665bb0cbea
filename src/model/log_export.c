/* log_export.c: ranges of the activity log as files: who asked, how far they are; see log.h. */
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/log.h"

static const int64_t lease = MINUTE;

static const struct word states[] = {
	{ "QUEUED", "Waiting" },
	{ "RUNNING", "Being written" },
	{ "DONE", "Ready" },
	{ "FAILED", "Failed" },
	{ "GONE", "Removed after a week" },
};

const struct words log_export_words = WORDS(states);

static const struct field fields[] = {
	FIELD(struct log_export, id),
	FIELD_WORD(struct log_export, state, &log_export_words),
	FIELD(struct log_export, user_name),
	FIELD(struct log_export, of_user_id),
	FIELD(struct log_export, of_user_name),
	FIELD_WORD(struct log_export, act, &event_act_words),
	FIELD(struct log_export, kind),
	FIELD(struct log_export, address),
	FIELD(struct log_export, record_id),
	FIELD(struct log_export, from_at),
	FIELD(struct log_export, to_at),
	FIELD(struct log_export, file),
	FIELD(struct log_export, events),
	FIELD(struct log_export, created_at),
	FIELD(struct log_export, done_at),
};

const struct shape log_export_shape = SHAPE(struct log_export, fields);

#define COLUMNS \
	"SELECT x.id, x.state, u.name AS user_name, x.of_user_id, o.name AS of_user_name, x.act," \
	" x.kind, x.address, x.record_id, x.from_at, x.to_at, x.file, x.events, x.created_at," \
	" x.done_at FROM log_export x JOIN user u ON u.id = x.user_id" \
	" LEFT JOIN user o ON o.id = x.of_user_id "

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

enum status
log_export_ask(const struct actor *by, const struct event_filter *f)
{
	static const char sql[] =
	    "INSERT INTO log_export (user_id, of_user_id, act, kind, record_id, address, from_at,"
	    " to_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
	const char *told = NULL;
	int64_t id;
	enum status e = db_insert(by->db, sql,
	    ARGS(ARG(by->user_id), ARG(f->user_id), ARG(or_empty(f->act)), ARG(or_empty(f->kind)),
		ARG(f->record_id), ARG(or_empty(f->address)), ARG(f->from), ARG(f->to),
		ARG(by->now)),
	    &id);

	if (e)
		return e;
	if (f->from.known)
		told = event_with(by, told, "from_at", instant_iso(by->arena, f->from));
	if (f->to.known)
		told = event_with(by, told, "to_at", instant_iso(by->arena, f->to));
	if (!text_empty(f->act))
		told = event_with(by, told, "act", f->act);
	return event_write(
	    by, &(struct event){
		    .act = "log.exported", .kind = "log", .record_id = id, .changes = told });
}

enum status
log_export_list(const struct actor *by, int most, struct rows *out)
{
	return db_rows(by->db, by->arena, COLUMNS "ORDER BY x.id DESC LIMIT ?", ARGS(ARG(most)),
	    &log_export_shape, out);
}

enum status
log_export_find(const struct actor *by, int64_t id, struct log_export *out)
{
	return db_row(
	    by->db, by->arena, COLUMNS "WHERE x.id = ?", ARGS(ARG(id)), &log_export_shape, out);
}

enum status
log_export_take(const struct actor *by, struct log_export *out)
{
	static const char waiting[] =
	    COLUMNS "WHERE x.state = 'QUEUED' OR (x.state = 'RUNNING' AND x.lease_until < ?)"
		    " ORDER BY x.id LIMIT 1";
	static const char mine[] =
	    "UPDATE log_export SET state = 'RUNNING', events = 0, lease_until = ?"
	    " WHERE id = ? AND (state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < ?))";
	enum status e =
	    db_row(by->db, by->arena, waiting, ARGS(ARG(by->now)), &log_export_shape, out);

	if (e)
		return e;
	e = db_change_one(
	    by->db, mine, ARGS(ARG(instant_add(by->now, lease)), ARG(out->id), ARG(by->now)));
	return e == CONFLICT ? NOT_FOUND : e; /* another process was quicker */
}

enum status
log_export_progress(const struct actor *by, int64_t id, int64_t events)
{
	static const char sql[] = "UPDATE log_export SET events = ?, lease_until = ?"
				  " WHERE id = ? AND state = 'RUNNING'";

	return db_change_one(
	    by->db, sql, ARGS(ARG(events), ARG(instant_add(now(), lease)), ARG(id)));
}

enum status
log_export_done(const struct actor *by, int64_t id, const char *file, int64_t events)
{
	static const char sql[] = "UPDATE log_export SET state = ?, file = ?, events = ?,"
				  " done_at = ? WHERE id = ? AND state = 'RUNNING'";

	return db_change(by->db, sql,
	    ARGS(ARG(file != NULL ? "DONE" : "FAILED"), ARG(or_empty(file)), ARG(events),
		ARG(now()), ARG(id)),
	    NULL);
}

enum status
log_export_expire(const struct actor *by, struct instant before, struct log_export *out)
{
	static const char old[] =
	    COLUMNS "WHERE x.state = 'DONE' AND x.created_at < ? ORDER BY x.id LIMIT 1";
	static const char gone[] = "UPDATE log_export SET state = 'GONE', file = '' WHERE id = ?";
	enum status e = db_row(by->db, by->arena, old, ARGS(ARG(before)), &log_export_shape, out);

	if (e)
		return e;
	return db_change(by->db, gone, ARGS(ARG(out->id)), NULL);
}
