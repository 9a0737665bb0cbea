/* import_register.c: departments, failure codes and parts that an import needs. */
#include "app/import_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "model/event.h"

static enum status
say_created(struct import *im, const char *kind, int64_t id, const char *title, const char *name)
{
	struct buf changes = { .arena = im->arena };

	buf_text(&changes, "{\"name\":[null,");
	json_text(&changes, name);
	buf_text(&changes, "]}");
	return event_write(
	    &im->actor, &(struct event){ .act = arena_print(im->arena, "%s.created", kind),
			    .kind = kind,
			    .record_id = id,
			    .title = title,
			    .department_id = 0,
			    .changes = changes.text });
}

enum status
import_department(struct import *im, const char *name, int64_t *id)
{
	enum status e;

	e = db_int(im->db, "SELECT id FROM department WHERE name = ?", ARGS(ARG(name)), id);
	if (e != NOT_FOUND)
		return e;
	e = db_insert(im->db, "INSERT INTO department (name) VALUES (?)", ARGS(ARG(name)), id);
	return e ? e : say_created(im, "department", *id, name, name);
}

enum status
import_code(struct import *im, struct import_code *c)
{
	static const char find[] = "SELECT id FROM failure_code WHERE kind = ? AND code = ?";
	static const char make[] =
	    "INSERT INTO failure_code (kind, code, name, name_fr) VALUES (?, ?, ?, ?)";
	enum status e = db_int(im->db, find, ARGS(ARG(c->kind), ARG(c->code)), &c->id);

	if (e != NOT_FOUND)
		return e;
	e = db_insert(
	    im->db, make, ARGS(ARG(c->kind), ARG(c->code), ARG(c->name), ARG(c->name_fr)), &c->id);
	return e ? e : say_created(im, "failure_code", c->id, c->name, c->name);
}

enum status
import_part(struct import *im, struct import_part *p)
{
	static const char find[] = "SELECT id FROM part WHERE number = ?";
	static const char make[] =
	    "INSERT INTO part (number, name, description, group_name) VALUES (?, ?, '', ?)";
	enum status e = db_int(im->db, find, ARGS(ARG(p->number)), &p->id);

	if (e != NOT_FOUND)
		return e;
	e = db_insert(im->db, make, ARGS(ARG(p->number), ARG(p->name), ARG(p->group)), &p->id);
	return e ? e : say_created(im, "part", p->id, p->number, p->name);
}
