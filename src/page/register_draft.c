/* register_draft.c: see register_draft.h. */
#include <string.h>

#include "base/arena.h"
#include "model/tag.h"
#include "page/page.h"
#include "page/photo.h"
#include "page/register.h"
#include "page/register_draft.h"
#include "register/attached.h"

/* DECIMAL(14,4): 9999999999.9999. */
#define NUMBER_MOST INT64_C(99999999999999)

int64_t
reg_ref(const struct reg *reg, const char *member, const void *record)
{
	const struct field *f = shape_field(reg->table->shape, member);
	const void *at = field_of(f, record);

	if (f->type == TYPE_NUMBER)
		return ((const struct number *)at)->known ? ((const struct number *)at)->n : 0;
	return *(const int64_t *)at;
}

const char *
reg_title_of(const struct reg *reg, const void *record)
{
	return *(const char *const *)field_of(
	    shape_field(reg->table->shape, reg->table->title), record);
}

static struct rule
rule_of(const struct draft *d, size_t i)
{
	const struct custom_field *f = row_at(&d->extra.fields, i);
	const enum type type = d->extra.shape->fields[i].type;
	struct rule r = { .field = d->extra.shape->fields[i],
		.kind = d->extra.shape->fields[i].words != NULL ? RULE_CHOICE : RULE_PLAIN,
		.label = f->label,
		.required = f->required };

	r.field.at += d->behind;
	if (type == TYPE_TEXT)
		r.most = 400;
	if (type == TYPE_DECIMAL) {
		r.least = -NUMBER_MOST;
		r.most = NUMBER_MOST;
	}
	return r;
}

static struct rule
tags_rule(const struct draft *d)
{
	struct rule r = { .field = d->extra.shape->fields[d->extra.fields.count],
		.kind = RULE_PLAIN,
		.label = "Tags",
		.hint = "Words that group records; commas between them.",
		.most = 800 };

	r.field.at += d->behind;
	return r;
}

/* Names typed for a choice of a large register come as <member>_name; photos come along. */
static const char *const *
also_of(struct request *rq, const struct draft *d)
{
	const struct reg *reg = d->reg;
	const char **also;
	size_t n = 0;

	while (reg->form->also != NULL && reg->form->also[n] != NULL)
		n++;
	also = NEW_ARRAY(rq->arena, const char *, n + reg->choice_count + 3);
	if (n > 0)
		memcpy(also, reg->form->also, n * sizeof(*also));
	for (size_t i = 0; i < reg->choice_count; i++)
		also[n++] = arena_print(rq->arena, "%s_name", reg->choices[i].member);
	if (d->photos) {
		also[n++] = "photo";
		also[n++] = "kept";
	}
	return also;
}

static const struct form *
form_of(struct request *rq, const struct draft *d)
{
	struct form *form = NEW(rq->arena, struct form);
	const size_t own = d->reg->form->count;
	const size_t fields = d->extra.shape != NULL ? d->extra.fields.count : 0;
	struct rule *rules = NEW_ARRAY(rq->arena, struct rule, own + fields + 1);

	memcpy(rules, d->reg->form->rules, own * sizeof(*rules));
	for (size_t i = 0; i < fields; i++)
		rules[own + i] = rule_of(d, i);
	if (d->extra.shape != NULL)
		rules[own + fields] = tags_rule(d);
	*form = *d->reg->form;
	form->rules = rules;
	form->count = own + fields + (d->extra.shape != NULL);
	form->also = also_of(rq, d);
	return form;
}

/* The values of d->extra are put behind the record. */
static void
take_values(struct draft *d)
{
	void *values = (char *)d->record + d->behind;

	if (d->extra.shape == NULL)
		return;
	memcpy(values, d->extra.values, d->extra.shape->size);
	d->extra.values = values;
}

static enum status
draft_of(struct request *rq, const struct reg *reg, struct draft *d)
{
	enum status e = OK;

	*d = (struct draft){ .reg = reg };
	d->behind = (reg->table->shape->size + 15) / 16 * 16;
	d->size = d->behind;
	if (word_index(&custom_kind_words, reg->table->name) >= 0)
		e = extra_of(rq->by, reg->table->name, &d->extra);
	if (!e && d->extra.shape != NULL)
		d->size += d->extra.shape->size;
	d->photos = d->extra.shape != NULL && attached_may_add(rq->by, reg->table->name);
	if (!e)
		d->form = form_of(rq, d);
	d->record = arena_alloc(rq->arena, 1, d->size);
	d->nearest = NEW_ARRAY(rq->arena, const char *, reg->choice_count + 1);
	return e;
}

enum status
draft_new(struct request *rq, const struct reg *reg, struct draft *d)
{
	enum status e = draft_of(rq, reg, d);

	if (e)
		return e;
	if (reg->defaults != NULL)
		reg->defaults(d->record);
	take_values(d);
	return OK;
}

enum status
draft_find(struct request *rq, const struct reg *reg, int64_t id, struct draft *d)
{
	enum status e = draft_of(rq, reg, d);

	if (!e)
		e = reg_find(rq->by, reg->table, id, d->record);
	if (!e && d->extra.shape != NULL)
		e = extra_find(rq->by, &d->extra, id);
	if (!e)
		take_values(d);
	return e;
}

void *
draft_keep(struct request *rq, struct draft *d)
{
	void *before = d->record;

	d->record = arena_alloc(rq->arena, 1, d->size);
	memcpy(d->record, before, d->size);
	if (d->extra.shape != NULL)
		d->extra.values = (char *)d->record + d->behind;
	return before;
}

const struct extra *
draft_extra(struct draft *d)
{
	return d->extra.shape != NULL ? &d->extra : NULL;
}

enum status
draft_photos(struct request *rq, const struct draft *d)
{
	const struct reg *reg = d->reg;
	struct place place = { .kind = reg->table->name,
		.id = reg_ref(reg, "id", d->record),
		.title = reg_title_of(reg, d->record) };

	if (!d->photos)
		return OK;
	if (reg->table->belongs != NULL)
		reg->table->belongs(d->record, &place.machine_id, &place.department_id);
	return photo_put(rq, &place);
}
