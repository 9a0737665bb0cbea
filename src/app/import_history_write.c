/* import_history_write.c: past work orders with their stops and parts, in bounded transactions. */
#include <string.h>
#include <strings.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "rule/number.h"

/* Each is a work order, an event and its place in the queue, a stop, a receipt and an issue. */
enum { BATCH = BULK_ROWS / 6 };

struct batch {
	struct past *at[BATCH];
	size_t count;
};

/* How many of the new ones from i on were reported in that year. */
static int64_t
of_year(const struct batch *b, size_t i, int year)
{
	int64_t n = 0;

	for (; i < b->count; i++)
		n += !b->at[i]->known && civil_of(b->at[i]->reported).year == year;
	return n;
}

static enum status
number_them(struct import *im, const struct batch *b)
{
	static const char add[] = "INSERT INTO counter (name, value) VALUES (?, ?)"
				  " ON DUPLICATE KEY UPDATE value = value + VALUES(value)";
	static const char get[] = "SELECT value FROM counter WHERE name = ?";
	int64_t next = 0;
	int year = 0;
	enum status e = OK;

	/* They are in the order of time: a year after the other. */
	for (size_t i = 0; !e && i < b->count; i++) {
		struct past *p = b->at[i];
		int its = civil_of(p->reported).year;

		if (p->known)
			continue;
		if (its != year) {
			const char *name = arena_print(im->arena, "work_order-%d", its);
			int64_t n = of_year(b, i, its);

			year = its;
			e = db_change(im->db, add, ARGS(ARG(name), ARG(n)), NULL);
			if (!e)
				e = db_int(im->db, get, ARGS(ARG(name)), &next);
			next -= n;
		}
		p->number = work_order_number(im->arena, year, ++next);
	}
	return e;
}

static bool
issues(const struct past *p)
{
	return p->issue_key != NULL && !p->issue_known;
}

struct level {
	struct decimal on_hand, average_cost;
};

/* Locks the parts; what comes in and goes out at today's average leaves it as it is. */
static enum status
lock_parts(struct import *im, const struct batch *b)
{
	static const struct field fields[] = { FIELD(struct level, on_hand),
		FIELD(struct level, average_cost) };
	static const struct shape shape = SHAPE(struct level, fields);
	static const char sql[] = "SELECT on_hand, average_cost FROM part WHERE id = ? FOR UPDATE";
	enum status e = OK;

	for (size_t i = 0; i < b->count; i++)
		if (issues(b->at[i]))
			b->at[i]->part->used = 0;
	for (size_t i = 0; !e && i < b->count; i++) {
		struct past *p = b->at[i];
		struct level level;

		p->parts_cost = decimal(0);
		if (!issues(p))
			continue;
		if (p->part->used++ == 0) {
			e = db_row(im->db, im->arena, sql, ARGS(ARG(p->part->id)), &shape, &level);
			p->part->on_hand = level.on_hand;
			p->part->average = level.average_cost;
		}
		p->parts_cost = p->part->average;
	}
	return e;
}

static enum status
insert_orders(struct import *im, const struct batch *b)
{
	static const char more[] = "UPDATE work_order SET parts_cost = parts_cost + ? WHERE id = ?";
	struct bulk rows = bulk_of(im->arena, "work_order",
	    "number, kind, state, priority, machine_id,"
	    " department_id, problem_code_id, description,"
	    " machine_down, remedy_code_id, resolution, reported_at, accepted_at, completed_at,"
	    " confirmed_at, parts_cost, other_cost, source_key");
	enum status e = OK;

	for (size_t i = 0; !e && i < b->count; i++) {
		const struct past *p = b->at[i];

		if (p->known) {
			if (issues(p))
				e = db_change_one(
				    im->db, more, ARGS(ARG(p->parts_cost), ARG(p->id)));
			continue;
		}
		bulk_add(&rows,
		    ARGS(ARG(p->number), ARG(p->kind), ARG("COMPLETED"), ARG(p->priority),
			ARG(p->machine->id), ARG(p->machine->department_id),
			arg_ref(p->problem != NULL ? p->problem->id : 0), ARG(p->description),
			ARG(p->stop), arg_ref(p->remedy != NULL ? p->remedy->id : 0),
			ARG(p->resolution), ARG(p->reported), ARG(p->reported), ARG(p->completed),
			ARG(p->completed), ARG(p->parts_cost), ARG(p->other_cost), ARG(p->key)));
	}
	return e ? e : bulk_write(&rows, im->db, 0, rows.count);
}

struct made {
	int64_t id;
	const char *source_key;
};

/* "?, ?, …" and the keys, or the ids once they are known, of the new ones. */
static struct args
list_of(struct import *im, const struct batch *b, bool ids, const char **marks)
{
	struct arg *args = NEW_ARRAY(im->arena, struct arg, b->count);
	struct buf text = { .arena = im->arena };
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		if (b->at[i]->known)
			continue;
		buf_text(&text, n == 0 ? "?" : ", ?");
		args[n++] = ids ? ARG(b->at[i]->id) : ARG(b->at[i]->key);
	}
	*marks = text.text;
	return (struct args){ args, n };
}

static enum status
learn_ids(struct import *im, const struct batch *b)
{
	static const struct field fields[] = { FIELD(struct made, id),
		FIELD(struct made, source_key) };
	static const struct shape shape = SHAPE(struct made, fields);
	const char *marks;
	const struct args keys = list_of(im, b, false, &marks);
	struct rows rows;
	enum status e;

	if (keys.count == 0)
		return OK;
	e = db_rows(im->db, im->arena,
	    arena_print(
		im->arena, "SELECT id, source_key FROM work_order WHERE source_key IN (%s)", marks),
	    keys, &shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct made *m = row_at(&rows, i);

		for (size_t j = 0; j < b->count; j++)
			if (strcasecmp(b->at[j]->key, m->source_key) == 0)
				b->at[j]->id = m->id;
	}
	return e;
}

static enum status
insert_stops(struct import *im, const struct batch *b)
{
	struct bulk rows = bulk_of(im->arena, "stop",
	    "machine_id, work_order_id, started_at, ended_at, planned, failure, source_key");

	for (size_t i = 0; i < b->count; i++) {
		const struct past *p = b->at[i];

		if (p->stop && !p->known)
			bulk_add(&rows, ARGS(ARG(p->machine->id), ARG(p->id), ARG(p->reported),
					    ARG(p->completed), ARG(false), ARG(true), ARG(p->key)));
	}
	return bulk_write(&rows, im->db, 0, rows.count);
}

/* Received just before the first use, for the whole batch; then issued one by one. */
static enum status
insert_movements(struct import *im, const struct batch *b)
{
	struct bulk rows = bulk_of(im->arena, "movement",
	    "part_id, kind, quantity, unit_cost, on_hand_after,"
	    " work_order_id, note, at, source_key");

	for (size_t i = 0; i < b->count; i++) {
		const struct past *p = b->at[i];
		struct import_part *part = p->part;

		if (!issues(p))
			continue;
		if (part->used > 0) {
			part->on_hand.units += part->used * DECIMAL_ONE;
			bulk_add(&rows,
			    ARGS(ARG(part->id), ARG("IN"), ARG(decimal(part->used * DECIMAL_ONE)),
				ARG(part->average), ARG(part->on_hand), arg_ref(0), ARG("Import"),
				ARG(instant_add(p->reported, -HOUR)),
				ARG(arena_print(im->arena, "receipt:%s", p->issue_key))));
			part->used = 0;
		}
		part->on_hand.units -= DECIMAL_ONE;
		bulk_add(&rows, ARGS(ARG(part->id), ARG("OUT"), ARG(decimal(-DECIMAL_ONE)),
				    ARG(part->average), ARG(part->on_hand), ARG(p->id), ARG(""),
				    ARG(p->reported), ARG(p->issue_key)));
	}
	return bulk_write(&rows, im->db, 0, rows.count);
}

static enum status
insert_events(struct import *im, const struct batch *b)
{
	struct bulk rows = bulk_of(im->arena, "event",
	    "at, user_name, act, kind, record_id, title, work_order_id, machine_id, department_id");
	const char *marks;
	const struct args ids = list_of(im, b, true, &marks);
	enum status e;

	for (size_t i = 0; i < b->count; i++) {
		const struct past *p = b->at[i];

		if (!p->known)
			bulk_add(
			    &rows, ARGS(ARG(im->actor.now), ARG(""), ARG("work_order.imported"),
				       ARG("work_order"), ARG(p->id), ARG(p->number), ARG(p->id),
				       ARG(p->machine->id), ARG(p->machine->department_id)));
	}
	e = bulk_write(&rows, im->db, 0, rows.count);
	if (e || ids.count == 0)
		return e;
	/* A work order is imported once: the ids say which events these are. */
	return db_change(im->db,
	    arena_print(im->arena,
		"INSERT INTO event_unsealed (event_id) SELECT id FROM event"
		" WHERE kind = 'work_order' AND record_id IN (%s) AND act = 'work_order.imported'",
		marks),
	    ids, NULL);
}

static enum status
write_batch(struct import *im, void *with)
{
	const struct batch *b = with;
	enum status e = number_them(im, b);

	if (!e)
		e = lock_parts(im, b);
	if (!e)
		e = insert_orders(im, b);
	if (!e)
		e = learn_ids(im, b);
	if (!e)
		e = insert_stops(im, b);
	if (!e)
		e = insert_movements(im, b);
	return e ? e : insert_events(im, b);
}

enum status
import_history_write(struct import *im, struct past *list, size_t count)
{
	struct batch *b = NEW(im->arena, struct batch);
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (!list[i].known || issues(&list[i]))
			b->at[b->count++] = &list[i];
		if (b->count < BATCH && i + 1 < count)
			continue;
		if (b->count > 0)
			e = import_transaction(im, write_batch, b);
		b->count = 0;
	}
	return e;
}
