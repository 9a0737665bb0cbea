/* register_name.c: see register_name.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/register_name.h"
#include "rule/number.h"

enum { NEAREST = 5 };

#define POINT " · "

static bool
has_name(const struct reg_table *t)
{
	return strcmp(t->title, "name") != 0 && shape_field(t->shape, "name") != NULL;
}

/* The SQL of what an option shows. */
const char *
reg_label(const struct actor *by, const struct reg_table *t)
{
	return has_name(t) ? arena_print(by->arena, "CONCAT(r.%s, '" POINT "', r.name)", t->title)
			   : arena_print(by->arena, "r.%s", t->title);
}

enum status
reg_title(const struct actor *by, const struct reg_table *t, int64_t id, const char **title)
{
	const char *sql = arena_print(by->arena, "SELECT r.id, %s AS name FROM %s r WHERE r.id = ?",
	    reg_label(by, t), t->name);
	struct option o;
	enum status e = db_row(by->db, by->arena, sql, ARGS(ARG(id)), &option_shape, &o);

	if (!e)
		*title = o.name;
	return e;
}

enum status
reg_open(const struct actor *by, const struct reg_table *t, int64_t id)
{
	const char *sql = arena_print(
	    by->arena, "SELECT id FROM %s WHERE id = ? AND archived_at IS NULL", t->name);
	int64_t same;

	return db_int(by->db, sql, ARGS(ARG(id)), &same);
}

enum status
reg_options_few(
    const struct actor *by, const struct reg_table *t, int64_t current, int most, struct rows *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT r.id, %s AS name FROM %s r WHERE r.archived_at IS NULL OR r.id = ?"
	    " ORDER BY r.%s, r.id LIMIT ?",
	    reg_label(by, t), t->name, t->title);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(current), ARG(most)), &option_shape, out);
}

const char *
reg_key(const struct actor *by, const struct reg_table *t)
{
	static const char *const members[] = { "number", "code" };

	if (t->key != NULL)
		return t->key;
	for (size_t i = 0; i < COUNT(members); i++)
		if (shape_field(t->shape, members[i]) != NULL)
			return arena_print(by->arena, "r.%s", members[i]);
	return arena_print(by->arena, "r.%s", t->title);
}

enum status
reg_keys(const struct actor *by, const struct reg_table *t, int most, struct rows *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT r.id, %s AS name FROM %s r ORDER BY r.id LIMIT ?", reg_key(by, t), t->name);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(most)), &option_shape, out);
}

struct asked {
	int64_t which, id;
	const char *name;
};

static const struct field asked_fields[] = {
	FIELD(struct asked, which),
	FIELD(struct asked, id),
	FIELD(struct asked, name),
};

static const struct shape asked_shape = SHAPE(struct asked, asked_fields);

enum status
reg_options_each(const struct actor *by, const struct reg_ask *asks, size_t count, int most)
{
	struct arg *args = NEW_ARRAY(by->arena, struct arg, 2 * count + 1);
	struct buf sql = { .arena = by->arena };
	struct rows rows = { 0 };
	enum status e = OK;

	for (size_t i = 0; i < count; i++) {
		const struct reg_table *t = asks[i].of;

		buf_print(&sql,
		    "%s(SELECT %zu AS which, r.id, %s AS name FROM %s r"
		    " WHERE r.archived_at IS NULL OR r.id = ? ORDER BY r.%s, r.id LIMIT ?)",
		    i > 0 ? " UNION ALL " : "", i, reg_label(by, t), t->name, t->title);
		args[2 * i] = ARG(asks[i].current);
		args[2 * i + 1] = ARG(most);
		*asks[i].out = (struct rows){ .shape = &option_shape,
			.at = NEW_ARRAY(by->arena, struct option, (size_t)most) };
	}
	if (count > 0)
		e = db_rows(by->db, by->arena, sql.text, (struct args){ args, 2 * count },
		    &asked_shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct asked *a = row_at(&rows, i);
		struct rows *out = asks[a->which].out;

		*(struct option *)row_at(out, out->count++) = (struct option){ a->id, a->name };
	}
	return e;
}

/* The records as options. */
static void
options_of(
    const struct actor *by, const struct reg_table *t, const struct rows *records, struct rows *out)
{
	const struct field *id = shape_field(t->shape, "id");
	const struct field *title = shape_field(t->shape, t->title);
	const struct field *name = has_name(t) ? shape_field(t->shape, "name") : NULL;
	struct option *list = NEW_ARRAY(by->arena, struct option, records->count + 1);

	for (size_t i = 0; i < records->count; i++) {
		const void *record = row_at(records, i);
		const char *text = *(const char *const *)field_of(title, record);

		list[i].id = *(const int64_t *)field_of(id, record);
		list[i].name = name == NULL ? text
					    : arena_print(by->arena, "%s" POINT "%s", text,
						  *(const char *const *)field_of(name, record));
	}
	*out = (struct rows){ &option_shape, list, records->count };
}

enum status
reg_suggest(const struct actor *by, const struct reg_table *t, const char *search, int most,
    struct rows *out)
{
	const struct reg_query ask = { .search = search };
	struct rows records = { 0 };
	enum status e = reg_list(by, t, &ask, most, &records);

	if (!e)
		options_of(by, t, &records, out);
	return e;
}

/* Exactly one that is not archived has this there. */
static enum status
by_column(const struct actor *by, const struct reg_table *t, const char *column, const char *title,
    int64_t *id)
{
	const char *sql = arena_print(by->arena,
	    "SELECT id, %s AS name FROM %s WHERE %s = ? AND archived_at IS NULL LIMIT 2", column,
	    t->name, column);
	struct rows rows = { 0 };
	enum status e = db_rows(by->db, by->arena, sql, ARGS(ARG(title)), &option_shape, &rows);

	if (!e && rows.count != 1)
		return NOT_FOUND;
	if (!e)
		*id = ((const struct option *)row_at(&rows, 0))->id;
	return e;
}

/* By the title; also by number or name when that is another member. */
static enum status
by_title(const struct actor *by, const struct reg_table *t, const char *title, int64_t *id)
{
	const char *const columns[] = { t->title, "number", "name" };
	enum status e = NOT_FOUND;

	for (size_t i = 0; e == NOT_FOUND && i < COUNT(columns); i++)
		if (i == 0 || (strcmp(columns[i], t->title) != 0 &&
				  shape_field(t->shape, columns[i]) != NULL))
			e = by_column(by, t, columns[i], title, id);
	return e;
}

static enum status
by_search(const struct actor *by, const struct reg_table *t, const char *typed, int64_t *id,
    struct rows *like)
{
	enum status e = reg_suggest(by, t, typed, NEAREST, like);

	if (!e && like->count == 1) {
		*id = ((const struct option *)row_at(like, 0))->id;
		return OK;
	}
	/* Nothing: a typing error further behind, perhaps. */
	if (!e && like->count == 0)
		e = reg_suggest(by, t, text_cut(by->arena, typed, 3), NEAREST, like);
	return e ? e : NOT_FOUND;
}

/* The code of its label, scanned. */
static enum status
by_code(const struct actor *by, const struct reg_table *t, const char *typed, int64_t *id)
{
	const char *code = code_in(by->arena, typed);
	struct code_found f;
	enum status e = code != NULL ? code_find(by, code, &f) : NOT_FOUND;

	if (e || strcmp(f.kind, t->name) != 0 || f.retired_at.known || f.archived_at.known)
		return e ? e : NOT_FOUND;
	*id = f.record_id;
	return OK;
}

enum status
reg_resolve(const struct actor *by, const struct reg_table *t, const char *typed, int64_t *id,
    struct rows *like)
{
	const char *point = strstr(typed, POINT);
	enum status e = by_title(by, t, typed, id);

	if (e == NOT_FOUND && point != NULL)
		e = by_title(by, t, arena_text(by->arena, typed, (size_t)(point - typed)), id);
	if (e == NOT_FOUND)
		e = by_code(by, t, typed, id);
	if (e == NOT_FOUND)
		e = alias_find(by, t->name, typed, id);
	if (e == NOT_FOUND)
		e = by_search(by, t, typed, id, like);
	return e;
}

enum status
alias_find(const struct actor *by, const char *kind, const char *text, int64_t *id)
{
	static const char sql[] = "SELECT record_id FROM alias WHERE kind = ? AND text = ?"
				  " ORDER BY record_id DESC LIMIT 1";

	return db_int(by->db, sql, ARGS(ARG(kind), ARG(text)), id);
}

enum status
alias_add(
    const struct actor *by, const char *kind, const char *text, int64_t record_id, int64_t from_id)
{
	static const char sql[] =
	    "INSERT INTO alias (kind, text, record_id, from_id) VALUES (?, ?, ?, ?)";

	if (text_empty(text))
		return OK;
	return db_change(by->db, sql,
	    ARGS(ARG(kind), ARG(text_cut(by->arena, text, 160)), ARG(record_id), ARG(from_id)),
	    NULL);
}
