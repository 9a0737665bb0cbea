/* demo_open.c: what is going on in the demo plant right now: some work in every state. */
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

struct open {
	const char *state, *request; /* of its parts, or NULL */
	int department;
	const char *technician; /* begin of the address */
	bool down;
	const char *priority;
	int minutes; /* since the report */
};

static const struct open plan[] = {
	{ "PENDING", NULL, 0, NULL, true, "CRITICAL", 25 },
	{ "PENDING", NULL, 0, NULL, false, "MEDIUM", 180 },
	{ "PENDING", NULL, 1, NULL, true, "HIGH", 55 },
	{ "PENDING", NULL, 1, NULL, false, "LOW", 1500 },
	{ "PENDING", NULL, 2, NULL, false, "MEDIUM", 400 },
	{ "PENDING", NULL, 3, NULL, true, "HIGH", 95 },
	{ "PENDING", NULL, 4, NULL, false, "MEDIUM", 2000 },
	{ "PENDING", NULL, 5, NULL, false, "LOW", 3100 },
	{ "IN_PROGRESS", NULL, 0, "marc", true, "HIGH", 130 },
	{ "IN_PROGRESS", NULL, 1, "marc", false, "MEDIUM", 700 },
	{ "IN_PROGRESS", NULL, 0, "ana", false, "MEDIUM", 1300 },
	{ "IN_PROGRESS", NULL, 1, "ana", true, "CRITICAL", 210 },
	{ "IN_PROGRESS", NULL, 3, "julien", false, "MEDIUM", 500 },
	{ "IN_PROGRESS", NULL, 4, "ravi", true, "HIGH", 350 },
	{ "IN_PROGRESS", NULL, 5, "stefan", false, "MEDIUM", 900 },
	{ "WAITING_PARTS", "REQUESTED", 0, "marc", true, "HIGH", 420 },
	{ "WAITING_PARTS", "REQUESTED", 3, "fatou", false, "MEDIUM", 1100 },
	{ "WAITING_PARTS", "APPROVED", 1, "ana", false, "MEDIUM", 1600 },
	{ "WAITING_PARTS", "APPROVED", 5, "ravi", true, "HIGH", 800 },
	{ "WAITING_PARTS", "PARTLY_ISSUED", 0, "ana", false, "MEDIUM", 2600 },
	{ "COMPLETED", NULL, 0, "marc", true, "HIGH", 600 },
	{ "COMPLETED", "ISSUED", 1, "ana", false, "MEDIUM", 1900 },
	{ "COMPLETED", NULL, 0, "ana", false, "LOW", 2900 },
	{ "COMPLETED", "ISSUED", 2, "tomasz", true, "HIGH", 1000 },
	{ "COMPLETED", NULL, 4, "stefan", false, "MEDIUM", 1700 },
	{ "COMPLETED", "ISSUED", 5, "ravi", true, "CRITICAL", 2300 },
};

/* So many percent of the time since the report. */
static struct instant
after(const struct demo *d, const struct demo_order *o, int percent)
{
	return instant_add(o->reported, (d->now.us - o->reported.us) / 100 * percent);
}

static int
technician(const char *address)
{
	for (int i = 0; address != NULL && demo_people[i].name != NULL; i++)
		if (text_starts(demo_people[i].email, address))
			return i;
	return NOBODY;
}

static void
ask_parts(struct demo *d, struct demo_order *o, const char *state)
{
	if (state == NULL)
		return;
	demo_pick_part(d, o);
	if (text_same(state, "PARTLY_ISSUED"))
		o->asked = 2;
	o->asked_at = after(d, o, 40);
	o->request_state = state;
	o->approved = !text_same(state, "REQUESTED");
	o->issue = text_same(state, "ISSUED")          ? o->asked
		   : text_same(state, "PARTLY_ISSUED") ? 1
						       : 0;
	if (o->approved)
		o->decided_at = after(d, o, 50);
	if (o->issue > 0)
		o->issued_at = after(d, o, 60);
}

/* Picks again until the story needs a part. */
static void
report(struct demo *d, struct demo_order *o, const struct open *p)
{
	do
		demo_report(d, o, p->department);
	while (o->machine->busy_until.us > o->reported.us ||
	       (p->request != NULL && o->story->part == NULL) || o->story->class == CLASSES);
	o->machine->busy_until = d->now; /* one open work order a machine */
	o->down = p->down;
	o->priority = p->priority;
	o->state = p->state;
	o->assignee = technician(p->technician);
}

static void
open_order(struct demo *d, struct demo_order *o, const struct open *p)
{
	bool complete = text_same(p->state, "COMPLETED");

	*o = (struct demo_order){ .reported = instant_add(d->now, -p->minutes * MINUTE) };
	report(d, o, p);
	o->stop_id = o->down;
	if (o->down && !complete)
		o->machine->down = true;
	if (o->assignee == NOBODY)
		return;
	o->accepted = after(d, o, 20);
	ask_parts(d, o, p->request);
	o->logs = 1;
	o->minutes[0] = p->minutes > 400 ? 45 : 20;
	o->log_at[0] = after(d, o, 38);
	if (!complete)
		return;
	o->completed = after(d, o, 70);
	o->logs = 2;
	o->minutes[1] = (int)demo_between(d, 4, 12) * 5;
	o->log_at[1] = o->completed;
	o->resolution = demo_fill(d, o->story->done[demo_people[o->assignee].french]);
}

void
demo_open_orders(struct demo *d)
{
	/* The oldest first, as they would have got their numbers. */
	bool done[COUNT(plan)] = { false };

	for (size_t n = 0; n < COUNT(plan); n++) {
		size_t oldest = COUNT(plan);

		for (size_t i = 0; i < COUNT(plan); i++)
			if (!done[i] &&
			    (oldest == COUNT(plan) || plan[i].minutes > plan[oldest].minutes))
				oldest = i;
		done[oldest] = true;
		open_order(d, &d->orders[d->order_count++], &plan[oldest]);
	}
}
