/* meter.c: the meters of machines; see meter.h.  What they showed: meter_reading.c. */
#include "model/meter.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"

static const struct field fields[] = {
	FIELD(struct meter, id),
	FIELD(struct meter, machine_id),
	FIELD(struct meter, machine_number),
	FIELD(struct meter, machine_name),
	FIELD(struct meter, department_id),
	FIELD(struct meter, name),
	FIELD(struct meter, unit),
	FIELD_WORD(struct meter, kind, &meter_kind_words),
	FIELD(struct meter, run_hours),
	FIELD(struct meter, rollover),
	FIELD(struct meter, version),
	FIELD(struct meter, archived_at),
	FIELD(struct meter, last_value),
	FIELD(struct meter, last_at),
};

const struct shape meter_shape = SHAPE(struct meter, fields);

static const struct field told[] = {
	FIELD(struct meter, name),
	FIELD(struct meter, unit),
	FIELD_WORD(struct meter, kind, &meter_kind_words),
	FIELD(struct meter, run_hours),
	FIELD(struct meter, rollover),
};

static const struct shape told_shape = SHAPE(struct meter, told);

#define COLUMNS \
	"SELECT STRAIGHT_JOIN t.id, t.machine_id, m.number AS machine_number," \
	" m.name AS machine_name, m.department_id, t.name, t.unit, t.kind, t.run_hours," \
	" t.rollover, t.version, t.archived_at, r.value AS last_value, r.at AS last_at" \
	" FROM meter t JOIN machine m ON m.id = t.machine_id LEFT JOIN meter_reading r ON r.id =" \
	" (SELECT l.id FROM meter_reading l WHERE l.meter_id = t.id AND l.replaced_by IS NULL" \
	" ORDER BY l.at DESC, l.id DESC LIMIT 1) "

enum status
meter_find(const struct actor *by, int64_t id, struct meter *out)
{
	return db_row(
	    by->db, by->arena, COLUMNS "WHERE t.id = ?", ARGS(ARG(id)), &meter_shape, out);
}

enum status
meter_list(const struct actor *by, int64_t machine_id, bool archived, struct rows *out)
{
	static const char in_use[] =
	    COLUMNS "WHERE t.machine_id = ? AND t.archived_at IS NULL ORDER BY t.name, t.id";
	static const char all[] =
	    COLUMNS "WHERE t.machine_id = ? ORDER BY t.archived_at IS NOT NULL, t.name, t.id";

	return db_rows(
	    by->db, by->arena, archived ? all : in_use, ARGS(ARG(machine_id)), &meter_shape, out);
}

static enum status
say(const struct actor *by, const struct meter *m, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "meter",
				   .record_id = m->id,
				   .title = m->name,
				   .machine_id = m->machine_id,
				   .department_id = m->department_id,
				   .changes = changes });
}

enum status
meter_add(const struct actor *by, const struct meter *m, int64_t *id)
{
	static const char sql[] = "INSERT INTO meter (machine_id, name, unit, kind, run_hours,"
				  " rollover) VALUES (?, ?, ?, ?, ?, ?)";
	struct meter now;
	enum status e = db_insert(by->db, sql,
	    ARGS(ARG(m->machine_id), ARG(m->name), ARG(m->unit), ARG(m->kind), ARG(m->run_hours),
		ARG(m->rollover)),
	    id);

	if (!e)
		e = meter_find(by, *id, &now);
	return e ? e : say(by, &now, "meter.created", event_changes(by, &told_shape, NULL, &now));
}

enum status
meter_change(const struct actor *by, const struct meter *m)
{
	static const char sql[] = "UPDATE meter SET name = ?, unit = ?, kind = ?, run_hours = ?,"
				  " rollover = ?, version = version + 1"
				  " WHERE id = ? AND version = ?";
	struct meter before;
	const char *changes;
	enum status e = meter_find(by, m->id, &before);

	if (e)
		return e;
	changes = event_changes(by, &told_shape, &before, m);
	if (changes == NULL && before.version == m->version)
		return OK;
	e = db_change_one(by->db, sql,
	    ARGS(ARG(m->name), ARG(m->unit), ARG(m->kind), ARG(m->run_hours), ARG(m->rollover),
		ARG(m->id), ARG(m->version)));
	return e ? e : say(by, m, "meter.changed", changes);
}

enum status
meter_archive(const struct actor *by, int64_t id, bool archive)
{
	static const char sql[] =
	    "UPDATE meter SET archived_at = ?, version = version + 1 WHERE id = ?";
	struct meter m;
	enum status e = meter_find(by, id, &m);

	if (e || m.archived_at.known == archive)
		return e;
	e = db_change_one(
	    by->db, sql, ARGS(ARG(archive ? by->now : (struct instant){ 0 }), ARG(id)));
	return e ? e : say(by, &m, archive ? "meter.archived" : "meter.restored", NULL);
}
