/* parts.c: a machine's bill of materials: the list to edit, a line added, changed, taken away. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/form.h"
#include "model/machine.h"
#include "model/machine_part.h"
#include "model/parts_request.h"
#include "page/machine/machine.h"
#include "page/page.h"

enum { LINES = 500, CHOICES = 30 };

struct line {
	const char *number;
	struct decimal quantity;
	const char *note;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct line, number),
	    .label = "Part number",
	    .hint = "Type its beginning or a word of its name; what fits is offered.",
	    .required = true,
	    .most = 120,
	    .autocomplete = "off" },
	{ .field = FIELD(struct line, quantity),
	    .label = "Quantity",
	    .required = true,
	    .least = 1,
	    .most = 999999 * DECIMAL_ONE },
	{ .field = FIELD(struct line, note),
	    .label = "Note",
	    .hint = "Where in the machine it is.",
	    .most = 200 },
};

static const struct form form = { "line", rules, COUNT(rules), NULL };

/* What was typed is looked for in the store; without anything, what the machine needed before. */
static enum status
show(struct request *rq, const struct machine *m, const char *typed)
{
	struct rows lines, choices;
	enum status e = machine_part_list(rq->by, m->id, LINES, &lines);

	if (!e)
		e = part_choices(rq->by, typed, m->id, CHOICES, &choices);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	view_rows(rq->view, "parts", lines);
	view_rows(rq->view, "choices", choices);
	view_bool(rq->view, "any_choice", choices.count > 0);
	view_bool(rq->view, "can_edit", machine_reached(rq, BOM_EDIT, m->department_id));
	page_form(rq, &form);
	return page(rq, "machine/parts");
}

enum status
machine_parts_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	const char *number = pairs_get(&rq->query, "part");
	const struct line empty = { .number = number, .quantity = decimal(DECIMAL_ONE) };
	enum status e = machine_find(rq->by, request_id(rq, 0), m);

	if (e)
		return e;
	form_show(rq, &form, &empty);
	return show(rq, m, "");
}

enum status
machine_part_post(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct line line = { 0 };
	enum status e = machine_for(rq, BOM_EDIT, request_id(rq, 0), m);

	if (!e)
		e = form_read(rq, &form, &line);
	if (!e) {
		e = machine_part_put(rq->by, m, line.number, line.quantity, line.note);
		if (e == NOT_FOUND)
			e = form_refuse(rq, &form, "number", "No part in use has this number.");
	}
	if (e == INVALID)
		return show(rq, m, line.number != NULL ? line.number : "");
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/machines/%" PRId64 "/parts", m->id);
}

enum status
machine_part_remove_post(struct request *rq)
{
	static const char *const names[] = { "part", NULL };
	struct machine *m = NEW(rq->arena, struct machine);
	const char *typed;
	int64_t part_id = 0;
	enum status e = form_only(rq, names);

	if (!e)
		e = machine_for(rq, BOM_EDIT, request_id(rq, 0), m);
	if (e)
		return e;
	typed = pairs_get(&rq->form, "part");
	if (typed == NULL || !int_read(typed, &part_id))
		return BAD_REQUEST;
	e = machine_part_remove(rq->by, m, part_id);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/machines/%" PRId64 "/parts", m->id);
}
