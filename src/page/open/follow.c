/* follow.c: what became of a report without an account, for who has its link; no names. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "model/open_report.h"
#include "model/rate.h"
#include "page/open/open.h"
#include "page/page.h"
#include "page/photo.h"

enum { WORDS_MOST = 10, WINDOW = 3600 };

struct words_more {
	const char *text;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct words_more, text),
	    .kind = RULE_LINES,
	    .label = "What do you want to add?",
	    .required = true,
	    .least = 3,
	    .most = 2000 },
};

static const struct form form = { "addition", rules, COUNT(rules), NULL };

/* How far it is. */
enum { REPORTED, CONFIRMED, TAKEN, DONE, STEPS };

static int
step_of(const struct open_report *o)
{
	if (o->work_order_state == NULL)
		return REPORTED;
	if (strcmp(o->work_order_state, "PENDING") == 0)
		return CONFIRMED;
	return strcmp(o->work_order_state, "IN_PROGRESS") == 0 ||
		       strcmp(o->work_order_state, "WAITING_PARTS") == 0
		   ? TAKEN
		   : DONE;
}

/* In plain words, the first line that fits. */
static const char *
said(const struct open_report *o)
{
	const char *wo = o->work_order_state;

	if (strcmp(o->state, "REJECTED") == 0)
		return "Your report was looked at and closed.";
	if (wo == NULL)
		return "Your report has arrived. A supervisor looks at it first.";
	if (strcmp(wo, "PENDING") == 0)
		return o->joined ? "The problem was known already; your words were added."
				   " The technicians have been told."
				 : "Your report is confirmed. The technicians have been told.";
	if (strcmp(wo, "IN_PROGRESS") == 0)
		return "A technician is working on it.";
	if (strcmp(wo, "WAITING_PARTS") == 0)
		return "A technician has looked at it; parts are on their way.";
	return strcmp(wo, "CANCELLED") == 0 ? "The work was cancelled."
					    : "The work is done. Thank you for reporting.";
}

static void
show_steps(struct request *rq, const struct open_report *o)
{
	static const char *const texts[STEPS] = { "Reported", "Confirmed", "In progress", "Done" };
	struct view *list = view_list(rq->view, "steps");
	const int now = step_of(o);

	for (int i = 0; i < STEPS; i++) {
		struct view *v = view_item(list);

		view_text(v, "text", page_text(rq, texts[i]));
		view_bool(v, "done", i < now || now == DONE);
		view_bool(v, "current", i == now && now != DONE);
	}
	view_bool(rq->view, "rejected", strcmp(o->state, "REJECTED") == 0);
	view_bool(rq->view, "open", strcmp(o->state, "REJECTED") != 0 && now != DONE);
}

static enum status
show(struct request *rq, const struct open_report *o)
{
	show_steps(rq, o);
	view_record(rq->view, "report", &open_report_shape, o);
	view_text(rq->view, "said", page_text(rq, said(o)));
	view_text(rq->view, "link",
	    arena_print(rq->arena, "%s/follow/%s", rq->kit->base_url, rq->capture[0]));
	view_text(rq->view, "secret", rq->capture[0]);
	page_form(rq, &form);
	header_set(rq, "X-Robots-Tag", "noindex");
	return page(rq, "open/follow");
}

/* Guessing 132 bits is hopeless; that it is tried is not made cheap either. */
static enum status
find(struct request *rq, struct open_report *o)
{
	enum status e = rate_look(rq->by, "code", rq->wire->address, 60), counted;

	if (!e)
		e = open_report_by_secret(rq->by, rq->capture[0], o);
	if (e != NOT_FOUND)
		return e;
	counted = rate_take(rq->by, "code", rq->wire->address, 60, 600);
	return counted ? counted : NOT_FOUND;
}

enum status
open_follow_page(struct request *rq)
{
	struct open_report *o = NEW(rq->arena, struct open_report);
	enum status e = find(rq, o);

	return e ? e : show(rq, o);
}

enum status
open_follow_post(struct request *rq)
{
	struct open_report *o = NEW(rq->arena, struct open_report);
	struct words_more w = { 0 };
	enum status e = find(rq, o);

	if (e)
		return e;
	e = form_read(rq, &form, &w);
	if (!e)
		e = rate_take(rq->by, "follow", arena_print(rq->arena, "%" PRId64, o->id),
		    WORDS_MOST, WINDOW);
	if (!e)
		e = open_report_add_to(rq->by, o, w.text);
	if (e == INVALID) {
		rq->response.code = 422;
		return show(rq, o);
	}
	if (e == CONFLICT) {
		rq->response.code = 409;
		return show(rq, o);
	}
	if (e)
		return e;
	flash(rq, "added", page_text(rq, "your report"));
	return redirect(rq, "/follow/%s", rq->capture[0]);
}
