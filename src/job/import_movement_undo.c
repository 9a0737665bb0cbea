/* import_movement_undo.c: takes imported movements back, the last of each part first. */
#include "base/arena.h"
#include "base/money.h"
#include "db/db.h"
#include "job/import_movement.h"
#include "job/import_undo.h"
#include "model/event.h"
#include "model/register_many.h"

struct gone {
	int64_t part_id;
	const char *part_number;
	struct decimal quantity, on_hand, reserved;
	int64_t work_order_id;
	bool later; /* the part has moved since */
};

static const struct field fields[] = {
	FIELD(struct gone, part_id),
	FIELD(struct gone, part_number),
	FIELD(struct gone, quantity),
	FIELD(struct gone, on_hand),
	FIELD(struct gone, reserved),
	FIELD(struct gone, work_order_id),
	FIELD(struct gone, later),
};

static const struct shape shape = SHAPE(struct gone, fields);

static enum status
find(struct undo *u, int64_t id, struct gone *g)
{
	static const char sql[] =
	    "SELECT v.part_id, p.number AS part_number, v.quantity, p.on_hand, p.reserved,"
	    " COALESCE(v.work_order_id, 0) AS work_order_id, EXISTS (SELECT 1 FROM movement n"
	    " WHERE n.part_id = v.part_id AND n.id > v.id) AS later FROM movement v"
	    " JOIN part p ON p.id = v.part_id WHERE v.id = ? FOR UPDATE";

	return db_row(u->l->by.db, u->l->batch, sql, ARGS(ARG(id)), &shape, g);
}

static enum status
take_back(struct undo *u, const struct left *left, const struct gone *g)
{
	static const char take[] = "DELETE FROM movement WHERE id = ?";
	static const char put[] = "UPDATE part SET on_hand = ?, average_cost = ? WHERE id = ?";
	const struct decimal on_hand = decimal(g->on_hand.units - g->quantity.units);
	enum status e = db_change_one(u->l->by.db, take, ARGS(ARG(left->record_id)));

	return e ? e
		 : db_change(u->l->by.db, put,
		       ARGS(ARG(on_hand), ARG(decimal_parse(left->before_values)), ARG(g->part_id)),
		       NULL);
}

enum status
movement_undo(struct undo *u, const struct left *left, size_t count)
{
	struct event events[REG_MANY];
	int64_t orders[REG_MANY];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count && u->said == 0; i++) {
		struct gone g;

		e = find(u, left[i].record_id, &g);
		if (e)
			return e;
		if (g.later)
			e = undo_stands(u, g.part_number, "It has moved since.");
		else if (g.on_hand.units - g.quantity.units < g.reserved.units)
			e = undo_stands(u, g.part_number, "More is reserved than would be left.");
		else
			e = take_back(u, &left[i], &g);
		events[i] = (struct event){ .act = "movement.taken_back",
			.kind = "part",
			.record_id = g.part_id,
			.title = g.part_number,
			.work_order_id = g.work_order_id };
		if (g.work_order_id != 0)
			orders[n++] = g.work_order_id;
	}
	if (e || u->said > 0)
		return e;
	e = movement_costs(&u->l->by, orders, n);
	return e ? e : event_write_many(&u->l->by, events, count);
}
