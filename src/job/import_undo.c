/* import_undo.c: takes an import back, as long as nothing else changed what it left. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "job/end.h"
#include "job/import_undo.h"
#include "model/event.h"
#include "model/import_invite.h"
#include "model/many.h"
#include "model/register_many.h"

enum { SAID = 100, PER_MILLE = 1000 };

static const struct field left_fields[] = {
	FIELD(struct left, seq),
	FIELD(struct left, kind),
	FIELD(struct left, record_id),
	FIELD(struct left, left_version),
	FIELD(struct left, before_values),
};

static const struct shape left_shape = SHAPE(struct left, left_fields);

/* A column that refers to a register. */
struct reference {
	const char *table_name, *column_name;
};

static const struct field reference_fields[] = {
	FIELD(struct reference, table_name),
	FIELD(struct reference, column_name),
};

static const struct shape reference_shape = SHAPE(struct reference, reference_fields);

static enum status
learn_references(struct undo *u, const char *kind)
{
	static const char sql[] =
	    "SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name"
	    " FROM information_schema.KEY_COLUMN_USAGE"
	    " WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()"
	    " AND REFERENCED_TABLE_NAME = ?"
	    /* A person's own: these go with the person, and are there since the import. */
	    " AND TABLE_NAME NOT IN ('user_department','user_skill','user_rate','user_link',"
	    "'invitation')";

	if (u->kind != NULL && strcmp(u->kind, kind) == 0)
		return OK;
	u->kind = arena_text(u->l->forever, kind, strlen(kind));
	return db_rows(
	    u->l->by.db, u->l->forever, sql, ARGS(ARG(u->kind)), &reference_shape, &u->references);
}

enum status
undo_stands(struct undo *u, const char *title, const char *why)
{
	static const char sql[] = "INSERT INTO import_line (import_id, line, kind, title, detail)"
				  " VALUES (?, ?, 'STANDS', ?, ?)";

	if (u->said >= SAID)
		return OK;
	u->said++;
	return db_change(
	    u->l->other.db, sql, ARGS(ARG(u->l->im.id), ARG(-u->said), ARG(title), ARG(why)), NULL);
}

/* May a record of that table be one of the import's own? */
static bool
is_kept(const char *table)
{
	static const char *const past[] = { "work_order", "stop", "movement", "meter",
		"meter_reading" };

	for (size_t i = 0; i < COUNT(past); i++)
		if (strcmp(past[i], table) == 0)
			return true;
	return register_of_kind(table) != NULL;
}

/* One that refers to any of the ids, but for what this import made itself; 0: none. */
static enum status
referred(struct undo *u, const struct reference *r, const struct arg *ids, int64_t *found)
{
	struct buf sql = { .arena = u->l->batch };
	struct arg args[REG_MANY + 2];
	size_t n = 0;
	enum status e;

	for (; n < REG_MANY; n++)
		args[n] = ids[n];
	buf_print(&sql, "SELECT x.%s FROM %s x WHERE x.%s IN (", r->column_name, r->table_name,
	    r->column_name);
	many_marks(&sql, REG_MANY);
	buf_text(&sql, ")");
	if (is_kept(r->table_name)) {
		buf_text(&sql, " AND NOT EXISTS (SELECT 1 FROM import_record i WHERE i.kind = ?"
			       " AND i.record_id = x.id AND i.import_id = ?)");
		args[n++] = ARG(r->table_name);
		args[n++] = ARG(u->l->im.id);
	}
	buf_text(&sql, " LIMIT 1");
	*found = 0;
	e = db_int(u->l->by.db, sql.text, (struct args){ args, n }, found);
	return e == NOT_FOUND ? OK : e;
}

static enum status
attached(struct undo *u, const char *kind, const struct arg *ids, int64_t *found)
{
	struct buf sql = { .arena = u->l->batch };
	struct arg args[REG_MANY + 1];
	enum status e;

	args[0] = ARG(kind);
	for (size_t i = 0; i < REG_MANY; i++)
		args[i + 1] = ids[i];
	buf_text(&sql, "SELECT record_id FROM attachment WHERE kind = ? AND record_id IN (");
	many_marks(&sql, REG_MANY);
	buf_text(&sql, ") AND removed_at IS NULL LIMIT 1");
	*found = 0;
	e = db_int(u->l->by.db, sql.text, (struct args){ args, REG_MANY + 1 }, found);
	return e == NOT_FOUND ? OK : e;
}

static const char *
title_of(const struct reg_table *t, const void *record)
{
	return *(const char *const *)field_of(shape_field(t->shape, t->title), record);
}

static int64_t
int_of(const struct reg_table *t, const char *member, const void *record)
{
	return *(const int64_t *)field_of(shape_field(t->shape, member), record);
}

enum status
undo_unused(
    struct undo *u, const char *kind, const int64_t *made, const char *const *titles, size_t count)
{
	struct arg ids[REG_MANY];
	int64_t found = 0;
	enum status e = learn_references(u, kind);

	if (e || count == 0)
		return e;
	for (size_t i = 0; i < REG_MANY; i++)
		ids[i] = ARG(made[i < count ? i : count - 1]);
	for (size_t i = 0; !e && found == 0 && i < u->references.count; i++)
		e = referred(u, row_at(&u->references, i), ids, &found);
	if (!e && found == 0)
		e = attached(u, kind, ids, &found);
	for (size_t i = 0; !e && found != 0 && i < count; i++)
		if (made[i] == found)
			e = undo_stands(u, titles[i], "Something refers to it by now.");
	return e;
}

static enum status
check_made(struct undo *u, const struct reg_table *t, void *const *made, size_t count)
{
	int64_t ids[REG_MANY];
	const char *titles[REG_MANY];

	for (size_t i = 0; i < count; i++) {
		ids[i] = int_of(t, "id", made[i]);
		titles[i] = title_of(t, made[i]);
	}
	return undo_unused(u, t->name, ids, titles, count);
}

/* The records of so many lines of one kind, sorted into what was made and what was changed. */
struct heap {
	void *made[REG_MANY], *changed[REG_MANY], *values[REG_MANY];
	const void *now[REG_MANY], *values_now[REG_MANY];
	struct extra extra;
	size_t made_count, changed_count;
};

static enum status
sort_one(struct undo *u, const struct reg_table *t, const struct left *left, void *record,
    struct heap *h)
{
	void *old;
	enum status e;

	if (int_of(t, "version", record) != left->left_version)
		return undo_stands(u, title_of(t, record), "It was changed by now.");
	if (left->before_values == NULL) {
		h->made[h->made_count++] = record;
		return OK;
	}
	old = arena_alloc(u->l->batch, 1, t->shape->size);
	memcpy(old, record, t->shape->size);
	e = extra_find(&u->l->by, &h->extra, left->record_id);
	if (e)
		return e;
	h->values_now[h->changed_count] = h->extra.values;
	h->extra.values = arena_alloc(u->l->batch, 1, h->extra.shape->size);
	memcpy(h->extra.values, h->values_now[h->changed_count], h->extra.shape->size);
	h->values[h->changed_count] = h->extra.values;
	if (!keep_read(&u->l->by, t, left->before_values, old, &h->extra))
		return FAILED;
	h->now[h->changed_count] = record;
	h->changed[h->changed_count++] = old;
	return OK;
}

static enum status
sort(struct undo *u, const struct reg_table *t, const struct left *left, size_t count,
    struct heap *h)
{
	struct arg ids[REG_MANY];
	struct rows rows;
	enum status e;

	for (size_t i = 0; i < count; i++)
		ids[i] = ARG(left[i].record_id);
	e = reg_find_many(&u->l->by, t, "id", ids, count, &rows);
	for (size_t i = 0; !e && i < count; i++)
		for (size_t r = 0; !e && r < rows.count; r++)
			if (int_of(t, "id", row_at(&rows, r)) == left[i].record_id)
				e = sort_one(u, t, &left[i], row_at(&rows, r), h);
	return e;
}

static enum status
undo_group(struct undo *u, const struct left *left, size_t count)
{
	const struct reg *reg = register_of_kind(left->kind);
	struct reg_many_refusal refused = { 0 };
	struct heap h = { .made_count = 0 };
	enum status e;

	if (reg == NULL)
		return past_undo(u, left, count);
	e = extra_of(&u->l->by, reg->table->name, &h.extra);
	if (!e)
		e = sort(u, reg->table, left, count, &h);
	if (!e)
		e = check_made(u, reg->table, h.made, h.made_count);
	/* Once something stands in the way, only more of that is looked for. */
	if (e || u->said > 0)
		return e;
	e = reg_change_many(&u->l->by, reg->table, h.changed, h.now, h.changed_count,
	    &(struct reg_many_beside){ &h.extra, h.values, h.values_now }, &refused);
	if (e == INVALID)
		e = undo_stands(u, title_of(reg->table, h.now[refused.at]), refused.why.text);
	return e ? e : reg_archive_many(&u->l->by, reg->table, h.made, h.made_count);
}

/* The last written first: what was made for others is free when those are gone. */
static enum status
undo_all(struct undo *u)
{
	static const char sql[] = "SELECT seq, kind, record_id, left_version, before_values"
				  " FROM import_record WHERE import_id = ? AND seq < ?"
				  " ORDER BY seq DESC LIMIT 100";
	struct load *l = u->l;
	int64_t first = 0, below = INT64_MAX;
	struct rows rows = { .count = 1 };
	enum status e = OK;

	while (!e && rows.count > 0) {
		size_t n = 0;

		arena_reset(l->batch);
		e = db_rows(
		    l->by.db, l->batch, sql, ARGS(ARG(l->im.id), ARG(below)), &left_shape, &rows);
		if (e || rows.count == 0)
			break;
		if (first == 0)
			first = ((const struct left *)rows.at)->seq;
		while (n < rows.count && strcmp(((const struct left *)rows.at)[n].kind,
					     ((const struct left *)rows.at)->kind) == 0)
			n++;
		u->any = true;
		e = undo_group(u, rows.at, n);
		below = ((const struct left *)rows.at)[n - 1].seq;
		if (!e)
			e = end_asked() ? RETRY
					: note_progress(l, (first - below) * PER_MILLE / first);
	}
	return e;
}

static enum status
undo_end(struct load *l)
{
	static const char sql[] =
	    "UPDATE import SET state = 'UNDONE', owner = '',"
	    " undone_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = 'UNDOING' AND owner = ?";
	enum status e = import_invite_void(&l->by, l->im.id);

	if (e)
		return e;
	e = event_write(&l->by, &(struct event){ .act = "import.undone",
				    .kind = "import",
				    .record_id = l->im.id,
				    .title = l->im.name });

	return e ? e : db_change_one(l->by.db, sql, ARGS(ARG(l->im.id), ARG(l->owner)));
}

enum status
load_undo(struct load *l)
{
	static const char forget[] =
	    "DELETE FROM import_line WHERE import_id = ? AND line < 0 AND kind = 'STANDS'";
	struct undo u = { .l = l };
	enum status e = db_change(l->other.db, forget, ARGS(ARG(l->im.id)), NULL);

	l->said_at = 0;
	if (!e)
		e = db_begin(l->by.db);
	if (e)
		return e;
	e = undo_all(&u);
	if (!e && !u.any && l->im.fresh_count > 0) {
		l->failure = "It was imported by a version that could not undo that.";
		e = INVALID;
	}
	if (!e && u.said > 0) {
		l->failure = "Something else has changed what it left.";
		e = INVALID;
	}
	if (!e)
		e = undo_end(l);
	return db_end(l->by.db, e);
}
