/* view.c: see view.h. */
#include "view/view.h"
#include "base/arena.h"

struct view *
view_new(struct arena *arena)
{
	struct view *v = NEW(arena, struct view);

	v->arena = arena;
	return v;
}

static struct value *
value_add(struct view *v, const char *name, enum value_kind kind)
{
	struct value *value = NEW(v->arena, struct value);

	value->name = name;
	value->kind = kind;
	if (v->last == NULL)
		v->first = value;
	else
		v->last->next = value;
	v->last = value;
	return value;
}

static struct value *
leaf_add(struct view *v, const char *name, enum type type, const void *at)
{
	struct value *value = value_add(v, name, VALUE_FIELD);

	value->type = type;
	value->at = at;
	return value;
}

void
view_text(struct view *v, const char *name, const char *text)
{
	const char **kept = NEW(v->arena, const char *);

	*kept = text;
	leaf_add(v, name, TYPE_TEXT, kept);
}

void
view_word(struct view *v, const char *name, const struct words *words, const char *code)
{
	view_text(v, name, code);
	v->last->words = words;
}

void
view_int(struct view *v, const char *name, int64_t n)
{
	int64_t *kept = NEW(v->arena, int64_t);

	*kept = n;
	leaf_add(v, name, TYPE_INT, kept);
}

void
view_bool(struct view *v, const char *name, bool on)
{
	static const bool both[] = { false, true };

	leaf_add(v, name, TYPE_BOOL, &both[on]);
}

void
view_decimal(struct view *v, const char *name, struct decimal d)
{
	struct decimal *kept = NEW(v->arena, struct decimal);

	*kept = d;
	leaf_add(v, name, TYPE_DECIMAL, kept);
}

void
view_instant(struct view *v, const char *name, struct instant t)
{
	struct instant *kept = NEW(v->arena, struct instant);

	*kept = t;
	leaf_add(v, name, TYPE_INSTANT, kept);
}

void
view_date(struct view *v, const char *name, struct date d)
{
	struct date *kept = NEW(v->arena, struct date);

	*kept = d;
	leaf_add(v, name, TYPE_DATE, kept);
}

void
view_record(struct view *v, const char *name, const struct shape *shape, const void *record)
{
	struct value *value = value_add(v, name, VALUE_RECORD);

	value->shape = shape;
	value->at = record;
}

void
view_rows(struct view *v, const char *name, struct rows rows)
{
	value_add(v, name, VALUE_ROWS)->rows = rows;
}

struct view *
view_group(struct view *v, const char *name)
{
	struct view *group = view_new(v->arena);

	value_add(v, name, VALUE_GROUP)->view = group;
	return group;
}

struct view *
view_list(struct view *v, const char *name)
{
	struct view *list = view_new(v->arena);

	value_add(v, name, VALUE_LIST)->view = list;
	return list;
}

struct view *
view_item(struct view *list)
{
	return view_group(list, NULL);
}
