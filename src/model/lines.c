/* lines.c: see lines.h. */
#include "model/lines.h"
#include "base/arena.h"
#include "base/money.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/failure_code.h"
#include "model/machine_model.h"
#include "model/part.h"
#include "model/register_name.h"
#include "model/vendor.h"

static const struct field class_fields[] = {
	FIELD(struct code_class, id),
	FIELD(struct code_class, name),
	FIELD(struct code_class, on),
};

const struct shape code_class_shape = SHAPE(struct code_class, class_fields);

static enum status
say(const struct actor *by, const char *act, const char *kind, int64_t id, const char *title,
    const char *changes)
{
	return event_write(by,
	    &(struct event){
		.act = act, .kind = kind, .record_id = id, .title = title, .changes = changes });
}

static enum status
say_model(const struct actor *by, const struct machine_model *m, const char *act,
    const char *member, const char *what)
{
	return say(by, act, "machine_model", m->id, m->name, event_with(by, NULL, member, what));
}

enum status
model_part_put(const struct actor *by, const struct machine_model *m, const struct model_part *line)
{
	static const char sql[] =
	    "INSERT INTO machine_model_part (machine_model_id, part_id, quantity, note)"
	    " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE quantity = VALUES(quantity),"
	    " note = VALUES(note)";
	struct part p;
	enum status e = part_find_by_number(by, line->number, &p);

	if (!e && p.archived_at.known)
		return NOT_FOUND;
	if (!e)
		e = db_change(by->db, sql,
		    ARGS(ARG(m->id), ARG(p.id), ARG(line->quantity), ARG(line->note)), NULL);
	if (e)
		return e;
	return say_model(by, m, "machine_model.part_put", "parts",
	    arena_print(by->arena, "%s × %s %s", decimal_text(by->arena, line->quantity), p.number,
		p.name));
}

enum status
model_part_take(const struct actor *by, const struct machine_model *m, int64_t part_id)
{
	static const char sql[] =
	    "DELETE FROM machine_model_part WHERE machine_model_id = ? AND part_id = ?";
	struct part p;
	enum status e = part_find(by, part_id, &p);

	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(m->id), ARG(part_id)));
	return e ? e : say_model(by, m, "machine_model.part_taken", "parts", p.number);
}

enum status
model_code_put(const struct actor *by, const struct machine_model *m, int64_t code_id)
{
	static const char sql[] =
	    "INSERT INTO machine_model_code (machine_model_id, failure_code_id) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE failure_code_id = failure_code_id";
	const char *title;
	enum status e = reg_open(by, &failure_code_table, code_id);

	if (!e)
		e = reg_title(by, &failure_code_table, code_id, &title);
	if (!e)
		e = db_change(by->db, sql, ARGS(ARG(m->id), ARG(code_id)), NULL);
	return e ? e : say_model(by, m, "machine_model.code_put", "code", title);
}

enum status
model_code_take(const struct actor *by, const struct machine_model *m, int64_t code_id)
{
	static const char sql[] =
	    "DELETE FROM machine_model_code WHERE machine_model_id = ? AND failure_code_id = ?";
	const char *title;
	enum status e = reg_title(by, &failure_code_table, code_id, &title);

	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(m->id), ARG(code_id)));
	return e ? e : say_model(by, m, "machine_model.code_taken", "code", title);
}

enum status
part_offer_put(const struct actor *by, const struct part *p, const struct part_offer *o)
{
	static const char sql[] =
	    "INSERT INTO part_vendor (part_id, vendor_id, number, price, lead_days)"
	    " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE number = VALUES(number),"
	    " price = VALUES(price), lead_days = VALUES(lead_days)";
	const char *name;
	enum status e = reg_open(by, &vendor_table, o->vendor_id);

	if (!e)
		e = reg_title(by, &vendor_table, o->vendor_id, &name);
	if (!e)
		e = db_change(by->db, sql,
		    ARGS(ARG(p->id), ARG(o->vendor_id), ARG(o->number), ARG(o->price),
			ARG(o->lead_days)),
		    NULL);
	if (e)
		return e;
	return say(by, "part.vendor_put", "part", p->id, p->number,
	    event_with(by, event_with(by, NULL, "vendor_name", name), "number", o->number));
}

enum status
part_offer_take(const struct actor *by, const struct part *p, int64_t vendor_id)
{
	static const char sql[] = "DELETE FROM part_vendor WHERE part_id = ? AND vendor_id = ?";
	const char *name;
	enum status e = reg_title(by, &vendor_table, vendor_id, &name);

	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(p->id), ARG(vendor_id)));
	if (e)
		return e;
	return say(by, "part.vendor_taken", "part", p->id, p->number,
	    event_with(by, NULL, "vendor_name", name));
}

enum status
code_classes(const struct actor *by, int64_t code_id, struct rows *out)
{
	static const char sql[] =
	    "SELECT c.id, c.name, EXISTS (SELECT 1 FROM failure_code_class l"
	    " WHERE l.failure_code_id = ? AND l.machine_class_id = c.id) AS `on`"
	    " FROM machine_class c WHERE c.archived_at IS NULL ORDER BY c.name, c.id LIMIT ?";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(code_id), ARG((int)LINES_MOST)),
	    &code_class_shape, out);
}

/* The names of those that are on. */
static const char *
names_of(const struct actor *by, const struct rows *classes)
{
	const char *names = "";

	for (size_t i = 0; i < classes->count; i++) {
		const struct code_class *c = row_at(classes, i);

		if (c->on)
			names = arena_print(
			    by->arena, "%s%s%s", names, *names != '\0' ? ", " : "", c->name);
	}
	return names;
}

enum status
code_classes_set(
    const struct actor *by, const struct failure_code *c, const int64_t *classes, size_t count)
{
	static const char clear[] = "DELETE FROM failure_code_class WHERE failure_code_id = ?";
	static const char put[] =
	    "INSERT INTO failure_code_class (failure_code_id, machine_class_id) VALUES (?, ?)";
	static const char next[] = "UPDATE failure_code SET version = version + 1 WHERE id = ?";
	struct rows after;
	enum status e = db_change(by->db, clear, ARGS(ARG(c->id)), NULL);

	for (size_t i = 0; !e && i < count; i++)
		e = db_change(by->db, put, ARGS(ARG(c->id), ARG(classes[i])), NULL);
	if (!e)
		e = db_change_one(by->db, next, ARGS(ARG(c->id)));
	if (!e)
		e = code_classes(by, c->id, &after);
	if (e)
		return e;
	return say(by, "failure_code.changed", "failure_code", c->id, c->name,
	    event_with(by, NULL, "machine_class_names", names_of(by, &after)));
}
