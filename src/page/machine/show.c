/* show.c: what a person at the machine needs first. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "model/event.h"
#include "model/machine.h"
#include "model/site.h"
#include "model/stop.h"
#include "model/work_order.h"
#include "page/files.h"
#include "page/machine/machine.h"
#include "page/page.h"
#include "view/paper.h"
#include "view/paper_label.h"
#include "view/qr.h"

enum { HISTORY = 25, STOPS = 10 };

static const char *
code_url(struct request *rq, const struct machine *m)
{
	return arena_print(rq->arena, "%s/q/%s", rq->kit->base_url, m->code);
}

static bool
may_report(const struct request *rq, const struct machine *m)
{
	enum reach reach = permission_reach(rq->by->role, WORK_ORDER_REPORT);

	if (m->archived_at.known || reach == REACH_NONE)
		return false;
	if (reach == REACH_ALL)
		return true;
	for (size_t i = 0; i < rq->by->department_count; i++)
		if (rq->by->department[i] == m->department_id)
			return true;
	return false;
}

static enum status
read_rest(struct request *rq, const struct machine *m)
{
	struct rows open, stops, events;
	enum status e = work_order_open_of(rq->by, m->id, &open);

	if (!e)
		e = stop_list(rq->by, m->id, STOPS, &stops);
	if (!e)
		e = page_files(rq, "machine", m->id);
	if (!e)
		e = event_list_machine(rq->by, m->id, query_id(rq, "after"), HISTORY + 1, &events);
	if (e)
		return e;
	view_rows(rq->view, "open_work_orders", open);
	view_rows(rq->view, "stops", stops);
	view_bool(rq->view, "is_down",
	    stops.count > 0 && !((const struct stop *)row_at(&stops, 0))->ended_at.known);
	page_next(rq, &events, HISTORY,
	    events.count > HISTORY ? arena_print(rq->arena, "%" PRId64,
					 ((struct event_row *)row_at(&events, HISTORY - 1))->id)
				   : NULL);
	page_history(rq, "history", &events);
	return OK;
}

enum status
machine_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	enum status e = machine_find(rq->by, request_id(rq, 0), m);

	if (!e)
		e = read_rest(rq, m);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	view_bool(rq->view, "can_report", may_report(rq, m));
	view_bool(rq->view, "archived", m->archived_at.known);
	view_text(rq->view, "code_url", code_url(rq, m));
	return page(rq, "machine/show");
}

enum status
machine_code_page(struct request *rq)
{
	struct machine m;
	const char *svg;
	enum status e = machine_find(rq->by, request_id(rq, 0), &m);

	if (e)
		return e;
	svg = qr_svg_level(rq->arena, code_url(rq, &m), QR_QUARTILE);
	if (svg == NULL)
		return FAILED;
	header_set(rq, "Content-Type", "image/svg+xml; charset=utf-8");
	header_set(rq, "Cache-Control", "private, max-age=3600");
	rq->response.code = 200;
	buf_text(&rq->response.body, svg);
	return OK;
}

enum status
machine_label_page(struct request *rq)
{
	struct machine m;
	struct label label;
	struct paper_bytes pdf;
	enum status e = machine_find(rq->by, request_id(rq, 0), &m);

	if (e)
		return e;
	label = (struct label){ code_url(rq, &m), m.code,
		arena_print(rq->arena, "%s %s", m.number, m.name), m.department_name, m.location,
		rq->site->title };
	e = paper_label(rq->arena, PAPER_FONTS, &label, 1, LABEL_WIDTH, LABEL_HEIGHT, &pdf);
	return e ? e : page_pdf(rq, m.number, pdf.at, pdf.len);
}
