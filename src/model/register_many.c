/* register_many.c: see register_many.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/many.h"
#include "model/register_inside.h"
#include "model/register_many.h"

static void *
member(const struct reg_table *t, const char *name, void *record)
{
	return field_in(shape_field(t->shape, name), record);
}

static const void *
member_of(const struct reg_table *t, const char *name, const void *record)
{
	return field_of(shape_field(t->shape, name), record);
}

static int64_t
id_of(const struct reg_table *t, const void *record)
{
	return *(const int64_t *)member_of(t, "id", record);
}

static bool
is_archived(const struct reg_table *t, const void *record)
{
	return ((const struct instant *)member_of(t, "archived_at", record))->known;
}

/*
 * While an import fills a table, the database still counts the few rows that it had: it would read
 * all of them for every hundred that are looked for.
 */
static const char *
forced_index(const char *column)
{
	if (strcmp(column, "id") == 0)
		return " FORCE INDEX (PRIMARY)";
	return strcmp(column, "number") == 0 ? " FORCE INDEX (number)" : "";
}

enum status
reg_find_many(const struct actor *by, const struct reg_table *t, const char *column,
    const struct arg *values, size_t count, struct rows *out)
{
	struct arg args[REG_MANY];
	struct buf sql = { .arena = by->arena };

	*out = (struct rows){ .shape = t->shape };
	if (count == 0)
		return OK;
	/* The last one again and again: one text, one statement for lists of every length. */
	for (size_t i = 0; i < REG_MANY; i++)
		args[i] = values[i < count ? i : count - 1];
	buf_print(&sql, "SELECT STRAIGHT_JOIN %s FROM %s r%s%s WHERE r.%s IN (", t->columns,
	    t->name, forced_index(column), t->joins, column);
	many_marks(&sql, REG_MANY);
	buf_text(&sql, ")");
	return db_rows(by->db, by->arena, sql.text, (struct args){ args, REG_MANY }, t->shape, out);
}

/* As they stand now, each in its place. */
static enum status
read_again(const struct actor *by, const struct reg_table *t, void *const *records,
    const int64_t *ids, size_t count)
{
	struct arg args[REG_MANY] = { 0 };
	struct rows rows;
	enum status e;
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		args[i] = ARG(ids[i]);
	e = reg_find_many(by, t, "id", args, count, &rows);
	for (size_t i = 0; !e && i < count; i++)
		for (size_t r = 0; r < rows.count; r++) {
			/* They come by id, as they were asked for: the first look is the right one.
			 */
			const void *row = row_at(&rows, (i + r) % rows.count);

			if (id_of(t, row) != ids[i])
				continue;
			memcpy(records[i], row, t->shape->size);
			found++;
			break;
		}
	if (!e && found != count) {
		log_error("%s: %zu of %zu records are not there", t->name, count - found, count);
		return FAILED;
	}
	return e;
}

static enum status
write_events(const struct actor *by, const struct reg_table *t, const char *what,
    void *const *records, const void *const *before, size_t count, const struct reg_many_beside *x)
{
	struct event *events = NEW_ARRAY(by->arena, struct event, count);
	const char *act = arena_print(by->arena, "%s.%s", t->name, what);
	const char *restored = arena_print(by->arena, "%s.restored", t->name);

	for (size_t i = 0; i < count; i++) {
		const void *was = before != NULL ? before[i] : NULL;
		struct event *ev = &events[i];
		struct extra extra;
		struct beside beside = { NULL, NULL };

		if (x != NULL) {
			extra = *x->extra;
			extra.values = x->after[i];
			beside = (struct beside){ &extra, x->before[i] };
		}

		ev->act = was != NULL && is_archived(t, was) ? restored : act;
		ev->kind = t->name;
		ev->record_id = id_of(t, records[i]);
		ev->title = *(const char *const *)member_of(t, t->title, records[i]);
		if (was != records[i])
			ev->changes = reg_changes(by, t, was, records[i], &beside);
		if (t->belongs != NULL)
			t->belongs(records[i], &ev->machine_id, &ev->department_id);
	}
	return event_write_many(by, events, count);
}

/* INVALID with the member; RETRY of everything when it was a code that nobody types. */
static enum status
refuse_taken(const struct actor *by, const struct reg_table *t, struct reg_refusal *why)
{
	const char *name = reg_taken(by, t);

	for (size_t i = 0; name != NULL && t->given != NULL && t->given[i] != NULL; i++)
		if (strcmp(t->given[i], name) == 0)
			return RETRY;
	*why = (struct reg_refusal){ .member = name, .text = "Another one has this already." };
	return INVALID;
}

static size_t
columns_of(const struct reg_table *t, struct buf *sql)
{
	size_t n = 0;

	for (; t->stored[n] != NULL; n++)
		buf_print(sql, "%s, ", t->stored[n]);
	for (size_t i = 0; t->given != NULL && t->given[i] != NULL; i++, n++)
		buf_print(sql, "%s, ", t->given[i]);
	buf_text(sql, "created_at");
	return n + 1;
}

static enum status
insert(const struct actor *by, const struct reg_table *t, void *const *records, size_t count)
{
	struct buf sql = { .arena = by->arena };
	struct arg *args;
	size_t width, n = 0;

	buf_print(&sql, "INSERT INTO %s (", t->name);
	width = columns_of(t, &sql);
	buf_text(&sql, ") VALUES ");
	many_rows(&sql, width, count);
	args = NEW_ARRAY(by->arena, struct arg, width * count);
	for (size_t r = 0; r < count; r++) {
		for (size_t i = 0; t->stored[i] != NULL; i++)
			args[n++] = reg_arg(shape_field(t->shape, t->stored[i]), records[r]);
		for (size_t i = 0; t->given != NULL && t->given[i] != NULL; i++)
			args[n++] = reg_arg(shape_field(t->shape, t->given[i]), records[r]);
		args[n++] = ARG(by->now);
	}
	return db_change(by->db, sql.text, (struct args){ args, n }, NULL);
}

/* One of them has a key that is taken; the statement left nothing behind.  Which one? */
static enum status
find_taken(const struct actor *by, const struct reg_table *t, void *const *records, size_t count,
    struct reg_many_refusal *refused)
{
	for (size_t i = 0; i < count; i++) {
		enum status e = insert(by, t, &records[i], 1);

		if (e != CONFLICT && e)
			return e;
		if (e == CONFLICT) {
			refused->at = i;
			return refuse_taken(by, t, &refused->why);
		}
	}
	return RETRY;
}

/* What hangs on the rows that were written just now. */
static enum status
save_beside(const struct actor *by, const struct reg_table *t, bool each, void *const *records,
    const int64_t *ids, size_t count, const struct reg_many_beside *x,
    struct reg_many_refusal *refused)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		refused->at = i;
		if (each && t->saved != NULL)
			e = t->saved(by, ids[i], records[i], &refused->why);
		if (!e && x != NULL) {
			struct extra extra = *x->extra;

			extra.values = x->after[i];
			e = extra_save(by, &extra, ids[i], x->before[i]);
		}
	}
	return e;
}

enum status
reg_add_many(const struct actor *by, const struct reg_table *t, void *const *records, size_t count,
    const struct reg_many_beside *x, struct reg_many_refusal *refused)
{
	int64_t ids[REG_MANY];
	enum status e;

	if (count == 0)
		return OK;
	for (size_t i = 0; t->fill != NULL && i < count; i++)
		t->fill(by, records[i]);
	e = insert(by, t, records, count);
	if (e == CONFLICT)
		return find_taken(by, t, records, count, refused);
	if (!e)
		e = many_ids(by, count, ids);
	if (!e && t->saved_many != NULL)
		e = t->saved_many(by, ids, count);
	if (!e)
		e = save_beside(by, t, t->saved_many == NULL, records, ids, count, x, refused);
	if (!e)
		e = read_again(by, t, records, ids, count);
	return e ? e : write_events(by, t, "created", records, NULL, count, x);
}

/* The version is checked, not the lock: innodb_snapshot_isolation says RETRY on its own. */
static enum status
update(const struct actor *by, const struct reg_table *t, const void *record, const void *before)
{
	struct query q = { .sql = { .arena = by->arena } };
	int64_t changed;
	enum status e;

	buf_print(&q.sql, "UPDATE %s SET ", t->name);
	for (size_t i = 0; t->stored[i] != NULL; i++) {
		buf_print(&q.sql, "%s = ?, ", t->stored[i]);
		query_arg(&q, reg_arg(shape_field(t->shape, t->stored[i]), record));
	}
	query_put(&q, "archived_at = ?, version = version + 1",
	    ARG(*(const struct instant *)member_of(t, "archived_at", record)));
	query_put(&q, " WHERE id = ?", ARG(id_of(t, before)));
	query_put(&q, " AND version = ?", ARG(*(const int64_t *)member_of(t, "version", before)));
	e = db_change(by->db, q.sql.text, query_args(&q), &changed);
	return !e && changed != 1 ? RETRY : e;
}

enum status
reg_change_many(const struct actor *by, const struct reg_table *t, void *const *records,
    const void *const *before, size_t count, const struct reg_many_beside *x,
    struct reg_many_refusal *refused)
{
	int64_t ids[REG_MANY];
	enum status e = OK;

	if (count == 0)
		return OK;
	for (size_t i = 0; !e && i < count; i++) {
		refused->at = i;
		ids[i] = id_of(t, before[i]);
		e = update(by, t, records[i], before[i]);
		if (e == CONFLICT)
			e = refuse_taken(by, t, &refused->why);
	}
	if (!e)
		e = save_beside(by, t, true, records, ids, count, x, refused);
	if (!e)
		e = read_again(by, t, records, ids, count);
	return e ? e : write_events(by, t, "changed", records, before, count, x);
}

enum status
reg_archive_many(
    const struct actor *by, const struct reg_table *t, void *const *records, size_t count)
{
	const char *sql = arena_print(by->arena,
	    "UPDATE %s SET archived_at = ?, version = version + 1 WHERE id = ? AND version = ?"
	    " AND archived_at IS NULL",
	    t->name);
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		const int64_t version = *(const int64_t *)member_of(t, "version", records[i]);
		int64_t changed;

		e = db_change(by->db, sql,
		    ARGS(ARG(by->now), ARG(id_of(t, records[i])), ARG(version)), &changed);
		if (!e && changed != 1)
			e = RETRY;
		*(int64_t *)member(t, "version", records[i]) = version + 1;
	}
	if (e)
		return e;
	return write_events(by, t, "archived", records, (const void *const *)records, count, NULL);
}
