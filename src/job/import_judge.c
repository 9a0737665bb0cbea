/* import_judge.c: what a row of a register's file is: new, changed, the same or wrong. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/text.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "model/machine.h"
#include "model/register_inside.h"
#include "model/register_many.h"

static const struct rule *
rule_named(const struct load *l, const char *member)
{
	for (size_t i = 0; i < l->target.own; i++)
		if (strcmp(l->target.form->rules[i].field.name, member) == 0)
			return &l->target.form->rules[i];
	return NULL;
}

/* 0 when a member of the key is empty. */
static uint64_t
key_of(struct load *l, const void *record)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < COUNT(l->target.key) && l->target.key[i] != NULL; i++) {
		const struct rule *r = rule_named(l, l->target.key[i]);
		const char *text = r != NULL ? form_value_text(l->batch, &l->zone, r, record) : "";

		if (*text == '\0' && i == 0 && l->target.key[1] == NULL)
			return 0;
		hash = hash_text(hash, text_fold(l->batch, text));
	}
	return hash;
}

static bool
has_member(const struct row *row, const char *member)
{
	for (size_t i = 0; i < row->wrongs; i++)
		if (row->wrong[i].member != NULL && strcmp(row->wrong[i].member, member) == 0)
			return true;
	return false;
}

/* As if it were new: so its key is known, with which it is looked for. */
static void
read_new(struct load *l, struct row *row)
{
	const struct reg_table *t = l->target.reg->table;

	row->record = arena_alloc(l->batch, 1, t->shape->size);
	if (l->target.defaults != NULL)
		l->target.defaults(row->record);
	load_values(l, row, row->record, true);
	if (!has_member(row, l->target.key[0]) &&
	    (l->target.key[1] == NULL || !has_member(row, l->target.key[1])))
		row->key = key_of(l, row->record);
}

static void
refuse_twice(struct load *l, struct row *row)
{
	const int64_t line = row->key != 0 ? hashes_find(&l->seen, row->key) : 0;

	if (row->key == 0)
		return;
	if (line == 0)
		hashes_put(&l->seen, row->key, row->line);
	else if (line != row->line)
		load_wrong(row, l->target.key[0],
		    load_text(
			l, row, (size_t)(rule_named(l, l->target.key[0]) - l->target.form->rules)),
		    "Line %1 has it already.", arena_print(l->batch, "%lld", (long long)line),
		    NULL);
}

/* Those of the rows that are there already, by the hash of their key. */
static enum status
find_there(struct load *l, const struct row *rows, size_t count, struct hashes *there)
{
	const struct reg_table *t = l->target.reg->table;
	const struct field *probe = shape_field(t->shape, l->target.probe);
	enum status e = OK;

	for (size_t from = 0; !e && from < count; from += REG_MANY) {
		struct arg values[REG_MANY];
		struct rows found;
		size_t n = 0;

		for (size_t i = from; i < count && i < from + REG_MANY; i++)
			if (rows[i].key != 0)
				values[n++] = reg_arg(probe, rows[i].record);
		e = reg_find_many(&l->by, t, l->target.probe, values, n, &found);
		for (size_t i = 0; !e && i < found.count; i++) {
			const void *record = row_at(&found, i);

			hashes_put(there, key_of(l, record), (int64_t)(intptr_t)record);
		}
	}
	return e;
}

static bool
is_archived(const struct load *l, const void *record)
{
	const struct shape *s = l->target.reg->table->shape;

	return ((const struct instant *)field_of(shape_field(s, "archived_at"), record))->known;
}

/* The record as it stands, and over it what the file says. */
static void
read_over(struct load *l, struct row *row, const void *there)
{
	const struct shape *s = l->target.reg->table->shape;

	row->before = there;
	row->wrongs = 0;
	row->verdict = V_NEW;
	memcpy(row->record, there, s->size);
	load_values(l, row, row->record, false);
	*(struct instant *)field_in(shape_field(s, "archived_at"), row->record) =
	    (struct instant){ 0 };
}

/* The record of its key, or the one that a merged record of that key became. */
static enum status
read_found(struct load *l, struct row *row, const struct hashes *there)
{
	const struct reg_table *t = l->target.reg->table;
	const struct rule *r = rule_named(l, l->target.probe);
	const void *found = (const void *)(intptr_t)hashes_find(there, row->key);
	int64_t kept = 0;
	void *record;
	enum status e;

	if (l->aliases.count > 0 && r != NULL && (found == NULL || is_archived(l, found)))
		kept = hashes_find(&l->aliases,
		    ref_hash(l->batch, form_value_text(l->batch, &l->zone, r, row->record)));
	if (kept > 0) {
		record = arena_alloc(l->batch, 1, t->shape->size);
		e = reg_find(&l->by, t, kept, record);
		if (e)
			return e;
		found = record;
	}
	if (found != NULL)
		read_over(l, row, found);
	if (kept > 0)
		form_value(l->batch, &l->zone, r, form_value_text(l->batch, &l->zone, r, found),
		    row->record, &(struct complaint){ 0 });
	return OK;
}

static bool
is_none(const struct rule *r, const void *record)
{
	const void *at = field_of(&r->field, record);

	return r->field.type == TYPE_NUMBER ? !((const struct number *)at)->known
					    : *(const int64_t *)at == 0;
}

static enum status
read_refs(struct load *l, struct row *row)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < l->target.own; i++) {
		const struct rule *r = &l->target.form->rules[i];
		const char *text = load_text(l, row, i);

		if (l->refs[i] == NULL)
			continue;
		if (!text_empty(text) && !(l->apply && row->verdict == V_WRONG)) {
			e = ref_read(l, row, i, text, row->record);
			continue;
		}
		if (r->required && text_empty(text) && is_none(r, row->record))
			load_wrong(row, r->field.name, "", "Choose one", NULL, NULL);
		else if (text != NULL && *text == '\0' && !r->required)
			memset(field_in(&r->field, row->record), 0,
			    r->field.type == TYPE_NUMBER ? sizeof(struct number) : sizeof(int64_t));
	}
	return e;
}

static bool
same_member(struct load *l, const char *member, const void *a, const void *b)
{
	const struct field *f = shape_field(l->target.reg->table->shape, member);
	const void *x = field_of(f, a), *y = field_of(f, b);
	const char *s, *t;

	switch (f->type) {
	case TYPE_INT:
		return *(const int64_t *)x == *(const int64_t *)y;
	case TYPE_BOOL:
		return *(const bool *)x == *(const bool *)y;
	case TYPE_NUMBER:
		return ((const struct number *)x)->known == ((const struct number *)y)->known &&
		       ((const struct number *)x)->n == ((const struct number *)y)->n;
	case TYPE_DECIMAL:
		return ((const struct decimal *)x)->known == ((const struct decimal *)y)->known &&
		       ((const struct decimal *)x)->units == ((const struct decimal *)y)->units;
	case TYPE_INSTANT:
		return ((const struct instant *)x)->known == ((const struct instant *)y)->known &&
		       ((const struct instant *)x)->us == ((const struct instant *)y)->us;
	case TYPE_DATE:
		return ((const struct date *)x)->known == ((const struct date *)y)->known &&
		       ((const struct date *)x)->day == ((const struct date *)y)->day;
	case TYPE_TEXT:
		break;
	}
	s = *(const char *const *)x;
	t = *(const char *const *)y;
	return strcmp(s != NULL ? s : "", t != NULL ? t : "") == 0;
}

/* What the form has beside the columns, such as the names of a person's departments. */
static bool
same_beside(struct load *l, const void *a, const void *b)
{
	const struct shape *told = l->target.reg->table->events;

	for (size_t i = 0; told != NULL && i < told->count; i++) {
		const struct rule *r = rule_named(l, told->fields[i].name);

		if (r == NULL || r->field.type != TYPE_TEXT)
			continue;
		if (strcmp(text_fold(l->batch, form_value_text(l->batch, &l->zone, r, a)),
			text_fold(l->batch, form_value_text(l->batch, &l->zone, r, b))) != 0)
			return false;
	}
	return true;
}

static enum verdict
verdict_of(struct load *l, const struct row *row)
{
	const struct reg_table *t = l->target.reg->table;

	if (row->before == NULL)
		return V_NEW;
	if (is_archived(l, row->before) || row->later)
		return V_CHANGED;
	for (size_t i = 0; t->stored[i] != NULL; i++)
		if (!same_member(l, t->stored[i], row->before, row->record))
			return V_CHANGED;
	for (size_t i = 0; row->values != NULL && i < l->extra.shape->count; i++)
		if (strcmp(extra_text(&l->by, &l->extra, row->values_before, i),
			extra_text(&l->by, &l->extra, row->values, i)) != 0)
			return V_CHANGED;
	return same_beside(l, row->before, row->record) ? V_SAME : V_CHANGED;
}

/*
 * "Assembly of" is a number; a file may give the name, and may name a row of its own.  True when
 * the row is right in spite of the refusal, or has to be looked at once more.
 */
static bool
is_parent(struct load *l, struct row *row, const struct reg_refusal *refused, bool *again)
{
	static const char sql[] =
	    "SELECT MIN(id) FROM machine WHERE name = ? AND archived_at IS NULL"
	    " HAVING COUNT(*) = 1";
	struct machine *m = row->record;
	struct machine parent;
	int64_t id;

	*again = false;
	if (l->target.reg->table != &machine_table || text_empty(m->parent_number) ||
	    refused->member == NULL || strcmp(refused->member, "parent_number") != 0)
		return false;
	if (db_int(l->by.db, sql, ARGS(ARG(m->parent_number)), &id) == OK && id != 0 &&
	    machine_find(&l->by, id, &parent) == OK &&
	    strcmp(parent.number, m->parent_number) != 0) {
		m->parent_number = parent.number;
		*again = true;
		return true;
	}
	row->later = hashes_find(&l->file, ref_hash(l->batch, m->parent_number)) != 0;
	return row->later;
}

static enum status
ask_hook(struct load *l, struct row *row)
{
	const struct reg_table *t = l->target.reg->table;
	struct reg_refusal refused = { 0 };
	const struct rule *r;
	bool again;
	enum status e;

	if (t->check == NULL || row->later)
		return OK;
	e = t->check(&l->by, row->before, row->record, &refused);
	if (e == INVALID && is_parent(l, row, &refused, &again)) {
		if (!again)
			return OK;
		e = t->check(&l->by, row->before, row->record, &refused);
	}
	if (e != INVALID)
		return e;
	r = refused.member != NULL ? rule_named(l, refused.member) : NULL;
	load_wrong(row, refused.member,
	    r != NULL ? form_value_text(l->batch, &l->zone, r, row->record) : "",
	    refused.arg != NULL ? text_replace(l->batch, refused.text, "%s", refused.arg)
				: refused.text,
	    NULL, NULL);
	return OK;
}

static enum status
judge_row(struct load *l, struct row *row)
{
	const bool found = row->before != NULL;
	const struct reg_table *t = l->target.reg->table;
	enum status e = OK;

	refuse_twice(l, row);
	if (row->values != NULL)
		extra_read(l, row);
	if (found && l->im.keep_existing && row->verdict != V_WRONG)
		row->verdict = V_SAME;
	else
		e = read_refs(l, row);
	row->title = *(const char *const *)field_of(shape_field(t->shape, t->title), row->record);
	if (e || row->verdict == V_WRONG || row->verdict == V_SAME)
		return e;
	e = ask_hook(l, row);
	if (!e && row->verdict != V_WRONG)
		row->verdict = verdict_of(l, row);
	return e;
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	struct hashes there = { .arena = l->batch };
	enum status e;

	for (size_t i = 0; i < count; i++)
		if (rows[i].fault == NULL)
			read_new(l, &rows[i]);
	e = find_there(l, rows, count, &there);
	for (size_t i = 0; !e && i < count; i++)
		if (rows[i].key != 0)
			e = read_found(l, &rows[i], &there);
	if (!e && l->has_extra)
		e = extra_there(l, rows, count);
	for (size_t i = 0; !e && i < count; i++)
		if (rows[i].fault == NULL)
			e = judge_row(l, &rows[i]);
	return e;
}

const struct load_kind load_register = { NULL, judge, register_write, NULL };
