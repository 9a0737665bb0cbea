/* demo_write.c: the demo plant's work orders and all that hangs on them, into the database. */
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "rule/figures.h"

static struct arg
person(const struct demo *d, int who)
{
	return arg_ref(who == NOBODY ? 0 : d->user + who);
}

static struct arg
code(const struct demo *d, bool known, const char *kind, const char *which)
{
	return arg_ref(known ? demo_code_id(d, kind, which) : 0);
}

/* Somebody said until when, of what is urgent and of what was planned: a day, or ten. */
static struct date
due(const struct demo_order *o)
{
	struct civil c = civil_of(o->reported);
	struct date day = day_of(c.year, c.month, c.day);

	if (!o->planned && strcmp(o->priority, "HIGH") != 0 && strcmp(o->priority, "CRITICAL") != 0)
		return (struct date){ 0 };
	day.day += o->planned ? 10 : 1;
	return day;
}

static void
order_row(struct demo *d, struct bulk *rows, struct demo_order *o)
{
	const struct demo_person *who = o->assignee == NOBODY ? NULL : &demo_people[o->assignee];
	bool done = o->completed.known;
	int64_t minutes = 0;

	o->labour = decimal(0);
	/* Only who has the work order has recorded work on it. */
	for (int i = 0; who != NULL && i < o->logs; i++) {
		minutes += o->minutes[i];
		o->labour.units +=
		    labour_cost(o->minutes[i], decimal(who->rate * DECIMAL_ONE)).units;
	}
	bulk_add(rows,
	    ARGS(ARG(o->id), ARG(o->number), ARG(o->kind), ARG(o->state), ARG(o->priority),
		ARG(o->machine->id), ARG(d->department + o->machine->group->department),
		person(d, o->reporter), person(d, o->assignee),
		code(d, true, "PROBLEM", o->story->problem), ARG(o->description), ARG(o->down),
		code(d, done, "CAUSE", o->story->cause), code(d, done, "REMEDY", o->story->remedy),
		ARG(o->resolution), ARG(o->reported), ARG(o->accepted), ARG(o->completed),
		ARG(o->confirmed), person(d, o->confirmed.known ? o->confirmer : NOBODY),
		ARG(o->cancelled), ARG(o->reason), ARG(minutes), ARG(o->labour),
		ARG(decimal(o->parts.units)), ARG(o->reported), ARG(due(o))));
}

static enum status
write_orders(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "work_order",
	    "id, number, kind, state, priority, machine_id, department_id, reporter_id,"
	    " assignee_id, problem_code_id, description, machine_down, cause_code_id,"
	    " remedy_code_id, resolution, reported_at, accepted_at, completed_at, confirmed_at,"
	    " confirmed_by, cancelled_at, cancel_reason, labour_minutes, labour_cost, parts_cost,"
	    " created_at, due_on");
	struct bulk followers = bulk_of(d->arena, "follower", "work_order_id, user_id");
	enum status e;

	for (size_t i = 0; i < d->order_count; i++) {
		order_row(d, &rows, &d->orders[i]);
		bulk_add(&followers, ARGS(ARG(d->orders[i].id), person(d, d->orders[i].reporter)));
	}
	e = bulk_commit(&rows, d->db);
	return e ? e : bulk_commit(&followers, d->db);
}

static void
log_rows(struct demo *d, struct bulk *rows, const struct demo_order *o)
{
	bool french;

	if (o->logs == 0)
		return;
	french = demo_people[o->assignee].french;
	for (int i = 0; i < o->logs; i++)
		bulk_add(rows, ARGS(ARG(o->id), person(d, o->assignee), ARG("LABOUR"),
				   ARG(demo_fill(d, demo_steps[french][demo_below(d, 12)])),
				   ARG((int64_t)o->minutes[i]),
				   ARG(decimal(demo_people[o->assignee].rate * DECIMAL_ONE)),
				   ARG(o->log_at[i])));
}

static enum status
write_logs(struct demo *d)
{
	struct bulk rows =
	    bulk_of(d->arena, "work_log", "work_order_id, user_id, kind, note, minutes, rate, at");

	for (size_t i = 0; i < d->order_count; i++)
		log_rows(d, &rows, &d->orders[i]);
	return bulk_commit(&rows, d->db);
}

static enum status
write_stops(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "stop",
	    "id, machine_id, work_order_id, started_at, ended_at, planned, failure");

	for (size_t i = 0; i < d->order_count; i++) {
		const struct demo_order *o = &d->orders[i];

		if (o->stop_id != 0)
			bulk_add(&rows, ARGS(ARG(o->stop_id), ARG(o->machine->id), ARG(o->id),
					    ARG(o->planned ? o->accepted : o->reported),
					    ARG(o->completed), ARG(o->planned), ARG(!o->planned)));
	}
	return bulk_commit(&rows, d->db);
}

static enum status
write_requests(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "parts_request",
	    "id, work_order_id, state, requested_by, requested_at, decided_by, decided_at");
	struct bulk lines = bulk_of(d->arena, "parts_request_line",
	    "id, parts_request_id, part_id, asked, approved, issued, unit_cost");
	enum status e;

	for (size_t i = 0; i < d->order_count; i++) {
		const struct demo_order *o = &d->orders[i];
		struct decimal approved = { o->approved, o->asked * DECIMAL_ONE };
		int manager = o->approved ? demo_person_of(d, "MANAGER", NOBODY) : NOBODY;

		if (o->request_id == 0)
			continue;
		bulk_add(&rows, ARGS(ARG(o->request_id), ARG(o->id), ARG(o->request_state),
				    person(d, o->assignee), ARG(o->asked_at), person(d, manager),
				    ARG(o->decided_at)));
		bulk_add(&lines, ARGS(ARG(o->line_id), ARG(o->request_id), ARG(o->part->id),
				     ARG(decimal(o->asked * DECIMAL_ONE)), ARG(approved),
				     ARG(decimal(o->issue * DECIMAL_ONE)), ARG(o->unit_cost)));
	}
	e = bulk_commit(&rows, d->db);
	return e ? e : bulk_commit(&lines, d->db);
}

enum status
demo_orders_write(struct demo *d)
{
	enum status e = write_orders(d);

	if (!e)
		e = write_logs(d);
	if (!e)
		e = write_stops(d);
	if (!e)
		e = write_requests(d);
	return e ? e : bulk_commit(&d->movements, d->db);
}
