/* approvals.c: parts requests: what waits for a decision, and the decision. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "http/form.h"
#include "model/event.h"
#include "model/parts_request.h"
#include "page/manager/manager.h"
#include "page/page.h"

enum { SHOWN = 100, MAX_LINES = 50 };

enum status
approvals_page(struct request *rq)
{
	struct rows rows;
	enum status e = parts_request_list(rq->by, "REQUESTED", SHOWN, &rows);

	if (e)
		return e;
	view_rows(rq->view, "requests", rows);
	view_int(rq->view, "count", (int64_t)rows.count);
	return page(rq, "manager/approvals");
}

static const char *
typed(struct request *rq, const char *prefix, int64_t line_id, struct decimal usual)
{
	const char *text =
	    pairs_get(&rq->form, arena_print(rq->arena, "%s%" PRId64, prefix, line_id));

	if (text != NULL)
		return text;
	return usual.known ? decimal_text(rq->arena, usual) : "";
}

/* What can be issued now of what is still to issue. */
static struct decimal
issuable(const struct parts_request_line *l)
{
	return l->on_hand.units < l->to_issue.units ? l->on_hand : l->to_issue;
}

static void
view_lines(struct request *rq, const struct rows *lines)
{
	const bool issuer = permission_reach(rq->by->role, PARTS_REQUEST_ISSUE) != REACH_NONE;
	struct view *list = view_list(rq->view, "lines");
	bool any = false;

	for (size_t i = 0; i < lines->count; i++) {
		const struct parts_request_line *l = row_at(lines, i);
		struct view *v = view_item(list);

		view_record(v, "line", &parts_request_line_shape, l);
		view_bool(v, "short", l->available.units < l->asked.units);
		view_bool(v, "open", l->to_issue.units > 0);
		view_bool(v, "returnable", l->issued.units > l->returned.units);
		any = any || l->issued.units > l->returned.units;
		view_text(v, "approve_typed", typed(rq, "approve_", l->id, l->asked));
		view_text(v, "issue_typed", typed(rq, "issue_", l->id, issuable(l)));
		view_text(v, "line_id", arena_print(rq->arena, "%" PRId64, l->id));
	}
	view_bool(rq->view, "can_return", issuer && any);
}

enum status
parts_request_show(struct request *rq, int64_t id, const char *complaint)
{
	struct parts_request *q = NEW(rq->arena, struct parts_request);
	const char *reason = pairs_get(&rq->form, "reason");
	enum pr_state state;
	struct rows lines, events;
	enum status e = parts_request_find(rq->by, id, q);

	if (!e)
		e = parts_request_lines(rq->by, id, &lines);
	if (!e)
		e = event_list_record(rq->by, "parts_request", id, 0, 50, &events);
	if (e)
		return e;
	state = pr_state_code(q->state);
	view_record(rq->view, "request", &parts_request_shape, q);
	view_lines(rq, &lines);
	view_bool(rq->view, "can_decide",
	    state == PR_REQUESTED &&
		permission_reach(rq->by->role, PARTS_REQUEST_APPROVE) != REACH_NONE);
	view_bool(rq->view, "can_issue",
	    (state == PR_APPROVED || state == PR_PARTLY_ISSUED) &&
		permission_reach(rq->by->role, PARTS_REQUEST_ISSUE) != REACH_NONE);
	view_text(rq->view, "complaint", complaint != NULL ? page_text(rq, complaint) : NULL);
	view_bool(rq->view, "form_wrong", complaint != NULL);
	view_text(rq->view, "reason_typed", reason != NULL ? reason : "");
	page_history(rq, "history", &events);
	return page(rq, "manager/parts_request");
}

enum status
parts_request_page(struct request *rq)
{
	return parts_request_show(rq, request_id(rq, 0), NULL);
}

/* The quantity typed beside each line; NULL, or what is wrong. */
static const char *
read_decision(struct request *rq, const struct rows *lines, bool reject, struct line_quantity *out)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct parts_request_line *l = row_at(lines, i);
		const char *text =
		    pairs_get(&rq->form, arena_print(rq->arena, "approve_%" PRId64, l->id));

		out[i].line_id = l->id;
		out[i].quantity = reject ? decimal(0) : decimal_parse(text != NULL ? text : "");
		if (!out[i].quantity.known || out[i].quantity.units < 0 ||
		    out[i].quantity.units > l->asked.units)
			return "Approve from 0 to as many as were asked for.";
	}
	return NULL;
}

static bool
all_asked(const struct rows *lines, const struct line_quantity *q)
{
	for (size_t i = 0; i < lines->count; i++)
		if (q[i].quantity.units <
		    ((const struct parts_request_line *)row_at(lines, i))->asked.units)
			return false;
	return true;
}

static bool
nothing(const struct rows *lines, const struct line_quantity *q)
{
	for (size_t i = 0; i < lines->count; i++)
		if (q[i].quantity.units > 0)
			return false;
	return true;
}

static enum status
again(struct request *rq, int64_t id, int code, const char *complaint)
{
	rq->response.code = code;
	return parts_request_show(rq, id, complaint);
}

static enum status
decide(struct request *rq, bool reject)
{
	static const char *const names[] = { "approve_*", "reason", NULL };
	int64_t id = request_id(rq, 0);
	const char *reason = pairs_get(&rq->form, "reason"), *why;
	struct line_quantity *q;
	struct rows lines;
	enum status e = form_only(rq, names);

	if (!e)
		e = parts_request_lines(rq->by, id, &lines);
	if (e)
		return e;
	q = NEW_ARRAY(rq->arena, struct line_quantity, lines.count + 1);
	reason = reason != NULL ? text_trim(rq->arena, reason) : "";
	why = read_decision(rq, &lines, reject, q);
	if (why == NULL && text_length(reason) > 400)
		why = "A reason has at most 400 characters.";
	if (why == NULL && !all_asked(&lines, q) && *reason == '\0')
		why = "Say why less is approved than was asked for.";
	if (why != NULL)
		return again(rq, id, 422, why);
	e = parts_request_decide(rq->by, id, q, lines.count, reason);
	if (e == CONFLICT)
		return again(rq, id, 409, "This was decided already.");
	if (e)
		return e;
	flash(rq,
	    nothing(&lines, q)     ? "rejected"
	    : all_asked(&lines, q) ? "approved"
				   : "partly_approved",
	    NULL);
	return redirect(rq, "/manager/approvals");
}

enum status
approve_post(struct request *rq)
{
	return decide(rq, false);
}

enum status
reject_post(struct request *rq)
{
	return decide(rq, true);
}
