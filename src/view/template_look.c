/* template_look.c: what a name stands for, and whether a section over it runs. */
#include <string.h>

#include "view/template_inside.h"
#include "view/view.h"

static inline bool
same(const char *a, const char *b)
{
	return a != NULL && a[0] == b[0] && strcmp(a, b) == 0;
}

static const struct field *
field_named(const struct shape *shape, struct part *part)
{
	if (part->shape == shape)
		return part->field;
	part->shape = shape;
	part->field = NULL;
	for (size_t i = 0; i < shape->count && part->field == NULL; i++)
		if (same(shape->fields[i].name, part->name))
			part->field = &shape->fields[i];
	return part->field;
}

/* The member of that name, made in *made if it is a record's; NULL when there is none. */
static const struct value *
member(const struct value *of, struct part *part, struct value *made)
{
	const struct field *f;

	if (of->kind == VALUE_GROUP) {
		for (const struct value *v = of->view->first; v != NULL; v = v->next)
			if (same(v->name, part->name))
				return v;
		return NULL;
	}
	if (of->kind != VALUE_RECORD)
		return NULL;
	f = field_named(of->shape, part);
	if (f == NULL)
		return NULL;
	*made = (struct value){
		.kind = VALUE_FIELD,
		.type = f->type,
		.words = f->words,
		.at = of->at == NULL ? NULL : field_of(f, of->at),
	};
	return made;
}

static const struct value *
find_first(const struct scope *scope, struct part *part, struct value *made)
{
	const struct value *v = NULL;

	if (part->name[0] == '\0')
		return scope->value;
	for (const struct scope *s = scope; s != NULL && v == NULL; s = s->outer)
		v = member(s->value, part, made);
	return v;
}

const struct value *
template_value_of(
    const struct scope *scope, struct path *path, struct value *made, enum facet *facet)
{
	const struct value *v = scope->value;
	struct value record;

	*facet = FACET_NONE;
	for (size_t i = 0; i < path->count && v != NULL; i++) {
		if (i == 0) {
			v = find_first(scope, &path->parts[0], made);
		} else if (v->kind == VALUE_FIELD) {
			*facet = path->parts[i].facet;
			return *facet == FACET_NONE || i + 1 < path->count ? NULL : v;
		} else {
			record = *v;
			v = member(&record, &path->parts[i], made);
		}
	}
	return v;
}

static bool
is_true_leaf(const struct value *v)
{
	switch (v->type) {
	case TYPE_INT:
		return *(const int64_t *)v->at != 0;
	case TYPE_BOOL:
		return *(const bool *)v->at;
	case TYPE_TEXT:
		return *(const char *const *)v->at != NULL && **(const char *const *)v->at != '\0';
	case TYPE_NUMBER:
		return ((const struct number *)v->at)->known;
	case TYPE_DECIMAL:
		return ((const struct decimal *)v->at)->known;
	case TYPE_INSTANT:
		return ((const struct instant *)v->at)->known;
	case TYPE_DATE:
		return ((const struct date *)v->at)->known;
	}
	return false;
}

bool
template_true(const struct value *v)
{
	switch (v->kind) {
	case VALUE_FIELD:
		return v->at != NULL && is_true_leaf(v);
	case VALUE_RECORD:
		return v->at != NULL;
	case VALUE_ROWS:
		return v->rows.count > 0;
	case VALUE_LIST:
		return v->view->first != NULL;
	case VALUE_GROUP:
		break;
	}
	return true;
}
