/* edit.c: correcting what was reported. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/failure_code.h"
#include "model/register.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/register_conflict.h"
#include "page/work/forms.h"
#include "page/work/work.h"

static const struct rule edit_rules[] = {
	{ .field = FIELD_WORD(struct work_order_edit, priority, &wo_priority_words),
	    .kind = RULE_CHOICE,
	    .label = "Priority",
	    .required = true },
	{ .field = FIELD(struct work_order_edit, problem_code_id),
	    .kind = RULE_REF,
	    .label = "Problem" },
	{ .field = FIELD(struct work_order_edit, description),
	    .kind = RULE_LINES,
	    .label = "What is wrong?",
	    .required = true,
	    .least = 3,
	    .most = 4000 },
	{ .field = FIELD(struct work_order_edit, due_on),
	    .kind = RULE_PLAIN,
	    .label = "Due",
	    .hint = "The last day on which it is to be done." },
};

static const struct form edit_form = { "edit", edit_rules, COUNT(edit_rules), NULL };

static enum status
show_edit(struct request *rq)
{
	struct work_order *wo = NEW(rq->arena, struct work_order);
	struct work_order_edit now;
	enum status e = work_order_find(rq->by, request_id(rq, 0), wo);

	if (!e)
		e = code_options(
		    rq, "problem_code_id", "PROBLEM", wo->machine_id, wo->problem_code_id);
	if (e)
		return e;
	if (!wo_may(wo_state_of(wo->state), WO_EDIT, rq->by->role, NULL))
		return work_order_done(rq, wo->id, CONFLICT, "");
	now = (struct work_order_edit){ wo->priority, wo->problem_code_id, wo->description,
		wo->due_on, wo->version };
	if (rq->form_state == NULL)
		form_show(rq, &edit_form, &now);
	view_record(rq->view, "wo", &work_order_shape, wo);
	view_int(rq->view, "version", wo->version);
	page_form(rq, &edit_form);
	return page(rq, "work/edit");
}

enum status
work_order_edit_page(struct request *rq)
{
	return show_edit(rq);
}

/* The problem code behind an id, for the two sides of a conflict. */
static const char *
problem_name(struct request *rq, const void *codes, const struct rule *r, const char *typed)
{
	const struct rows *rows = codes;

	for (size_t i = 0; strcmp(r->field.name, "problem_code_id") == 0 && i < rows->count; i++) {
		const struct option *o = row_at(rows, i);

		if (strcmp(typed, arena_print(rq->arena, "%" PRId64, o->id)) == 0)
			return o->name;
	}
	return typed;
}

static enum status
show_conflict(struct request *rq, const struct work_order *wo)
{
	const struct work_order_edit now = { wo->priority, wo->problem_code_id, wo->description,
		wo->due_on, wo->version };
	const char *path = arena_print(rq->arena, "/work-orders/%" PRId64, wo->id);
	struct conflict c = { .form = &edit_form,
		.now = &now,
		.version = wo->version,
		.title = wo->number,
		.name = problem_name };
	struct rows codes;
	enum status e = failure_code_options(
	    rq->by, "PROBLEM", wo->problem_code_id.known ? wo->problem_code_id.n : 0, &codes);

	c.with = &codes;
	c.action = arena_print(rq->arena, "%s/edit", path);
	view_text(rq->view, "back", path);
	return e ? e : conflict_page(rq, &c);
}

enum status
work_order_edit_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct work_order_edit edit = { 0 };
	struct work_order wo;
	enum status e = form_read(rq, &edit_form, &edit);

	if (e == INVALID)
		return show_edit(rq);
	if (!e)
		e = work_order_find(rq->by, id, &wo);
	if (e)
		return e;
	edit.version = form_version(rq);
	if (edit.version != wo.version &&
	    wo_may(wo_state_of(wo.state), WO_EDIT, rq->by->role, NULL))
		return show_conflict(rq, &wo);
	return work_order_done(rq, id, work_order_edit(rq->by, id, &edit), "saved");
}
