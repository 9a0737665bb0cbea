/* custom.c: see custom.h. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/custom.h"

static const struct word kinds[] = {
	{ "machine", "Machines" },
	{ "machine_model", "Machine models" },
	{ "machine_class", "Machine classes" },
	{ "location", "Locations" },
	{ "part", "Spare parts" },
	{ "vendor", "Vendors" },
	{ "department", "Departments" },
	{ "failure_code", "Failure codes" },
	{ "maintenance_type", "Maintenance types" },
	{ "shift_calendar", "Shift calendars" },
	{ "holiday", "Holidays" },
	{ "skill", "Skills" },
	{ "user", "People" },
};

const struct words custom_kind_words = WORDS(kinds);

static const struct word types[] = {
	{ "TEXT", "Text" },
	{ "NUMBER", "Number" },
	{ "DATE", "Date" },
	{ "CHOICE", "Choice" },
};

const struct words custom_type_words = WORDS(types);

static const struct field fields[] = {
	FIELD(struct custom_field, id),
	FIELD_WORD(struct custom_field, kind, &custom_kind_words),
	FIELD(struct custom_field, name),
	FIELD(struct custom_field, label),
	FIELD_WORD(struct custom_field, type, &custom_type_words),
	FIELD(struct custom_field, choices),
	FIELD(struct custom_field, required),
	FIELD(struct custom_field, position),
	FIELD(struct custom_field, version),
	FIELD(struct custom_field, archived_at),
};

const struct shape custom_field_shape = SHAPE(struct custom_field, fields);

/* "Paint colour (RAL)" is paint_colour_ral; the letters of other scripts fall out. */
static const char *
name_of(struct arena *a, const char *label)
{
	struct buf out = { .arena = a };

	for (; *label != '\0' && out.len < 40; label++) {
		if (isalnum((unsigned char)*label))
			buf_print(&out, "%c", tolower((unsigned char)*label));
		else if (out.len > 0 && out.text[out.len - 1] != '_')
			buf_text(&out, "_");
	}
	while (out.len > 0 && out.text[out.len - 1] == '_')
		out.text[--out.len] = '\0';
	return out.len > 0 ? out.text : "field";
}

static enum status
refuse(struct reg_refusal *refused, const char *member, const char *text)
{
	*refused = (struct reg_refusal){ member, text };
	return INVALID;
}

/* Values are kept by register and type: neither changes once there are some. */
static enum status
check_kept(const struct actor *by, const struct custom_field *before, const struct custom_field *f,
    struct reg_refusal *refused)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM custom_value WHERE custom_field_id = ?)";
	const bool same_kind = strcmp(before->kind, f->kind) == 0;
	int64_t used = 0;
	enum status e;

	if (same_kind && strcmp(before->type, f->type) == 0)
		return OK;
	e = db_int(by->db, sql, ARGS(ARG(f->id)), &used);
	if (e || used == 0)
		return e;
	return refuse(refused, same_kind ? "type" : "kind",
	    "Records have values in this field already. Archive it and add another one.");
}

static enum status
check_room(const struct actor *by, const struct custom_field *f, struct reg_refusal *refused)
{
	static const char sql[] = "SELECT COUNT(*) FROM custom_field WHERE kind = ?"
				  " AND archived_at IS NULL AND id <> ?";
	int64_t n = 0;
	enum status e = db_int(by->db, sql, ARGS(ARG(f->kind), ARG(f->id)), &n);

	if (e || n < CUSTOM_MOST)
		return e;
	return refuse(refused, "kind", "A register has at most 24 fields of your own.");
}

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	struct custom_field *f = record;
	enum status e = before != NULL ? check_kept(by, before, f, refused) : OK;

	if (e)
		return e;
	if (strcmp(f->type, "CHOICE") == 0 && custom_choices(by, f)->count == 0)
		return refuse(refused, "choices", "Enter the choices, each on a line of its own.");
	f->name = name_of(by->arena, text_empty(f->name) ? f->label : f->name);
	return check_room(by, f, refused);
}

static const char *const stored[] = { "kind", "name", "label", "type", "choices", "required",
	"position", NULL };
static const char *const like[] = { "label", "name", NULL };
static const struct reg_sort sorts[] = { { "register", { "kind", "position" }, false } };
static const struct reg_filter filters[] = {
	{ "register", "kind", REG_WORD },
	{ "type", "type", REG_WORD },
};

const struct reg_table custom_field_table = {
	.name = "custom_field",
	.shape = &custom_field_shape,
	.columns = "r.id, r.kind, r.name, r.label, r.type, r.choices, r.required, r.position,"
		   " r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "label",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.check = check,
};

#define SELECT_FIELDS \
	"SELECT id, kind, name, label, type, choices, required, position, version, archived_at" \
	" FROM custom_field "

enum status
custom_fields(const struct actor *by, const char *kind, struct rows *out)
{
	static const char sql[] =
	    SELECT_FIELDS "WHERE kind = ? AND archived_at IS NULL ORDER BY position, id LIMIT ?";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(kind), ARG((int)CUSTOM_MOST)),
	    &custom_field_shape, out);
}

enum status
custom_fields_all(const struct actor *by, struct rows *out)
{
	return db_rows(
	    by->db, by->arena, SELECT_FIELDS "ORDER BY id", NO_ARGS, &custom_field_shape, out);
}

const struct words *
custom_choices(const struct actor *by, const struct custom_field *f)
{
	const size_t len = strlen(f->choices);
	struct word *list = NEW_ARRAY(by->arena, struct word, len + 1);
	struct words *words = NEW(by->arena, struct words);

	for (const char *at = f->choices; *at != '\0';) {
		const size_t n = strcspn(at, "\n");
		const char *line = text_trim(by->arena, arena_text(by->arena, at, n));

		if (*line != '\0')
			list[words->count++] = (struct word){ line, line };
		at += n + (at[n] != '\0');
	}
	words->list = list;
	return words;
}
