/* work_order_close.c: completing, confirming, reopening, cancelling and editing. */
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/failure_code.h"
#include "model/parts_request.h"
#include "model/stop.h"
#include "model/work_order.h"

static enum status
write_completion(const struct actor *by, int64_t id, const struct completion *c)
{
	static const char sql[] =
	    "UPDATE work_order SET cause_code_id = ?, remedy_code_id = ?, resolution = ?,"
	    " signed_name = ?, signature = ?, completed_at = ? WHERE id = ?";

	return db_change_one(by->db, sql,
	    ARGS(ARG(c->cause_code_id), ARG(c->remedy_code_id), ARG(c->resolution),
		ARG(c->signed_name), ARG(c->signature), ARG(by->now), ARG(id)));
}

static enum status
end_stop(const struct actor *by, const struct work_order *wo, const struct completion *c)
{
	if (!text_empty(c->correction))
		return stop_correct(by, wo, c->stopped_at, c->runs_at, c->correction);
	return stop_end(by, wo, by->now);
}

enum status
work_order_complete(const struct actor *by, int64_t id, const struct completion *c)
{
	const struct work_log rest = { "LABOUR", "", c->minutes };
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_COMPLETE, &wo, &next);
	if (!e)
		e = failure_code_fits(by, "CAUSE", c->cause_code_id);
	if (!e)
		e = failure_code_fits(by, "REMEDY", c->remedy_code_id);
	if (!e && c->minutes.known && c->minutes.n > 0)
		e = work_order_log(by, id, &rest);
	if (!e)
		e = parts_request_close_all(by, id);
	if (!e)
		e = write_completion(by, id, c);
	if (!e)
		e = end_stop(by, &wo, c);
	return e ? e : work_order_move(by, &wo, next, "work_order.completed", NULL);
}

enum status
work_order_confirm(const struct actor *by, int64_t id)
{
	static const char sql[] = "UPDATE work_order SET confirmed_at = ?, confirmed_by = ?"
				  " WHERE id = ? AND confirmed_at IS NULL";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_CONFIRM, &wo, &next);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(by->now), ARG(by->user_id), ARG(id)));
	return e ? e : work_order_move(by, &wo, next, "work_order.confirmed", NULL);
}

enum status
work_order_reopen(const struct actor *by, int64_t id, const char *reason, bool machine_down)
{
	static const char sql[] = "UPDATE work_order SET completed_at = NULL, confirmed_at = NULL,"
				  " confirmed_by = NULL WHERE id = ?";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_REOPEN, &wo, &next);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(id)));
	if (!e && machine_down)
		e = stop_start(by, &wo, by->now);
	if (e)
		return e;
	if (!wo.assignee_id.known)
		next = WO_PENDING;
	return work_order_move(by, &wo, next, "work_order.reopened", reason);
}

enum status
work_order_cancel(const struct actor *by, int64_t id, const char *reason)
{
	static const char sql[] =
	    "UPDATE work_order SET cancelled_at = ?, cancel_reason = ? WHERE id = ?";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_CANCEL, &wo, &next);
	if (!e)
		e = parts_request_close_all(by, id);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(by->now), ARG(reason), ARG(id)));
	if (!e)
		e = stop_end(by, &wo, by->now);
	return e ? e : work_order_move(by, &wo, next, "work_order.cancelled", NULL);
}

enum status
work_order_edit(const struct actor *by, int64_t id, const struct work_order_edit *edit)
{
	static const char sql[] = "UPDATE work_order SET priority = ?, problem_code_id = ?,"
				  " description = ?, due_on = ? WHERE id = ? AND version = ?";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_EDIT, &wo, &next);
	if (!e)
		e = failure_code_fits(by, "PROBLEM", edit->problem_code_id);
	if (!e)
		e = db_change_one(by->db, sql,
		    ARGS(ARG(edit->priority), ARG(edit->problem_code_id), ARG(edit->description),
			ARG(edit->due_on), ARG(id), ARG(edit->version)));
	return e ? e : work_order_move(by, &wo, next, "work_order.changed", NULL);
}
