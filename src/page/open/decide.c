/* decide.c: the supervisor confirms, joins or rejects what was reported without an account. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/attachment.h"
#include "model/open_report.h"
#include "model/work_order.h"
#include "page/open/open.h"
#include "page/page.h"

enum { SHOWN = 50 };

struct rejection {
	const char *reason;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct rejection, reason),
	    .label = "Reason",
	    .hint = "The reporter reads it.",
	    .required = true,
	    .least = 3,
	    .most = 400 },
};

static const struct form form = { "rejection", rules, COUNT(rules), NULL };

/* One report with its photos. */
static enum status
show_one(struct request *rq, struct view *v, const struct open_report *o)
{
	struct rows photos;
	enum status e =
	    attachment_list(rq->by, "open_report", o->id, (struct instant){ 0 }, &photos);

	if (e)
		return e;
	view_record(v, "report", &open_report_shape, o);
	view_rows(v, "photos", photos);
	view_bool(v, "has_photos", photos.count > 0);
	view_bool(v, "waiting", text_same(o->state, "WAITING"));
	return OK;
}

enum status
open_reports_page(struct request *rq)
{
	struct view *list = view_list(rq->view, "reports");
	struct rows rows;
	enum status e = open_report_list(rq->by, SHOWN, &rows);

	for (size_t i = 0; !e && i < rows.count; i++) {
		struct view *v = view_item(list);

		view_record(v, "report", &open_report_shape, row_at(&rows, i));
	}
	if (e)
		return e;
	view_bool(rq->view, "any", rows.count > 0);
	return page(rq, "open/list");
}

static enum status
show(struct request *rq, const struct open_report *o)
{
	enum status e = show_one(rq, rq->view, o);

	if (e)
		return e;
	page_form(rq, &form);
	return page(rq, "open/show");
}

enum status
open_report_page(struct request *rq)
{
	struct open_report *o = NEW(rq->arena, struct open_report);
	enum status e = open_report_find(rq->by, request_id(rq, 0), o);

	return e ? e : show(rq, o);
}

enum status
open_report_confirm_post(struct request *rq)
{
	static const char *const names[] = { "another", NULL };
	const bool another = !text_empty(pairs_get(&rq->form, "another"));
	const int64_t id = request_id(rq, 0);
	struct open_report o;
	int64_t work_order_id;
	enum status e = form_only(rq, names);

	if (!e)
		e = open_report_confirm(rq->by, id, another, &work_order_id);
	if (!e)
		e = open_report_find(rq->by, id, &o);
	if (e)
		return e;
	flash(rq, o.joined ? "report_joined" : "report_confirmed", o.work_order_number);
	return redirect(rq, "/open-reports");
}

enum status
open_report_reject_post(struct request *rq)
{
	struct open_report *o = NEW(rq->arena, struct open_report);
	struct rejection r = { 0 };
	enum status e = open_report_find(rq->by, request_id(rq, 0), o);

	if (e)
		return e;
	e = form_read(rq, &form, &r);
	if (e == INVALID)
		return show(rq, o);
	if (!e)
		e = open_report_reject(rq->by, o->id, r.reason);
	if (e)
		return e;
	flash(rq, "report_rejected", NULL);
	return redirect(rq, "/open-reports");
}
