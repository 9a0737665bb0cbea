/*
 * import_past_undo.c: takes back what an import brought into the histories.
 *
 * A record of a register is archived; a line of a history that nothing else has touched goes, as
 * if it had never come: it would count in figures otherwise.  Readings stay, as those that people
 * take back do.  The activity log keeps that they were there.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "job/import_undo.h"
#include "model/event.h"
#include "model/many.h"
#include "model/register_many.h"
#include "model/stop_inside.h"

/* What an event of it says, and whether it is as it was left. */
struct gone {
	int64_t id, version;
	const char *title;
	int64_t work_order_id, machine_id, department_id;
	bool open; /* a stop that has no end */
};

static const struct field fields[] = {
	FIELD(struct gone, id),
	FIELD(struct gone, version),
	FIELD(struct gone, title),
	FIELD(struct gone, work_order_id),
	FIELD(struct gone, machine_id),
	FIELD(struct gone, department_id),
	FIELD(struct gone, open),
};

static const struct shape shape = SHAPE(struct gone, fields);

static const struct past {
	const char *kind, *act;
	const char *find; /* by x.id IN (…) */
	const char *take; /* the same */
	bool told;        /* the version says already whether something uses it */
} pasts[] = {
	{ "work_order", "work_order.taken_back",
	    "SELECT x.id, x.version, x.number AS title, x.id AS work_order_id, x.machine_id,"
	    " x.department_id, 0 AS open FROM work_order x WHERE x.id IN (",
	    "DELETE FROM work_order WHERE id IN (", false },
	{ "stop", "stop.taken_back",
	    "SELECT x.id, x.version, m.number AS title, COALESCE(x.work_order_id, 0)"
	    " AS work_order_id, x.machine_id, m.department_id, x.ended_at IS NULL AS open"
	    " FROM stop x JOIN machine m ON m.id = x.machine_id WHERE x.id IN (",
	    "DELETE FROM stop WHERE id IN (", false },
	{ "meter_reading", "meter.taken_back",
	    "SELECT x.id, x.replaced_by IS NOT NULL AS version, t.name AS title, 0"
	    " AS work_order_id, t.machine_id, m.department_id, 0 AS open FROM meter_reading x"
	    " JOIN meter t ON t.id = x.meter_id JOIN machine m ON m.id = t.machine_id"
	    " WHERE x.id IN (",
	    "UPDATE meter_reading SET replaced_by = id, reason = '' WHERE id IN (", false },
	{ "meter", "meter.archived",
	    "SELECT x.id, IF(EXISTS (SELECT 1 FROM meter_reading r WHERE r.meter_id = x.id"
	    " AND r.replaced_by IS NULL), -1, x.version) AS version, x.name AS title,"
	    " 0 AS work_order_id, x.machine_id, m.department_id, 0 AS open FROM meter x"
	    " JOIN machine m ON m.id = x.machine_id"
	    " WHERE x.id IN (",
	    "UPDATE meter SET archived_at = UTC_TIMESTAMP(6), version = version + 1"
	    " WHERE id IN (",
	    true },
};

static const struct past *
past_of(const char *kind)
{
	for (size_t i = 0; i < COUNT(pasts); i++)
		if (strcmp(pasts[i].kind, kind) == 0)
			return &pasts[i];
	return NULL;
}

static struct args
ids_of(struct arena *a, const struct left *left, size_t count)
{
	struct arg *args = NEW_ARRAY(a, struct arg, REG_MANY);

	for (size_t i = 0; i < REG_MANY; i++)
		args[i] = ARG(left[i < count ? i : count - 1].record_id);
	return (struct args){ args, REG_MANY };
}

static const char *
with_marks(struct arena *a, const char *sql)
{
	struct buf out = { .arena = a };

	buf_text(&out, sql);
	many_marks(&out, REG_MANY);
	buf_text(&out, ")");
	return out.text;
}

static const struct gone *
gone_of(const struct rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->count; i++)
		if (((const struct gone *)row_at(rows, i))->id == id)
			return row_at(rows, i);
	return NULL;
}

/* All as they were left, and used by nothing else. */
static enum status
check(struct undo *u, const struct past *p, const struct left *left, size_t count,
    const struct rows *rows)
{
	int64_t ids[REG_MANY];
	const char *titles[REG_MANY];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		const struct gone *g = gone_of(rows, left[i].record_id);

		if (g == NULL || g->version != left[i].left_version) {
			e = undo_stands(u, g != NULL ? g->title : "", "It was changed by now.");
			continue;
		}
		ids[n] = g->id;
		titles[n++] = g->title;
	}
	return e || p->told ? e : undo_unused(u, left->kind, ids, titles, n);
}

static enum status
tell(struct undo *u, const struct past *p, const struct rows *rows)
{
	struct event events[REG_MANY];

	for (size_t i = 0; i < rows->count; i++) {
		const struct gone *g = row_at(rows, i);

		events[i] = (struct event){ .act = p->act,
			.kind = p->kind,
			.record_id = g->id,
			.title = g->title,
			.work_order_id = g->work_order_id,
			.machine_id = g->machine_id,
			.department_id = g->department_id };
	}
	return event_write_many(&u->l->by, events, rows->count);
}

/* Machines that stood for one of them run again. */
static enum status
let_run(struct undo *u, const struct rows *rows)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < rows->count; i++) {
		const struct gone *g = row_at(rows, i);

		if (!g->open)
			continue;
		e = stop_hold_machine(&u->l->by, g->machine_id);
		if (!e)
			e = stop_machine_runs(&u->l->by, g->machine_id);
	}
	return e;
}

enum status
past_undo(struct undo *u, const struct left *left, size_t count)
{
	const struct past *p = past_of(left->kind);
	struct arena *a = u->l->batch;
	struct db *db = u->l->by.db;
	struct rows rows;
	enum status e;

	if (p == NULL)
		return strcmp(left->kind, "movement") == 0 ? movement_undo(u, left, count) : FAILED;
	e = db_rows(db, a, with_marks(a, p->find), ids_of(a, left, count), &shape, &rows);
	if (!e)
		e = check(u, p, left, count, &rows);
	if (e || u->said > 0)
		return e;
	e = db_change(db, with_marks(a, p->take), ids_of(a, left, count), NULL);
	if (!e)
		e = tell(u, p, &rows);
	return e ? e : let_run(u, &rows);
}
