/* machine.c: see machine.h. */
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/machine.h"
#include "model/machine_model.h"
#include "model/register.h"
#include "model/tree.h"
#include "rule/number.h"

static const struct word criticalities[] = {
	{ "LOW", "Low" },
	{ "MEDIUM", "Medium" },
	{ "HIGH", "High" },
	{ "CRITICAL", "Critical" },
};

const struct words machine_criticality_words = WORDS(criticalities);

static const struct word stop_rules[] = {
	{ "NONE", "The whole goes on" },
	{ "SERIES", "The whole stands, too" },
};

const struct words machine_stop_rule_words = WORDS(stop_rules);

static const struct word opens[] = {
	{ "SITE", "As the plant’s settings say" },
	{ "ON", "Yes" },
	{ "OFF", "No" },
};

const struct words machine_open_words = WORDS(opens);

static const struct field fields[] = {
	FIELD(struct machine, id),
	FIELD(struct machine, code),
	FIELD(struct machine, number),
	FIELD(struct machine, name),
	FIELD(struct machine, department_id),
	FIELD(struct machine, department_name),
	FIELD(struct machine, parent_id),
	FIELD(struct machine, parent_number),
	FIELD(struct machine, parent_name),
	FIELD(struct machine, location_id),
	FIELD(struct machine, location_path),
	FIELD(struct machine, location),
	FIELD(struct machine, machine_model_id),
	FIELD(struct machine, machine_model_name),
	FIELD(struct machine, manufacturer),
	FIELD(struct machine, model),
	FIELD(struct machine, serial_number),
	FIELD(struct machine, installed_on),
	FIELD_WORD(struct machine, criticality, &machine_criticality_words),
	FIELD_WORD(struct machine, status, &machine_status_words),
	FIELD(struct machine, vendor_id),
	FIELD(struct machine, vendor_name),
	FIELD(struct machine, shift_calendar_id),
	FIELD(struct machine, shift_calendar_name),
	FIELD(struct machine, replacement_value),
	FIELD(struct machine, stop_cost),
	FIELD(struct machine, warranty_until),
	FIELD_WORD(struct machine, stop_rule, &machine_stop_rule_words),
	FIELD(struct machine, tree),
	FIELD_WORD(struct machine, open_report, &machine_open_words),
	FIELD(struct machine, version),
	FIELD(struct machine, archived_at),
};

const struct shape machine_shape = SHAPE(struct machine, fields);

static const struct field event_fields[] = {
	FIELD(struct machine, number),
	FIELD(struct machine, name),
	FIELD(struct machine, department_name),
	FIELD(struct machine, parent_number),
	FIELD(struct machine, location_path),
	FIELD(struct machine, location),
	FIELD(struct machine, machine_model_name),
	FIELD(struct machine, manufacturer),
	FIELD(struct machine, model),
	FIELD(struct machine, serial_number),
	FIELD(struct machine, installed_on),
	FIELD_WORD(struct machine, criticality, &machine_criticality_words),
	FIELD_WORD(struct machine, status, &machine_status_words),
	FIELD(struct machine, vendor_name),
	FIELD(struct machine, shift_calendar_name),
	FIELD(struct machine, replacement_value),
	FIELD(struct machine, stop_cost),
	FIELD(struct machine, warranty_until),
	FIELD_WORD(struct machine, stop_rule, &machine_stop_rule_words),
	FIELD_WORD(struct machine, open_report, &machine_open_words),
};

static const struct shape event_shape_of = SHAPE(struct machine, event_fields);

/* A code that nobody can guess: what is scanned may be reported on without further questions. */
static void
fill(const struct actor *by, void *record)
{
	struct machine *m = record;
	unsigned char bytes[CODE_BYTES];

	random_bytes(bytes, sizeof(bytes));
	m->code = code_from_bytes(by->arena, bytes);
}

static const struct tree tree = {
	.table = "machine",
	.member = "parent_number",
	.itself = "A machine cannot be a part of itself.",
	.deep = "Machines cannot be nested that deep.",
	.many = "More than 5,000 machines are parts of it. Move those first.",
};

static enum status
check_parent(const struct actor *by, struct machine *m, struct reg_refusal *refused)
{
	struct machine parent;
	enum status e;

	m->parent_id = (struct number){ 0 };
	if (text_empty(m->parent_number))
		return OK;
	e = machine_find_by_number(by, m->parent_number, &parent);
	if (e == NOT_FOUND || (!e && parent.archived_at.known)) {
		*refused =
		    (struct reg_refusal){ "parent_number", "No machine has this number.", NULL };
		return INVALID;
	}
	if (e)
		return e;
	m->parent_id = (struct number){ true, parent.id };
	return tree_check(by, &tree, m->id, parent.id, refused);
}

/* Only a report stops a machine, and only its work order lets it run again: the stop says since
 * when. */
static bool
status_by_hand(const struct machine *before, const struct machine *m)
{
	const bool was_down = before != NULL && strcmp(before->status, "DOWN") == 0;
	const bool is_down = m->status != NULL && strcmp(m->status, "DOWN") == 0;

	return was_down == is_down;
}

/* Its maker and model are those of the model that was chosen. */
static enum status
follow_model(const struct actor *by, struct machine *m)
{
	struct machine_model model;
	enum status e;

	if (!m->machine_model_id.known)
		return OK;
	e = reg_find(by, &machine_model_table, m->machine_model_id.n, &model);
	if (e)
		return e;
	m->manufacturer = model.manufacturer;
	m->model = model.name;
	return OK;
}

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	struct machine *m = record;
	enum status e;

	if (text_empty(m->open_report))
		m->open_report = "SITE";
	if (!status_by_hand(before, m)) {
		*refused = (struct reg_refusal){ "status",
			"Reports and their work orders decide whether a machine is down.", NULL };
		return INVALID;
	}
	if (text_empty(m->stop_rule))
		m->stop_rule = "NONE";
	e = follow_model(by, m);
	return e ? e : check_parent(by, m, refused);
}

static enum status
saved(const struct actor *by, int64_t id, const void *record, struct reg_refusal *refused)
{
	const struct machine *m = record;

	return tree_keep(by, &tree, id, m->parent_id.known ? m->parent_id.n : 0, refused);
}

static enum status
saved_many(const struct actor *by, const int64_t *ids, size_t count)
{
	return tree_keep_new(by, &tree, ids, count);
}

static const struct reg_use uses[] = {
	{ "SELECT EXISTS (SELECT 1 FROM work_order WHERE machine_id = ?"
	  " AND state IN ('PENDING','IN_PROGRESS','WAITING_PARTS'))",
	    "It still has open work orders. Complete or cancel them first." },
	{ REG_USE("machine", "parent_id"), "It still has assemblies. Archive or move them first." },
	{ 0 },
};

static void
belongs(const void *record, int64_t *machine_id, int64_t *department_id)
{
	const struct machine *m = record;

	*machine_id = m->id;
	*department_id = m->department_id;
}

static const char *const stored[] = { "number", "name", "department_id", "parent_id", "location",
	"manufacturer", "model", "serial_number", "installed_on", "criticality", "status",
	"location_id", "machine_model_id", "vendor_id", "shift_calendar_id", "replacement_value",
	"stop_cost", "warranty_until", "stop_rule", "open_report", NULL };
static const char *const given[] = { "code", NULL };
static const char *const like[] = { "number", "name", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "number", { "number" }, true },
};
static const struct reg_filter filters[] = {
	{ "department", "department_id", REG_REF, NULL },
	{ "status", "status", REG_WORD, NULL },
	/* What lies in a place stands there, too. */
	{ "location", "location_id", REG_REF,
	    "SELECT b.id FROM location b JOIN location t ON b.tree LIKE CONCAT(t.tree, '%')"
	    " WHERE t.id" },
	{ "model", "machine_model_id", REG_REF, NULL },
	{ "class", "machine_model_id", REG_REF,
	    "SELECT b.id FROM machine_model b WHERE b.machine_class_id" },
	{ "criticality", "criticality", REG_WORD, NULL },
	{ "vendor", "vendor_id", REG_REF, NULL },
	{ "calendar", "shift_calendar_id", REG_REF, NULL },
	{ "warranty", "warranty_until", REG_DATE, NULL },
};

const struct reg_table machine_table = {
	.name = "machine",
	.shape = &machine_shape,
	.columns = "r.id, r.code, r.number, r.name, r.department_id, d.name AS department_name,"
		   " r.parent_id, p.number AS parent_number, p.name AS parent_name, r.location_id,"
		   " l.path AS location_path, r.location, r.machine_model_id,"
		   " x.name AS machine_model_name, r.manufacturer, r.model, r.serial_number,"
		   " r.installed_on, r.criticality, r.status, r.vendor_id, v.name AS vendor_name,"
		   " r.shift_calendar_id, c.name AS shift_calendar_name, r.replacement_value,"
		   " r.stop_cost, r.warranty_until, r.stop_rule, r.tree, r.open_report,"
		   " r.version, r.archived_at",
	.joins = " JOIN department d ON d.id = r.department_id"
		 " LEFT JOIN machine p ON p.id = r.parent_id"
		 " LEFT JOIN location l ON l.id = r.location_id"
		 " LEFT JOIN machine_model x ON x.id = r.machine_model_id"
		 " LEFT JOIN vendor v ON v.id = r.vendor_id"
		 " LEFT JOIN shift_calendar c ON c.id = r.shift_calendar_id",
	.stored = stored,
	.given = given,
	.events = &event_shape_of,
	.title = "number",
	.words = "r.number, r.name, r.location, r.manufacturer, r.model, r.serial_number",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.fill = fill,
	.check = check,
	.saved = saved,
	.saved_many = saved_many,
	.uses = uses,
	.belongs = belongs,
};

enum status
machine_find(const struct actor *by, int64_t id, struct machine *out)
{
	return reg_find(by, &machine_table, id, out);
}

enum status
machine_find_by_code(const struct actor *by, const char *code, struct machine *out)
{
	return reg_find_by(by, &machine_table, "code", code, out);
}

enum status
machine_find_by_number(const struct actor *by, const char *number, struct machine *out)
{
	enum status e = reg_find_by(by, &machine_table, "number", number, out);
	const char *code = e == NOT_FOUND ? code_in(by->arena, number) : NULL;

	return code != NULL ? machine_find_by_code(by, code, out) : e;
}

enum status
machine_children(const struct actor *by, int64_t id, int most, struct rows *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT STRAIGHT_JOIN %s FROM machine r%s WHERE r.parent_id = ?"
	    " AND r.archived_at IS NULL ORDER BY r.name, r.id LIMIT ?",
	    machine_table.columns, machine_table.joins);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(id), ARG(most)), &machine_shape, out);
}
