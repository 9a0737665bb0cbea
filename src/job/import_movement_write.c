/* import_movement_write.c: writes the movements of a file, and what they leave. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "db/db.h"
#include "job/import_movement.h"
#include "model/event.h"
#include "model/many.h"
#include "model/stock.h"

enum { GROUP = 100, COLUMNS = 9 };

/*
 * The larger of what an import said of the work order and what imported movements come to; what was
 * issued here comes to it.
 */
enum status
movement_costs(const struct actor *by, const int64_t *orders, size_t count)
{
	static const char sql[] =
	    "UPDATE work_order w SET w.parts_cost = GREATEST(w.parts_stated,"
	    " COALESCE((SELECT -SUM(ROUND(v.quantity * v.unit_cost, 4)) FROM movement v"
	    " WHERE v.work_order_id = w.id AND v.source_key IS NOT NULL), 0))"
	    " + COALESCE((SELECT -SUM(ROUND(v.quantity * v.unit_cost, 4)) FROM movement v"
	    " WHERE v.work_order_id = w.id AND v.source_key IS NULL), 0) WHERE w.id IN (";
	struct buf text = { .arena = by->arena };
	struct arg args[GROUP];
	enum status e = OK;

	buf_text(&text, sql);
	many_marks(&text, GROUP);
	buf_text(&text, ")");
	for (size_t from = 0; !e && from < count; from += GROUP) {
		for (size_t i = 0; i < GROUP; i++)
			args[i] = ARG(orders[from + i < count ? from + i : count - 1]);
		e = db_change(by->db, text.text, (struct args){ args, GROUP }, NULL);
	}
	return e;
}

static enum status
insert(struct load *l, struct moved **group, const int64_t *lines, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * COLUMNS);
	struct buf sql = { .arena = l->batch };
	int64_t ids[GROUP];
	size_t n = 0;
	enum status e;

	buf_text(&sql, "INSERT INTO movement (part_id, kind, quantity, unit_cost, on_hand_after,"
		       " work_order_id, note, at, source_key) VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++) {
		const struct past_movement *s = &group[i]->said;

		args[n++] = ARG(group[i]->part_id);
		args[n++] = ARG(s->kind);
		args[n++] = ARG(s->quantity);
		args[n++] = ARG(s->unit_cost);
		args[n++] = ARG(s->on_hand_after);
		args[n++] = arg_ref(group[i]->work_order_id);
		args[n++] = ARG(s->note != NULL ? s->note : "");
		args[n++] = ARG(s->at);
		args[n++] = ARG(arena_print(
		    l->batch, "import:%lld:%lld", (long long)l->im.id, (long long)lines[i]));
	}
	e = db_change(l->by.db, sql.text, (struct args){ args, n }, NULL);
	if (!e)
		e = many_ids(&l->by, count, ids);
	for (size_t i = 0; !e && i < count; i++)
		group[i]->id = ids[i];
	return e;
}

static const struct field told_fields[] = {
	FIELD(struct past_movement, at),
	FIELD_WORD(struct past_movement, kind, &movement_words),
	FIELD(struct past_movement, quantity),
	FIELD(struct past_movement, unit_cost),
	FIELD(struct past_movement, on_hand_after),
};

static const struct shape told_shape = SHAPE(struct past_movement, told_fields);

/* The average before it is what undoing it needs. */
static enum status
tell(struct load *l, struct moved **group, size_t count)
{
	struct event events[GROUP];
	struct kept kept[GROUP];
	enum status e;

	for (size_t i = 0; i < count; i++) {
		const struct moved *m = group[i];

		events[i] = (struct event){ .act = "movement.imported",
			.kind = "part",
			.record_id = m->part_id,
			.title = m->said.part_number,
			.work_order_id = m->work_order_id,
			.changes = event_changes(&l->by, &told_shape, NULL, &m->said) };
		kept[i] = (struct kept){ "movement", m->id, 1,
			decimal_text(l->batch, m->average_before) };
	}
	e = load_keep(l, kept, count);
	return e ? e : event_write_many(&l->by, events, count);
}

static bool
comes_again(struct moved **group, size_t i, size_t count)
{
	for (size_t n = i + 1; n < count; n++)
		if (group[n]->part_id == group[i]->part_id)
			return true;
	return false;
}

/* What the last row of each part leaves; the level is that already. */
static enum status
leave(struct load *l, struct moved **group, size_t count)
{
	static const char sql[] = "UPDATE part SET on_hand = ?, average_cost = ? WHERE id = ?";
	const struct ledger *all = l->own;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		const struct level *v = (const struct level *)(intptr_t)hashes_find(
		    &all->parts, (uint64_t)group[i]->part_id);

		if (!comes_again(group, i, count))
			e = db_change(l->by.db, sql,
			    ARGS(ARG(v->on_hand), ARG(v->average), ARG(group[i]->part_id)), NULL);
	}
	return e;
}

static enum status
write_group(struct load *l, struct moved **group, const int64_t *lines, size_t count)
{
	int64_t orders[GROUP];
	size_t n = 0;
	enum status e = insert(l, group, lines, count);

	for (size_t i = 0; i < count; i++)
		if (group[i]->work_order_id != 0)
			orders[n++] = group[i]->work_order_id;
	if (!e)
		e = leave(l, group, count);
	if (!e)
		e = movement_costs(&l->by, orders, n);
	return e ? e : tell(l, group, count);
}

enum status
movement_write(struct load *l, struct row *rows, size_t count)
{
	struct moved *group[GROUP];
	int64_t lines[GROUP];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == V_NEW) {
			lines[n] = rows[i].line;
			group[n++] = rows[i].record;
		}
		if (n < GROUP && i + 1 < count)
			continue;
		if (n > 0)
			e = write_group(l, group, lines, n);
		n = 0;
	}
	return e;
}
