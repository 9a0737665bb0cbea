/* extra_narrow.c: lists of the records that have a value or a tag; see extra.h. */
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/extra.h"

enum { FEW = 1000 };

/* table p, whose rows the condition (over p, with the arguments) finds by an index. */
static enum status
narrow(const struct actor *by, const char *table, const char *condition, struct extra_narrow *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM %s p WHERE %s LIMIT %d) AS some", table, condition,
	    FEW + 1);
	int64_t n = 0;
	enum status e = db_int(by->db, sql, (struct args){ out->args, out->count }, &n);

	if (e)
		return e;
	out->before = n <= FEW ? arena_print(by->arena, "%s p STRAIGHT_JOIN ", table) : "";
	out->where = n <= FEW
			 ? arena_print(by->arena, " AND p.record_id = r.id AND %s", condition)
			 : arena_print(by->arena,
			       " AND EXISTS (SELECT 1 FROM %s p WHERE p.record_id = r.id AND %s)",
			       table, condition);
	return OK;
}

/* A value that cannot be one of the field's finds nothing. */
static const char *
condition_of(const struct field *f, const char *value, struct arg *arg)
{
	const struct decimal number = decimal_parse(value);
	const struct date day = date_parse(value);

	*arg = f->type == TYPE_DECIMAL ? ARG(number) : f->type == TYPE_DATE ? ARG(day) : ARG(value);
	return f->type == TYPE_DECIMAL ? "p.custom_field_id = ? AND p.number = ?"
	       : f->type == TYPE_DATE  ? "p.custom_field_id = ? AND p.day = ?"
				       : "p.custom_field_id = ? AND p.text = ?";
}

enum status
extra_narrow(const struct actor *by, const struct extra *x, size_t i, const char *value,
    struct extra_narrow *out)
{
	const struct custom_field *f = row_at(&x->fields, i);
	const char *condition;

	*out = (struct extra_narrow){ .args = { ARG(f->id) }, .count = 2 };
	condition = condition_of(&x->shape->fields[i], value, &out->args[1]);
	return narrow(by, "custom_value", condition, out);
}

enum status
extra_narrow_tag(const struct actor *by, const char *kind, int64_t tag_id, struct extra_narrow *out)
{
	*out = (struct extra_narrow){ .args = { ARG(tag_id), ARG(kind) }, .count = 2 };
	return narrow(by, "tagging", "p.tag_id = ? AND p.kind = ?", out);
}
