/* register_edit.c: adding, changing, archiving and restoring a record of a register. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/register_undo.h"
#include "page/page.h"
#include "page/photo.h"
#include "page/register.h"
#include "page/register_conflict.h"
#include "page/register_draft.h"

static int64_t
id_of(const struct reg *reg, const void *record)
{
	return reg_ref(reg, "id", record);
}

static enum status
show_form(struct request *rq, const struct draft *d, const void *before)
{
	const struct reg *reg = d->reg;
	const struct reg_page *own = register_page_of(reg);
	const int64_t id = before != NULL ? id_of(reg, before) : 0;

	page_form(rq, d->form);
	register_texts(rq, reg);
	view_bool(rq->view, "photos", d->photos);
	view_text(rq->view, "photo_complaint", rq->photo_complaint);
	photo_keep(rq);
	if (before != NULL) {
		view_record(rq->view, "record", reg->table->shape, before);
		view_text(rq->view, "title", reg_title_of(reg, before));
		view_text(rq->view, "action",
		    arena_print(rq->arena, "%s/%" PRId64 "/edit", reg->base, id));
		view_text(rq->view, "back", arena_print(rq->arena, "%s/%" PRId64, reg->base, id));
		view_int(rq->view, "version", reg_ref(reg, "version", before));
	} else {
		view_text(rq->view, "action", arena_print(rq->arena, "%s/new", reg->base));
		view_text(rq->view, "back", reg->base);
	}
	view_bool(rq->view, "fresh", before == NULL);
	return page(rq, own->edit_form != NULL ? own->edit_form : "register/form");
}

/* What was typed stays; the version that it was typed against, too. */
static enum status
show_refused(struct request *rq, const struct draft *d, void *before)
{
	if (before != NULL)
		*(int64_t *)field_in(shape_field(d->reg->table->shape, "version"), before) =
		    form_version(rq);
	rq->response.code = 422;
	return show_form(rq, d, before);
}

/* The form and the choices in it; INVALID when either is wrong. */
static enum status
read_form(struct request *rq, struct draft *d, const void *before)
{
	enum status e = draft_read(rq, d), choices, photos;

	if (e && e != INVALID)
		return e;
	choices = draft_choices(rq, d, before);
	if (choices && choices != INVALID)
		return choices;
	photos = d->photos ? photo_check(rq, &rq->photo_complaint) : OK;
	return choices ? choices : photos ? photos : e;
}

static enum status
refuse(struct request *rq, const struct form *form, const struct reg_refusal *r)
{
	enum status e = form_refuse(rq, form, r->member, r->text);

	for (size_t i = 0; i < form->count; i++)
		if (rq->form_state->at[i].complaint.text == r->text)
			rq->form_state->at[i].complaint.arg = r->arg;
	return e;
}

enum status
register_new_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct draft d;
	enum status e = reg != NULL ? draft_new(rq, reg, &d) : NOT_FOUND;

	if (e)
		return e;
	form_show(rq, d.form, d.record);
	e = draft_choices(rq, &d, NULL);
	return e ? e : show_form(rq, &d, NULL);
}

enum status
register_create_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct reg_refusal refused = { 0 };
	const struct reg_page *own;
	struct draft d;
	int64_t id = 0;
	enum status e = reg != NULL ? draft_new(rq, reg, &d) : NOT_FOUND;

	if (e)
		return e;
	own = register_page_of(reg);
	e = read_form(rq, &d, NULL);
	if (!e)
		e = reg_add_with(rq->by, reg->table, d.record, draft_extra(&d), &id, &refused);
	if (!e)
		e = draft_photos(rq, &d);
	if (e == INVALID && refused.member != NULL)
		e = refuse(rq, d.form, &refused);
	if (e == INVALID)
		return show_refused(rq, &d, NULL);
	if (e)
		return e;
	if (own->created == NULL)
		flash(rq, "created", reg_title_of(reg, d.record));
	else
		e = own->created(rq, d.record);
	if (e)
		return e;
	return redirect(rq, "%s/%" PRId64, reg->base, id);
}

enum status
register_edit_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct draft d;
	enum status e = reg != NULL ? draft_find(rq, reg, request_id(rq, 0), &d) : NOT_FOUND;

	if (e)
		return e;
	form_show(rq, d.form, d.record);
	e = draft_choices(rq, &d, d.record);
	return e ? e : show_form(rq, &d, d.record);
}

/* now: the record as it stands, with its extra values behind it. */
static enum status
show_conflict(struct request *rq, const struct draft *d, const void *now, const void *was)
{
	const struct reg *reg = d->reg;
	struct conflict c = {
		.form = d->form, .now = now, .was = was, .name = draft_ref_name, .with = reg
	};

	if (((const struct instant *)field_of(shape_field(reg->table->shape, "archived_at"), now))
		->known) {
		rq->response.code = 409;
		return register_show(rq, reg, now);
	}
	c.version = reg_ref(reg, "version", now);
	c.title = reg_title_of(reg, now);
	c.action = arena_print(rq->arena, "%s/%" PRId64 "/edit", reg->base, id_of(reg, now));
	view_text(
	    rq->view, "back", arena_print(rq->arena, "%s/%" PRId64, reg->base, id_of(reg, now)));
	register_texts(rq, reg);
	return conflict_page(rq, &c);
}

static enum status
conflict(struct request *rq, const struct draft *mine)
{
	const struct reg *reg = mine->reg;
	struct draft was;
	void *now;
	enum status e = draft_find(rq, reg, id_of(reg, mine->record), &was);

	if (e)
		return e;
	now = draft_keep(rq, &was);
	e = reg_past(rq->by, reg->table, reg_ref(reg, "version", now) - form_version(rq),
	    was.extra.shape != NULL ? &was.extra : NULL, was.record);
	return e ? e : show_conflict(rq, mine, now, was.record);
}

enum status
register_change_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct reg_refusal refused = { 0 };
	struct draft d;
	void *before, *now;
	enum status e = reg != NULL ? draft_find(rq, reg, request_id(rq, 0), &d) : NOT_FOUND;

	if (e)
		return e;
	now = arena_alloc(rq->arena, 1, reg->table->shape->size);
	before = draft_keep(rq, &d);
	*(int64_t *)field_in(shape_field(reg->table->shape, "version"), d.record) =
	    form_version(rq);
	e = read_form(rq, &d, before);
	if (!e)
		e = reg_change_with(rq->by, reg->table, d.record, draft_extra(&d), now, &refused);
	if (!e)
		e = draft_photos(rq, &d);
	if (e == INVALID && refused.member != NULL)
		e = refuse(rq, d.form, &refused);
	if (e == INVALID)
		return show_refused(rq, &d, before);
	if (e == CONFLICT)
		return conflict(rq, &d);
	if (e)
		return e;
	flash(rq, "saved", reg_title_of(reg, d.record));
	flash_undo(rq, arena_print(rq->arena, "%s/%" PRId64 "/undo", reg->base, id_of(reg, now)),
	    reg_ref(reg, "version", d.record));
	return redirect(rq, "%s/%" PRId64, reg->base, id_of(reg, now));
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
	flash(rq, reg->texts->deactivates ? "reactivated" : "restored", reg_title_of(reg, record));
	return redirect(rq, "%s/%" PRId64, reg->base, id);
}
