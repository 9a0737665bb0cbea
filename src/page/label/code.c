/* code.c: a code is a URL; opening it is the scan.  It leads to what this person does next. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/code.h"
#include "model/lines.h"
#include "model/part.h"
#include "model/rate.h"
#include "model/work_order.h"
#include "page/label/label.h"
#include "page/open/open.h"
#include "page/page.h"
#include "rule/number.h"
#include "view/qr.h"

/* Wrong guesses of one address in so many seconds; a person mistypes a few. */
enum { GUESSES = 60, GUESS_SECONDS = 600, WAITING = 20 };

static bool
may_report(const struct request *rq, int64_t department_id)
{
	enum reach reach = permission_reach(rq->by->role, WORK_ORDER_REPORT);

	for (size_t i = 0; reach == REACH_DEPARTMENT && i < rq->by->department_count; i++)
		if (rq->by->department[i] == department_id)
			return true;
	return reach == REACH_ALL;
}

/* Who reports, reports; an administrator and who works there look first. */
static enum status
lead_machine(struct request *rq, const struct code_found *f)
{
	const bool report =
	    rq->by->role != ADMIN && !f->archived_at.known && may_report(rq, f->department_id);

	return redirect(rq, "/machines/%" PRId64 "%s", f->record_id, report ? "/report" : "");
}

/* The one work order that a technician is at; 0 for none, or several. */
static enum status
work_in_hand(struct request *rq, int64_t *id)
{
	const struct work_order_filter f = { .state = "IN_PROGRESS",
		.assignee_id = rq->by->user_id };
	struct rows rows;
	enum status e = work_order_list(rq->by, &f, 2, &rows);

	*id = !e && rows.count == 1 ? ((const struct work_order_row *)row_at(&rows, 0))->id : 0;
	return e;
}

/* The one approved request that waits for the part; 0 for none, or several. */
static enum status
to_issue(struct request *rq, int64_t part_id, int64_t *id)
{
	struct part_lines lines;
	enum status e = part_lines(rq->by, part_id, WAITING, &lines);
	int n = 0;

	for (size_t i = 0; !e && i < lines.waiting.count; i++) {
		const struct part_waiting *w = row_at(&lines.waiting, i);

		if (strcmp(w->state, "REQUESTED") == 0)
			continue;
		*id = w->parts_request_id;
		n++;
	}
	if (n != 1)
		*id = 0;
	return e;
}

/* A technician asks for it, the store issues it, everybody else looks at it. */
static enum status
lead_part(struct request *rq, const struct code_found *f)
{
	int64_t id = 0, request = 0;
	enum status e = OK;

	if (permission_reach(rq->by->role, PART_VIEW) == REACH_NONE)
		return FORBIDDEN;
	if (permission_reach(rq->by->role, PARTS_REQUEST_CREATE) != REACH_NONE)
		e = work_in_hand(rq, &id);
	if (e)
		return e;
	if (id != 0)
		return redirect(rq, "/work-orders/%" PRId64 "/parts?search=%s", id,
		    text_url(rq->arena, f->title));
	if (permission_reach(rq->by->role, PARTS_REQUEST_ISSUE) != REACH_NONE)
		e = to_issue(rq, f->record_id, &request);
	if (e)
		return e;
	if (request != 0)
		return redirect(rq, "/parts-requests/%" PRId64, request);
	return redirect(rq, "/parts/%" PRId64, f->record_id);
}

static enum status
lead_user(struct request *rq, const struct code_found *f)
{
	if (f->record_id == rq->by->user_id)
		return redirect(rq, "/account");
	if (permission_reach(rq->by->role, USER_VIEW) != REACH_NONE)
		return redirect(rq, "/users/%" PRId64, f->record_id);
	view_text(rq->view, "person", f->name);
	view_text(rq->view, "complaint", NULL);
	view_bool(rq->view, "replaced", false);
	return page(rq, "label/code");
}

/* The page of a code that leads nowhere: why, and a field to try again. */
static enum status
nowhere(struct request *rq, int status, const char *complaint, bool replaced)
{
	rq->response.code = status;
	view_text(rq->view, "person", NULL);
	view_text(rq->view, "complaint", complaint);
	view_bool(rq->view, "replaced", replaced);
	return page(rq, rq->by->user_id != 0 ? "label/code" : "label/code_plain");
}

static enum status
lead_stale(struct request *rq, const char *code, const struct code_found *f)
{
	enum status e = code_stale(rq->by, code, f);

	if (e)
		return e;
	return nowhere(rq, 410,
	    page_text_with(rq, "This label was replaced on %1. Its code no longer leads anywhere.",
		locale_day(rq->kit->locale, rq->arena, f->retired_at), NULL),
	    true);
}

enum status
code_lead(struct request *rq, const char *code, const struct code_found *f)
{
	if (f->retired_at.known)
		return lead_stale(rq, code, f);
	if (strcmp(f->kind, "machine") == 0)
		return lead_machine(rq, f);
	if (strcmp(f->kind, "part") == 0)
		return lead_part(rq, f);
	if (strcmp(f->kind, "user") == 0)
		return lead_user(rq, f);
	return redirect(rq, "/locations/%" PRId64, f->record_id);
}

const char *
code_complaint(const struct request *rq, const char *typed)
{
	const char *code = code_normal(rq->arena, typed);

	if (code != NULL && !code_valid(code))
		return page_text(rq,
		    "A character of this code is mistyped: its last one does not fit the others.");
	return page_text(
	    rq, "Nothing has this code or number. Check the letters below the square.");
}

/* A visitor learns nothing of codes but by scanning a machine that is open to them. */
static enum status
visit(struct request *rq, const char *code, enum status found, const struct code_found *f)
{
	if (found == NOT_FOUND || f->retired_at.known || !f->open_report || f->archived_at.known)
		return found == OK && f->retired_at.known ? lead_stale(rq, code, f) : SIGN_IN;
	return open_report_show(rq, code, f);
}

enum status
code_page(struct request *rq)
{
	const char *code = code_normal(rq->arena, rq->capture[0]);
	struct code_found f = { 0 };
	enum status e = rate_look(rq->by, "code", rq->wire->address, GUESSES), counted;

	if (e)
		return e;
	if (code == NULL || !code_valid(code))
		return rq->by->user_id == 0 && code == NULL
			   ? SIGN_IN
			   : nowhere(rq, 404, code_complaint(rq, rq->capture[0]), false);
	e = code_find(rq->by, code, &f);
	if (e == NOT_FOUND) {
		counted = rate_take(rq->by, "code", rq->wire->address, GUESSES, GUESS_SECONDS);
		if (counted)
			return counted;
	}
	if (e && e != NOT_FOUND)
		return e;
	if (rq->by->user_id == 0)
		return visit(rq, code, e, &f);
	if (e == NOT_FOUND)
		return nowhere(rq, 404, code_complaint(rq, code), false);
	return code_lead(rq, code, &f);
}

enum status
code_svg_page(struct request *rq)
{
	const char *code = code_normal(rq->arena, rq->capture[0]), *svg;

	if (code == NULL || !code_valid(code))
		return NOT_FOUND;
	svg = qr_svg_level(
	    rq->arena, arena_print(rq->arena, "%s/q/%s", rq->kit->base_url, code), QR_QUARTILE);
	if (svg == NULL)
		return FAILED;
	header_set(rq, "Content-Type", "image/svg+xml; charset=utf-8");
	header_set(rq, "Cache-Control", "private, max-age=3600");
	rq->response.code = 200;
	buf_text(&rq->response.body, svg);
	return OK;
}

static const struct {
	const char *base, *kind;
} bases[] = {
	{ "/machines", "machine" },
	{ "/locations", "location" },
	{ "/parts", "part" },
	{ "/users", "user" },
};

enum status
code_post(struct request *rq)
{
	enum status e = NOT_FOUND;
	const char *base = NULL;

	for (size_t i = 0; i < COUNT(bases); i++) {
		if (!text_starts(rq->path, bases[i].base))
			continue;
		base = bases[i].base;
		e = code_replace(rq->by, bases[i].kind, request_id(rq, 0));
	}
	if (e)
		return e;
	flash(rq, "code_replaced", NULL);
	return redirect(rq, "%s/%" PRId64, base, request_id(rq, 0));
}

void
code_card(struct request *rq, const char *kind, const char *base, int64_t id, const char *code)
{
	struct view *v = view_group(rq->view, "code_card");

	view_text(v, "code", code);
	view_text(v, "action", arena_print(rq->arena, "%s/%" PRId64 "/code", base, id));
	view_text(v, "query", arena_print(rq->arena, "kind=%s&ids=%" PRId64, kind, id));
	view_text(v, "url",
	    code != NULL ? arena_print(rq->arena, "%s/q/%s", rq->kit->base_url, code) : NULL);
	view_bool(v, "may_print", permission_reach(rq->by->role, LABEL_PRINT) != REACH_NONE);
	view_bool(v, "may_replace", permission_reach(rq->by->role, CODE_REPLACE) != REACH_NONE);
}
