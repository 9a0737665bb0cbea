/* demo_stock.c: every receipt and issue of the demo plant in its order, and what it cost. */
#include <stdlib.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "rule/stock.h"

static struct decimal
whole(int64_t n)
{
	return decimal(n * DECIMAL_ONE);
}

static void
move(struct demo *d, struct demo_part *p, const struct demo_order *o, struct instant at,
    const char *kind, struct decimal quantity, struct decimal cost)
{
	int keeper = demo_person_of(d, "INVENTORY", NOBODY);
	int64_t before = p->on_hand.units;
	const char *changes = NULL;
	struct demo_event ev = { .at = at,
		.person = keeper,
		.act = "movement.made",
		.kind = "part",
		.record_id = p->id,
		.title = p->number };

	p->on_hand.units += quantity.units;
	p->last = at;
	demo_change(d, &changes, "kind", NULL, kind);
	demo_change_raw(d, &changes, "quantity",
	    arena_print(d->arena, "[null,%s]", decimal_text(d->arena, quantity)));
	demo_change_raw(d, &changes, "unit_cost",
	    arena_print(d->arena, "[null,%s]", decimal_text(d->arena, cost)));
	demo_change_raw(d, &changes, "on_hand_after",
	    arena_print(d->arena, "[null,%s]", decimal_text(d->arena, p->on_hand)));
	ev.changes = changes;
	bulk_add(
	    &d->movements, ARGS(ARG(p->id), ARG(kind), ARG(quantity), ARG(cost), ARG(p->on_hand),
			       arg_ref(o != NULL ? o->id : 0), arg_ref(o != NULL ? o->line_id : 0),
			       ARG(d->user + keeper), ARG(o != NULL ? "" : "Delivery"), ARG(at)));
	demo_say(d, &ev);
	if (!stock_crosses_min(before, p->on_hand.units, p->minimum * DECIMAL_ONE))
		return;
	ev.act = "part.below_minimum";
	ev.changes = NULL;
	demo_say(d, &ev);
}

static void
receive(struct demo *d, struct demo_part *p, struct instant at, struct decimal quantity)
{
	/* Prices move by a few percent, in whole cents. */
	struct decimal cost = decimal(p->price.units / 10000 * demo_between(d, 96, 109) * 100);

	if (at.us < p->last.us)
		at = p->last;
	p->average = stock_moving_average(p->on_hand, p->average, quantity, cost);
	move(d, p, NULL, at, "IN", quantity, cost);
	p->due.known = false;
}

/* What was ordered and should be here by then. */
static void
deliver(struct demo *d, struct demo_part *p, struct instant until)
{
	if (p->due.known && p->due.us <= until.us)
		receive(d, p, p->due, p->due_quantity);
}

static void
reorder(struct demo *d, struct demo_part *p, struct instant at)
{
	if (p->due.known || p->on_hand.units >= p->minimum * DECIMAL_ONE)
		return;
	p->due = instant_add(at, demo_between(d, 6, 45) * DAY);
	p->due_quantity = whole(p->minimum + demo_between(d, 1, p->minimum + 2));
}

static void
issue(struct demo *d, struct demo_order *o)
{
	struct demo_part *p = o->part;
	struct decimal quantity = whole(o->issue);

	deliver(d, p, o->issued_at);
	if (p->on_hand.units < quantity.units)
		receive(d, p, instant_add(o->issued_at, -2 * MINUTE), whole(o->issue + p->minimum));
	if (o->issued_at.us < p->last.us)
		o->issued_at = p->last;
	o->unit_cost = p->average;
	o->parts = stock_issue_cost(quantity, p->average);
	move(d, p, o, o->issued_at, "OUT", decimal(-quantity.units), p->average);
	reorder(d, p, o->issued_at);
}

static void
say_issued(struct demo *d, const struct demo_order *o)
{
	bool all = o->issue == o->asked;
	const char *changes = NULL, *state = NULL;
	int keeper = demo_person_of(d, "INVENTORY", NOBODY);

	demo_change(d, &changes, "parts", NULL,
	    arena_print(d->arena, "%s × %d", o->part->number, (int)o->issue));
	demo_change(d, &state, "state", "WAITING_PARTS", "IN_PROGRESS");
	if (all)
		demo_say_order(d, o, o->issued_at, keeper, "work_order.resumed", state);
	demo_say_order(d, o, o->issued_at, keeper,
	    all ? "parts_request.issued" : "parts_request.partly_issued", changes);
}

static int
by_issue(const void *a, const void *b)
{
	const struct demo_order *x = *(struct demo_order *const *)a;
	const struct demo_order *y = *(struct demo_order *const *)b;

	if (x->issued_at.us != y->issued_at.us)
		return x->issued_at.us < y->issued_at.us ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* What is approved and not handed out yet is reserved, and there. */
static void
reserve(struct demo *d, const struct demo_order *o)
{
	struct demo_part *p = o->part;

	if (p == NULL || !o->approved || o->issue == o->asked)
		return;
	p->reserved.units += (o->asked - o->issue) * DECIMAL_ONE;
	if (p->on_hand.units < p->reserved.units)
		receive(
		    d, p, instant_add(o->decided_at, -30 * MINUTE), whole(o->asked + p->minimum));
}

void
demo_stock(struct demo *d)
{
	struct demo_order **list = NEW_ARRAY(d->arena, struct demo_order *, d->order_count);
	size_t n = 0;

	for (size_t i = 0; i < d->part_count; i++)
		receive(d, &d->parts[i],
		    instant_add(d->begin, (int64_t)demo_below(d, 36000) * SECOND),
		    whole(d->parts[i].minimum * 2 + demo_between(d, 0, 4)));
	for (size_t i = 0; i < d->order_count; i++)
		if (d->orders[i].part != NULL && d->orders[i].issue > 0)
			list[n++] = &d->orders[i];
	qsort(list, n, sizeof(struct demo_order *), by_issue);
	for (size_t i = 0; i < n; i++) {
		issue(d, list[i]);
		say_issued(d, list[i]);
	}
	for (size_t i = 0; i < d->part_count; i++)
		deliver(d, &d->parts[i], d->now);
	for (size_t i = 0; i < d->order_count; i++)
		reserve(d, &d->orders[i]);
}
