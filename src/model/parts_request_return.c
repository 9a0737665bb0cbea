/* parts_request_return.c: what comes back, and what is withdrawn; see parts_request.h. */
#include "base/arena.h"
#include "base/money.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/parts_request.h"
#include "model/parts_request_inside.h"
#include "model/stock.h"
#include "model/work_order.h"

struct line_place {
	int64_t parts_request_id;
	int64_t part_id;
	struct decimal unit_cost;
};

enum status
parts_request_return(const struct actor *by, int64_t id, int64_t line_id, struct decimal quantity)
{
	static const struct field f[] = {
		FIELD(struct line_place, parts_request_id),
		FIELD(struct line_place, part_id),
		FIELD(struct line_place, unit_cost),
	};
	static const struct shape shape = SHAPE(struct line_place, f);
	static const char find[] =
	    "SELECT parts_request_id, part_id, unit_cost FROM parts_request_line WHERE id = ?"
	    " AND parts_request_id = ?";
	static const char put[] = "UPDATE parts_request_line SET returned = returned + ?"
				  " WHERE id = ? AND returned + ? <= issued";
	struct open_request *o = NEW(by->arena, struct open_request);
	struct line_place at;
	enum status e;

	e = db_row(by->db, by->arena, find, ARGS(ARG(line_id), ARG(id)), &shape, &at);
	if (!e)
		e = parts_request_open(by, at.parts_request_id, o);
	if (!e && (!quantity.known || quantity.units <= 0))
		return INVALID;
	if (!e)
		e = db_change_one(by->db, put, ARGS(ARG(quantity), ARG(line_id), ARG(quantity)));
	if (!e)
		e = stock_return(by,
		    &(struct issue){ at.part_id, quantity, false, o->wo.id, line_id },
		    at.unit_cost);
	if (e)
		return e;
	return parts_request_say(by, &o->wo, "parts_request.returned", at.parts_request_id,
	    event_with(by, NULL, "quantity", decimal_text(by->arena, quantity)));
}

static enum status
close_line(const struct actor *by, const struct parts_request_line *l)
{
	static const char sql[] = "UPDATE parts_request_line SET closed = TRUE,"
				  " approved = COALESCE(approved, 0) WHERE id = ?";
	enum status e = OK;

	if (l->closed)
		return OK;
	if (l->to_issue.units > 0)
		e = stock_reserve(by, l->part_id, decimal(-l->to_issue.units));
	return e ? e : db_change_one(by->db, sql, ARGS(ARG(l->id)));
}

static enum status
close_request(const struct actor *by, int64_t id, const struct work_order *wo)
{
	struct rows lines;
	enum status e;

	e = parts_request_lines(by, id, &lines);
	for (size_t i = 0; !e && i < lines.count; i++)
		e = close_line(by, row_at(&lines, i));
	if (!e)
		e = parts_request_set_state(by, id, PR_CANCELLED);
	return e ? e : parts_request_say(by, wo, "parts_request.cancelled", id, NULL);
}

enum status
parts_request_close_all(const struct actor *by, int64_t work_order_id)
{
	static const struct field f[] = { FIELD(struct parts_request, id) };
	static const struct shape shape = SHAPE(struct parts_request, f);
	static const char sql[] = "SELECT id FROM parts_request WHERE work_order_id = ?"
				  " AND state IN ('REQUESTED', 'APPROVED', 'PARTLY_ISSUED')"
				  " ORDER BY id FOR UPDATE";
	struct work_order wo;
	struct rows open;
	enum status e;

	e = work_order_reread(by, work_order_id, &wo);
	if (!e)
		e = db_rows(by->db, by->arena, sql, ARGS(ARG(work_order_id)), &shape, &open);
	for (size_t i = 0; !e && i < open.count; i++)
		e = close_request(by, ((const struct parts_request *)row_at(&open, i))->id, &wo);
	return e;
}
