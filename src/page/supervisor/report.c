/* report.c: reporting a problem at a machine; what is open there already comes first. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/failure_code.h"
#include "model/machine.h"
#include "model/register.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/photo.h"
#include "page/supervisor/supervisor.h"

static const struct rule rules[] = {
	{ .field = FIELD_WORD(struct report, priority, &wo_priority_words),
	    .kind = RULE_CHOICE,
	    .label = "How bad is it?",
	    .required = true },
	{ .field = FIELD(struct report, problem_code_id),
	    .kind = RULE_REF,
	    .label = "What do you see?" },
	{ .field = FIELD(struct report, description),
	    .kind = RULE_LINES,
	    .label = "In your words",
	    .required = true,
	    .least = 3,
	    .most = 4000 },
	{ .field = FIELD(struct report, machine_down),
	    .kind = RULE_CHECK,
	    .label = "The machine is down",
	    .hint = "Its downtime is counted from now on." },
};

static const char *const also[] = { "photo", "kept", "another", NULL };
static const struct form form = { "report", rules, COUNT(rules), also };

struct addition {
	const char *text;
	bool machine_down;
};

static const struct rule add_rules[] = {
	{ .field = FIELD(struct addition, text),
	    .kind = RULE_LINES,
	    .label = "What do you want to add?",
	    .required = true,
	    .least = 3,
	    .most = 4000 },
	{ .field = FIELD(struct addition, machine_down),
	    .kind = RULE_CHECK,
	    .label = "The machine is down",
	    .hint = "Its downtime is counted from now on." },
};

static const char *const add_also[] = { "photo", "kept", NULL };
static const struct form add_form = { "addition", add_rules, COUNT(add_rules), add_also };

/* Of another department, for a supervisor: looked at, but not reported. */
static bool
may_report(const struct request *rq, const struct machine *m)
{
	enum reach reach = permission_reach(rq->by->role, WORK_ORDER_REPORT);

	if (reach == REACH_ALL)
		return true;
	for (size_t i = 0; reach == REACH_DEPARTMENT && i < rq->by->department_count; i++)
		if (rq->by->department[i] == m->department_id)
			return true;
	return false;
}

static enum status
show(struct request *rq, int64_t machine_id)
{
	const bool adding = rq->form_state != NULL && rq->form_state->form == &add_form;
	struct machine *m = NEW(rq->arena, struct machine);
	const struct report usual = { .priority = "MEDIUM", .description = "" };
	struct rows codes, open;
	bool known = false;
	enum status e = machine_find(rq->by, machine_id, m);

	if (!e && (m->archived_at.known || !may_report(rq, m)))
		return FORBIDDEN;
	if (!e)
		e = failure_code_offered(rq->by, "PROBLEM", machine_id, 0, &codes);
	if (!e)
		e = work_order_open_of(rq->by, machine_id, &open);
	if (!e && open.count == 0)
		e = work_order_known(rq->by, machine_id, &known);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	view_rows(rq->view, "open_work_orders", open);
	view_bool(rq->view, "has_open", open.count > 0);
	view_bool(rq->view, "known", known);
	view_bool(rq->view, "another",
	    !text_empty(pairs_get(&rq->query, "another")) ||
		!text_empty(pairs_get(&rq->form, "another")));
	photo_keep(rq);
	page_options(rq, "problem_code_id", codes, "id", "name");
	if (adding)
		page_form(rq, &add_form);
	if (rq->form_state == NULL || adding)
		form_show(rq, &form, &usual);
	page_form(rq, &form);
	if (!adding)
		page_form(rq, &add_form);
	return page(rq, "supervisor/report");
}

enum status
report_page(struct request *rq)
{
	return show(rq, request_id(rq, 0));
}

/* A photo that is refused leaves the rest of the form as it was typed. */
static enum status
read_photos(struct request *rq, enum status so_far)
{
	const char *why = NULL;
	enum status e = photo_check(rq, &why);

	if (e == INVALID) {
		rq->photo_complaint = why;
		rq->response.code = 422;
	}
	return so_far ? so_far : e;
}

enum status
report_post(struct request *rq)
{
	struct report r = { .machine_id = request_id(rq, 0), .description = "" };
	struct work_order wo;
	int64_t id;
	bool known = false;
	enum status e = form_read(rq, &form, &r);

	if (e == OK || e == INVALID)
		e = read_photos(rq, e);
	if (e == INVALID)
		return show(rq, r.machine_id);
	if (e)
		return e;
	r.another = !text_empty(pairs_get(&rq->form, "another"));
	e = work_order_report(rq->by, &r, &id, &known);
	if (e == CONFLICT && !r.another) {
		/* Somebody reported it while this form was being filled in. */
		rq->response.code = 409;
		return show(rq, r.machine_id);
	}
	if (!e)
		e = work_order_reread(rq->by, id, &wo);
	if (!e)
		e = photo_add(rq, &wo, "REPORT");
	if (e)
		return e;
	if (known) {
		flash(rq, "report_known", NULL);
		return redirect(rq, "/machines/%" PRId64, r.machine_id);
	}
	flash(rq, "reported", wo.number);
	return redirect(rq, "/work-orders/%" PRId64, id);
}

enum status
add_to_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct addition a = { 0 };
	struct work_order wo;
	enum status e = form_read(rq, &add_form, &a), found;

	if (e == OK || e == INVALID)
		e = read_photos(rq, e);
	found = work_order_find(rq->by, id, &wo);
	if (found)
		return found;
	if (e == INVALID)
		return show(rq, wo.machine_id);
	if (!e)
		e = work_order_add_to(rq->by, id, a.text, a.machine_down);
	if (!e)
		e = photo_add(rq, &wo, "REPORT");
	if (e)
		return e;
	flash(rq, "added", wo.number);
	return redirect(rq, "/work-orders/%" PRId64, id);
}
