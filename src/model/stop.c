/* stop.c: see stop.h. */
#include "model/stop.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/stop_inside.h"
#include "model/work_order.h"

static const struct field fields[] = {
	FIELD(struct stop, id),
	FIELD(struct stop, machine_id),
	FIELD(struct stop, work_order_id),
	FIELD(struct stop, started_at),
	FIELD(struct stop, ended_at),
	FIELD(struct stop, planned),
	FIELD(struct stop, correction),
	FIELD(struct stop, seconds),
	FIELD(struct stop, version),
};

const struct shape stop_shape = SHAPE(struct stop, fields);

static const struct field times[] = {
	FIELD(struct stop, started_at),
	FIELD(struct stop, ended_at),
	FIELD(struct stop, correction),
};

static const struct shape times_shape = SHAPE(struct stop, times);

#define COLUMNS \
	"SELECT id, machine_id, work_order_id, started_at, ended_at, planned, correction," \
	" TIMESTAMPDIFF(SECOND, started_at, COALESCE(ended_at, ?)) AS seconds, version FROM stop "

enum status
stop_of_work_order(const struct actor *by, int64_t work_order_id, struct stop *out)
{
	static const char sql[] = COLUMNS "WHERE work_order_id = ? ORDER BY id DESC LIMIT 1";

	return db_row(
	    by->db, by->arena, sql, ARGS(ARG(by->now), ARG(work_order_id)), &stop_shape, out);
}

enum status
stop_open_of(const struct actor *by, int64_t machine_id, struct stop *out)
{
	static const char sql[] =
	    COLUMNS "WHERE ended_at IS NULL AND machine_id = ? ORDER BY started_at LIMIT 1";

	return db_row(
	    by->db, by->arena, sql, ARGS(ARG(by->now), ARG(machine_id)), &stop_shape, out);
}

enum status
stop_list(const struct actor *by, int64_t machine_id, int most, struct rows *out)
{
	static const char sql[] = COLUMNS "WHERE machine_id = ? ORDER BY started_at DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(by->now), ARG(machine_id), ARG(most)),
	    &stop_shape, out);
}

static enum status
say(const struct actor *by, const struct work_order *wo, const char *act, int64_t stop_id,
    const char *changes)
{
	return work_order_say(by, wo,
	    (struct event){ .act = act,
		.kind = "stop",
		.record_id = stop_id,
		.title = wo->machine_number,
		.changes = changes });
}

static enum status
machine_status(const struct actor *by, int64_t machine_id, const char *status)
{
	static const char sql[] = "UPDATE machine SET status = ? WHERE id = ? AND status <> ?"
				  " AND status <> 'DECOMMISSIONED'";

	return db_change(by->db, sql, ARGS(ARG(status), ARG(machine_id), ARG(status)), NULL);
}

enum status
stop_machine_stands(const struct actor *by, int64_t machine_id)
{
	return machine_status(by, machine_id, "DOWN");
}

/*
 * A machine's stops begin and end one after the other: else one that ends could miss another that
 * begins at that moment, and say that the machine runs.
 */
enum status
stop_hold_machine(const struct actor *by, int64_t machine_id)
{
	static const char sql[] = "SELECT id FROM machine WHERE id = ? FOR UPDATE";
	int64_t id;

	return db_int(by->db, sql, ARGS(ARG(machine_id)), &id);
}

enum status
stop_start(const struct actor *by, const struct work_order *wo, struct instant at)
{
	static const char open[] = "SELECT COUNT(*) FROM stop WHERE work_order_id = ?"
				   " AND ended_at IS NULL";
	static const char insert[] = "INSERT INTO stop (machine_id, work_order_id, started_at)"
				     " VALUES (?, ?, ?)";
	int64_t n, id;
	enum status e;

	e = db_int(by->db, open, ARGS(ARG(wo->id)), &n);
	if (e || n > 0)
		return e;
	e = stop_hold_machine(by, wo->machine_id);
	if (!e)
		e = db_insert(by->db, insert, ARGS(ARG(wo->machine_id), ARG(wo->id), ARG(at)), &id);
	if (!e)
		e = stop_machine_stands(by, wo->machine_id);
	return e ? e : say(by, wo, "stop.started", id, NULL);
}

/* Runs again, unless another work order's stop holds it down: as it is now, not as it was when this
 * transaction first looked. */
enum status
stop_machine_runs(const struct actor *by, int64_t machine_id)
{
	static const char sql[] = "SELECT COUNT(*) FROM stop WHERE ended_at IS NULL"
				  " AND machine_id = ? LOCK IN SHARE MODE";
	int64_t others;
	enum status e = db_int(by->db, sql, ARGS(ARG(machine_id)), &others);

	return e || others > 0 ? e : machine_status(by, machine_id, "OPERATIONAL");
}

static enum status
set_times(const struct actor *by, const struct work_order *wo, const struct stop *before,
    const struct stop *after, const char *act)
{
	static const char sql[] =
	    "UPDATE stop SET started_at = ?, ended_at = ?, correction = ?, version = version + 1"
	    " WHERE id = ?";
	enum status e;

	e = stop_hold_machine(by, wo->machine_id);
	if (!e)
		e = db_change_one(by->db, sql,
		    ARGS(ARG(after->started_at), ARG(after->ended_at), ARG(after->correction),
			ARG(after->id)));
	if (!e)
		e = stop_machine_runs(by, wo->machine_id);
	return e ? e : say(by, wo, act, after->id, event_changes(by, &times_shape, before, after));
}

enum status
stop_end(const struct actor *by, const struct work_order *wo, struct instant at)
{
	struct stop before, after;
	enum status e = stop_of_work_order(by, wo->id, &before);

	if (e == NOT_FOUND || (e == OK && before.ended_at.known))
		return OK;
	if (e)
		return e;
	after = before;
	/* Two servers' clocks may differ by a little; a stop never ends before it began. */
	after.ended_at = at.us < before.started_at.us ? before.started_at : at;
	return set_times(by, wo, &before, &after, "stop.ended");
}

enum status
stop_correct(const struct actor *by, const struct work_order *wo, struct instant start,
    struct instant end, const char *reason)
{
	struct stop before, after;
	enum status e = stop_of_work_order(by, wo->id, &before);

	if (e)
		return e;
	after = before;
	if (start.known)
		after.started_at = start;
	after.ended_at = end.known ? end : by->now;
	after.correction = reason;
	if (after.ended_at.us < after.started_at.us || after.ended_at.us > by->now.us + MINUTE)
		return INVALID;
	return set_times(by, wo, &before, &after, "stop.corrected");
}
