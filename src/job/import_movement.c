/*
 * import_movement.c: dated movements of stock.
 *
 * The ledger is never changed: what comes in comes behind what the part has, in the order of its
 * time, and takes no more than there was then.  Parts are followed in memory, so that the trial
 * locks nothing and finds what the real thing will find.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_movement.h"
#include "model/many.h"
#include "model/stock.h"
#include "rule/stock.h"
#include "view/locale.h"

static enum status
learn(struct load *l)
{
	static const char parts[] = "SELECT id, number AS a, name AS b, '' AS c FROM part";
	struct ledger *all;

	if (l->known)
		return OK;
	l->known = true;
	l->own = all = NEW(l->forever, struct ledger);
	all->parts.arena = all->times.arena = l->forever;
	return names_learn(l, &l->named, parts);
}

static void
find_part(struct load *l, struct row *row, struct moved *m)
{
	const char *number = m->said.part_number;
	const int64_t id =
	    text_empty(number) ? 0 : hashes_find(&l->named, ref_hash(l->batch, number));

	if (id <= 0 && !text_empty(number))
		load_wrong(row, "part_number", number,
		    id == 0 ? "There is none of this name."
			    : "Several have this name: give the number.",
		    NULL, NULL);
	m->part_id = id > 0 ? id : 0;
}

/* An issue takes, whether or not the file has the minus; a receipt never does. */
static void
sign(struct row *row, struct moved *m)
{
	struct decimal *q = &m->said.quantity;
	const bool in = strcmp(m->said.kind, "IN") == 0;

	if (strcmp(m->said.kind, "OUT") == 0 && q->units > 0)
		q->units = -q->units;
	if (q->units == 0 || (in && q->units < 0))
		load_wrong(row, "quantity", "",
		    in ? "What is received is more than 0." : "It moves nothing.", NULL, NULL);
}

static uint64_t
identity(struct load *l, const struct moved *m)
{
	return past_identity(l->batch, m->said.kind,
	    (const int64_t[]){ m->part_id, m->said.at.us, m->said.quantity.units });
}

static void
read_row(struct load *l, struct row *row)
{
	struct moved *m = NEW(l->batch, struct moved);

	row->record = m;
	if (row->fault != NULL)
		return;
	load_values(l, row, &m->said, true);
	row->title = m->said.part_number;
	find_part(l, row, m);
	if (row->verdict == V_WRONG)
		return;
	past_over(l, row, "at", m->said.at);
	sign(row, m);
	m->identity = identity(l, m);
}

/* ---- what is there ---- */

struct there {
	int64_t part_id;
	struct instant at;
	const char *kind;
	struct decimal quantity;
};

static const struct field there_fields[] = {
	FIELD(struct there, part_id),
	FIELD(struct there, at),
	FIELD(struct there, kind),
	FIELD(struct there, quantity),
};

static const struct shape there_shape = SHAPE(struct there, there_fields);

enum { LOOKED = 100 };

/* How many of each are there: counted by their identity. */
static enum status
count_there(struct load *l, const struct row *rows, size_t count, struct hashes *there)
{
	struct buf sql = { .arena = l->batch };
	struct arg args[2 * LOOKED];
	struct rows found;
	enum status e;

	buf_text(&sql, "SELECT STRAIGHT_JOIN v.part_id, v.at, v.kind, v.quantity FROM (");
	for (size_t i = 0; i < LOOKED; i++) {
		const struct moved *m = i < count ? rows[i].record : NULL;

		buf_text(&sql, i == 0 ? "SELECT ? AS part_id, CAST(? AS DATETIME(6)) AS at"
				      : " UNION SELECT ?, ?");
		args[2 * i] = ARG(m != NULL ? m->part_id : (int64_t)0);
		args[2 * i + 1] = ARG(m != NULL && m->said.at.known ? m->said.at : l->by.now);
	}
	buf_text(&sql, ") k JOIN movement v FORCE INDEX (movement_part_at) ON v.part_id = k.part_id"
		       " AND v.at = k.at");
	e = db_rows(
	    l->by.db, l->batch, sql.text, (struct args){ args, COUNT(args) }, &there_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++) {
		const struct there *t = row_at(&found, i);
		const struct moved m = {
			.said = { .kind = t->kind, .at = t->at, .quantity = t->quantity },
			.part_id = t->part_id
		};
		const uint64_t key = identity(l, &m);

		hashes_put(there, key, hashes_find(there, key) + 1);
	}
	return e;
}

/* ---- what a part has then ---- */

static const struct field level_fields[] = {
	FIELD(struct level, on_hand),
	FIELD(struct level, average),
	FIELD(struct level, last_at),
};

static const struct shape level_shape = SHAPE(struct level, level_fields);

static enum status
level_of(struct load *l, int64_t part_id, struct level **out)
{
	static const char look[] =
	    "SELECT on_hand, average_cost AS average, (SELECT MAX(at) FROM movement WHERE"
	    " part_id = part.id) AS last_at FROM part WHERE id = ?";
	static const char hold[] =
	    "SELECT on_hand, average_cost AS average, (SELECT MAX(at) FROM movement WHERE"
	    " part_id = part.id) AS last_at FROM part WHERE id = ? FOR UPDATE";
	struct ledger *all = l->own;
	enum status e;

	*out = (struct level *)(intptr_t)hashes_find(&all->parts, (uint64_t)part_id);
	if (*out != NULL)
		return OK;
	*out = NEW(l->forever, struct level);
	e = db_row(
	    l->by.db, l->batch, l->apply ? hold : look, ARGS(ARG(part_id)), &level_shape, *out);
	hashes_put(&all->parts, (uint64_t)part_id, (int64_t)(intptr_t)*out);
	return e;
}

static const char *
quantity_text(struct load *l, int64_t units)
{
	return decimal_text(l->batch, decimal(units));
}

/* Whether it can come behind what is there. */
static void
fit(struct load *l, struct row *row, const struct moved *m, const struct level *v)
{
	const int64_t left = v->on_hand.units + m->said.quantity.units;

	if (v->last_at.known && m->said.at.us < v->last_at.us)
		load_wrong(row, "at", locale_input(l->locale, l->batch, m->said.at),
		    "It is before the last movement of this part: %1.",
		    text_replace(l->batch, locale_input(l->locale, l->batch, v->last_at), "T", " "),
		    NULL);
	if (left < 0)
		load_wrong(row, "quantity", quantity_text(l, m->said.quantity.units),
		    "Only %1 were on hand then.", quantity_text(l, v->on_hand.units), NULL);
	if (left > DECIMAL_MOST)
		load_wrong(row, "quantity", quantity_text(l, m->said.quantity.units),
		    "That is more than can be counted.", NULL, NULL);
}

/* As stock.c does: what comes back for a work order leaves the average as it is. */
static void
step(struct moved *m, struct level *v)
{
	const struct decimal q = m->said.quantity;
	const bool bought = q.units > 0 && text_empty(m->said.work_order_number) &&
			    strcmp(m->said.kind, "ADJUSTMENT") != 0;

	if (!m->said.unit_cost.known)
		m->said.unit_cost = v->average;
	m->average_before = v->average;
	if (bought)
		v->average = stock_moving_average(v->on_hand, v->average, q, m->said.unit_cost);
	v->on_hand = decimal(v->on_hand.units + q.units);
	v->last_at = m->said.at;
	m->said.on_hand_after = v->on_hand;
}

static enum status
judge_row(struct load *l, struct row *row, const struct hashes *there)
{
	struct ledger *all = l->own;
	struct moved *m = row->record;
	struct level *v;
	int64_t nth;
	enum status e;

	if (m->identity == 0)
		return OK;
	nth = hashes_find(&all->times, m->identity) + 1;
	hashes_put(&all->times, m->identity, nth);
	if (nth <= hashes_find(there, m->identity)) {
		row->verdict = V_SAME;
		return OK;
	}
	if (row->verdict == V_WRONG)
		return OK;
	e = level_of(l, m->part_id, &v);
	if (!e)
		fit(l, row, m, v);
	if (!e && row->verdict == V_NEW)
		step(m, v);
	return e;
}

/* The work orders that the rows name. */
static enum status
find_orders(struct load *l, struct row *rows, size_t count)
{
	const char *numbers[BATCH] = { NULL };
	int64_t ids[BATCH] = { 0 }, machines[BATCH];
	enum status e;

	for (size_t i = 0; i < count; i++)
		numbers[i] = ((struct moved *)rows[i].record)->said.work_order_number;
	e = past_orders_of(l, numbers, count, ids, machines);
	for (size_t i = 0; !e && i < count; i++) {
		((struct moved *)rows[i].record)->work_order_id = ids[i];
		if (!text_empty(numbers[i]) && ids[i] == 0)
			load_wrong(&rows[i], "work_order_number", numbers[i],
			    "There is none of this number.", NULL, NULL);
	}
	return e;
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = learn(l);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		read_row(l, &rows[i]);
	e = find_orders(l, rows, count);
	for (size_t from = 0; !e && from < count; from += LOOKED) {
		const size_t n = count - from < LOOKED ? count - from : LOOKED;
		struct hashes there = { .arena = l->batch };

		e = count_there(l, rows + from, n, &there);
		for (size_t i = 0; !e && i < n; i++)
			e = judge_row(l, &rows[from + i], &there);
	}
	return e;
}

const struct load_kind load_movement = { "movement", judge, movement_write, NULL };
