/* import_reading_write.c: writes the readings of a file, and the meters that it brings. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "job/import_reading.h"
#include "model/event.h"
#include "model/many.h"
#include "model/meter.h"

enum { GROUP = 100, COLUMNS = 6 };

static enum status
add_meter(struct load *l, struct counted *m)
{
	const struct meter made = { .machine_id = m->machine_id,
		.name = m->name,
		.unit = m->unit,
		.kind = m->counter ? "COUNTER" : "GAUGE",
		.run_hours = m->run_hours,
		.rollover = m->rollover };
	enum status e = meter_add(&l->by, &made, &m->id);

	return e ? e : load_keep(l, &(struct kept){ "meter", m->id, 1, NULL }, 1);
}

static enum status
insert(struct load *l, struct shown **group, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * COLUMNS);
	struct buf sql = { .arena = l->batch };
	int64_t ids[GROUP];
	size_t n = 0;
	enum status e;

	buf_text(&sql, "INSERT INTO meter_reading (meter_id, at, value, carried, source, note)"
		       " VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++) {
		const struct past_reading *s = &group[i]->said;

		args[n++] = ARG(group[i]->meter->id);
		args[n++] = ARG(s->at);
		args[n++] = ARG(s->value);
		args[n++] = ARG(group[i]->carried);
		args[n++] = ARG("IMPORT");
		args[n++] = ARG(s->note != NULL ? s->note : "");
	}
	e = db_change(l->by.db, sql.text, (struct args){ args, n }, NULL);
	if (!e)
		e = many_ids(&l->by, count, ids);
	for (size_t i = 0; !e && i < count; i++)
		group[i]->id = ids[i];
	return e;
}

static const struct field told_fields[] = {
	FIELD(struct past_reading, meter),
	FIELD(struct past_reading, at),
	FIELD(struct past_reading, value),
	FIELD(struct past_reading, note),
};

static const struct shape told_shape = SHAPE(struct past_reading, told_fields);

static enum status
write_group(struct load *l, struct shown **group, size_t count)
{
	struct event events[GROUP];
	struct kept kept[GROUP];
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++)
		if (group[i]->meter->id == 0)
			e = add_meter(l, group[i]->meter);
	if (!e)
		e = insert(l, group, count);
	for (size_t i = 0; i < count; i++) {
		const struct shown *r = group[i];
		const int64_t machine_id = r->meter->machine_id;

		events[i] = (struct event){ .act = "meter.imported",
			.kind = "meter_reading",
			.record_id = r->id,
			.title = r->meter->name,
			.machine_id = machine_id,
			.department_id = hashes_find(&l->departments, (uint64_t)machine_id),
			.changes = event_changes(&l->by, &told_shape, NULL, &r->said) };
		kept[i] = (struct kept){ "meter_reading", r->id, 0, NULL };
	}
	if (!e)
		e = load_keep(l, kept, count);
	return e ? e : event_write_many(&l->by, events, count);
}

enum status
reading_write(struct load *l, struct row *rows, size_t count)
{
	struct shown *group[GROUP];
	size_t n = 0;
	enum status e = OK;

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
