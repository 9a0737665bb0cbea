/* import_keep.c: the stored members of a record as text, so that an import can be undone. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "job/import_inside.h"
#include "model/register.h"

/* A member is "name=value" and 0x1e; NULL and what is not known have no "=". */
#define END "\x1e"

static const char *
value_of(struct arena *a, const struct field *f, const void *record)
{
	const void *at = field_of(f, record);

	switch (f->type) {
	case TYPE_INT:
		return arena_print(a, "%" PRId64, *(const int64_t *)at);
	case TYPE_BOOL:
		return *(const bool *)at ? "1" : "0";
	case TYPE_TEXT:
		return *(const char *const *)at;
	case TYPE_NUMBER:
		return ((const struct number *)at)->known
			   ? arena_print(a, "%" PRId64, ((const struct number *)at)->n)
			   : NULL;
	case TYPE_DECIMAL:
		return decimal_text(a, *(const struct decimal *)at);
	case TYPE_INSTANT:
		return ((const struct instant *)at)->known
			   ? arena_print(a, "%" PRId64, ((const struct instant *)at)->us)
			   : NULL;
	case TYPE_DATE:
		return date_iso(a, *(const struct date *)at);
	}
	return NULL;
}

static void
put_value(const struct field *f, const char *text, void *record)
{
	void *at = field_in(f, record);
	const int64_t n = text != NULL ? strtoll(text, NULL, 10) : 0;

	switch (f->type) {
	case TYPE_INT:
		*(int64_t *)at = n;
		break;
	case TYPE_BOOL:
		*(bool *)at = n != 0;
		break;
	case TYPE_TEXT:
		*(const char **)at = text;
		break;
	case TYPE_NUMBER:
		*(struct number *)at = (struct number){ text != NULL, n };
		break;
	case TYPE_DECIMAL:
		*(struct decimal *)at = text != NULL ? decimal_parse(text) : (struct decimal){ 0 };
		break;
	case TYPE_INSTANT:
		*(struct instant *)at = (struct instant){ text != NULL, n };
		break;
	case TYPE_DATE:
		*(struct date *)at = text != NULL ? date_parse(text) : (struct date){ 0 };
		break;
	}
}

static void
keep(struct buf *out, const struct field *f, const void *record)
{
	const char *value = value_of(out->arena, f, record);

	buf_text(out, f->name);
	if (value != NULL)
		buf_print(out, "=%s", value);
	buf_text(out, END);
}

const char *
keep_text(const struct actor *by, const struct reg_table *t, const void *record,
    const struct extra *x, const void *values)
{
	struct buf out = { .arena = by->arena };

	for (size_t i = 0; t->stored[i] != NULL; i++)
		keep(&out, shape_field(t->shape, t->stored[i]), record);
	keep(&out, shape_field(t->shape, "archived_at"), record);
	for (size_t i = 0; values != NULL && i < x->shape->count; i++)
		keep(&out, &x->shape->fields[i], values);
	return out.text;
}

bool
keep_read(const struct actor *by, const struct reg_table *t, const char *text, void *record,
    struct extra *x)
{
	struct arena *a = by->arena;

	while (*text != '\0') {
		const size_t len = strcspn(text, END), name = strcspn(text, "=" END);
		const char *member = arena_text(a, text, name);
		const struct field *f = shape_field(t->shape, member);
		const struct field *beside = f == NULL ? shape_field(x->shape, member) : NULL;
		const char *value =
		    text[name] == '=' ? arena_text(a, text + name + 1, len - name - 1) : NULL;

		/* A custom field that is no longer used has nothing to go back to. */
		if (f != NULL)
			put_value(f, value, record);
		else if (beside != NULL)
			put_value(beside, value, x->values);
		text += len + (text[len] != '\0');
	}
	return true;
}
