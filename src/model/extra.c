/* extra.c: see extra.h. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/extra.h"
#include "model/tag.h"

enum { TEXT_LONGEST = 400, ASKED_MOST = 1024 };

/* A member of any type has room in it. */
union room {
	const char *text;
	struct decimal number;
	struct date day;
};

static enum type
type_of(const struct custom_field *f)
{
	if (strcmp(f->type, "NUMBER") == 0)
		return TYPE_DECIMAL;
	return strcmp(f->type, "DATE") == 0 ? TYPE_DATE : TYPE_TEXT;
}

static const struct custom_field *
field_at(const struct extra *x, size_t i)
{
	return row_at(&x->fields, i);
}

static const struct shape *
shape_of(const struct actor *by, const struct extra *x)
{
	const size_t count = x->fields.count + 1;
	struct field *list = NEW_ARRAY(by->arena, struct field, count);
	struct shape *shape = NEW(by->arena, struct shape);

	for (size_t i = 0; i < x->fields.count; i++) {
		const struct custom_field *f = field_at(x, i);

		list[i] = (struct field){ arena_print(by->arena, "custom_%" PRId64, f->id),
			type_of(f), i * sizeof(union room),
			strcmp(f->type, "CHOICE") == 0 ? custom_choices(by, f) : NULL };
	}
	list[count - 1] =
	    (struct field){ "tags", TYPE_TEXT, (count - 1) * sizeof(union room), NULL };
	*shape = (struct shape){ list, count, count * sizeof(union room) };
	return shape;
}

/* Nothing is NULL, so that events tell "nothing" of all types alike; tags are "". */
static void *
empty(const struct actor *by, const struct extra *x, size_t records)
{
	char *values = arena_alloc(by->arena, records > 0 ? records : 1, x->shape->size);

	for (size_t i = 0; i < records; i++)
		*(const char **)field_in(
		    &x->shape->fields[x->fields.count], values + i * x->shape->size) = "";
	return values;
}

void
extra_from(const struct actor *by, struct extra *x)
{
	x->shape = shape_of(by, x);
	x->values = empty(by, x, 1);
}

enum status
extra_of(const struct actor *by, const char *kind, struct extra *x)
{
	enum status e;

	*x = (struct extra){ .kind = kind };
	e = custom_fields(by, kind, &x->fields);
	if (!e)
		extra_from(by, x);
	return e;
}

/* A value as it lies in the tables; field 0: a tag's name. */
struct value {
	int64_t record_id;
	int64_t custom_field_id;
	const char *text;
	struct decimal number;
	struct date day;
};

static const struct field value_fields[] = {
	FIELD(struct value, record_id),
	FIELD(struct value, custom_field_id),
	FIELD(struct value, text),
	FIELD(struct value, number),
	FIELD(struct value, day),
};

static const struct shape value_shape = SHAPE(struct value, value_fields);

static void
take_value(const struct actor *by, const struct extra *x, void *values, const struct value *v)
{
	for (size_t i = 0; i < x->fields.count; i++) {
		void *at = field_in(&x->shape->fields[i], values);

		if (field_at(x, i)->id != v->custom_field_id)
			continue;
		if (x->shape->fields[i].type == TYPE_DECIMAL)
			*(struct decimal *)at = v->number;
		else if (x->shape->fields[i].type == TYPE_DATE)
			*(struct date *)at = v->day;
		else
			*(const char **)at = v->text;
		return;
	}
	if (v->custom_field_id == 0) {
		const char **tags = field_in(&x->shape->fields[x->fields.count], values);

		*tags =
		    text_empty(*tags) ? v->text : arena_print(by->arena, "%s, %s", *tags, v->text);
	}
}

/* The marks of an IN list: as many as the next power of two, so that few statements do for all. */
static size_t
room_for(size_t n)
{
	size_t room = 1;

	while (room < n)
		room *= 2;
	return room;
}

static size_t
put_ids(struct buf *sql, struct arg *args, const int64_t *ids, size_t n)
{
	const size_t room = room_for(n);

	for (size_t i = 0; i < room; i++) {
		buf_text(sql, i > 0 ? ", ?" : "?");
		args[i] = ARG(ids[i < n ? i : n - 1]);
	}
	return room;
}

/* Every value and tag of those records, by record. */
static enum status
values_of(
    const struct actor *by, const struct extra *x, const int64_t *ids, size_t n, struct rows *out)
{
	struct buf sql = { .arena = by->arena };
	struct arg *args = NEW_ARRAY(by->arena, struct arg, 2 * room_for(n) + 2);
	size_t count = 0;

	buf_text(&sql, "SELECT g.record_id, 0 AS custom_field_id, t.name AS text, NULL AS number,"
		       " NULL AS day FROM tagging g JOIN tag t ON t.id = g.tag_id"
		       " WHERE g.kind = ? AND g.record_id IN (");
	args[count++] = ARG(x->kind);
	count += put_ids(&sql, args + count, ids, n);
	buf_text(&sql, ")");
	if (x->fields.count > 0) {
		buf_text(&sql, " UNION ALL SELECT v.record_id, v.custom_field_id, v.text,"
			       " v.number, v.day FROM custom_value v"
			       " JOIN custom_field f ON f.id = v.custom_field_id"
			       " WHERE v.record_id IN (");
		count += put_ids(&sql, args + count, ids, n);
		buf_text(&sql, ") AND f.kind = ?");
		args[count++] = ARG(x->kind);
	}
	buf_text(&sql, " ORDER BY record_id, custom_field_id, text");
	return db_rows(
	    by->db, by->arena, sql.text, (struct args){ args, count }, &value_shape, out);
}

enum status
extra_find(const struct actor *by, struct extra *x, int64_t record_id)
{
	struct rows rows = { 0 };
	enum status e = values_of(by, x, &record_id, 1, &rows);

	x->values = empty(by, x, 1);
	for (size_t i = 0; !e && i < rows.count; i++)
		take_value(by, x, x->values, row_at(&rows, i));
	return e;
}

/* Values i … of the records `from` …: at most ASKED_MOST at a time. */
static enum status
list_some(const struct actor *by, const struct extra *x, const struct rows *records,
    struct rows *values, size_t from)
{
	const struct field *id = shape_field(records->shape, "id");
	const size_t left = records->count - from, n = left < ASKED_MOST ? left : ASKED_MOST;
	int64_t *ids = NEW_ARRAY(by->arena, int64_t, n);
	struct rows rows = { 0 };
	enum status e;

	for (size_t i = 0; i < n; i++)
		ids[i] = *(const int64_t *)field_of(id, row_at(records, from + i));
	e = values_of(by, x, ids, n, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct value *v = row_at(&rows, i);

		for (size_t r = 0; r < n; r++)
			if (ids[r] == v->record_id)
				take_value(by, x, row_at(values, from + r), v);
	}
	return e;
}

enum status
extra_list(
    const struct actor *by, const struct extra *x, const struct rows *records, struct rows *values)
{
	enum status e = OK;

	*values = (struct rows){ x->shape, empty(by, x, records->count), records->count };
	for (size_t from = 0; !e && from < records->count; from += ASKED_MOST)
		e = list_some(by, x, records, values, from);
	return e;
}

int
extra_index(const struct extra *x, const char *name)
{
	for (size_t i = 0; i < x->fields.count; i++)
		if (strcasecmp(field_at(x, i)->name, name) == 0 ||
		    strcasecmp(field_at(x, i)->label, name) == 0)
			return (int)i;
	return strcasecmp(name, "tags") == 0 ? (int)x->fields.count : -1;
}

const char *
extra_text(const struct actor *by, const struct extra *x, const void *values, size_t i)
{
	const struct field *f = &x->shape->fields[i];
	const void *at = field_of(f, values);
	const char *text;

	if (f->type == TYPE_DECIMAL)
		text = decimal_text(by->arena, *(const struct decimal *)at);
	else if (f->type == TYPE_DATE)
		text = date_iso(by->arena, *(const struct date *)at);
	else
		text = *(const char *const *)at;
	return text != NULL ? text : "";
}

static const char *
set_text(const struct field *f, const char *text, void *at)
{
	if (f->words != NULL && word_index(f->words, text) < 0)
		return "Choose one from the list";
	if (text_length(text) > TEXT_LONGEST)
		return "A text has at most 400 characters.";
	*(const char **)at = text;
	return NULL;
}

static const char *
set_known(const struct field *f, const char *text, void *at)
{
	const struct decimal number = decimal_parse(text);
	const struct date day = date_parse(text);

	if (f->type == TYPE_DECIMAL && !number.known)
		return "Enter a number with at most four decimal places";
	if (f->type == TYPE_DATE && !day.known)
		return "Enter a date, such as 2026-11-21";
	if (f->type == TYPE_DECIMAL)
		*(struct decimal *)at = number;
	else
		*(struct date *)at = day;
	return NULL;
}

const char *
extra_set(const struct actor *by, struct extra *x, size_t i, const char *typed)
{
	const struct field *f = &x->shape->fields[i];
	const char *text = text_trim(by->arena, typed), *why = NULL;
	void *at = field_in(f, x->values);

	if (i == x->fields.count) {
		*(const char **)at = tag_text(by, text, &why);
		return why;
	}
	if (*text == '\0') {
		memset(at, 0, sizeof(union room));
		return field_at(x, i)->required ? "Fill in this field" : NULL;
	}
	return f->type == TYPE_TEXT ? set_text(f, text, at) : set_known(f, text, at);
}

enum status
extra_check(const struct actor *by, const struct extra *x, struct reg_refusal *refused)
{
	struct extra again = *x;

	for (size_t i = 0; i < x->shape->count; i++) {
		/* Set again: an empty text is nothing, tags are in their order. */
		const char *why = extra_set(by, &again, i, extra_text(by, x, x->values, i));

		if (why == NULL)
			continue;
		*refused = (struct reg_refusal){ x->shape->fields[i].name, why };
		return INVALID;
	}
	return OK;
}

static enum status
save_value(const struct actor *by, const struct extra *x, int64_t record_id, size_t i)
{
	static const char put[] =
	    "INSERT INTO custom_value (record_id, custom_field_id, text, number, day)"
	    " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE text = VALUES(text),"
	    " number = VALUES(number), day = VALUES(day)";
	static const char take[] =
	    "DELETE FROM custom_value WHERE record_id = ? AND custom_field_id = ?";
	const struct field *f = &x->shape->fields[i];
	const void *at = field_of(f, x->values);
	const int64_t id = field_at(x, i)->id;

	if (*extra_text(by, x, x->values, i) == '\0')
		return db_change(by->db, take, ARGS(ARG(record_id), ARG(id)), NULL);
	return db_change(by->db, put,
	    ARGS(ARG(record_id), ARG(id),
		ARG(f->type == TYPE_TEXT ? *(const char *const *)at : (const char *)NULL),
		ARG(f->type == TYPE_DECIMAL ? *(const struct decimal *)at : (struct decimal){ 0 }),
		ARG(f->type == TYPE_DATE ? *(const struct date *)at : (struct date){ 0 })),
	    NULL);
}

enum status
extra_save(const struct actor *by, const struct extra *x, int64_t record_id, const void *before)
{
	const size_t tags = x->fields.count;
	enum status e = OK;

	for (size_t i = 0; !e && i < tags; i++)
		if (strcmp(extra_text(by, x, before, i), extra_text(by, x, x->values, i)) != 0)
			e = save_value(by, x, record_id, i);
	if (e)
		return e;
	return tag_save(by, x->kind, record_id, extra_text(by, x, before, tags),
	    extra_text(by, x, x->values, tags));
}
