/* register.c: finding and writing the records of a register; see register.h. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/extra.h"
#include "model/merge.h"
#include "model/register.h"
#include "model/register_inside.h"

enum { FILL_TRIES = 5 };

/* A member of every register. */
static const void *
member_of(const struct reg_table *t, const char *name, const void *record)
{
	return field_of(shape_field(t->shape, name), record);
}

static int64_t
int_of(const struct reg_table *t, const char *name, const void *record)
{
	return *(const int64_t *)member_of(t, name, record);
}

struct arg
reg_arg(const struct field *f, const void *record)
{
	const void *at = field_of(f, record);
	const char *text;

	switch (f->type) {
	case TYPE_INT:
		return arg_int(*(const int64_t *)at);
	case TYPE_BOOL:
		return arg_bool(*(const bool *)at);
	case TYPE_NUMBER:
		return arg_number(*(const struct number *)at);
	case TYPE_DECIMAL:
		return arg_decimal(*(const struct decimal *)at);
	case TYPE_INSTANT:
		return arg_instant(*(const struct instant *)at);
	case TYPE_DATE:
		return arg_date(*(const struct date *)at);
	case TYPE_TEXT:
		break;
	}
	text = *(const char *const *)at;
	return arg_text(text != NULL ? text : "");
}

/* The names of the members, each with `after` behind it, and their values. */
static void
put_members(struct query *q, const struct reg_table *t, const char *const *members,
    const void *record, const char *after)
{
	for (size_t i = 0; members != NULL && members[i] != NULL; i++) {
		buf_print(&q->sql, "%s%s", members[i], after);
		query_arg(q, reg_arg(shape_field(t->shape, members[i]), record));
	}
}

static const char *
select_text(const struct actor *by, const struct reg_table *t, const char *column, const char *lock)
{
	return arena_print(by->arena, "SELECT %s FROM %s r%s WHERE r.%s = ?%s", t->columns, t->name,
	    t->joins, column, lock);
}

enum status
reg_find(const struct actor *by, const struct reg_table *t, int64_t id, void *record)
{
	return db_row(
	    by->db, by->arena, select_text(by, t, "id", ""), ARGS(ARG(id)), t->shape, record);
}

enum status
reg_find_by(const struct actor *by, const struct reg_table *t, const char *column,
    const char *value, void *record)
{
	return db_row(
	    by->db, by->arena, select_text(by, t, column, ""), ARGS(ARG(value)), t->shape, record);
}

/* Locks the row first, so that the record read behind it stays as it is until the commit. */
static enum status
lock_record(const struct actor *by, const struct reg_table *t, int64_t id, void *record)
{
	const char *sql =
	    arena_print(by->arena, "SELECT id FROM %s WHERE id = ? FOR UPDATE", t->name);
	int64_t same;
	enum status e = db_int(by->db, sql, ARGS(ARG(id)), &same);

	if (e)
		return e;
	return db_row(by->db, by->arena, select_text(by, t, "id", " LOCK IN SHARE MODE"),
	    ARGS(ARG(id)), t->shape, record);
}

/* {…} and {…} as one; either may be NULL. */
static const char *
joined(struct arena *a, const char *one, const char *two)
{
	if (one == NULL || two == NULL)
		return one != NULL ? one : two;
	return arena_print(a, "%.*s,%s", (int)strlen(one) - 1, one, two + 1);
}

/* The stored members that are not in that shape, which may be NULL. */
static const struct shape *
stored_but(struct arena *a, const struct reg_table *t, const struct shape *but)
{
	struct field *list = NEW_ARRAY(a, struct field, t->shape->count);
	struct shape *shape = NEW(a, struct shape);

	*shape = (struct shape){ list, 0, t->shape->size };
	for (size_t i = 0; t->stored[i] != NULL; i++)
		if (but == NULL || shape_field(but, t->stored[i]) == NULL)
			list[shape->count++] = *shape_field(t->shape, t->stored[i]);
	return shape;
}

const char *
reg_changes(const struct actor *by, const struct reg_table *t, const void *before,
    const void *after, const struct beside *x)
{
	const struct shape *told = t->events != NULL ? t->events : stored_but(by->arena, t, NULL);
	const char *changes = event_changes(by, told, before, after);

	/* What the edit wrote and the event does not show: ids of references, to undo it. */
	if (before != NULL)
		changes = joined(by->arena, changes,
		    event_changes(by, stored_but(by->arena, t, told), before, after));
	if (x != NULL && x->after != NULL)
		changes = joined(by->arena, changes,
		    event_changes(by, x->after->shape, x->before, x->after->values));
	return changes;
}

static enum status
write_event(const struct actor *by, const struct reg_table *t, const char *what, const void *before,
    const void *after, const struct beside *x)
{
	struct event ev = {
		.act = arena_print(by->arena, "%s.%s", t->name, what),
		.kind = t->name,
		.record_id = int_of(t, "id", after),
		.title = *(const char *const *)member_of(t, t->title, after),
	};

	if (before != after)
		ev.changes = reg_changes(by, t, before, after, x);
	if (t->belongs != NULL)
		t->belongs(after, &ev.machine_id, &ev.department_id);
	return event_write(by, &ev);
}

/* The member whose unique key the last CONFLICT named: keys end in the name of their last column.
 */
const char *
reg_taken(const struct actor *by, const struct reg_table *t)
{
	const char *key = db_conflict_key(by->db);
	const char *point = strrchr(key, '.');

	key = point != NULL ? point + 1 : key;
	for (size_t i = 0; i < t->shape->count; i++)
		if (strcmp(t->shape->fields[i].name, key) == 0)
			return t->shape->fields[i].name;
	for (size_t i = 0; i < t->shape->count; i++)
		if (text_ends(key, arena_print(by->arena, "_%s", t->shape->fields[i].name)))
			return t->shape->fields[i].name;
	return NULL;
}

static bool
is_given(const struct reg_table *t, const char *member)
{
	for (size_t i = 0; t->given != NULL && t->given[i] != NULL; i++)
		if (strcmp(t->given[i], member) == 0)
			return true;
	return false;
}

/* INVALID with the member, RETRY of the fill by NOT_FOUND, FAILED for a key that nobody can type.
 */
static enum status
refuse_taken(const struct actor *by, const struct reg_table *t, struct reg_refusal *refused)
{
	const char *member = reg_taken(by, t);

	if (member == NULL) {
		log_error("%s: the key %s said no", t->name, db_conflict_key(by->db));
		return FAILED;
	}
	if (is_given(t, member))
		return NOT_FOUND;
	*refused = (struct reg_refusal){ member, "Another one has this already.", NULL };
	return INVALID;
}

static enum status
insert_record(const struct actor *by, const struct reg_table *t, const void *record, int64_t *id)
{
	struct query q = { .sql = { .arena = by->arena } };

	buf_print(&q.sql, "INSERT INTO %s (", t->name);
	put_members(&q, t, t->stored, record, ", ");
	put_members(&q, t, t->given, record, ", ");
	query_put(&q, "created_at) VALUES (", ARG(by->now));
	for (size_t i = 0; i < q.count; i++)
		buf_text(&q.sql, i > 0 ? ", ?" : "?");
	buf_text(&q.sql, ")");
	return db_insert(by->db, q.sql.text, query_args(&q), id);
}

enum status
reg_add(const struct actor *by, const struct reg_table *t, void *record, int64_t *id,
    struct reg_refusal *refused)
{
	return reg_add_with(by, t, record, NULL, id, refused);
}

/* The table's own rules, and those of what is beside its columns. */
static enum status
check(const struct actor *by, const struct reg_table *t, const void *before, void *record,
    const struct extra *x, struct reg_refusal *refused)
{
	enum status e = t->check != NULL ? t->check(by, before, record, refused) : OK;

	return e || x == NULL ? e : extra_check(by, x, refused);
}

/* What is in x->values is saved as record id's; *was is what it had. */
static enum status
save_beside(const struct actor *by, const struct extra *x, int64_t id, struct beside *was)
{
	struct extra before;
	enum status e;

	*was = (struct beside){ x, NULL };
	if (x == NULL)
		return OK;
	before = *x;
	e = extra_find(by, &before, id);
	was->before = before.values;
	return e ? e : extra_save(by, x, id, before.values);
}

enum status
reg_add_with(const struct actor *by, const struct reg_table *t, void *record, const struct extra *x,
    int64_t *id, struct reg_refusal *refused)
{
	struct beside was;
	enum status e = check(by, t, NULL, record, x, refused);

	if (e)
		return e;
	for (int tries = 0; tries < FILL_TRIES; tries++) {
		if (t->fill != NULL)
			t->fill(by, record);
		e = insert_record(by, t, record, id);
		if (e == CONFLICT)
			e = refuse_taken(by, t, refused);
		if (e != NOT_FOUND)
			break;
	}
	if (!e && t->saved != NULL)
		e = t->saved(by, *id, record, refused);
	if (!e)
		e = reg_find(by, t, *id, record);
	if (!e)
		e = save_beside(by, x, *id, &was);
	if (e)
		return e;
	return write_event(by, t, "created", NULL, record, &was);
}

static enum status
update_record(const struct actor *by, const struct reg_table *t, const void *record,
    struct reg_refusal *refused)
{
	struct query q = { .sql = { .arena = by->arena } };
	enum status e;

	buf_print(&q.sql, "UPDATE %s SET ", t->name);
	put_members(&q, t, t->stored, record, " = ?, ");
	query_put(&q, "version = version + 1 WHERE id = ?", ARG(int_of(t, "id", record)));
	e = db_change(by->db, q.sql.text, query_args(&q), NULL);
	if (e != CONFLICT)
		return e;
	e = refuse_taken(by, t, refused);
	return e == NOT_FOUND ? FAILED : e;
}

enum status
reg_change(const struct actor *by, const struct reg_table *t, void *record, void *now,
    struct reg_refusal *refused)
{
	return reg_change_with(by, t, record, NULL, now, refused);
}

enum status
reg_change_with(const struct actor *by, const struct reg_table *t, void *record,
    const struct extra *x, void *now, struct reg_refusal *refused)
{
	struct beside was;
	const int64_t id = int_of(t, "id", record);
	enum status e = lock_record(by, t, id, now);

	if (e)
		return e;
	if (int_of(t, "version", record) != int_of(t, "version", now) ||
	    ((const struct instant *)member_of(t, "archived_at", now))->known)
		return CONFLICT;
	e = check(by, t, now, record, x, refused);
	if (!e)
		e = update_record(by, t, record, refused);
	if (!e && t->saved != NULL)
		e = t->saved(by, id, record, refused);
	if (!e)
		e = reg_find(by, t, id, record);
	if (!e)
		e = save_beside(by, x, id, &was);
	if (e)
		return e;
	return write_event(by, t, "changed", now, record, &was);
}

static enum status
set_archived(const struct actor *by, const struct reg_table *t, int64_t id, struct instant at)
{
	const char *sql = arena_print(by->arena,
	    "UPDATE %s SET archived_at = ?, version = version + 1 WHERE id = ?", t->name);

	return db_change_one(by->db, sql, ARGS(ARG(at), ARG(id)));
}

enum status
reg_archive(const struct actor *by, const struct reg_table *t, int64_t id, const char **why)
{
	void *record = arena_alloc(by->arena, 1, t->shape->size);
	enum status e = lock_record(by, t, id, record);

	*why = NULL;
	if (e || ((const struct instant *)member_of(t, "archived_at", record))->known)
		return e;
	if (t->archivable != NULL)
		e = t->archivable(by, record, why);
	if (!e && *why == NULL)
		e = reg_unused(by, t, id, why);
	if (!e && *why != NULL)
		e = CONFLICT;
	if (!e)
		e = set_archived(by, t, id, by->now);
	if (e)
		return e;
	return write_event(by, t, "archived", record, record, NULL);
}

enum status
reg_restore(const struct actor *by, const struct reg_table *t, int64_t id)
{
	int64_t into;
	void *record = arena_alloc(by->arena, 1, t->shape->size);
	enum status e = lock_record(by, t, id, record);

	if (e || !((const struct instant *)member_of(t, "archived_at", record))->known)
		return e;
	if (t->merge != NULL && merge_into(by, t, id, &into) == OK)
		return CONFLICT;
	e = set_archived(by, t, id, (struct instant){ 0 });
	if (e)
		return e;
	return write_event(by, t, "restored", record, record, NULL);
}
