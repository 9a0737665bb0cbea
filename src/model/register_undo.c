/* register_undo.c: see register_undo.h. */
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/register_undo.h"

/* Further back nobody's form is. */
enum { PAST_MOST = 50 };

static const char *
text_of(const struct actor *by, const struct field *f, const json_t *v)
{
	const char *text = json_string_value(v);

	if (text != NULL)
		return arena_text(by->arena, text, strlen(text));
	return f->words != NULL ? NULL : ""; /* texts are NOT NULL */
}

/* What json_value() wrote, back into the member. */
static void
put(const struct actor *by, const struct field *f, void *record, const json_t *v)
{
	void *at = field_in(f, record);
	const bool known = !json_is_null(v);

	switch (f->type) {
	case TYPE_INT:
		*(int64_t *)at = json_integer_value(v);
		break;
	case TYPE_BOOL:
		*(bool *)at = json_is_true(v);
		break;
	case TYPE_TEXT:
		*(const char **)at = text_of(by, f, v);
		break;
	case TYPE_NUMBER:
		*(struct number *)at = (struct number){ known, json_integer_value(v) };
		break;
	case TYPE_DECIMAL:
		*(struct decimal *)at =
		    (struct decimal){ known, llround(json_number_value(v) * (double)DECIMAL_ONE) };
		break;
	case TYPE_INSTANT:
		*(struct instant *)at = instant_parse(known ? json_string_value(v) : "");
		break;
	case TYPE_DATE:
		*(struct date *)at = date_parse(known ? json_string_value(v) : "");
		break;
	}
}

/* The values before, for every member of either shape that the event names. */
static void
put_back(const struct actor *by, const struct reg_table *t, const struct extra *x,
    const char *changes, void *record)
{
	json_t *json = changes != NULL ? json_loads(changes, 0, NULL) : NULL, *pair;
	const char *member;

	json_object_foreach(json, member, pair)
	{
		const struct field *own = shape_field(t->shape, member);
		const struct field *beside = x != NULL ? shape_field(x->shape, member) : NULL;

		if (own != NULL)
			put(by, own, record, json_array_get(pair, 0));
		else if (beside != NULL)
			put(by, beside, x->values, json_array_get(pair, 0));
	}
	json_decref(json);
}

static enum status
last_change(const struct actor *by, const struct reg_table *t, int64_t id, struct event_row *out)
{
	const struct event_filter f = {
		.act = arena_print(by->arena, "%s.changed", t->name),
	};
	struct rows rows = { 0 };
	enum status e = event_list_of(by, t->name, id, &f, 1, &rows);

	if (!e && rows.count == 0)
		return CONFLICT;
	if (!e)
		*out = *(const struct event_row *)row_at(&rows, 0);
	return e;
}

enum status
reg_undo(const struct actor *by, const struct reg_table *t, int64_t id, int64_t version,
    struct extra *x, void *record)
{
	void *now = arena_alloc(by->arena, 1, t->shape->size);
	struct reg_refusal refused;
	struct event_row ev;
	enum status e = reg_find(by, t, id, record);

	if (!e && *(int64_t *)field_in(shape_field(t->shape, "version"), record) != version)
		e = CONFLICT;
	if (!e)
		e = last_change(by, t, id, &ev);
	if (!e && (!ev.user_id.known || ev.user_id.n != by->user_id))
		e = CONFLICT;
	if (!e && x != NULL)
		e = extra_find(by, x, id);
	if (e)
		return e;
	put_back(by, t, x, ev.changes, record);
	return reg_change_with(by, t, record, x, now, &refused);
}

enum status
reg_past(const struct actor *by, const struct reg_table *t, int64_t changes, struct extra *x,
    void *record)
{
	const int64_t id = *(const int64_t *)field_of(shape_field(t->shape, "id"), record);
	const struct event_filter f = { .act = arena_print(by->arena, "%s.changed", t->name) };
	struct rows rows = { 0 };
	enum status e;

	if (changes <= 0)
		return OK;
	e = event_list_of(
	    by, t->name, id, &f, changes < PAST_MOST ? (int)changes : PAST_MOST, &rows);
	for (size_t i = 0; !e && i < rows.count; i++)
		put_back(by, t, x, ((const struct event_row *)row_at(&rows, i))->changes, record);
	return e;
}
