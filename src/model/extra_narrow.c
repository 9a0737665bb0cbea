/* extra_narrow.c: lists of the records that have a value or a tag; see extra.h. */
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/extra.h"

enum { FEW = 1000 };

/*
 * The rows of the table that the condition (with the arguments) finds by an index.  The alias is no
 * other's: a list may be narrowed several times.
 */
static enum status
narrow(const struct actor *by, const char *table, const char *alias, const char *condition,
    struct extra_narrow *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM %s %s WHERE %s LIMIT %d) AS some", table, alias,
	    condition, FEW + 1);
	int64_t n = 0;
	enum status e = db_int(by->db, sql, (struct args){ out->args, out->count }, &n);

	if (e)
		return e;
	out->before = n <= FEW ? arena_print(by->arena, "%s %s STRAIGHT_JOIN ", table, alias) : "";
	out->where =
	    n <= FEW ? arena_print(by->arena, " AND %s.record_id = r.id AND %s", alias, condition)
		     : arena_print(by->arena,
			   " AND EXISTS (SELECT 1 FROM %s %s WHERE %s.record_id = r.id AND %s)",
			   table, alias, alias, condition);
	return OK;
}

/* The column that holds values of that type; a value that cannot be one of the field's finds
 * nothing.
 */
static const char *
column_of(const struct field *f, const char *value, struct arg *arg)
{
	const struct decimal number = decimal_parse(value);
	const struct date day = date_parse(value);

	*arg = f->type == TYPE_DECIMAL ? ARG(number) : f->type == TYPE_DATE ? ARG(day) : ARG(value);
	return f->type == TYPE_DECIMAL ? "number" : f->type == TYPE_DATE ? "day" : "text";
}

enum status
extra_narrow(const struct actor *by, const struct extra *x, size_t i, const char *value,
    struct extra_narrow *out)
{
	const struct custom_field *f = row_at(&x->fields, i);
	const char *alias = arena_print(by->arena, "own%zu", i), *column;

	*out = (struct extra_narrow){ .args = { ARG(f->id) }, .count = 2 };
	column = column_of(&x->shape->fields[i], value, &out->args[1]);
	return narrow(by, "custom_value", alias,
	    arena_print(by->arena, "%s.custom_field_id = ? AND %s.%s = ?", alias, alias, column),
	    out);
}

enum status
extra_narrow_tag(const struct actor *by, const char *kind, int64_t tag_id, struct extra_narrow *out)
{
	*out = (struct extra_narrow){ .args = { ARG(tag_id), ARG(kind) }, .count = 2 };
	return narrow(by, "tagging", "tagged", "tagged.tag_id = ? AND tagged.kind = ?", out);
}
