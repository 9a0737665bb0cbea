/* import_ref.c: members that name other records: found by number, name or path, or made. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/text.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "model/register.h"
#include "model/register_name.h"

enum { NAMES = 3 };

/* What a record may be called. */
struct named {
	int64_t id;
	const char *a, *b, *c;
};

static const struct field named_fields[] = {
	FIELD(struct named, id),
	FIELD(struct named, a),
	FIELD(struct named, b),
	FIELD(struct named, c),
};

static const struct shape named_shape = SHAPE(struct named, named_fields);
static const char *const names[NAMES] = { "number", "name", "path" };

uint64_t
ref_hash(struct arena *a, const char *text)
{
	return hash_text(0, text_fold(a, text_trim(a, text)));
}

static void
learn(struct hashes *h, struct arena *a, const char *text, int64_t id)
{
	const uint64_t hash = text_empty(text) ? 0 : ref_hash(a, text);
	int64_t was;

	if (hash == 0)
		return;
	was = hashes_find(h, hash);
	hashes_put(h, hash, was != 0 && was != id ? AMBIGUOUS : id);
}

static bool
has_text(const struct shape *shape, const char *member)
{
	const struct field *f = shape_field(shape, member);

	return f != NULL && f->type == TYPE_TEXT;
}

struct learning {
	struct ref *ref;
	struct arena *arena;
};

static enum status
learn_row(void *with, const void *record)
{
	const struct learning *to = with;
	const struct named *n = record;

	learn(&to->ref->keys, to->arena, n->a, n->id);
	learn(&to->ref->ids, to->arena, n->b, n->id);
	learn(&to->ref->ids, to->arena, n->c, n->id);
	arena_reset(to->arena);
	return OK;
}

static enum status
learn_away(void *with, const void *record)
{
	const struct learning *to = with;
	const struct named *n = record;

	learn(&to->ref->away, to->arena, n->a, n->id);
	arena_reset(to->arena);
	return OK;
}

/* A number that a merged record had is one of the record that was kept. */
static enum status
learn_aliases(struct load *l, struct hashes *to, const char *kind)
{
	static const char sql[] =
	    "SELECT record_id AS id, text AS a, '' AS b, '' AS c FROM alias WHERE kind = ?";
	struct rows rows;
	enum status e = db_rows(l->by.db, l->forever, sql, ARGS(ARG(kind)), &named_shape, &rows);

	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct named *n = row_at(&rows, i);
		const uint64_t hash = ref_hash(l->forever, n->a);

		if (hashes_find(to, hash) == 0)
			hashes_put(to, hash, n->id);
	}
	return e;
}

enum status
names_learn(struct load *l, struct hashes *to, const char *sql)
{
	struct ref ref = { .ids = *to, .keys.arena = l->forever };
	struct learning with = { &ref, arena_new() };
	enum status e = db_each(l->by.db, l->forever, sql, NO_ARGS, &named_shape, learn_row, &with);

	arena_free(with.arena);
	for (size_t i = 0; i < ref.keys.room; i++)
		if (ref.keys.key[i] != 0)
			hashes_put(&ref.ids, ref.keys.key[i], ref.keys.value[i]);
	*to = ref.ids;
	return e;
}

/* All that are in use: of a hundred thousand, a few megabytes. */
static enum status
learn_register(struct load *l, struct ref *ref)
{
	const struct reg_table *t = ref->reg->table;
	struct import_target target;
	struct buf sql = { .arena = l->forever };
	struct learning to = { ref, arena_new() };
	enum status e;

	if (!import_target_find(t->name, &target))
		return FAILED;
	buf_print(&sql,
	    "SELECT r.id, %s AS a, r.%s AS b, %s AS c FROM %s r WHERE r.archived_at IS ",
	    reg_key(&l->by, t), has_text(t->shape, "name") ? "name" : t->title,
	    has_text(t->shape, "path") ? "r.path" : "''", t->name);
	e = db_each(l->by.db, l->forever, arena_print(l->forever, "%sNULL", sql.text), NO_ARGS,
	    &named_shape, learn_row, &to);
	if (!e)
		e = db_each(l->by.db, l->forever, arena_print(l->forever, "%sNOT NULL", sql.text),
		    NO_ARGS, &named_shape, learn_away, &to);
	arena_free(to.arena);
	return e ? e : learn_aliases(l, &ref->ids, t->name);
}

static enum status
ref_open(struct load *l, size_t rule)
{
	const struct reg *reg = l->target.reg;
	const char *member = l->target.form->rules[rule].field.name;
	struct ref *ref = NEW(l->forever, struct ref);

	ref->keys.arena = ref->ids.arena = ref->away.arena = l->forever;
	ref->reg = import_ref(&l->target, member);
	ref->self = ref->reg == reg;
	l->refs[rule] = ref;
	if (l->column[rule] < 0 && l->given[rule] == NULL)
		return OK;
	return ref->reg != NULL ? learn_register(l, ref) : OK;
}

enum status
refs_open(struct load *l)
{
	const struct form *form = l->target.form;
	enum status e = l->target.reg != NULL ? learn_aliases(l, &l->aliases, l->target.kind) : OK;

	for (size_t i = 0; !e && i < l->target.own; i++) {
		const bool used = l->column[i] >= 0 || l->given[i] != NULL;

		if (form->rules[i].kind == RULE_REF && l->target.reg != NULL) {
			e = ref_open(l, i);
			l->self = l->self || (used && l->refs[i]->self);
		}
		l->self =
		    l->self || (used && strcmp(form->rules[i].field.name, "parent_number") == 0);
	}
	return e;
}

/* ---- rows that name rows of the same file ---- */

static enum status
names_of_rows(struct load *l, struct row *rows, size_t count)
{
	const struct form *form = l->target.form;

	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < l->target.own; i++) {
			const char *member = form->rules[i].field.name, *text;

			if (!import_is_key(&l->target, member) && strcmp(member, "name") != 0)
				continue;
			text = load_text(l, &rows[r], i);
			if (!text_empty(text))
				hashes_put(&l->file, ref_hash(l->batch, text), rows[r].line);
		}
	return OK;
}

enum status
refs_of_file(struct load *l)
{
	enum status e = l->self ? load_rows(l, NULL, names_of_rows) : OK;

	if (!e && l->kind->look != NULL)
		e = load_rows(l, NULL, l->kind->look);
	l->rows = 0;
	return e;
}

void
refs_learn(struct load *l, const void *record)
{
	const struct shape *shape = l->target.reg->table->shape;
	const int64_t id = *(const int64_t *)field_of(shape_field(shape, "id"), record);

	for (size_t i = 0; i < l->target.own; i++) {
		if (l->refs[i] == NULL || !l->refs[i]->self)
			continue;
		for (size_t n = 0; n < NAMES; n++)
			if (has_text(shape, names[n]))
				learn(n == 0 ? &l->refs[i]->keys : &l->refs[i]->ids, l->batch,
				    *(const char *const *)field_of(
					shape_field(shape, names[n]), record),
				    id);
	}
}

/* ---- reading one ---- */

/* Everything that its form asks for and has no default: its name. */
static void
put_name(const struct reg *reg, struct arena *a, const char *text, void *record)
{
	struct import_target t;

	if (!import_target_find(reg->table->name, &t))
		return;
	for (size_t i = 0; i < reg->form->count; i++) {
		const struct rule *r = &reg->form->rules[i];
		const char **at = field_in(&r->field, record);
		const size_t most = r->most > 0 ? (size_t)r->most : 80;

		if (r->field.type != TYPE_TEXT || r->field.words != NULL || *at != NULL)
			continue;
		if (r->required || strcmp(r->field.name, reg->table->title) == 0)
			*at = text_cut(a, text, most);
		else
			*at = "";
	}
}

static enum status
make(struct load *l, struct row *row, const struct rule *rule, struct ref *ref, const char *text,
    int64_t *id)
{
	const struct reg_table *t = ref->reg->table;
	void *record = arena_alloc(l->batch, 1, t->shape->size);
	struct reg_refusal refused = { 0 };
	enum status e;

	*id = TO_BE_MADE;
	if (!l->apply)
		return OK;
	if (ref->reg->defaults != NULL)
		ref->reg->defaults(record);
	put_name(ref->reg, l->batch, text, record);
	e = reg_add(&l->by, t, record, id, &refused);
	if (e == INVALID) {
		load_wrong(row, rule->field.name, text,
		    refused.text != NULL ? refused.text : "Choose one from the list", NULL, NULL);
		*id = 0;
		return OK;
	}
	if (e)
		return e;
	return load_keep(l,
	    &(struct kept){ t->name, *id,
		*(const int64_t *)field_of(shape_field(t->shape, "version"), record), NULL },
	    1);
}

static bool
may_make(const struct load *l, const struct ref *ref)
{
	return l->im.make_missing && ref->reg != NULL && !ref->self &&
	       permission_reach(l->by.role, ref->reg->edit) != REACH_NONE;
}

static void
put_id(const struct rule *r, void *record, int64_t id)
{
	void *at = field_in(&r->field, record);

	if (r->field.type == TYPE_NUMBER)
		*(struct number *)at = (struct number){ id > 0, id };
	else
		*(int64_t *)at = id;
}

/* The record of that number or name; the number decides where it is another one's name. */
static int64_t
ref_find(const struct rule *r, const struct ref *ref, uint64_t hash, const void *record)
{
	const void *at = field_of(&r->field, record);
	const int64_t now =
	    r->field.type == TYPE_NUMBER ? ((const struct number *)at)->n : *(const int64_t *)at;
	int64_t id = hashes_find(&ref->keys, hash);

	if (id == 0 || id == AMBIGUOUS)
		id = hashes_find(&ref->ids, hash) != 0 ? hashes_find(&ref->ids, hash) : id;
	return id == 0 && now != 0 && hashes_find(&ref->away, hash) == now ? now : id;
}

enum status
ref_read(struct load *l, struct row *row, size_t rule, const char *text, void *record)
{
	const struct rule *r = &l->target.form->rules[rule];
	struct ref *ref = l->refs[rule];
	const uint64_t hash = ref_hash(l->batch, text);
	int64_t id = ref_find(r, ref, hash, record);
	enum status e = OK;

	if (id == 0 && ref->self && hashes_find(&l->file, hash) != 0) {
		row->later = true;
		id = IN_FILE;
	}
	if (id == 0 && may_make(l, ref)) {
		e = make(l, row, r, ref, text, &id);
		if (!e && id != 0)
			hashes_put(&ref->ids, hash, id);
		if (e || id == 0)
			return e;
	}
	if (id == 0)
		load_wrong(row, r->field.name, text, "There is none of this name.", NULL, NULL);
	else if (id == AMBIGUOUS)
		load_wrong(row, r->field.name, text, "Several have this name: give the number.",
		    NULL, NULL);
	else
		put_id(r, record, id > 0 ? id : 0);
	return e;
}
