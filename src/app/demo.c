/* demo.c: see demo.h. */
#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/plant.h"
#include "rule/number.h"

enum { ORDERS = 800, DAYS = 366 };

static enum status
settings(struct demo *d)
{
	const struct actor by = { .db = d->db,
		.arena = d->arena,
		.role = ADMIN,
		.now = instant_add(d->begin, -2 * DAY) };
	struct plant plant, now;
	enum status e = db_begin(d->db);

	if (e)
		return e;
	e = plant_find(&by, &plant);
	if (!e) {
		plant.title = "Saint-Aubin Works";
		plant.zone = "Europe/Paris";
		plant.currency = "EUR";
		e = plant_change(&by, &plant, &now);
	}
	return db_end(d->db, e);
}

/* The site must be empty; the first free ids. */
static enum status
look(struct demo *d, int64_t *order)
{
	const struct {
		const char *sql;
		int64_t *n;
	} asked[] = {
		{ "SELECT COUNT(*) FROM machine", &d->movement },
		{ "SELECT COALESCE(MAX(id), 0) + 1 FROM department", &d->department },
		{ "SELECT COALESCE(MAX(id), 0) + 1 FROM user", &d->user },
		{ "SELECT COALESCE(MAX(id), 0) + 1 FROM failure_code", &d->code },
		{ "SELECT COALESCE(MAX(id), 0) + 1 FROM event", &d->event },
		{ "SELECT COALESCE(MAX(id), 0) + 1 FROM work_order", order },
	};
	enum status e = OK;

	for (size_t i = 0; !e && i < COUNT(asked); i++)
		e = db_int(d->db, asked[i].sql, NO_ARGS, asked[i].n);
	if (e || d->movement == 0)
		return e;
	log_error("demo: this site has machines already");
	return CONFLICT;
}

/* Ids and numbers, a counter a year.  Stops and requests have tables of their own, empty so far. */
static enum status
number_orders(struct demo *d, int64_t first)
{
	static const char sql[] = "INSERT INTO counter (name, value) VALUES (?, ?)"
				  " ON DUPLICATE KEY UPDATE value = VALUES(value)";
	int64_t n = 0, stops = 0, requests = 0;
	int year = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < d->order_count; i++) {
		struct demo_order *o = &d->orders[i];
		int its = civil_of(o->reported).year;

		n = its == year ? n + 1 : 1;
		year = its;
		o->id = first + (int64_t)i;
		o->number = work_order_number(d->arena, year, n);
		if (o->stop_id != 0)
			o->stop_id = ++stops;
		if (o->part != NULL)
			o->request_id = o->line_id = ++requests;
		if (i + 1 == d->order_count || civil_of(d->orders[i + 1].reported).year != year)
			e = db_change(d->db, sql,
			    ARGS(ARG(arena_print(d->arena, "work_order-%d", year)), ARG(n)), NULL);
	}
	return e;
}

static enum status
year(struct demo *d, int64_t first)
{
	enum status e;

	d->orders = NEW_ARRAY(d->arena, struct demo_order, ORDERS);
	demo_orders(d);
	demo_open_orders(d);
	e = number_orders(d, first);
	if (e)
		return e;
	demo_stock(d);
	for (size_t i = 0; i < d->order_count; i++)
		demo_order_events(d, &d->orders[i]);
	e = demo_orders_write(d);
	if (!e)
		e = demo_registers_end(d);
	if (!e)
		e = demo_meters(d);
	if (!e)
		e = demo_labels(d);
	return e ? e : demo_events_write(d);
}

enum status
demo_plant(struct db *db, struct arena *arena, FILE *accounts)
{
	struct demo *d = NEW(arena, struct demo);
	int64_t order;
	enum status e;

	d->db = db;
	d->arena = arena;
	d->seed = 2026;
	d->now = now();
	d->begin = instant_add(d->now, -DAYS * DAY);
	d->movements = bulk_of(arena, "movement",
	    "part_id, kind, quantity, unit_cost, on_hand_after, work_order_id,"
	    " parts_request_line_id, user_id, note, at");
	e = look(d, &order);
	if (!e)
		e = settings(d);
	if (!e)
		e = look(d, &order); /* the settings' event has taken an id */
	if (!e)
		e = demo_registers(d, accounts);
	return e ? e : year(d, order);
}
