/* demo_event.c: the history of the demo plant, as if every act had been done by a person. */
#include <stdlib.h>
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/time.h"

void
demo_change_raw(struct demo *d, const char **changes, const char *name, const char *after)
{
	struct buf out = { .arena = d->arena };

	if (*changes == NULL)
		buf_text(&out, "{");
	else
		buf_add(&out, *changes, strlen(*changes) - 1);
	if (*changes != NULL)
		buf_text(&out, ",");
	json_text(&out, name);
	buf_print(&out, ":%s}", after);
	*changes = out.text;
}

void
demo_change(
    struct demo *d, const char **changes, const char *name, const char *before, const char *after)
{
	struct buf out = { .arena = d->arena };

	buf_text(&out, "[");
	json_text(&out, before);
	buf_text(&out, ",");
	json_text(&out, after);
	buf_text(&out, "]");
	demo_change_raw(d, changes, name, out.text);
}

void
demo_say(struct demo *d, const struct demo_event *ev)
{
	if (d->event_count == d->event_room) {
		size_t room = d->event_room > 0 ? d->event_room * 2 : 1024;
		struct demo_event *more = NEW_ARRAY(d->arena, struct demo_event, room);

		if (d->event_count > 0)
			memcpy(more, d->events, d->event_count * sizeof(*more));
		d->events = more;
		d->event_room = room;
	}
	d->events[d->event_count] = *ev;
	d->events[d->event_count].turn = (int64_t)d->event_count;
	d->event_count++;
}

void
demo_say_order(struct demo *d, const struct demo_order *o, struct instant at, int person,
    const char *act, const char *changes)
{
	const char *dot = strchr(act, '.');
	struct demo_event ev = { .at = at,
		.person = person,
		.act = act,
		.kind = arena_text(d->arena, act, (size_t)(dot - act)),
		.record_id = o->id,
		.title = o->number,
		.order = o,
		.machine_id = o->machine->id,
		.department_id = d->department + o->machine->group->department,
		.changes = changes };

	if (strcmp(ev.kind, "parts_request") == 0)
		ev.record_id = o->request_id;
	if (strcmp(ev.kind, "stop") == 0) {
		ev.record_id = o->stop_id;
		ev.title = o->machine->number;
	}
	demo_say(d, &ev);
}

static void
say_reported(struct demo *d, const struct demo_order *o)
{
	const char *changes = NULL;

	demo_change(d, &changes, "priority", NULL, o->priority);
	demo_change(d, &changes, "machine_number", NULL, o->machine->number);
	demo_change(
	    d, &changes, "problem_name", NULL, demo_code_name("PROBLEM", o->story->problem));
	demo_change(d, &changes, "description", NULL, o->description);
	demo_change_raw(d, &changes, "machine_down", o->down ? "[null,true]" : "[null,false]");
	demo_say_order(d, o, o->reported, o->reporter, "work_order.reported", changes);
	if (o->stop_id != 0 && !o->planned)
		demo_say_order(d, o, o->reported, o->reporter, "stop.started", NULL);
}

static void
say_logs(struct demo *d, const struct demo_order *o)
{
	for (int i = 0; i < o->logs; i++) {
		const char *changes = NULL;

		demo_change(d, &changes, "kind", NULL, "LABOUR");
		demo_change_raw(
		    d, &changes, "minutes", arena_print(d->arena, "[null,%d]", o->minutes[i]));
		demo_say_order(d, o, o->log_at[i], o->assignee, "work_order.logged", changes);
	}
}

static void
say_request(struct demo *d, const struct demo_order *o)
{
	int manager = demo_person_of(d, "MANAGER", NOBODY);
	const char *changes = NULL;

	if (o->request_id == 0)
		return;
	demo_change(d, &changes, "parts", NULL,
	    arena_print(d->arena, "%s × %d", o->part->number, (int)o->asked));
	demo_say_order(d, o, o->asked_at, o->assignee, "parts_request.created", changes);
	if (o->decided_at.known)
		demo_say_order(d, o, o->decided_at, manager, "parts_request.approved", changes);
}

static void
say_completed(struct demo *d, const struct demo_order *o)
{
	const char *changes = NULL, *ended = NULL;

	demo_change(d, &changes, "state", "IN_PROGRESS", "COMPLETED");
	demo_change(d, &changes, "cause_name", NULL, demo_code_name("CAUSE", o->story->cause));
	demo_change(d, &changes, "remedy_name", NULL, demo_code_name("REMEDY", o->story->remedy));
	demo_change(d, &changes, "resolution", NULL, o->resolution);
	if (o->stop_id != 0) {
		demo_change(d, &ended, "ended_at", NULL, instant_iso(d->arena, o->completed));
		demo_say_order(d, o, o->completed, o->assignee, "stop.ended", ended);
	}
	demo_say_order(d, o, o->completed, o->assignee, "work_order.completed", changes);
}

void
demo_order_events(struct demo *d, const struct demo_order *o)
{
	const char *changes = NULL;

	say_reported(d, o);
	if (o->accepted.known) {
		demo_change(d, &changes, "state", "PENDING", "IN_PROGRESS");
		demo_change(d, &changes, "assignee_name", NULL, demo_people[o->assignee].name);
		demo_say_order(d, o, o->accepted, o->assignee, "work_order.accepted", changes);
		if (o->stop_id != 0 && o->planned)
			demo_say_order(d, o, o->accepted, o->assignee, "stop.started", NULL);
	}
	say_logs(d, o);
	say_request(d, o);
	changes = NULL;
	if (o->completed.known)
		say_completed(d, o);
	if (o->confirmed.known) {
		demo_change(d, &changes, "confirmed_name", NULL, demo_people[o->confirmer].name);
		demo_say_order(d, o, o->confirmed, o->confirmer, "work_order.confirmed", changes);
	}
	if (o->cancelled.known) {
		demo_change(d, &changes, "state", "PENDING", "CANCELLED");
		demo_change(d, &changes, "cancel_reason", NULL, o->reason);
		demo_say_order(d, o, o->cancelled, o->confirmer, "work_order.cancelled", changes);
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct demo_event *x = a, *y = b;

	if (x->at.us != y->at.us)
		return x->at.us < y->at.us ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

static struct bulk
rows_of(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "event",
	    "id, at, user_id, user_name, act, kind, record_id, title, work_order_id,"
	    " machine_id, department_id, changes");

	for (size_t i = 0; i < d->event_count; i++) {
		const struct demo_event *ev = &d->events[i];
		bool person = ev->person != NOBODY;

		bulk_add(&rows,
		    ARGS(ARG(d->event + (int64_t)i), ARG(ev->at),
			arg_ref(person ? d->user + ev->person : 0),
			ARG(person ? demo_people[ev->person].name : ""), ARG(ev->act),
			ARG(ev->kind), ARG(ev->record_id), ARG(ev->title),
			arg_ref(ev->order != NULL ? ev->order->id : 0), arg_ref(ev->machine_id),
			arg_ref(ev->department_id), ARG(ev->changes)));
	}
	return rows;
}

static enum status
write_some(struct demo *d, const struct bulk *rows, size_t from, size_t to)
{
	static const char unsealed[] =
	    "INSERT INTO event_unsealed (event_id) SELECT id FROM event WHERE id BETWEEN ? AND ?";
	enum status e = db_begin(d->db);

	if (e)
		return e;
	e = bulk_write(rows, d->db, from, to);
	if (!e)
		e = db_change(d->db, unsealed,
		    ARGS(ARG(d->event + (int64_t)from), ARG(d->event + (int64_t)to - 1)), NULL);
	return db_end(d->db, e);
}

enum status
demo_events_write(struct demo *d)
{
	enum { STEP = BULK_ROWS / 2 }; /* for each is two rows */
	struct bulk rows;
	enum status e = OK;

	qsort(d->events, d->event_count, sizeof(*d->events), by_time);
	rows = rows_of(d);
	for (size_t from = 0; !e && from < rows.count; from += STEP) {
		size_t to = rows.count - from < STEP ? rows.count : from + STEP;

		e = RETRY;
		for (int i = 0; e == RETRY && i < BULK_TRIES; i++)
			e = write_some(d, &rows, from, to);
	}
	return e;
}
