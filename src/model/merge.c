/* merge.c: see merge.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/merge.h"
#include "model/register_name.h"

/* What records of any register may have, by kind and record_id. */
static const struct common {
	const char *table;
	const char *text; /* msgid; NULL: not counted */
	const char *same; /* unique with kind and record_id, or NULL */
} commons[] = {
	{ "attachment", "Files", NULL },
	{ "tagging", "Tags", "tag_id" },
	{ "alias", NULL, NULL },
};

static const struct field count_fields[] = {
	FIELD(struct merge_count, text),
	FIELD(struct merge_count, n),
};

const struct shape merge_count_shape = SHAPE(struct merge_count, count_fields);

static enum status
count(const struct actor *by, const char *table, const char *where, struct args args, int64_t *n)
{
	const char *sql = arena_print(by->arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS some", table, where,
	    MERGE_COUNTED);

	return db_int(by->db, sql, args, n);
}

/* Adds to the count of that text. */
static void
add_count(struct rows *out, const char *text, int64_t n)
{
	struct merge_count *c = out->at;
	size_t i = 0;

	while (i < out->count && strcmp(c[i].text, text) != 0)
		i++;
	c[i].text = text;
	c[i].n = c[i].n + n < MERGE_COUNTED ? c[i].n + n : MERGE_COUNTED;
	if (i == out->count)
		out->count++;
}

enum status
merge_counts(const struct actor *by, const struct reg_table *t, int64_t from, struct rows *out)
{
	const struct reg_merge *m = t->merge;
	enum status e = OK;
	int64_t n;

	*out = (struct rows){ &merge_count_shape,
		NEW_ARRAY(by->arena, struct merge_count, m->count + COUNT(commons)), 0 };
	for (size_t i = 0; !e && i < m->count; i++) {
		const struct reg_reference *r = &m->references[i];

		e = count(
		    by, r->table, arena_print(by->arena, "%s = ?", r->column), ARGS(ARG(from)), &n);
		if (!e)
			add_count(out, r->text, n);
	}
	for (size_t i = 0; !e && i < COUNT(commons); i++) {
		if (commons[i].text == NULL)
			continue;
		e = count(by, commons[i].table, "kind = ? AND record_id = ?",
		    ARGS(ARG(t->name), ARG(from)), &n);
		if (!e)
			add_count(out, commons[i].text, n);
	}
	return e;
}

enum status
merge_into(const struct actor *by, const struct reg_table *t, int64_t id, int64_t *into)
{
	const char *sql =
	    arena_print(by->arena, "SELECT merged_into_id FROM %s WHERE id = ?", t->name);
	enum status e = db_int(by->db, sql, ARGS(ARG(id)), into);

	return e ? e : *into != 0 ? OK : NOT_FOUND;
}

/* Rows that both have: summed into the kept one's; then dropped, unless they are left. */
static enum status
join_rows(const struct actor *by, const struct reg_reference *r, int64_t from, int64_t into)
{
	const char *both = arena_print(by->arena, "%s o JOIN %s k ON k.%s = o.%s AND k.%s = ?",
	    r->table, r->table, r->same, r->same, r->column);
	enum status e = OK;

	if (r->sums != NULL)
		e = db_change(by->db,
		    arena_print(
			by->arena, "UPDATE %s SET %s WHERE o.%s = ?", both, r->sums, r->column),
		    ARGS(ARG(into), ARG(from)), NULL);
	if (e || r->join == MERGE_LEAVE)
		return e;
	return db_change(by->db,
	    arena_print(by->arena, "DELETE o FROM %s WHERE o.%s = ?", both, r->column),
	    ARGS(ARG(into), ARG(from)), NULL);
}

static enum status
leave_rest(const struct actor *by, const struct reg_table *t, const struct reg_reference *r,
    const struct merge_ask *ask)
{
	static const char sql[] =
	    "INSERT INTO merge_rest (kind, reference, from_id, into_id) VALUES (?, ?, ?, ?)";

	return db_change(by->db, sql,
	    ARGS(ARG(t->name), ARG(arena_print(by->arena, "%s.%s", r->table, r->column)),
		ARG(ask->from), ARG(ask->into)),
	    NULL);
}

static enum status
move_reference(const struct actor *by, const struct reg_table *t, const struct reg_reference *r,
    const struct merge_ask *ask, int64_t *moved)
{
	enum status e = r->same != NULL ? join_rows(by, r, ask->from, ask->into) : OK;

	if (!e)
		e = merge_move(by, r, ask->from, ask->into, MERGE_MOST, moved);
	if (!e && r->same == NULL && *moved == MERGE_MOST)
		e = leave_rest(by, t, r, ask);
	return e;
}

static enum status
move_common(const struct actor *by, const struct reg_table *t, const struct common *c,
    const struct merge_ask *ask, int64_t *moved)
{
	const char *sql =
	    c->same == NULL
		? arena_print(by->arena,
		      "UPDATE %s SET record_id = ? WHERE kind = ? AND record_id = ?", c->table)
		: arena_print(by->arena,
		      "INSERT INTO %s (record_id, kind, %s) SELECT ?, kind, %s FROM %s o"
		      " WHERE kind = ? AND record_id = ?"
		      " ON DUPLICATE KEY UPDATE kind = o.kind",
		      c->table, c->same, c->same, c->table);

	return db_change(by->db, sql, ARGS(ARG(ask->into), ARG(t->name), ARG(ask->from)), moved);
}

/* What the kept one has not; what it has stands. */
static enum status
move_custom(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask)
{
	static const char sql[] =
	    "INSERT INTO custom_value (record_id, custom_field_id, text, number, day)"
	    " SELECT ?, v.custom_field_id, v.text, v.number, v.day FROM custom_value v"
	    " JOIN custom_field f ON f.id = v.custom_field_id"
	    " WHERE v.record_id = ? AND f.kind = ?"
	    " ON DUPLICATE KEY UPDATE custom_field_id = VALUES(custom_field_id)";

	return db_change(by->db, sql, ARGS(ARG(ask->into), ARG(ask->from), ARG(t->name)), NULL);
}

static enum status
move_all(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask,
    struct rows *moved)
{
	const struct reg_merge *m = t->merge;
	enum status e = OK;
	int64_t n = 0;

	*moved = (struct rows){ &merge_count_shape,
		NEW_ARRAY(by->arena, struct merge_count, m->count + COUNT(commons)), 0 };
	for (size_t i = 0; !e && i < m->count; i++) {
		e = move_reference(by, t, &m->references[i], ask, &n);
		if (!e && n > 0)
			add_count(moved, m->references[i].text, n);
	}
	for (size_t i = 0; !e && i < COUNT(commons); i++) {
		e = move_common(by, t, &commons[i], ask, &n);
		if (!e && n > 0 && commons[i].text != NULL)
			add_count(moved, commons[i].text, n);
	}
	return e ? e : move_custom(by, t, ask);
}

static const char *
text_member(const struct reg_table *t, const char *member, const void *record)
{
	return *(const char *const *)field_of(shape_field(t->shape, member), record);
}

static enum status
close_from(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask,
    const void *from)
{
	const char *close = arena_print(by->arena,
	    "UPDATE %s SET archived_at = ?, merged_into_id = ?, version = version + 1 WHERE id = ?",
	    t->name);
	const char *touch =
	    arena_print(by->arena, "UPDATE %s SET version = version + 1 WHERE id = ?", t->name);
	enum status e =
	    db_change_one(by->db, close, ARGS(ARG(by->now), ARG(ask->into), ARG(ask->from)));

	if (!e)
		e = db_change_one(by->db, touch, ARGS(ARG(ask->into)));
	for (const char *const *name = t->merge->names; !e && *name != NULL; name++)
		e = alias_add(by, t->name, text_member(t, *name, from), ask->into, ask->from);
	return e;
}

/* {"merged_into":[null,"BRG-6204"],"Work orders":[null,12]} */
static const char *
changes_of(const struct actor *by, const char *member, const char *title, const struct rows *moved)
{
	struct buf out = { .arena = by->arena };

	buf_print(&out, "{\"%s\":[null,", member);
	json_text(&out, title);
	for (size_t i = 0; i < moved->count; i++) {
		const struct merge_count *c = row_at(moved, i);

		buf_text(&out, "],");
		json_text(&out, c->text);
		buf_print(&out, ":[null,%" PRId64, c->n);
	}
	buf_text(&out, "]}");
	return out.text;
}

static enum status
tell(const struct actor *by, const struct reg_table *t, const void *record, int64_t id,
    const char *changes)
{
	struct event ev = {
		.act = arena_print(by->arena, "%s.merged", t->name),
		.kind = t->name,
		.record_id = id,
		.title = text_member(t, t->title, record),
		.changes = changes,
	};

	if (t->belongs != NULL)
		t->belongs(record, &ev.machine_id, &ev.department_id);
	return event_write(by, &ev);
}

/* Locks in the order of ids, so that two merges do not wait for each other. */
static enum status
lock_both(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask,
    void *from, void *into)
{
	const char *sql = arena_print(by->arena,
	    "SELECT COUNT(*) FROM (SELECT id FROM %s WHERE id IN (?, ?) ORDER BY id FOR UPDATE) b",
	    t->name);
	int64_t n;
	enum status e = db_int(by->db, sql, ARGS(ARG(ask->from), ARG(ask->into)), &n);

	if (!e)
		e = reg_find(by, t, ask->from, from);
	if (!e)
		e = reg_find(by, t, ask->into, into);
	return e;
}

static bool
is_archived(const struct reg_table *t, const void *record)
{
	return ((const struct instant *)field_of(shape_field(t->shape, "archived_at"), record))
	    ->known;
}

static int64_t
version_of(const struct reg_table *t, const void *record)
{
	return *(const int64_t *)field_of(shape_field(t->shape, "version"), record);
}

static enum status
may_merge(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask,
    const void *from, const void *into, const char **why)
{
	enum status e;

	*why = NULL;
	if (ask->from == ask->into)
		*why = "That is the same record.";
	else if (is_archived(t, from) || is_archived(t, into))
		*why = "One of them is archived. Restore it first.";
	else if (version_of(t, from) != ask->from_version ||
		 version_of(t, into) != ask->into_version)
		*why = "One of them was changed in between. Look again before you merge them.";
	if (*why != NULL)
		return CONFLICT;
	e = t->merge->check != NULL ? t->merge->check(by, from, into, why) : OK;
	return !e && *why != NULL ? CONFLICT : e;
}

enum status
reg_merge(const struct actor *by, const struct reg_table *t, const struct merge_ask *ask,
    const char **why)
{
	void *from = arena_alloc(by->arena, 1, t->shape->size);
	void *into = arena_alloc(by->arena, 1, t->shape->size);
	struct rows moved;
	enum status e = lock_both(by, t, ask, from, into);

	if (!e)
		e = may_merge(by, t, ask, from, into, why);
	if (!e)
		e = move_all(by, t, ask, &moved);
	if (!e && t->merge->finish != NULL)
		e = t->merge->finish(by, from, into);
	if (!e)
		e = close_from(by, t, ask, from);
	if (!e)
		e = tell(by, t, from, ask->from,
		    changes_of(by, "merged_into", text_member(t, t->title, into), &moved));
	if (!e)
		e = tell(by, t, into, ask->into,
		    changes_of(by, "merged_from", text_member(t, t->title, from), &moved));
	return e;
}
