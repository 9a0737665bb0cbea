/* register_choice.c: references in a register's form: a select of few, a typed name of many. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/register_name.h"
#include "page/page.h"
#include "page/register.h"
#include "page/register_draft.h"

/* More options than that are not looked through: their name is typed. */
enum { SELECT_MOST = 100, BOXES_MOST = 40 };

static bool
is_among(const struct rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->count; i++)
		if (((const struct option *)row_at(rows, i))->id == id)
			return true;
	return false;
}

static const char *
suggest_url(struct request *rq, const struct reg_table *of)
{
	const struct reg *reg = register_of_kind(of->name);

	return reg != NULL ? arena_print(rq->arena, "%s/suggest", reg->base) : NULL;
}

/* Where this person makes one; NULL when they may not. */
static const char *
new_url(struct request *rq, const struct reg_table *of)
{
	const struct reg *reg = register_of_kind(of->name);

	if (reg == NULL || permission_reach(rq->by->role, reg->edit) == REACH_NONE)
		return NULL;
	return arena_print(rq->arena, "%s/new", reg->base);
}

static bool
is_required(const struct form *form, const char *member)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->rules[i].field.name, member) == 0)
			return form->rules[i].required;
	return false;
}

/* What stands in the field: what was typed and not found, else what the id is called. */
static const char *
typed_name(struct request *rq, const struct reg_choice *c, int64_t id)
{
	const char *name = arena_print(rq->arena, "%s_name", c->member);
	const char *typed = pairs_get(&rq->form, name);

	if (typed != NULL && pairs_get(&rq->form, c->member) == NULL)
		return typed;
	return id != 0 && reg_title(rq->by, c->of, id, &name) == OK ? name : "";
}

/* The options of every choice, with one query. */
static enum status
read_many(struct request *rq, const struct draft *d, const void *before, struct rows *rows)
{
	const struct reg *reg = d->reg;
	struct reg_ask *asks =
	    NEW_ARRAY(rq->arena, struct reg_ask, reg->choice_count + reg->several_count + 1);
	size_t n = 0;

	for (size_t i = 0; i < reg->several_count; i++)
		asks[n++] = (struct reg_ask){ reg->several[i].of, 0, &rows[reg->choice_count + i] };
	for (size_t i = 0; i < reg->choice_count; i++) {
		const struct reg_choice *c = &reg->choices[i];
		const int64_t current = before != NULL ? reg_ref(reg, c->member, before) : 0;

		asks[n++] = (struct reg_ask){ c->of, current, &rows[i] };
	}
	return reg_options_each(rq->by, asks, n, SELECT_MOST + 1);
}

static enum status
give(struct request *rq, struct draft *d, size_t i, const void *before, struct rows rows)
{
	const struct reg_choice *c = &d->reg->choices[i];
	const int64_t current = before != NULL ? reg_ref(d->reg, c->member, before) : 0;
	const int64_t id = reg_ref(d->reg, c->member, d->record);
	const bool typed = rows.count > SELECT_MOST;

	if (typed)
		page_typed(rq, c->member, typed_name(rq, c, id), suggest_url(rq, c->of));
	else
		page_options(rq, c->member, rows, "id", "name");
	if (rows.count == 0 && c->of != NULL && is_required(d->form, c->member))
		page_first(rq, c->member, new_url(rq, c->of));
	if (id == 0 || id == current)
		return OK;
	if (typed ? reg_open(rq->by, c->of, id) == OK : is_among(&rows, id))
		return OK;
	return form_refuse(rq, d->form, c->member, "Choose one from the list");
}

static void
give_several(struct request *rq, const struct reg_several *s, struct rows rows)
{
	if (rows.count > BOXES_MOST)
		page_typed(rq, s->member, NULL, suggest_url(rq, s->of));
	else if (rows.count > 0)
		page_options(rq, s->member, rows, "name", "name");
}

enum status
draft_choices(struct request *rq, struct draft *d, const void *before)
{
	struct rows *rows =
	    NEW_ARRAY(rq->arena, struct rows, d->reg->choice_count + d->reg->several_count + 1);
	enum status refused = read_many(rq, d, before, rows);

	if (refused)
		return refused;
	if (d->extra.shape != NULL)
		page_typed(rq, "tags", NULL, "/tags/suggest");
	for (size_t i = 0; i < d->reg->several_count; i++)
		give_several(rq, &d->reg->several[i], rows[d->reg->choice_count + i]);
	for (size_t i = 0; i < d->reg->choice_count; i++) {
		enum status e = give(rq, d, i, before, rows[i]);

		if (e && e != INVALID)
			return e;
		refused = e ? e : refused;
	}
	return refused;
}

/* The id for what was typed goes among the form's fields; else *nearest says what is like it. */
static enum status
resolve(struct request *rq, const struct reg_choice *c, const char **nearest)
{
	const char *name = arena_print(rq->arena, "%s_name", c->member);
	const char *typed = pairs_get(&rq->form, name);
	struct rows like = { 0 };
	int64_t id = 0;
	enum status e;

	if (typed == NULL || pairs_get(&rq->form, c->member) != NULL)
		return OK;
	typed = text_trim(rq->arena, typed);
	e = *typed != '\0' ? reg_resolve(rq->by, c->of, typed, &id, &like) : OK;
	if (e == NOT_FOUND) {
		struct buf names = { .arena = rq->arena };

		for (size_t i = 0; i < like.count; i++)
			buf_print(&names, "%s%s", i > 0 ? ", " : "",
			    ((const struct option *)row_at(&like, i))->name);
		*nearest = names.len > 0 ? names.text : "";
		return OK;
	}
	if (!e)
		pairs_add(rq->arena, &rq->form, c->member,
		    id != 0 ? arena_print(rq->arena, "%" PRId64, id) : "");
	return e;
}

static void
complain(struct request *rq, const struct draft *d, const char *member, const char *nearest)
{
	const bool any = !text_empty(nearest);

	(void)form_refuse(rq, d->form, member, "Nothing is called that");
	for (size_t i = 0; i < d->form->count; i++)
		if (strcmp(d->form->rules[i].field.name, member) == 0)
			rq->form_state->at[i].complaint = (struct complaint){
				any ? "Nothing is called that. Is it one of these: %s?"
				    : "Nothing is called that",
				0, 0, any ? nearest : NULL
			};
}

enum status
draft_read(struct request *rq, struct draft *d)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < d->reg->choice_count; i++)
		e = resolve(rq, &d->reg->choices[i], &d->nearest[i]);
	if (!e)
		e = form_read(rq, d->form, d->record);
	if (e && e != INVALID)
		return e;
	for (size_t i = 0; i < d->reg->choice_count; i++)
		if (d->nearest[i] != NULL) {
			complain(rq, d, d->reg->choices[i].member, d->nearest[i]);
			e = INVALID;
		}
	return e;
}

const char *
draft_ref_name(struct request *rq, const void *with, const struct rule *rule, const char *typed)
{
	const struct reg *reg = with;

	for (size_t i = 0; i < reg->choice_count; i++) {
		const struct reg_choice *c = &reg->choices[i];
		const char *name;

		if (strcmp(c->member, rule->field.name) == 0)
			return reg_title(rq->by, c->of, strtoll(typed, NULL, 10), &name) == OK
				   ? name
				   : typed;
	}
	return typed;
}
