/* register_edit.c: adding, changing, archiving and restoring a record of a register. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "page/page.h"
#include "page/register.h"
#include "page/register_conflict.h"

/* A member of the record as an id: an int or a number that may be none. */
static int64_t
ref_of(const struct reg *reg, const char *member, const void *record)
{
	const struct field *f = shape_field(reg->table->shape, member);
	const void *at = field_of(f, record);

	if (f->type == TYPE_NUMBER)
		return ((const struct number *)at)->known ? ((const struct number *)at)->n : 0;
	return *(const int64_t *)at;
}

static const char *
title_of(const struct reg *reg, const void *record)
{
	return *(const char *const *)field_of(
	    shape_field(reg->table->shape, reg->table->title), record);
}

static int64_t
id_of(const struct reg *reg, const void *record)
{
	return ref_of(reg, "id", record);
}

static bool
is_among(const struct rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->count; i++)
		if (((const struct option *)row_at(rows, i))->id == id)
			return true;
	return false;
}

/*
 * Lays the choices ready for page_form(), and refuses an id that is not among them.  before: the
 * record as it stands, whose own choice stays possible although it was archived; NULL for a new
 * one.
 */
static enum status
give_choices(struct request *rq, const struct reg *reg, const void *before, const void *record)
{
	enum status refused = OK;

	for (size_t i = 0; i < reg->choice_count; i++) {
		const struct reg_choice *c = &reg->choices[i];
		const int64_t id = ref_of(reg, c->member, record);
		struct rows rows = { 0 };
		enum status e =
		    c->rows(rq->by, before != NULL ? ref_of(reg, c->member, before) : 0, &rows);

		if (e)
			return e;
		page_options(rq, c->member, rows, "id", "name");
		if (id != 0 && !is_among(&rows, id))
			refused = form_refuse(rq, reg->form, c->member, "Choose one from the list");
	}
	return refused;
}

static enum status
show_form(struct request *rq, const struct reg *reg, const void *before)
{
	const struct reg_page *own = register_page_of(reg);
	const int64_t id = before != NULL ? id_of(reg, before) : 0;

	page_form(rq, reg->form);
	register_texts(rq, reg);
	if (before != NULL) {
		view_record(rq->view, "record", reg->table->shape, before);
		view_text(rq->view, "title", title_of(reg, before));
		view_text(rq->view, "action",
		    arena_print(rq->arena, "%s/%" PRId64 "/edit", reg->base, id));
		view_text(rq->view, "back", arena_print(rq->arena, "%s/%" PRId64, reg->base, id));
		view_int(rq->view, "version", ref_of(reg, "version", before));
	} else {
		view_text(rq->view, "action", arena_print(rq->arena, "%s/new", reg->base));
		view_text(rq->view, "back", reg->base);
	}
	view_bool(rq->view, "fresh", before == NULL);
	return page(rq, own->edit_form != NULL ? own->edit_form : "register/form");
}

/* What was typed stays; the version that it was typed against, too. */
static enum status
show_refused(struct request *rq, const struct reg *reg, void *before)
{
	if (before != NULL)
		*(int64_t *)field_in(shape_field(reg->table->shape, "version"), before) =
		    form_version(rq);
	rq->response.code = 422;
	return show_form(rq, reg, before);
}

static enum status
refuse(struct request *rq, const struct reg *reg, const struct reg_refusal *r)
{
	enum status e = form_refuse(rq, reg->form, r->member, r->text);

	for (size_t i = 0; i < reg->form->count; i++)
		if (rq->form_state->at[i].complaint.text == r->text)
			rq->form_state->at[i].complaint.arg = r->arg;
	return e;
}

enum status
register_new_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	if (reg->defaults != NULL)
		reg->defaults(record);
	form_show(rq, reg->form, record);
	e = give_choices(rq, reg, NULL, record);
	if (e)
		return e;
	return show_form(rq, reg, NULL);
}

enum status
register_create_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct reg_refusal refused = { 0 };
	int64_t id = 0;
	void *record;
	enum status e, choices;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	if (reg->defaults != NULL)
		reg->defaults(record);
	e = form_read(rq, reg->form, record);
	if (e && e != INVALID)
		return e;
	choices = give_choices(rq, reg, NULL, record);
	e = choices ? choices : e;
	if (!e)
		e = reg_add(rq->by, reg->table, record, &id, &refused);
	if (e == INVALID && refused.member != NULL)
		e = refuse(rq, reg, &refused);
	if (e == INVALID)
		return show_refused(rq, reg, NULL);
	if (e)
		return e;
	flash(rq, "created", title_of(reg, record));
	return redirect(rq, "%s/%" PRId64, reg->base, id);
}

enum status
register_edit_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_find(rq->by, reg->table, request_id(rq, 0), record);
	if (e)
		return e;
	form_show(rq, reg->form, record);
	e = give_choices(rq, reg, record, record);
	if (e)
		return e;
	return show_form(rq, reg, record);
}

/* The name of an id for the page of both sides. */
static const char *
ref_name(struct request *rq, const void *with, const struct rule *rule, const char *typed)
{
	const struct reg *reg = with;

	for (size_t i = 0; i < reg->choice_count; i++) {
		struct rows rows = { 0 };

		if (strcmp(reg->choices[i].member, rule->field.name) != 0 ||
		    reg->choices[i].rows(rq->by, 0, &rows) != OK)
			continue;
		for (size_t r = 0; r < rows.count; r++) {
			const struct option *o = row_at(&rows, r);

			if (strcmp(typed, arena_print(rq->arena, "%" PRId64, o->id)) == 0)
				return o->name;
		}
	}
	return typed;
}

static enum status
show_conflict(struct request *rq, const struct reg *reg, const void *now)
{
	const struct shape *shape = reg->table->shape;
	struct conflict c = { .form = reg->form, .now = now, .name = ref_name, .with = reg };

	if (((const struct instant *)field_of(shape_field(shape, "archived_at"), now))->known) {
		rq->response.code = 409;
		return register_show(rq, reg, now);
	}
	c.version = ref_of(reg, "version", now);
	c.title = title_of(reg, now);
	c.action = arena_print(rq->arena, "%s/%" PRId64 "/edit", reg->base, id_of(reg, now));
	view_text(
	    rq->view, "back", arena_print(rq->arena, "%s/%" PRId64, reg->base, id_of(reg, now)));
	register_texts(rq, reg);
	return conflict_page(rq, &c);
}

enum status
register_change_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct reg_refusal refused = { 0 };
	size_t size;
	void *before, *record, *now;
	enum status e, choices;

	if (reg == NULL)
		return NOT_FOUND;
	size = reg->table->shape->size;
	before = arena_alloc(rq->arena, 1, size);
	now = arena_alloc(rq->arena, 1, size);
	e = reg_find(rq->by, reg->table, request_id(rq, 0), before);
	if (e)
		return e;
	record = arena_alloc(rq->arena, 1, size);
	memcpy(record, before, size);
	*(int64_t *)field_in(shape_field(reg->table->shape, "version"), record) = form_version(rq);
	e = form_read(rq, reg->form, record);
	if (e && e != INVALID)
		return e;
	choices = give_choices(rq, reg, before, record);
	e = choices ? choices : e;
	if (!e)
		e = reg_change(rq->by, reg->table, record, now, &refused);
	if (e == INVALID && refused.member != NULL)
		e = refuse(rq, reg, &refused);
	if (e == INVALID)
		return show_refused(rq, reg, before);
	if (e == CONFLICT)
		return show_conflict(rq, reg, now);
	if (e)
		return e;
	flash(rq, "saved", title_of(reg, record));
	return redirect(rq, "%s/%" PRId64, reg->base, id_of(reg, record));
}

enum status
register_archive_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	const char *why = NULL;
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	e = reg_archive(rq->by, reg->table, request_id(rq, 0), &why);
	if (!e)
		return redirect(rq, "%s?undo=%" PRId64, reg->base, request_id(rq, 0));
	if (e != CONFLICT || why == NULL)
		return e;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_find(rq->by, reg->table, request_id(rq, 0), record);
	if (e)
		return e;
	view_text(rq->view, "refused", page_text(rq, why));
	rq->response.code = 409;
	return register_show(rq, reg, record);
}

enum status
register_restore_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	const int64_t id = request_id(rq, 0);
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_restore(rq->by, reg->table, id);
	if (!e)
		e = reg_find(rq->by, reg->table, id, record);
	if (e)
		return e;
	flash(rq, "restored", title_of(reg, record));
	return redirect(rq, "%s/%" PRId64, reg->base, id);
}
