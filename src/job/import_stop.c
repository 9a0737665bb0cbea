/*
 * import_stop.c: dated stops of machines, by hand or of work orders.
 *
 * Those of no work order may not overlap another of their machine and kind, as on the page; work
 * orders' may: each has its own.  A machine's stops are followed in memory, so that the trial finds
 * what the real thing will find, and locks nothing.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_past.h"
#include "model/event.h"
#include "model/many.h"
#include "model/stop_inside.h"
#include "rule/span.h"

enum { LOOKED = 100, COLUMNS = 7 };

struct halt {
	struct stop_row said; /* first: the form fills it */
	int64_t machine_id, work_order_id;
	uint64_t identity; /* 0: not read */
	int64_t id;
};

struct taken {
	struct spans of[2]; /* unplanned, planned */
};

struct stops {
	struct hashes machines; /* by id: struct taken */
	struct hashes times;    /* by identity: how many rows */
};

/* ---- what is taken ---- */

struct time_taken {
	struct instant from, to;
	bool planned;
};

static const struct field time_fields[] = {
	FIELD(struct time_taken, from),
	FIELD(struct time_taken, to),
	FIELD(struct time_taken, planned),
};

static const struct shape time_shape = SHAPE(struct time_taken, time_fields);

struct taking {
	struct arena *arena;
	struct taken *into;
};

static enum status
learn_time(void *with, const void *record)
{
	const struct taking *t = with;
	const struct time_taken *r = record;

	span_take(t->arena, &t->into->of[r->planned], r->from.us, r->to.us);
	return OK;
}

static enum status
taken_of(struct load *l, int64_t machine_id, struct taken **out)
{
	static const char sql[] = "SELECT started_at AS `from`, COALESCE(ended_at, ?) AS `to`,"
				  " planned FROM stop FORCE INDEX (stop_machine)"
				  " WHERE machine_id = ? ORDER BY started_at";
	struct stops *all = l->own;
	struct taking with = { l->forever, NULL };
	enum status e;

	*out = (struct taken *)(intptr_t)hashes_find(&all->machines, (uint64_t)machine_id);
	if (*out != NULL)
		return OK;
	e = l->apply ? stop_hold_machine(&l->by, machine_id) : OK;
	with.into = *out = NEW(l->forever, struct taken);
	hashes_put(&all->machines, (uint64_t)machine_id, (int64_t)(intptr_t)*out);
	return e ? e
		 : db_each(l->by.db, l->batch, sql, ARGS(ARG(l->by.now), ARG(machine_id)),
		       &time_shape, learn_time, &with);
}

/* ---- what is there ---- */

static uint64_t
identity(struct load *l, int64_t machine_id, int64_t work_order_id, struct instant from)
{
	return past_identity(l->batch, "", (const int64_t[]){ machine_id, work_order_id, from.us });
}

struct there {
	int64_t machine_id, work_order_id;
	struct instant started_at;
};

static const struct field there_fields[] = {
	FIELD(struct there, machine_id),
	FIELD(struct there, work_order_id),
	FIELD(struct there, started_at),
};

static const struct shape there_shape = SHAPE(struct there, there_fields);

static enum status
count_there(struct load *l, const struct row *rows, size_t count, struct hashes *there)
{
	struct buf sql = { .arena = l->batch };
	struct arg args[2 * LOOKED];
	struct rows found;
	enum status e;

	buf_text(&sql, "SELECT STRAIGHT_JOIN s.machine_id, COALESCE(s.work_order_id, 0)"
		       " AS work_order_id, s.started_at FROM (");
	for (size_t i = 0; i < LOOKED; i++) {
		const struct halt *h = i < count ? rows[i].record : NULL;
		const bool known = h != NULL && h->said.started_at.known;

		buf_text(&sql, i == 0 ? "SELECT ? AS machine_id, CAST(? AS DATETIME(6)) AS at"
				      : " UNION SELECT ?, ?");
		args[2 * i] = ARG(h != NULL ? h->machine_id : (int64_t)0);
		args[2 * i + 1] = ARG(known ? h->said.started_at : l->by.now);
	}
	buf_text(&sql, ") k JOIN stop s FORCE INDEX (stop_machine) ON s.machine_id = k.machine_id"
		       " AND s.started_at = k.at");
	e = db_rows(
	    l->by.db, l->batch, sql.text, (struct args){ args, COUNT(args) }, &there_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++) {
		const struct there *t = row_at(&found, i);
		const uint64_t key = identity(l, t->machine_id, t->work_order_id, t->started_at);

		hashes_put(there, key, hashes_find(there, key) + 1);
	}
	return e;
}

/* ---- the rows ---- */

static void
read_row(struct load *l, struct row *row)
{
	struct halt *h = NEW(l->batch, struct halt);
	struct stop_row *s = &h->said;

	row->record = h;
	if (row->fault != NULL)
		return;
	load_values(l, row, s, true);
	row->title = s->machine_number;
	if (row->verdict == V_WRONG)
		return;
	h->machine_id = past_machine(l, row, s->machine_number);
	past_over(l, row, "started_at", s->started_at);
	past_over(l, row, "ended_at", s->ended_at);
	if (!past_has(l, "failure"))
		s->failure = true;
	s->failure = s->failure && !s->planned;
}

static enum status
find_orders(struct load *l, struct row *rows, size_t count)
{
	const char *numbers[BATCH] = { NULL };
	int64_t ids[BATCH] = { 0 }, machines[BATCH] = { 0 };
	enum status e;

	for (size_t i = 0; i < count; i++)
		numbers[i] = ((struct halt *)rows[i].record)->said.work_order_number;
	e = past_orders_of(l, numbers, count, ids, machines);
	for (size_t i = 0; !e && i < count; i++) {
		struct halt *h = rows[i].record;

		h->work_order_id = ids[i];
		if (!text_empty(numbers[i]) && ids[i] == 0)
			load_wrong(&rows[i], "work_order_number", numbers[i],
			    "There is none of this number.", NULL, NULL);
		else if (ids[i] != 0 && h->machine_id != 0 && machines[i] != h->machine_id)
			load_wrong(&rows[i], "work_order_number", numbers[i],
			    "This work order is another machine’s.", NULL, NULL);
		if (h->machine_id != 0 && h->said.started_at.known)
			h->identity = identity(l, h->machine_id, ids[i], h->said.started_at);
	}
	return e;
}

static enum status
fit(struct load *l, struct row *row, struct halt *h)
{
	const struct stop_row *s = &h->said;
	const int64_t from = s->started_at.us, to = s->ended_at.us;
	struct taken *taken;
	enum status e;

	if (!s->ended_at.known)
		load_wrong(row, "ended_at", "",
		    "Say when it ran again; a report stops a machine now.", NULL, NULL);
	else if (to < from || (to == from && h->work_order_id == 0))
		load_wrong(row, "ended_at", "", "It ends before it begins.", NULL, NULL);
	if (row->verdict == V_WRONG)
		return OK;
	e = taken_of(l, h->machine_id, &taken);
	if (e)
		return e;
	if (h->work_order_id == 0 && span_is_taken(&taken->of[s->planned], from, to))
		load_wrong(row, "started_at", "",
		    "Another stop of this machine is on record at that time.", NULL, NULL);
	else
		span_take(l->forever, &taken->of[s->planned], from, to);
	return OK;
}

static enum status
judge_row(struct load *l, struct row *row, const struct hashes *there)
{
	struct stops *all = l->own;
	struct halt *h = row->record;
	int64_t nth;

	if (h->identity == 0)
		return OK;
	nth = hashes_find(&all->times, h->identity) + 1;
	hashes_put(&all->times, h->identity, nth);
	if (nth <= hashes_find(there, h->identity)) {
		row->verdict = V_SAME;
		row->wrongs = 0;
		return OK;
	}
	return row->verdict == V_WRONG ? OK : fit(l, row, h);
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = past_learn(l);

	if (!e && l->own == NULL) {
		struct stops *all = l->own = NEW(l->forever, struct stops);

		all->machines.arena = all->times.arena = l->forever;
	}
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

/* ---- writing ---- */

static enum status
insert(struct load *l, struct halt **group, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * COLUMNS);
	struct buf sql = { .arena = l->batch };
	int64_t ids[LOOKED];
	size_t n = 0;
	enum status e;

	buf_text(&sql, "INSERT INTO stop (machine_id, work_order_id, started_at, ended_at,"
		       " planned, failure, correction) VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++) {
		const struct stop_row *s = &group[i]->said;

		args[n++] = ARG(group[i]->machine_id);
		args[n++] = arg_ref(group[i]->work_order_id);
		args[n++] = ARG(s->started_at);
		args[n++] = ARG(s->ended_at);
		args[n++] = ARG(s->planned);
		args[n++] = ARG(s->failure);
		args[n++] = ARG(text_empty(s->correction) ? NULL : s->correction);
	}
	e = db_change(l->by.db, sql.text, (struct args){ args, n }, NULL);
	if (!e)
		e = many_ids(&l->by, count, ids);
	for (size_t i = 0; !e && i < count; i++)
		group[i]->id = ids[i];
	return e;
}

static const struct field told_fields[] = {
	FIELD(struct stop_row, started_at),
	FIELD(struct stop_row, ended_at),
	FIELD(struct stop_row, planned),
	FIELD(struct stop_row, failure),
	FIELD(struct stop_row, correction),
};

static const struct shape told_shape = SHAPE(struct stop_row, told_fields);

static enum status
write_group(struct load *l, struct halt **group, size_t count)
{
	struct event events[LOOKED];
	struct kept kept[LOOKED];
	enum status e = insert(l, group, count);

	for (size_t i = 0; i < count; i++) {
		const struct halt *h = group[i];

		events[i] = (struct event){ .act = "stop.imported",
			.kind = "stop",
			.record_id = h->id,
			.title = h->said.machine_number,
			.work_order_id = h->work_order_id,
			.machine_id = h->machine_id,
			.department_id = hashes_find(&l->departments, (uint64_t)h->machine_id),
			.changes = event_changes(&l->by, &told_shape, NULL, &h->said) };
		kept[i] = (struct kept){ "stop", h->id, 1, NULL };
	}
	if (!e)
		e = load_keep(l, kept, count);
	return e ? e : event_write_many(&l->by, events, count);
}

static enum status
write_rows(struct load *l, struct row *rows, size_t count)
{
	struct halt *group[LOOKED];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == V_NEW)
			group[n++] = rows[i].record;
		if (n < LOOKED && i + 1 < count)
			continue;
		if (n > 0)
			e = write_group(l, group, n);
		n = 0;
	}
	return e;
}

const struct load_kind load_stop = { "stop", judge, write_rows, NULL };
