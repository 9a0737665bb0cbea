/* import_order_write.c: writes the work orders of a file, with the stops of their machines. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_past.h"
#include "model/event.h"
#include "model/many.h"
#include "model/stop_inside.h"
#include "rule/number.h"

enum { GROUP = 100, COLUMNS = 32, STOP_COLUMNS = 8 };

bool
order_number_read(struct arena *a, const char *text, int *year, int64_t *n)
{
	char *end;

	if (text_empty(text) || !text_starts(text, "WO-") || strlen(text) > 20)
		return false;
	*year = (int)strtol(text + 3, &end, 10);
	if (*end != '-' || *year < 1900 || *year > 9999)
		return false;
	*n = strtoll(end + 1, &end, 10);
	return *n > 0 && strcmp(work_order_number(a, *year, *n), text) == 0;
}

/* Behind every number of the file. */
static enum status
raise_counters(struct load *l)
{
	static const char raise[] = "INSERT INTO counter (name, value) VALUES (?, ?)"
				    " ON DUPLICATE KEY UPDATE value = GREATEST(value, ?)";
	enum status e = OK;

	for (size_t i = 0; !e && i < l->numbers.room; i++) {
		const char *name = arena_print(l->batch, "work_order-%d", (int)l->numbers.key[i]);

		if (l->numbers.key[i] != 0)
			e = db_change(l->by.db, raise,
			    ARGS(ARG(name), ARG(l->numbers.value[i]), ARG(l->numbers.value[i])),
			    NULL);
	}
	l->numbers = (struct hashes){ .arena = l->forever };
	return e;
}

static int
year_of(const struct order *o)
{
	return civil_of(o->said.reported_at).year;
}

/* As many numbers of that year as the group needs, at once. */
static enum status
number_year(struct load *l, struct order **orders, size_t count, int year)
{
	static const char add[] = "INSERT INTO counter (name, value) VALUES (?, ?)"
				  " ON DUPLICATE KEY UPDATE value = value + ?";
	static const char get[] = "SELECT value FROM counter WHERE name = ?";
	const char *name = arena_print(l->batch, "work_order-%d", year);
	int64_t wanted = 0, last = 0;
	enum status e;

	for (size_t i = 0; i < count; i++)
		wanted += orders[i]->number == NULL && year_of(orders[i]) == year;
	e = db_change(l->by.db, add, ARGS(ARG(name), ARG(wanted), ARG(wanted)), NULL);
	if (!e)
		e = db_int(l->by.db, get, ARGS(ARG(name)), &last);
	for (size_t i = 0; !e && i < count; i++)
		if (orders[i]->number == NULL && year_of(orders[i]) == year)
			orders[i]->number = work_order_number(l->batch, year, last - --wanted);
	return e;
}

static enum status
number_them(struct load *l, struct order **orders, size_t count)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++)
		if (orders[i]->number == NULL)
			e = number_year(l, orders, count, year_of(orders[i]));
	return e;
}

static struct decimal
sum_of(struct decimal d)
{
	return d.known ? d : decimal(0);
}

static int64_t
minutes_of(struct decimal hours)
{
	return hours.known ? (hours.units * 60 + DECIMAL_ONE / 2) / DECIMAL_ONE : 0;
}

static void
put_order(const struct order *o, struct arg *to)
{
	const struct past_order *s = &o->said;
	const struct arg row[COLUMNS] = { ARG(o->number), ARG(s->kind),
		ARG(wo_state_words.list[o->state].code), ARG(s->priority), ARG(o->machine_id),
		ARG(o->department_id), arg_ref(o->reporter_id), ARG(o->reporter_said),
		arg_ref(o->assignee_id), ARG(o->assignee_said), arg_ref(o->problem_id),
		arg_ref(o->cause_id), arg_ref(o->remedy_id),
		ARG(s->description != NULL ? s->description : ""), ARG(s->machine_down),
		ARG(text_empty(s->resolution) ? NULL : s->resolution), ARG(s->due_on),
		ARG(s->reported_at), ARG(s->accepted_at), ARG(s->completed_at),
		ARG(s->confirmed_at), arg_ref(o->confirmed_by),
		ARG(text_empty(s->signed_name) ? NULL : s->signed_name), ARG(s->cancelled_at),
		ARG(text_empty(s->cancel_reason) ? NULL : s->cancel_reason),
		ARG(minutes_of(s->labour_hours)), ARG(sum_of(s->labour_cost)),
		ARG(sum_of(s->parts_cost)), ARG(sum_of(s->parts_cost)), ARG(sum_of(s->other_cost)),
		ARG(o->source_key), ARG((int64_t)1) };

	memcpy(to, row, sizeof(row));
}

static enum status
insert_orders(struct load *l, struct order **orders, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * COLUMNS);
	struct buf sql = { .arena = l->batch };
	int64_t ids[GROUP];
	enum status e;

	buf_text(&sql, "INSERT INTO work_order (number, kind, state, priority, machine_id,"
		       " department_id, reporter_id, reporter_said, assignee_id, assignee_said,"
		       " problem_code_id, cause_code_id, remedy_code_id, description,"
		       " machine_down, resolution, due_on, reported_at, accepted_at,"
		       " completed_at, confirmed_at, confirmed_by, signed_name, cancelled_at,"
		       " cancel_reason, labour_minutes, labour_cost, parts_cost, parts_stated,"
		       " other_cost, source_key, version) VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++)
		put_order(orders[i], args + i * COLUMNS);
	e = db_change(l->by.db, sql.text, (struct args){ args, count * COLUMNS }, NULL);
	if (!e)
		e = many_ids(&l->by, count, ids);
	for (size_t i = 0; !e && i < count; i++)
		orders[i]->id = ids[i];
	return e == CONFLICT ? RETRY : e;
}

/* Those that still stand stop their machines. */
static enum status
stop_machines(struct load *l, struct order **stopped, size_t count)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (stopped[i]->runs_at.known)
			continue;
		e = stop_hold_machine(&l->by, stopped[i]->machine_id);
		if (!e)
			e = stop_machine_stands(&l->by, stopped[i]->machine_id);
	}
	return e;
}

static void
put_stop(const struct order *o, struct arg *to)
{
	const struct past_order *s = &o->said;
	const struct arg row[STOP_COLUMNS] = { ARG(o->machine_id), ARG(o->id), ARG(o->stopped_at),
		ARG(o->runs_at), ARG(s->stop_planned), ARG(s->stop_failure),
		ARG(text_empty(s->stop_note) ? NULL : s->stop_note), ARG(o->source_key) };

	memcpy(to, row, sizeof(row));
}

static enum status
insert_stops(struct load *l, struct order **orders, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * STOP_COLUMNS);
	struct buf sql = { .arena = l->batch };
	struct order *stopped[GROUP];
	int64_t ids[GROUP];
	size_t n = 0;
	enum status e;

	for (size_t i = 0; i < count; i++)
		if (orders[i]->stops)
			stopped[n++] = orders[i];
	if (n == 0)
		return OK;
	for (size_t i = 0; i < n; i++)
		put_stop(stopped[i], args + i * STOP_COLUMNS);
	buf_text(&sql, "INSERT INTO stop (machine_id, work_order_id, started_at, ended_at,"
		       " planned, failure, correction, source_key) VALUES ");
	many_rows(&sql, STOP_COLUMNS, n);
	e = stop_machines(l, stopped, n);
	if (!e)
		e = db_change(l->by.db, sql.text, (struct args){ args, n * STOP_COLUMNS }, NULL);
	if (!e)
		e = many_ids(&l->by, n, ids);
	for (size_t i = 0; !e && i < n; i++)
		stopped[i]->stop_id = ids[i];
	return e == CONFLICT ? RETRY : e;
}

/* An event for each, and what is needed to undo it: the stops stand behind their work orders. */
static enum status
tell(struct load *l, struct order **orders, size_t count)
{
	struct event *events = NEW_ARRAY(l->batch, struct event, count);
	struct kept orders_kept[GROUP], stops_kept[GROUP];
	size_t stops = 0;
	enum status e;

	for (size_t i = 0; i < count; i++) {
		const struct order *o = orders[i];

		events[i] = (struct event){ .act = "work_order.imported",
			.kind = "work_order",
			.record_id = o->id,
			.title = o->number,
			.work_order_id = o->id,
			.machine_id = o->machine_id,
			.department_id = o->department_id };
		orders_kept[i] = (struct kept){ "work_order", o->id, 1, NULL };
		if (o->stop_id != 0)
			stops_kept[stops++] = (struct kept){ "stop", o->stop_id, 1, NULL };
	}
	e = load_keep(l, orders_kept, count);
	if (!e)
		e = load_keep(l, stops_kept, stops);
	return e ? e : event_write_many(&l->by, events, count);
}

static enum status
write_group(struct load *l, struct order **orders, size_t count)
{
	enum status e = number_them(l, orders, count);

	if (!e)
		e = insert_orders(l, orders, count);
	if (!e)
		e = insert_stops(l, orders, count);
	return e ? e : tell(l, orders, count);
}

enum status
order_write(struct load *l, struct row *rows, size_t count)
{
	struct order *group[GROUP];
	size_t n = 0;
	enum status e = raise_counters(l);

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == V_NEW)
			group[n++] = rows[i].record;
		if (n < GROUP && i + 1 < count)
			continue;
		if (n > 0)
			e = write_group(l, group, n);
		n = 0;
	}
	return e;
}
