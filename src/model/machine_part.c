/* machine_part.c: see machine_part.h. */
#include "model/machine_part.h"
#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/machine.h"
#include "model/part.h"

static const struct field fields[] = {
	FIELD(struct machine_part, part_id),
	FIELD(struct machine_part, number),
	FIELD(struct machine_part, name),
	FIELD(struct machine_part, unit),
	FIELD(struct machine_part, place),
	FIELD(struct machine_part, quantity),
	FIELD(struct machine_part, note),
	FIELD(struct machine_part, own),
	FIELD(struct machine_part, on_hand),
	FIELD(struct machine_part, available),
	FIELD(struct machine_part, below_minimum),
};

const struct shape machine_part_shape = SHAPE(struct machine_part, fields);

static const struct field told[] = {
	FIELD(struct machine_part, number),
	FIELD(struct machine_part, quantity),
	FIELD(struct machine_part, note),
};

static const struct shape told_shape = SHAPE(struct machine_part, told);

enum status
machine_part_list(const struct actor *by, int64_t machine_id, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT STRAIGHT_JOIN p.id AS part_id, p.number, p.name, p.unit, p.place, k.quantity,"
	    " k.note, k.own, p.on_hand, p.on_hand - p.reserved AS available, p.below_minimum FROM"
	    " (SELECT part_id, quantity, note, 1 AS own FROM machine_part WHERE machine_id = ?"
	    " UNION ALL SELECT STRAIGHT_JOIN b.part_id, b.quantity, b.note, 0 FROM machine m"
	    " JOIN machine_model_part b ON b.machine_model_id = m.machine_model_id"
	    " LEFT JOIN machine_part o ON o.machine_id = m.id AND o.part_id = b.part_id"
	    " WHERE m.id = ? AND o.part_id IS NULL) k JOIN part p ON p.id = k.part_id"
	    " ORDER BY p.number LIMIT ?";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(machine_id), ARG(machine_id), ARG(most)),
	    &machine_part_shape, out);
}

static enum status
find(const struct actor *by, int64_t machine_id, int64_t part_id, struct machine_part *out)
{
	static const char sql[] =
	    "SELECT p.id AS part_id, p.number, p.name, p.unit, p.place, b.quantity, b.note,"
	    " 1 AS own, p.on_hand, p.on_hand - p.reserved AS available, p.below_minimum"
	    " FROM machine_part b JOIN part p ON p.id = b.part_id"
	    " WHERE b.machine_id = ? AND b.part_id = ? FOR UPDATE";

	return db_row(
	    by->db, by->arena, sql, ARGS(ARG(machine_id), ARG(part_id)), &machine_part_shape, out);
}

static enum status
say(const struct actor *by, const struct machine *m, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "machine_part",
				   .record_id = m->id,
				   .title = m->number,
				   .machine_id = m->id,
				   .department_id = m->department_id,
				   .changes = changes });
}

enum status
machine_part_put(const struct actor *by, const struct machine *m, const char *number,
    struct decimal quantity, const char *note)
{
	static const char sql[] =
	    "INSERT INTO machine_part (machine_id, part_id, quantity, note) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE quantity = VALUES(quantity), note = VALUES(note)";
	struct machine_part before, after;
	struct part part;
	const char *changes;
	enum status e = part_find_by_number(by, number, &part), was;

	if (e || part.archived_at.known)
		return e ? e : NOT_FOUND;
	note = note != NULL ? note : "";
	was = find(by, m->id, part.id, &before);
	if (was != OK && was != NOT_FOUND)
		return was;
	after = (struct machine_part){ .number = part.number, .quantity = quantity, .note = note };
	changes = event_changes(by, &told_shape, was == OK ? &before : NULL, &after);
	if (changes == NULL)
		return OK;
	if (was == OK)
		changes = event_with(by, changes, "part", part.number);
	e = db_change(by->db, sql, ARGS(ARG(m->id), ARG(part.id), ARG(quantity), ARG(note)), NULL);
	return e ? e
		 : say(by, m, was == OK ? "machine_part.changed" : "machine_part.added", changes);
}

enum status
machine_part_remove(const struct actor *by, const struct machine *m, int64_t part_id)
{
	static const char sql[] = "DELETE FROM machine_part WHERE machine_id = ? AND part_id = ?";
	const struct machine_part nothing = { 0 };
	struct machine_part before;
	enum status e = find(by, m->id, part_id, &before);

	if (e)
		return e == NOT_FOUND ? OK : e;
	e = db_change_one(by->db, sql, ARGS(ARG(m->id), ARG(part_id)));
	return e ? e
		 : say(by, m, "machine_part.removed",
		       event_changes(by, &told_shape, &before, &nothing));
}
