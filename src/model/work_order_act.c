/* work_order_act.c: what a technician does with a work order before it is completed. */
#include "base/arena.h"
#include "base/money.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/scope.h"
#include "model/user.h"
#include "model/work_order.h"

enum status
work_order_accept(const struct actor *by, int64_t id)
{
	static const char sql[] = "UPDATE work_order SET assignee_id = ?,"
				  " accepted_at = COALESCE(accepted_at, ?)"
				  " WHERE id = ? AND assignee_id IS NULL";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_ACCEPT, &wo, &next);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(by->user_id), ARG(by->now), ARG(id)));
	return e ? e : work_order_move(by, &wo, next, "work_order.accepted", NULL);
}

enum status
work_order_release(const struct actor *by, int64_t id, const char *reason)
{
	static const char sql[] = "UPDATE work_order SET assignee_id = NULL WHERE id = ?";
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_RELEASE, &wo, &next);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(id)));
	return e ? e : work_order_move(by, &wo, next, "work_order.released", reason);
}

enum status
work_order_resume(const struct actor *by, int64_t id)
{
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_RESUME, &wo, &next);
	return e ? e : work_order_move(by, &wo, next, "work_order.resumed", NULL);
}

enum status
work_order_parts_settled(const struct actor *by, int64_t id)
{
	struct work_order wo;
	enum status e;

	e = work_order_reread(by, id, &wo);
	if (e || wo_state_of(wo.state) != WO_WAITING_PARTS)
		return e;
	return work_order_move(by, &wo, WO_IN_PROGRESS, "work_order.resumed", NULL);
}

/* Labour is booked at the person's rate of today and stays at it. */
static enum status
book_labour(const struct actor *by, int64_t id, struct number minutes)
{
	static const char sql[] =
	    "UPDATE work_order SET labour_minutes = labour_minutes + ?,"
	    " labour_cost = labour_cost + ROUND(? * COALESCE((SELECT " USER_RATE " FROM user u"
	    " WHERE u.id = ?), 0) / 60, 4) WHERE id = ? AND labour_cost + parts_cost + other_cost"
	    " + ? * COALESCE((SELECT " USER_RATE " FROM user u WHERE u.id = ?), 0) / 60 <= ?";
	int64_t changed;
	enum status e;

	if (!minutes.known || minutes.n == 0)
		return OK;
	e = db_change(by->db, sql,
	    ARGS(ARG(minutes.n), ARG(minutes.n), ARG(by->today), ARG(by->user_id), ARG(id),
		ARG(minutes.n), ARG(by->today), ARG(by->user_id), ARG(decimal(DECIMAL_MOST))),
	    &changed);
	return e ? e : changed == 1 ? OK : INVALID;
}

static const struct field log_fields[] = {
	FIELD_WORD(struct work_log, kind, &work_log_words),
	FIELD(struct work_log, note),
	FIELD(struct work_log, minutes),
};

static const struct shape log_shape = SHAPE(struct work_log, log_fields);

static enum status
insert_log(const struct actor *by, int64_t id, const struct work_log *log)
{
	static const char sql[] =
	    "INSERT INTO work_log (work_order_id, user_id, kind, note, minutes, rate, at)"
	    " SELECT ?, u.id, ?, ?, ?, " USER_RATE ", ? FROM user u WHERE u.id = ?";

	return db_change_one(by->db, sql,
	    ARGS(ARG(id), ARG(log->kind), ARG(log->note), ARG(log->minutes), ARG(by->today),
		ARG(by->now), ARG(by->user_id)));
}

enum status
work_order_log(const struct actor *by, int64_t id, const struct work_log *log)
{
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_LOG, &wo, &next);
	if (!e)
		e = insert_log(by, id, log);
	if (!e)
		e = book_labour(by, id, log->minutes);
	if (e)
		return e;
	return work_order_say(by, &wo,
	    (struct event){
		.act = "work_order.logged", .changes = event_changes(by, &log_shape, NULL, log) });
}

static const struct word kinds[] = {
	{ "STEP", "Work step" },
	{ "LABOUR", "Labour" },
	{ "NOTE", "Note" },
};

const struct words work_log_words = WORDS(kinds);

static const struct field row_fields[] = {
	FIELD(struct work_log_row, id),
	FIELD(struct work_log_row, user_name),
	FIELD_WORD(struct work_log_row, kind, &work_log_words),
	FIELD(struct work_log_row, note),
	FIELD(struct work_log_row, minutes),
	FIELD(struct work_log_row, at),
};

const struct shape work_log_shape = SHAPE(struct work_log_row, row_fields);

enum status
work_log_list(const struct actor *by, int64_t work_order_id, struct rows *out)
{
	static const char sql[] =
	    "SELECT l.id, u.name AS user_name, l.kind, l.note, l.minutes, l.at FROM work_log l"
	    " JOIN user u ON u.id = l.user_id JOIN work_order w ON w.id = l.work_order_id"
	    " WHERE l.work_order_id = ? AND " SCOPE " ORDER BY l.id LIMIT 500";
	const struct scope s = scope_of(by, WORK_LOG_VIEW);

	return db_rows(
	    by->db, by->arena, sql, ARGS(ARG(work_order_id), SCOPE_ARGS(s)), &work_log_shape, out);
}
