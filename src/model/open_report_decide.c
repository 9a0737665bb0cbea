/* open_report_decide.c: what becomes of a report without an account: confirmed, joined, rejected.
 */
#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/open_report_inside.h"
#include "model/stop.h"
#include "model/work_order.h"

/* Its photos are the work order's from now on. */
static enum status
move_photos(const struct actor *by, int64_t id, int64_t work_order_id)
{
	static const char sql[] = "UPDATE attachment SET kind = 'work_order', stage = 'REPORT',"
				  " record_id = ?"
				  " WHERE kind = 'open_report' AND record_id = ?";

	return db_change(by->db, sql, ARGS(ARG(work_order_id), ARG(id)), NULL);
}

/* Who gave a badge hears what becomes of it. */
static enum status
follow(const struct actor *by, const struct open_report *o, int64_t work_order_id)
{
	static const char sql[] =
	    "INSERT IGNORE INTO follower (work_order_id, user_id) VALUES (?, ?)";

	return o->user_id.known
		   ? db_change(by->db, sql, ARGS(ARG(work_order_id), ARG(o->user_id.n)), NULL)
		   : OK;
}

static enum status
join(const struct actor *by, const struct open_report *o, int64_t work_order_id)
{
	const char *words = arena_print(by->arena, "%s: %s%s%s", o->said_name,
	    o->problem_name != NULL ? o->problem_name : "",
	    o->problem_name != NULL && !text_empty(o->description) ? ". " : "", o->description);
	struct work_order wo;
	enum status e = work_order_reread(by, work_order_id, &wo);

	if (!e)
		e = work_order_say(by, &wo,
		    (struct event){ .act = "work_order.added_to",
			.changes = event_with(by, NULL, "added", words) });
	return e || !o->machine_down ? e : stop_start(by, &wo, o->reported_at);
}

static enum status
become(const struct actor *by, const struct open_report *o, int64_t *work_order_id)
{
	const struct report r = { .machine_id = o->machine_id,
		.priority = o->machine_down ? "HIGH" : "MEDIUM",
		.problem_code_id = o->problem_code_id,
		.description = o->description,
		.machine_down = o->machine_down,
		.another = true,
		.reporter_id = o->user_id.known ? o->user_id.n : 0,
		.reporter_said = o->user_id.known ? NULL : o->said_name,
		.reported_at = o->reported_at };

	return work_order_report_for(by, &r, work_order_id);
}

/* The machine's row first: two reports of one breakdown are settled one after the other. */
static enum status
open_of(const struct actor *by, int64_t machine_id, int64_t *id)
{
	static const char lock[] = "SELECT id FROM machine WHERE id = ? FOR UPDATE";
	static const char newest[] = "SELECT id FROM work_order WHERE machine_id = ?"
				     " AND state IN ('PENDING','IN_PROGRESS','WAITING_PARTS')"
				     " ORDER BY id DESC LIMIT 1 LOCK IN SHARE MODE";
	enum status e = db_int(by->db, lock, ARGS(ARG(machine_id)), id);

	if (!e)
		e = db_int(by->db, newest, ARGS(ARG(machine_id)), id);
	if (e == NOT_FOUND)
		*id = 0;
	return e == NOT_FOUND ? OK : e;
}

enum status
open_report_settle(const struct actor *by, const struct open_report *o, bool another)
{
	static const char sql[] =
	    "UPDATE open_report SET state = 'CONFIRMED', work_order_id = ?, joined = ?,"
	    " decided_at = ?, decided_by = ? WHERE id = ? AND state = 'WAITING'";
	struct open_report now = *o;
	int64_t id;
	bool joined;
	enum status e = open_of(by, o->machine_id, &id);

	if (e)
		return e;
	joined = id != 0 && !another;
	e = joined ? join(by, o, id) : become(by, o, &id);
	if (!e)
		e = db_change_one(by->db, sql,
		    ARGS(ARG(id), ARG(joined), ARG(by->now), arg_ref(by->user_id), ARG(o->id)));
	if (!e)
		e = move_photos(by, o->id, id);
	if (!e)
		e = follow(by, o, id);
	now.work_order_id = (struct number){ true, id };
	return e ? e : open_report_say(by, &now, "open_report.confirmed", NULL);
}

/* Locks it; CONFLICT when it was decided already. */
static enum status
begin(const struct actor *by, int64_t id, struct open_report *o)
{
	static const char lock[] = "SELECT state = 'WAITING' FROM open_report WHERE id = ?"
				   " FOR UPDATE";
	int64_t waiting;
	enum status e = open_report_find(by, id, o);

	if (!e)
		e = db_int(by->db, lock, ARGS(ARG(id)), &waiting);
	return !e && waiting == 0 ? CONFLICT : e;
}

enum status
open_report_confirm(const struct actor *by, int64_t id, bool another, int64_t *work_order_id)
{
	struct open_report o;
	enum status e = begin(by, id, &o);

	if (!e)
		e = open_report_settle(by, &o, another);
	if (!e)
		e = open_report_reread(by, id, &o);
	if (!e)
		*work_order_id = o.work_order_id.n;
	return e;
}

enum status
open_report_reject(const struct actor *by, int64_t id, const char *reason)
{
	static const char sql[] = "UPDATE open_report SET state = 'REJECTED', reason = ?,"
				  " decided_at = ?, decided_by = ? WHERE id = ?";
	struct open_report o;
	enum status e = begin(by, id, &o);

	if (!e)
		e = db_change_one(
		    by->db, sql, ARGS(ARG(reason), ARG(by->now), arg_ref(by->user_id), ARG(id)));
	return e ? e
		 : open_report_say(
		       by, &o, "open_report.rejected", event_with(by, NULL, "reason", reason));
}
