/* demo_order.c: the year's closed work orders of the demo plant. */
#include <stdlib.h>
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "rule/figures.h"

enum { CLOSED = 700 };

/* Some machines are worse than others: a few make most of the work. */
static struct demo_machine *
pick_machine(struct demo *d, const struct demo_order *o, int department)
{
	uint32_t n = (uint32_t)d->machine_count;
	struct demo_machine *m = NULL;

	for (int i = 0; i < 400; i++) {
		uint32_t a = demo_below(d, n), b = demo_below(d, n);

		m = &d->machines[(a < b ? a : b) * 37u % n];
		if (m->busy_until.us <= o->reported.us &&
		    (department == NOBODY || m->group->department == department))
			break;
	}
	return m;
}

static const struct demo_story *
pick_story(struct demo *d, const struct demo_story *from, enum class class)
{
	const struct demo_story *found = NULL;
	uint32_t n = 0;

	for (const struct demo_story *s = from; s->problem != NULL; s++) {
		/* What only this kind of machine has is the more frequent. */
		uint32_t weight = s->class == class ? 3 : s->class == CLASSES ? 1 : 0;

		if (weight == 0)
			continue;
		n += weight;
		if (demo_below(d, n) < weight)
			found = s;
	}
	return found;
}

static const char *
words(struct demo *d, const struct demo_order *o)
{
	const char *opening = demo_openings[o->french][demo_below(d, 12)];
	const char *text = o->story->text[o->french];
	char *whole;

	if (o->planned)
		return demo_fill(d, text);
	text = arena_print(
	    d->arena, "%s%s%s", opening, text, demo_closings[o->french][demo_below(d, 12)]);
	whole = arena_text(d->arena, text, strlen(text));
	/* Behind "Again: " a sentence goes on; "X axis" stays as it is. */
	if (text_ends(opening, ": ")) {
		char *first = whole + strlen(opening);

		if (*first >= 'A' && *first <= 'Z' && (first[1] >= 'a' || first[1] == '\''))
			*first = (char)(*first - 'A' + 'a');
	}
	return demo_fill(d, whole);
}

static const char *
priority(struct demo *d, const struct demo_order *o)
{
	if (o->planned)
		return demo_percent(d, 70) ? "LOW" : "MEDIUM";
	if (o->down)
		return text_same(o->machine->group->criticality, "CRITICAL") && demo_percent(d, 60)
			   ? "CRITICAL"
			   : "HIGH";
	return demo_percent(d, 60) ? "MEDIUM" : demo_percent(d, 50) ? "LOW" : "HIGH";
}

void
demo_report(struct demo *d, struct demo_order *o, int department)
{
	static const char *const reporters[] = { "SUPERVISOR", "SUPERVISOR", "REQUESTER" };

	o->machine = pick_machine(d, o, department);
	department = o->machine->group->department;
	o->story = pick_story(d, o->planned ? demo_care : demo_stories, o->machine->group->class);
	o->reporter = demo_person_of(d, reporters[demo_below(d, o->planned ? 2 : 3)], department);
	o->confirmer =
	    demo_person_of(d, demo_percent(d, 80) ? "SUPERVISOR" : "MANAGER", department);
	o->assignee = NOBODY;
	o->french = demo_people[o->reporter].french;
	o->down = !o->planned && demo_percent(d, o->story->down);
	o->priority = priority(d, o);
	o->description = words(d, o);
	o->kind = o->planned ? demo_percent(d, 80) ? "PREVENTIVE" : "INSPECTION"
		  : text_same(o->story->problem, "OTH") ? "SAFETY"
							: "CORRECTIVE";
}

void
demo_pick_part(struct demo *d, struct demo_order *o)
{
	uint32_t n = 0;

	o->part = NULL;
	for (size_t i = 0; o->story->part != NULL && i < d->part_count; i++)
		if (strcmp(d->parts[i].shelf->prefix, o->story->part) == 0 &&
		    demo_below(d, ++n) == 0)
			o->part = &d->parts[i];
	if (o->part == NULL)
		return;
	o->asked =
	    text_same(o->part->shelf->unit, "pc") ? demo_between(d, 1, 2) : demo_between(d, 2, 6);
	o->issue = o->asked;
	o->approved = true;
	o->request_state = "ISSUED";
}

/* The labour in one to three pieces, the last at the end of the work. */
static void
work(struct demo_order *o, int64_t minutes)
{
	int64_t span = o->completed.us - o->accepted.us, left = minutes;

	o->logs = minutes > 120 ? 3 : minutes > 45 ? 2 : 1;
	for (int i = 0; i < o->logs; i++) {
		int64_t mine = i == o->logs - 1 ? left : left / (o->logs - i) / 5 * 5;

		o->minutes[i] = (int)mine;
		o->log_at[i] = instant_add(o->accepted, span * (i + 1) / o->logs);
		left -= mine;
	}
}

static void
close_order(struct demo *d, struct demo_order *o)
{
	int64_t minutes = demo_between(d, o->story->least, o->story->most) / 5 * 5;
	int64_t delay = demo_between(d, 3, o->down ? 40 : 240);
	int64_t wait = 0;

	o->assignee = demo_person_of(d, "TECHNICIAN", o->machine->group->department);
	o->accepted =
	    instant_add(o->reported, delay * MINUTE + (int64_t)demo_below(d, 60) * SECOND);
	if (demo_percent(d, 85))
		demo_pick_part(d, o);
	if (o->part != NULL) {
		o->asked_at = instant_add(o->accepted, demo_between(d, 8, 30) * MINUTE);
		o->decided_at = instant_add(o->asked_at, demo_between(d, 4, 70) * MINUTE);
		o->issued_at = instant_add(o->decided_at, demo_between(d, 3, 50) * MINUTE);
		wait = o->issued_at.us - o->accepted.us;
	}
	o->completed = instant_add(o->accepted,
	    wait + minutes * MINUTE * demo_between(d, 100, 135) / 100 + demo_below(d, 59) * SECOND);
	o->confirmed = instant_add(o->completed, demo_between(d, 20, 1300) * MINUTE);
	o->state = "COMPLETED";
	o->resolution = demo_fill(d, o->story->done[demo_people[o->assignee].french]);
	work(o, minutes);
	if (o->down || (o->planned && demo_percent(d, 50)))
		o->stop_id = 1; /* numbered later */
	o->machine->busy_until = o->completed;
}

static void
cancel_order(struct demo *d, struct demo_order *o)
{
	o->state = "CANCELLED";
	o->cancelled = instant_add(o->reported, demo_between(d, 30, 2000) * MINUTE);
	o->reason = demo_reasons[demo_people[o->confirmer].french][demo_below(d, 6)];
	o->down = false;
}

static int
by_time(const void *a, const void *b)
{
	const struct instant *x = a, *y = b;

	return x->us < y->us ? -1 : x->us > y->us;
}

/* Mostly in the day and on working days; the last ones four days ago. */
static struct instant
some_time(struct demo *d)
{
	int64_t days = (d->now.us - d->begin.us) / DAY;
	struct instant at;
	int64_t weekday;

	do {
		at = instant_add(d->begin, demo_between(d, 1, days - 5) * DAY - d->begin.us % DAY +
					       demo_between(d, 5 * 3600, 21 * 3600) * SECOND);
		weekday = (at.us / DAY + 3) % 7; /* 0 is Monday */
	} while (weekday > 4 && !demo_percent(d, 15));
	return at;
}

void
demo_orders(struct demo *d)
{
	struct instant *at = NEW_ARRAY(d->arena, struct instant, CLOSED);

	for (int i = 0; i < CLOSED; i++)
		at[i] = some_time(d);
	qsort(at, CLOSED, sizeof(*at), by_time);
	for (int i = 0; i < CLOSED; i++) {
		struct demo_order *o = &d->orders[d->order_count++];

		*o = (struct demo_order){ .reported = at[i], .planned = demo_percent(d, 22) };
		demo_report(d, o, NOBODY);
		if (demo_percent(d, 3))
			cancel_order(d, o);
		else
			close_order(d, o);
	}
}
