/* show.c: a work order's page: everything about it, and what may be done next. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/text.h"
#include "model/event.h"
#include "model/parts_request.h"
#include "model/work_order.h"
#include "page/files.h"
#include "page/page.h"
#include "page/work/forms.h"
#include "page/work/work.h"

enum { HISTORY = 50 };

/* {{#can.accept}}: what the table of acts, the role and the record allow together. */
static void
view_acts(struct request *rq, const struct work_order *wo)
{
	struct view *can = view_group(rq->view, "can");
	unsigned acts = wo_acts(wo_state_of(wo->state), rq->by->role);
	bool any = false;

	if (wo->confirmed_at.known)
		acts &= ~WO_BIT(WO_CONFIRM);
	if (wo->followed)
		acts &= ~WO_BIT(WO_FOLLOW);
	for (unsigned i = 0; i < WO_ACTS; i++) {
		view_bool(can, wo_act_words.list[i].code, (acts & WO_BIT(i)) != 0);
		any = any || (i != WO_FOLLOW && (acts & WO_BIT(i)) != 0);
	}
	view_bool(rq->view, "can_anything", any);
	view_bool(rq->view, "open", wo_is_open(wo_state_of(wo->state)));
	view_bool(rq->view, "mine", wo->assignee_id.known && wo->assignee_id.n == rq->by->user_id);
}

/* One parts request with its lines under it. */
static void
view_requests(struct request *rq, const struct rows *requests, const struct rows *lines)
{
	struct view *list = view_list(rq->view, "parts_requests");

	for (size_t i = 0; i < requests->count; i++) {
		const struct parts_request *q = row_at(requests, i);
		struct view *v = view_item(list);
		struct rows of = { .shape = lines->shape };

		for (size_t j = 0; j < lines->count; j++) {
			const struct parts_request_line *l = row_at(lines, j);

			if (l->parts_request_id != q->id)
				continue;
			if (of.count++ == 0)
				of.at = row_at(lines, j);
		}
		view_record(v, "request", &parts_request_shape, q);
		view_rows(v, "lines", of);
	}
}

static enum status
read_parts(struct request *rq, const struct work_order *wo)
{
	struct rows requests = { .shape = &parts_request_shape };
	struct rows lines = { .shape = &parts_request_line_shape };
	enum status e = OK;

	if (wo->requests > 0 && permission_reach(rq->by->role, PARTS_REQUEST_VIEW) != REACH_NONE)
		e = parts_request_of_work_order(rq->by, wo->id, &requests, &lines);
	view_requests(rq, &requests, &lines);
	view_bool(rq->view, "has_parts", requests.count > 0);
	return e;
}

static enum status
read_rest(struct request *rq, const struct work_order *wo)
{
	struct rows logs = { .shape = &work_log_shape };
	struct rows events;
	enum status e = OK;

	if (wo->logs > 0)
		e = work_log_list(rq->by, wo->id, &logs);
	if (!e)
		e = page_files(rq, "work_order", wo->id);
	if (!e)
		e = read_parts(rq, wo);
	if (!e)
		e = event_list_work_order(
		    rq->by, wo->id, query_id(rq, "after"), HISTORY + 1, &events);
	if (e)
		return e;
	/* Not "logs": inside of the work order that is a count. */
	view_rows(rq->view, "work_logs", logs);
	page_next(rq, &events, HISTORY,
	    events.count > HISTORY ? arena_print(rq->arena, "%" PRId64,
					 ((struct event_row *)row_at(&events, HISTORY - 1))->id)
				   : NULL);
	page_history(rq, "history", &events);
	return OK;
}

enum status
work_order_show(struct request *rq, int64_t id)
{
	struct work_order *wo = NEW(rq->arena, struct work_order);
	enum status e = work_order_find(rq->by, id, wo);

	if (!e)
		e = read_rest(rq, wo);
	if (e)
		return e;
	view_record(rq->view, "wo", &work_order_shape, wo);
	view_acts(rq, wo);
	if (!rq->refused)
		view_text(rq->view, "refused", NULL);
	work_forms_show(rq);
	return page(rq, "work/show");
}

enum status
work_order_page(struct request *rq)
{
	return work_order_show(rq, request_id(rq, 0));
}

/* "Accept, Cancel": what this person may do with it now. */
static const char *
allowed(struct request *rq, const struct work_order *wo)
{
	unsigned acts = wo_acts(wo_state_of(wo->state), rq->by->role);
	struct buf b = { .arena = rq->arena };

	for (unsigned i = 0; i < WO_ACTS; i++) {
		if (!(acts & WO_BIT(i)) || i == WO_FOLLOW)
			continue;
		if (b.len > 0)
			buf_text(&b, ", ");
		buf_text(&b, page_text(rq, wo_act_words.list[i].text));
	}
	return b.text;
}

/* What was asked is not legal in the state that it has now. */
static enum status
say_why_not(struct request *rq, int64_t id)
{
	struct work_order wo;
	struct view *v;
	enum status e = work_order_find(rq->by, id, &wo);
	const char *state;

	if (e == NOT_FOUND)
		e = work_order_holder(rq->by, id, &wo);
	if (e)
		return e;
	state = page_text(rq, wo_state_words.list[wo_state_of(wo.state)].text);
	rq->response.code = 409;
	v = view_group(rq->view, "refused");
	rq->refused = true;
	view_text(v, "number", wo.number);
	view_text(v, "holder", wo.assignee_name);
	view_text(v, "state", state);
	view_text(v, "allowed", allowed(rq, &wo));
	view_int(v, "machine_id", wo.machine_id);
	e = work_order_find(rq->by, id, &wo);
	return e == NOT_FOUND ? page(rq, "work/taken") : e ? e : work_order_show(rq, id);
}

enum status
work_order_done(struct request *rq, int64_t id, enum status e, const char *flash_code)
{
	struct work_order wo;

	if (e == CONFLICT || (e == NOT_FOUND && rq->by->role == TECHNICIAN))
		return say_why_not(rq, id);
	if (e)
		return e;
	e = work_order_reread(rq->by, id, &wo);
	if (e)
		return e;
	flash(rq, flash_code, wo.number);
	/* What was given back or cancelled may no longer be this person's to see. */
	if (work_order_find(rq->by, id, &wo) != OK)
		return redirect(rq, "/");
	return redirect(rq, "/work-orders/%" PRId64, id);
}
