/* demo_meter.c: meters of the demo plant, a year of weekly readings, and parts that single machines
 * have beside their model's. */
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"

enum { WEEKS = 52 };

/* What machines of a class have; a step is an advance in a week, or the middle of a gauge. */
static const struct demo_meter {
	enum class class;
	const char *name, *unit, *kind;
	bool run_hours;
	int least, most;
} meters[] = {
	{ PRESS, "Operating hours", "h", "COUNTER", true, 58, 76 },
	{ PRESS, "Strokes", "", "COUNTER", false, 42000, 61000 },
	{ LATHE, "Spindle hours", "h", "COUNTER", true, 52, 74 },
	{ COMPRESSOR, "Operating hours", "h", "COUNTER", true, 118, 150 },
	{ COMPRESSOR, "Oil temperature", "°C", "GAUGE", false, 74, 93 },
	{ OVEN, "Burner hours", "h", "COUNTER", true, 55, 75 },
	{ PACKER, "Cycles", "", "COUNTER", false, 61000, 88000 },
};

static void
say(struct demo *d, const struct demo_machine *m, int64_t id, struct instant at, int person,
    const char *act, const char *name, struct decimal value)
{
	const char *changes = NULL;

	demo_change(d, &changes, value.known ? "meter" : "name", NULL, name);
	if (value.known)
		demo_change(d, &changes, "value", NULL, decimal_text(d->arena, value));
	demo_say(d, &(struct demo_event){ .at = at,
			.person = person,
			.act = act,
			.kind = value.known ? "meter_reading" : "meter",
			.record_id = id,
			.title = name,
			.machine_id = m->id,
			.department_id = d->department + m->group->department,
			.changes = changes });
}

/* Every week on the same day, by who is there. */
static void
readings(struct demo *d, struct bulk *rows, const struct demo_machine *m, int64_t meter,
    const struct demo_meter *k, int64_t *next)
{
	const bool counter = strcmp(k->kind, "COUNTER") == 0;
	int64_t value = counter ? demo_between(d, 40, 300) * k->least : k->least;

	for (int week = WEEKS; week > 0; week--) {
		const struct instant at = instant_add(
		    d->now, -(int64_t)week * 7 * DAY + demo_between(d, 0, 9) * HOUR + 2 * DAY);
		const int person = demo_person_of(d, "TECHNICIAN", m->group->department);

		value = counter ? value + demo_between(d, k->least, k->most)
				: demo_between(d, k->least, k->most);
		bulk_add(rows, ARGS(ARG(*next), ARG(meter), ARG(at),
				   ARG(decimal(value * DECIMAL_ONE)), ARG(d->user + person)));
		if (week <= 8)
			say(d, m, *next, at, person, "meter.read", k->name,
			    decimal(value * DECIMAL_ONE));
		++*next;
	}
}

/* One seal or filter that only this machine has. */
static void
own_part(struct demo *d, struct bulk *rows, const struct demo_machine *m)
{
	static const char *const notes[] = { "Behind the guard on the operator’s side",
		"Lower bearing", "In the control cabinet", "Drive end" };

	if (d->part_count > 0 && m->id % 3 == 0)
		bulk_add(
		    rows, ARGS(ARG(m->id), ARG(d->parts[demo_below(d, (uint32_t)d->part_count)].id),
			      ARG(decimal((1 + m->id % 3) * DECIMAL_ONE)),
			      ARG(notes[demo_below(d, COUNT(notes))])));
}

enum status
demo_meters(struct demo *d)
{
	struct bulk rows =
	    bulk_of(d->arena, "meter", "id, machine_id, name, unit, kind, run_hours, created_at");
	struct bulk values = bulk_of(d->arena, "meter_reading", "id, meter_id, at, value, user_id");
	struct bulk parts =
	    bulk_of(d->arena, "machine_part", "machine_id, part_id, quantity, note");
	int64_t meter = 1, reading = 1;
	enum status e;

	for (size_t i = 0; i < d->machine_count; i++) {
		const struct demo_machine *m = &d->machines[i];

		own_part(d, &parts, m);
		for (size_t j = 0; j < COUNT(meters); j++) {
			const struct demo_meter *k = &meters[j];

			if (k->class != m->group->class)
				continue;
			bulk_add(&rows, ARGS(ARG(meter), ARG(m->id), ARG(k->name), ARG(k->unit),
					    ARG(k->kind), ARG(k->run_hours), ARG(d->begin)));
			say(d, m, meter, d->begin, 0, "meter.created", k->name,
			    (struct decimal){ 0 });
			readings(d, &values, m, meter, k, &reading);
			meter++;
		}
	}
	e = bulk_commit(&rows, d->db);
	if (!e)
		e = bulk_commit(&values, d->db);
	return e ? e : bulk_commit(&parts, d->db);
}
