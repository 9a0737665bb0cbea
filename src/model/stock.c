/* stock.c: see stock.h. */
#include "model/stock.h"
#include "base/arena.h"
#include "base/money.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "rule/stock.h"

static const struct word kinds[] = {
	{ "IN", "Received" },
	{ "OUT", "Issued" },
	{ "ADJUSTMENT", "Adjusted" },
	{ "TRANSFER", "Moved" },
};

const struct words movement_words = WORDS(kinds);

static const struct field fields[] = {
	FIELD(struct movement, id),
	FIELD(struct movement, part_id),
	FIELD(struct movement, part_number),
	FIELD_WORD(struct movement, kind, &movement_words),
	FIELD(struct movement, quantity),
	FIELD(struct movement, unit_cost),
	FIELD(struct movement, on_hand_after),
	FIELD(struct movement, work_order_id),
	FIELD(struct movement, work_order_number),
	FIELD(struct movement, user_name),
	FIELD(struct movement, note),
	FIELD(struct movement, at),
};

const struct shape movement_shape = SHAPE(struct movement, fields);

enum status
movement_list(const struct actor *by, int64_t part_id, int64_t after, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT v.id, v.part_id, p.number AS part_number, v.kind, v.quantity, v.unit_cost,"
	    " v.on_hand_after, v.work_order_id, w.number AS work_order_number, u.name AS user_name,"
	    " v.note, v.at FROM movement v JOIN part p ON p.id = v.part_id"
	    " LEFT JOIN work_order w ON w.id = v.work_order_id LEFT JOIN user u ON u.id = v.user_id"
	    " WHERE v.part_id = ? AND v.id < ? ORDER BY v.id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(part_id), ARG(after > 0 ? after : INT64_MAX), ARG(most)), &movement_shape,
	    out);
}

/* What the guards leave to know of a part once its row is ours. */
struct level {
	const char *number;
	struct decimal on_hand;
	struct decimal minimum;
	struct decimal average_cost;
};

static const struct field level_fields[] = {
	FIELD(struct level, number),
	FIELD(struct level, on_hand),
	FIELD(struct level, minimum),
	FIELD(struct level, average_cost),
};

static const struct shape level_shape = SHAPE(struct level, level_fields);

static enum status
level(const struct actor *by, int64_t part_id, struct level *out)
{
	static const char sql[] =
	    "SELECT number, on_hand, minimum, average_cost FROM part WHERE id = ? FOR UPDATE";

	return db_row(by->db, by->arena, sql, ARGS(ARG(part_id)), &level_shape, out);
}

static enum status
write_movement(
    const struct actor *by, const struct movement *v, int64_t work_order_id, int64_t line)
{
	static const char sql[] =
	    "INSERT INTO movement (part_id, kind, quantity,"
	    " unit_cost, on_hand_after, work_order_id,"
	    " parts_request_line_id, user_id, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	return db_change(by->db, sql,
	    ARGS(ARG(v->part_id), ARG(v->kind), ARG(v->quantity), ARG(v->unit_cost),
		ARG(v->on_hand_after), arg_ref(work_order_id), arg_ref(line), arg_ref(by->user_id),
		ARG(v->note), ARG(by->now)),
	    NULL);
}

static const struct field moved_fields[] = {
	FIELD_WORD(struct movement, kind, &movement_words),
	FIELD(struct movement, quantity),
	FIELD(struct movement, unit_cost),
	FIELD(struct movement, on_hand_after),
};

static const struct shape moved_shape = SHAPE(struct movement, moved_fields);

static enum status
say(const struct actor *by, const char *act, const struct level *l, int64_t part_id,
    const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "part",
				   .record_id = part_id,
				   .title = l->number,
				   .changes = changes });
}

/* The movement, its event, and the alert when the stock has just gone below its minimum. */
static enum status
record(const struct actor *by, const struct movement *v, const struct level *before,
    int64_t work_order_id, int64_t line)
{
	enum status e = write_movement(by, v, work_order_id, line);

	if (!e)
		e = say(by, "movement.made", before, v->part_id,
		    event_changes(by, &moved_shape, NULL, v));
	if (!e &&
	    stock_crosses_min(before->on_hand.units, v->on_hand_after.units, before->minimum.units))
		e = say(by, "part.below_minimum", before, v->part_id, NULL);
	return e;
}

static enum status
charge(const struct actor *by, int64_t work_order_id, struct decimal quantity, struct decimal cost)
{
	static const char sql[] = "UPDATE work_order SET parts_cost = parts_cost + ? WHERE id = ?"
				  " AND labour_cost + parts_cost + other_cost + ? <= ?";
	const struct decimal sum = decimal_times(quantity, cost);
	int64_t changed;
	enum status e = db_change(by->db, sql,
	    ARGS(ARG(sum), ARG(work_order_id), ARG(sum), ARG(decimal(DECIMAL_MOST))), &changed);

	return e ? e : changed == 1 ? OK : INVALID;
}

enum status
stock_issue(const struct actor *by, const struct issue *i, struct decimal *unit_cost)
{
	static const char take[] = "UPDATE part SET on_hand = on_hand - ?, reserved = reserved - ?"
				   " WHERE id = ? AND on_hand >= ? AND reserved >= ?";
	const struct decimal from_reserved = i->reserved ? i->quantity : decimal(0);
	struct movement v = { .part_id = i->part_id, .kind = "OUT", .note = "" };
	struct level before;
	enum status e;

	e = level(by, i->part_id, &before);
	if (!e)
		e = db_change_one(by->db, take,
		    ARGS(ARG(i->quantity), ARG(from_reserved), ARG(i->part_id), ARG(i->quantity),
			ARG(from_reserved)));
	if (e)
		return e;
	*unit_cost = v.unit_cost = before.average_cost;
	v.quantity = decimal(-i->quantity.units);
	v.on_hand_after = decimal(before.on_hand.units - i->quantity.units);
	e = record(by, &v, &before, i->work_order_id, i->line_id);
	return e ? e : charge(by, i->work_order_id, i->quantity, v.unit_cost);
}

enum status
stock_return(const struct actor *by, const struct issue *i, struct decimal unit_cost)
{
	static const char put[] = "UPDATE part SET on_hand = on_hand + ? WHERE id = ?";
	struct movement v = { .part_id = i->part_id,
		.kind = "IN",
		.quantity = i->quantity,
		.unit_cost = unit_cost,
		.note = "" };
	struct level before;
	enum status e;

	e = level(by, i->part_id, &before);
	if (!e)
		e = db_change_one(by->db, put, ARGS(ARG(i->quantity), ARG(i->part_id)));
	if (e)
		return e;
	v.on_hand_after = decimal(before.on_hand.units + i->quantity.units);
	e = record(by, &v, &before, i->work_order_id, i->line_id);
	return e ? e : charge(by, i->work_order_id, decimal(-i->quantity.units), unit_cost);
}

enum status
stock_receive(const struct actor *by, int64_t part_id, struct decimal quantity,
    struct decimal unit_cost, const char *note)
{
	static const char put[] =
	    "UPDATE part SET on_hand = on_hand + ?, average_cost = ? WHERE id = ?";
	struct movement v = { .part_id = part_id,
		.kind = "IN",
		.quantity = quantity,
		.unit_cost = unit_cost,
		.note = note };
	struct level before;
	struct decimal average;
	enum status e;

	e = level(by, part_id, &before);
	if (e)
		return e;
	average = stock_moving_average(before.on_hand, before.average_cost, quantity, unit_cost);
	e = db_change_one(by->db, put, ARGS(ARG(quantity), ARG(average), ARG(part_id)));
	v.on_hand_after = decimal(before.on_hand.units + quantity.units);
	return e ? e : record(by, &v, &before, 0, 0);
}

enum status
stock_reserve(const struct actor *by, int64_t part_id, struct decimal quantity)
{
	static const char sql[] =
	    "UPDATE part SET reserved = reserved + ? WHERE id = ? AND reserved + ? >= 0";

	return db_change_one(by->db, sql, ARGS(ARG(quantity), ARG(part_id), ARG(quantity)));
}

/* One side of the transfer: its movement and event. */
static enum status
transfer(const struct actor *by, int64_t part_id, const struct level *l, struct decimal quantity,
    struct decimal cost, const char *note)
{
	const struct movement v = { .part_id = part_id,
		.kind = "TRANSFER",
		.quantity = quantity,
		.unit_cost = cost,
		.on_hand_after = decimal(l->on_hand.units + quantity.units),
		.note = note };
	enum status e = write_movement(by, &v, 0, 0);

	return e ? e
		 : say(by, "movement.made", l, part_id, event_changes(by, &moved_shape, NULL, &v));
}

static enum status
move_reserved(const struct actor *by, int64_t from, int64_t into)
{
	enum status e = db_change_one(by->db,
	    "UPDATE part SET reserved = reserved + (SELECT reserved FROM part WHERE id = ?)"
	    " WHERE id = ?",
	    ARGS(ARG(from), ARG(into)));

	return e ? e
		 : db_change_one(
		       by->db, "UPDATE part SET reserved = 0 WHERE id = ?", ARGS(ARG(from)));
}

enum status
stock_merge(const struct actor *by, int64_t from, int64_t into)
{
	static const char put[] =
	    "UPDATE part SET on_hand = on_hand + ?, average_cost = ? WHERE id = ?";
	struct level a, b;
	const char *note;
	struct decimal q, average;
	enum status e = move_reserved(by, from, into);

	if (!e)
		e = level(by, from, &a);
	if (!e)
		e = level(by, into, &b);
	if (e || a.on_hand.units == 0)
		return e;
	q = a.on_hand;
	note = arena_print(by->arena, "%s → %s", a.number, b.number);
	average = stock_moving_average(b.on_hand, b.average_cost, q, a.average_cost);
	e = db_change_one(
	    by->db, put, ARGS(ARG(decimal(-q.units)), ARG(a.average_cost), ARG(from)));
	if (!e)
		e = db_change_one(by->db, put, ARGS(ARG(q), ARG(average), ARG(into)));
	if (!e)
		e = transfer(by, from, &a, decimal(-q.units), a.average_cost, note);
	if (!e)
		e = transfer(by, into, &b, q, a.average_cost, note);
	return e;
}
