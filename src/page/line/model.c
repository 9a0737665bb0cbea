/* model.c: a machine model's spare parts, failure codes and machines. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/money.h"
#include "model/lines.h"
#include "model/machine_model.h"
#include "model/register.h"
#include "page/line/line.h"
#include "page/page.h"
#include "page/register.h"

enum { MACHINES_SHOWN = 20 };

static const struct rule part_rules[] = {
	{ FIELD(struct model_part, number), RULE_PLAIN, "Part number", NULL, true, 1, 40, NULL },
	{ FIELD(struct model_part, quantity), RULE_PLAIN, "Quantity", "In one machine.", true, 1,
	    INT64_C(99999999999999), NULL },
	{ FIELD(struct model_part, note), RULE_PLAIN, "Note", "Where in it.", false, 0, 200, NULL },
};

static const struct form part_form = { "part_line", part_rules, COUNT(part_rules), NULL };

struct chosen_code {
	struct number failure_code_id;
};

static const struct rule code_rules[] = {
	{ FIELD(struct chosen_code, failure_code_id), RULE_REF, "Failure code", NULL, true, 0, 0,
	    NULL },
};

static const struct form code_form = { "code_line", code_rules, COUNT(code_rules), NULL };

void
line_form(struct request *rq, const struct form *form, struct form_state *sent)
{
	if (sent != NULL && sent->form == form)
		rq->form_state = sent;
	else
		form_show(rq, form, NULL);
	page_form(rq, form);
}

enum status
model_more(struct request *rq, const void *record)
{
	struct form_state *sent = rq->form_state;
	struct model_lines l;
	enum status e =
	    model_lines(rq->by, ((const struct machine_model *)record)->id, MACHINES_SHOWN, &l);

	if (e)
		return e;
	view_rows(rq->view, "parts", l.parts);
	view_bool(rq->view, "has_parts", l.parts.count > 0);
	view_rows(rq->view, "codes", l.codes);
	view_rows(rq->view, "machines", l.machines);
	page_options(rq, "failure_code_id", l.choices, "id", "name");
	line_form(rq, &part_form, sent);
	line_form(rq, &code_form, sent);
	return OK;
}

static enum status
find(struct request *rq, struct machine_model *m)
{
	enum status e = reg_find(rq->by, &machine_model_table, request_id(rq, 0), m);

	return !e && m->archived_at.known ? NOT_FOUND : e;
}

/* Back to the model, or its page with the complaint. */
static enum status
answer(struct request *rq, const struct machine_model *m, enum status e)
{
	if (e == INVALID) {
		view_text(rq->view, "refused", NULL);
		return register_show(rq, &machine_model_register, m);
	}
	if (e)
		return e == CONFLICT ? NOT_FOUND : e;
	flash(rq, "saved", m->name);
	return redirect(rq, "/machine-models/%" PRId64, m->id);
}

/* A line goes: the second id of the address. */
static enum status
take(struct request *rq,
    enum status (*line)(const struct actor *, const struct machine_model *, int64_t id))
{
	static const char *const none[] = { NULL };
	struct machine_model *m = NEW(rq->arena, struct machine_model);
	enum status e = form_only(rq, none);

	if (!e)
		e = find(rq, m);
	if (!e)
		e = line(rq->by, m, request_id(rq, 1));
	return answer(rq, m, e);
}

enum status
model_part_post(struct request *rq)
{
	struct model_part line = { .quantity = { true, DECIMAL_ONE }, .note = "" };
	struct machine_model *m = NEW(rq->arena, struct machine_model);
	enum status e = find(rq, m);

	if (!e)
		e = form_read(rq, &part_form, &line);
	if (!e)
		e = model_part_put(rq->by, m, &line);
	if (e == NOT_FOUND && line.number != NULL)
		e = form_refuse(rq, &part_form, "number", "No part has this number.");
	return answer(rq, m, e);
}

enum status
model_part_take_post(struct request *rq)
{
	return take(rq, model_part_take);
}

enum status
model_code_post(struct request *rq)
{
	struct chosen_code chosen = { 0 };
	struct machine_model *m = NEW(rq->arena, struct machine_model);
	enum status e = find(rq, m);

	if (!e)
		e = form_read(rq, &code_form, &chosen);
	if (!e)
		e = model_code_put(rq->by, m, chosen.failure_code_id.n);
	if (e == NOT_FOUND && chosen.failure_code_id.known)
		e = form_refuse(rq, &code_form, "failure_code_id", "Choose one from the list");
	return answer(rq, m, e);
}

enum status
model_code_take_post(struct request *rq)
{
	return take(rq, model_code_take);
}
