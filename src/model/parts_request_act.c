/* parts_request_act.c: asking, deciding, issuing; see parts_request.h for the order of
 * locks. */
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/parts_request.h"
#include "model/parts_request_inside.h"
#include "model/stock.h"
#include "model/work_order.h"

enum status
parts_request_say(const struct actor *by, const struct work_order *wo, const char *act, int64_t id,
    const char *changes)
{
	return work_order_say(by, wo,
	    (struct event){
		.act = act, .kind = "parts_request", .record_id = id, .changes = changes });
}

/* ---- asking -------------------------------------------------------------------------------- */

static enum status
insert_line(const struct actor *by, int64_t request, const struct parts_ask *ask)
{
	static const char sql[] =
	    "INSERT INTO parts_request_line (parts_request_id, part_id, asked) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE asked = asked + VALUES(asked)";

	return db_change(
	    by->db, sql, ARGS(ARG(request), ARG(ask->part_id), ARG(ask->quantity)), NULL);
}

/* The lines as the event keeps them: "BRG-6204 × 2", one text. */
static enum status
lines_text(const struct actor *by, int64_t request, const char **out)
{
	static const struct field f[] = { FIELD(struct parts_request, note) };
	static const struct shape shape = SHAPE(struct parts_request, f);
	static const char sql[] =
	    "SELECT GROUP_CONCAT(p.number, ' × ',"
	    " 0 + COALESCE(l.approved, l.asked) ORDER BY p.number"
	    " SEPARATOR ', ') AS note FROM parts_request_line l JOIN part p ON p.id = l.part_id"
	    " WHERE l.parts_request_id = ?";
	struct parts_request row = { 0 };
	enum status e = db_row(by->db, by->arena, sql, ARGS(ARG(request)), &shape, &row);

	*out = row.note != NULL ? row.note : "";
	return e;
}

enum status
parts_request_create(const struct actor *by, int64_t work_order_id, const struct parts_ask *ask,
    size_t count, const char *note, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO parts_request (work_order_id, requested_by, requested_at, note)"
	    " VALUES (?, ?, ?, ?)";
	struct work_order wo;
	enum wo_state next;
	const char *text;
	enum status e;

	if (count == 0)
		return INVALID;
	e = work_order_begin(by, work_order_id, WO_ASK_PARTS, &wo, &next);
	if (!e)
		e = db_insert(by->db, sql,
		    ARGS(ARG(work_order_id), ARG(by->user_id), ARG(by->now), ARG(note)), id);
	for (size_t i = 0; !e && i < count; i++)
		e = insert_line(by, *id, &ask[i]);
	if (!e)
		e = lines_text(by, *id, &text);
	if (!e)
		e = parts_request_say(
		    by, &wo, "parts_request.created", *id, event_with(by, NULL, "parts", text));
	if (e || wo_state_of(wo.state) == next)
		return e;
	return work_order_set_state(by, &wo, next);
}

/* ---- deciding ------------------------------------------------------------------------------ */

enum status
parts_request_open(const struct actor *by, int64_t id, struct open_request *o)
{
	static const char lock[] = "SELECT version FROM parts_request WHERE id = ? FOR UPDATE";
	int64_t version;
	enum status e;

	e = parts_request_find(by, id, &o->request);
	if (!e)
		e = work_order_lock(by, o->request.work_order_id, PARTS_REQUEST_VIEW, &o->wo);
	if (!e)
		e = db_int(by->db, lock, ARGS(ARG(id)), &version);
	if (!e)
		e = parts_request_find(by, id, &o->request);
	/* Read before the lock was ours, by a server without innodb_snapshot_isolation. */
	if (!e && o->request.version != version)
		e = RETRY;
	if (!e)
		e = parts_request_lines(by, id, &o->lines);
	return e;
}

enum status
parts_request_set_state(const struct actor *by, int64_t id, enum pr_state state)
{
	static const char sql[] =
	    "UPDATE parts_request SET state = ?, version = version + 1 WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(pr_state_words.list[state].code), ARG(id)));
}

/* The state that follows from the lines; and the work order goes on when nothing is awaited. */
static enum status
settle(const struct actor *by, int64_t id, int64_t work_order_id, enum pr_state *state)
{
	static const char open[] = "SELECT COUNT(*) FROM parts_request WHERE work_order_id = ?"
				   " AND state IN ('REQUESTED', 'APPROVED', 'PARTLY_ISSUED')";
	struct rows lines;
	struct pr_line *line;
	int64_t n;
	enum status e;

	e = parts_request_lines(by, id, &lines);
	if (e)
		return e;
	line = NEW_ARRAY(by->arena, struct pr_line, lines.count);
	for (size_t i = 0; i < lines.count; i++) {
		const struct parts_request_line *l = row_at(&lines, i);

		line[i] = (struct pr_line){ .asked = l->asked.units,
			.approved = l->approved.units,
			.issued = l->issued.units,
			.returned = l->returned.units,
			.decided = l->approved.known,
			.rejected = l->approved.known && l->approved.units == 0,
			.cancelled = l->closed && l->approved.units > l->issued.units };
	}
	*state = pr_state_of(line, lines.count);
	e = parts_request_set_state(by, id, *state);
	if (!e)
		e = db_int(by->db, open, ARGS(ARG(work_order_id)), &n);
	if (e || n > 0)
		return e;
	return work_order_parts_settled(by, work_order_id);
}

/* Not known when the list leaves the line out. */
static struct decimal
quantity_of(const struct line_quantity *list, size_t count, int64_t line_id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].line_id == line_id)
			return list[i].quantity;
	return (struct decimal){ 0 };
}

static enum status
decide_line(const struct actor *by, const struct parts_request_line *l, struct decimal approved)
{
	static const char sql[] =
	    "UPDATE parts_request_line SET approved = ?, closed = ? WHERE id = ?";
	enum status e;

	e = db_change_one(by->db, sql, ARGS(ARG(approved), ARG(approved.units == 0), ARG(l->id)));
	if (!e && approved.units > 0)
		e = stock_reserve(by, l->part_id, approved);
	return e;
}

/* INVALID when a line is left out or gets more than was asked; *less when any gets less. */
static enum status
check_decision(const struct rows *lines, const struct line_quantity *list, size_t count, bool *less,
    bool *nothing)
{
	*less = false;
	*nothing = true;
	for (size_t i = 0; i < lines->count; i++) {
		const struct parts_request_line *l = row_at(lines, i);
		const struct decimal q = quantity_of(list, count, l->id);

		if (!q.known || q.units < 0 || q.units > l->asked.units)
			return INVALID;
		*less = *less || q.units < l->asked.units;
		*nothing = *nothing && q.units == 0;
	}
	return OK;
}

static enum status
write_decision(const struct actor *by, int64_t id, const char *reason)
{
	static const char sql[] =
	    "UPDATE parts_request SET decided_by = ?, decided_at = ?, reason = ? WHERE id = ?";

	return db_change_one(by->db, sql,
	    ARGS(ARG(by->user_id), ARG(by->now), ARG(text_empty(reason) ? NULL : reason), ARG(id)));
}

enum status
parts_request_decide(const struct actor *by, int64_t id, const struct line_quantity *list,
    size_t count, const char *reason)
{
	struct open_request *o = NEW(by->arena, struct open_request);
	enum pr_state state;
	const char *act, *text;
	bool less, nothing;
	enum status e;

	e = parts_request_open(by, id, o);
	if (e)
		return e;
	if (pr_state_code(o->request.state) != PR_REQUESTED)
		return CONFLICT;
	e = check_decision(&o->lines, list, count, &less, &nothing);
	if (!e && less && text_empty(reason))
		return INVALID;
	for (size_t i = 0; !e && i < o->lines.count; i++) {
		const struct parts_request_line *l = row_at(&o->lines, i);

		e = decide_line(by, l, quantity_of(list, count, l->id));
	}
	if (!e)
		e = write_decision(by, id, reason);
	if (!e)
		e = lines_text(by, id, &text);
	if (e)
		return e;
	act = nothing ? "parts_request.rejected"
	      : less  ? "parts_request.partly_approved"
		      : "parts_request.approved";
	text = event_with(by, NULL, "parts", text);
	if (!text_empty(reason))
		text = event_with(by, text, "reason", reason);
	e = parts_request_say(by, &o->wo, act, id, text);
	return e ? e : settle(by, id, o->wo.id, &state);
}

/* ---- issuing ------------------------------------------------------------------------------- */

static enum status
issue_line(const struct actor *by, int64_t work_order_id, const struct parts_request_line *l,
    struct decimal quantity)
{
	static const char sql[] = "UPDATE parts_request_line SET issued = issued + ?, unit_cost = ?"
				  " WHERE id = ? AND closed = FALSE AND issued + ? <= approved";
	const struct issue i = { l->part_id, quantity, true, work_order_id, l->id };
	struct decimal cost;
	enum status e = stock_issue(by, &i, &cost);

	if (e)
		return e;
	return db_change_one(
	    by->db, sql, ARGS(ARG(quantity), ARG(cost), ARG(l->id), ARG(quantity)));
}

static enum status
issue_lines(const struct actor *by, struct open_request *o, const struct line_quantity *list,
    size_t count, int64_t *short_line, struct decimal *sum)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < o->lines.count; i++) {
		const struct parts_request_line *l = row_at(&o->lines, i);
		const struct decimal q = quantity_of(list, count, l->id);

		if (!q.known || q.units == 0)
			continue;
		*short_line = l->id;
		if (q.units < 0 || q.units > l->to_issue.units)
			return INVALID;
		sum->units += q.units;
		e = issue_line(by, o->wo.id, l, q);
	}
	return e;
}

enum status
parts_request_issue(const struct actor *by, int64_t id, const struct line_quantity *list,
    size_t count, int64_t *short_line)
{
	struct open_request *o = NEW(by->arena, struct open_request);
	struct decimal sum = decimal(0);
	enum pr_state state;
	const char *text;
	enum status e;

	*short_line = 0;
	e = parts_request_open(by, id, o);
	if (e)
		return e;
	if (pr_state_code(o->request.state) != PR_APPROVED &&
	    pr_state_code(o->request.state) != PR_PARTLY_ISSUED)
		return CONFLICT;
	e = issue_lines(by, o, list, count, short_line, &sum);
	if (!e && sum.units == 0)
		return INVALID;
	if (!e)
		e = settle(by, id, o->wo.id, &state);
	if (!e)
		e = lines_text(by, id, &text);
	if (e)
		return e;
	return parts_request_say(by, &o->wo,
	    state == PR_ISSUED ? "parts_request.issued" : "parts_request.partly_issued", id,
	    event_with(by, NULL, "parts", text));
}
