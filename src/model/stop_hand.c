/* stop_hand.c: stops that people enter or correct by hand; see stop.h. */
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/stop.h"
#include "model/stop_inside.h"

/* What belongs to one stop by hand: itself, its machine, and what the event says. */
struct hand {
	int64_t id;
	int64_t machine_id;
	int64_t department_id;
	const char *machine_number;
	struct number work_order_id;
	struct instant started_at;
	struct instant ended_at;
	bool planned;
	bool failure;
	const char *correction;
	int64_t version;
};

static const struct field fields[] = {
	FIELD(struct hand, id),
	FIELD(struct hand, machine_id),
	FIELD(struct hand, department_id),
	FIELD(struct hand, machine_number),
	FIELD(struct hand, work_order_id),
	FIELD(struct hand, started_at),
	FIELD(struct hand, ended_at),
	FIELD(struct hand, planned),
	FIELD(struct hand, failure),
	FIELD(struct hand, correction),
	FIELD(struct hand, version),
};

static const struct shape hand_shape = SHAPE(struct hand, fields);

static const struct field told[] = {
	FIELD(struct hand, started_at),
	FIELD(struct hand, ended_at),
	FIELD(struct hand, planned),
	FIELD(struct hand, failure),
	FIELD(struct hand, correction),
};

static const struct shape told_shape = SHAPE(struct hand, told);

static enum status
find(const struct actor *by, int64_t id, struct hand *out)
{
	static const char sql[] =
	    "SELECT s.id, s.machine_id, m.department_id, m.number AS machine_number,"
	    " s.work_order_id, s.started_at, s.ended_at, s.planned, s.failure, s.correction,"
	    " s.version FROM stop s JOIN machine m ON m.id = s.machine_id WHERE s.id = ?";

	return db_row(by->db, by->arena, sql, ARGS(ARG(id)), &hand_shape, out);
}

enum status
stop_find(const struct actor *by, int64_t id, struct stop_entry *entry, struct stop *out)
{
	struct hand h;
	enum status e = find(by, id, &h);

	if (e)
		return e;
	*entry = (struct stop_entry){ h.started_at, h.ended_at, h.planned, h.failure, NULL };
	*out = (struct stop){ .id = h.id,
		.machine_id = h.machine_id,
		.work_order_id = h.work_order_id,
		.started_at = h.started_at,
		.ended_at = h.ended_at,
		.planned = h.planned,
		.correction = h.correction,
		.version = h.version };
	return OK;
}

static const char *
wrong_times(const struct actor *by, const struct stop_entry *entry, bool may_stand)
{
	const int64_t most = by->now.us + MINUTE;

	if (!entry->started_at.known || entry->started_at.us > most)
		return "It cannot begin in the future.";
	if (!entry->ended_at.known)
		return may_stand ? NULL : "Say when it ran again; a report stops a machine now.";
	if (entry->ended_at.us > most)
		return "It cannot end in the future.";
	return entry->ended_at.us <= entry->started_at.us ? "It ends before it begins." : NULL;
}

/* Another one of the same kind at that time, that is no work order's. */
static enum status
check(const struct actor *by, const struct hand *h, const struct stop_entry *entry, bool may_stand,
    const char **why)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM stop FORCE INDEX (stop_machine) WHERE machine_id = ? AND"
	    " id <> ? AND planned = ? AND started_at < ? AND (ended_at IS NULL OR ended_at > ?)";
	const struct instant to = entry->ended_at.known ? entry->ended_at : by->now;
	int64_t others;
	enum status e;

	*why = wrong_times(by, entry, may_stand);
	if (*why != NULL)
		return INVALID;
	if (h->work_order_id.known)
		return OK;
	e = db_int(by->db, sql,
	    ARGS(ARG(h->machine_id), ARG(h->id), ARG(entry->planned), ARG(to),
		ARG(entry->started_at)),
	    &others);
	if (e || others == 0)
		return e;
	*why = "Another stop of this machine is on record at that time.";
	return INVALID;
}

static enum status
say(const struct actor *by, const struct hand *h, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "stop",
				   .record_id = h->id,
				   .title = h->machine_number,
				   .work_order_id = h->work_order_id.known ? h->work_order_id.n : 0,
				   .machine_id = h->machine_id,
				   .department_id = h->department_id,
				   .changes = changes });
}

static void
apply(struct hand *h, const struct stop_entry *entry)
{
	h->started_at = entry->started_at;
	h->ended_at = entry->ended_at;
	h->planned = entry->planned;
	h->failure = entry->failure && !entry->planned;
	h->correction = entry->reason;
}

enum status
stop_add(const struct actor *by, int64_t machine_id, const struct stop_entry *entry, int64_t *id,
    const char **why)
{
	static const char sql[] = "INSERT INTO stop (machine_id, started_at, ended_at, planned,"
				  " failure, correction, user_id) VALUES (?, ?, ?, ?, ?, ?, ?)";
	static const char whose[] = "SELECT department_id FROM machine WHERE id = ?";
	struct hand h = { .machine_id = machine_id };
	enum status e = stop_hold_machine(by, machine_id);

	if (!e)
		e = check(by, &h, entry, false, why);
	if (!e)
		e = db_int(by->db, whose, ARGS(ARG(machine_id)), &h.department_id);
	if (e)
		return e;
	apply(&h, entry);
	e = db_insert(by->db, sql,
	    ARGS(ARG(machine_id), ARG(h.started_at), ARG(h.ended_at), ARG(h.planned),
		ARG(h.failure), ARG(h.correction), arg_ref(by->user_id)),
	    id);
	h.id = *id;
	return e ? e : say(by, &h, "stop.added", event_changes(by, &told_shape, NULL, &h));
}

enum status
stop_edit(const struct actor *by, int64_t id, int64_t version, const struct stop_entry *entry,
    const char **why)
{
	static const char sql[] =
	    "UPDATE stop SET started_at = ?, ended_at = ?, planned = ?, failure = ?,"
	    " correction = ?, version = version + 1 WHERE id = ? AND version = ?";
	struct hand before, after;
	enum status e = find(by, id, &before);

	if (!e)
		e = stop_hold_machine(by, before.machine_id);
	if (!e)
		e = check(by, &before, entry, !before.ended_at.known, why);
	if (e)
		return e;
	after = before;
	apply(&after, entry);
	e = db_change_one(by->db, sql,
	    ARGS(ARG(after.started_at), ARG(after.ended_at), ARG(after.planned), ARG(after.failure),
		ARG(after.correction), ARG(id), ARG(version)));
	if (!e && !before.ended_at.known && after.ended_at.known)
		e = stop_machine_runs(by, before.machine_id);
	return e ? e
		 : say(by, &after, "stop.corrected",
		       event_changes(by, &told_shape, &before, &after));
}
