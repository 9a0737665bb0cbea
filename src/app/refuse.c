/* refuse.c: see refuse.h. */
#include "app/refuse.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/site.h"
#include "page/page.h"

enum { PATH_TOLD = 200 };

static const struct {
	int code;
	const char *title;
	const char *text;
} pages[STATUSES] = {
	[OK] = { 200, "", "" },
	[BAD_REQUEST] = { 400, "That request makes no sense",
	    "Something in it is malformed. Go back, load the page again and try once more." },
	[SIGN_IN] = { 401, "Please sign in", "Your session has ended." },
	[FORBIDDEN] = { 403, "You may not do that",
	    "Your role does not allow it, or the page that"
	    " you sent is too old. Go back, load it again and "
	    "try once more." },
	[NOT_FOUND] = { 404, "There is nothing here",
	    "The page does not exist, or it is not yours to see." },
	[CONFLICT] = { 409, "Somebody was faster",
	    "What you saw has changed meanwhile. Load the page again to see how it stands now." },
	[INVALID] = { 422, "Some fields need another look", "Go back and check what you typed." },
	[TOO_MANY] = { 429, "Too many at once", "Wait a moment, then try again." },
	[RETRY] = { 503, "Just a moment",
	    "The database does not answer right now. Nothing"
	    " was lost and nothing was half done: try again "
	    "in a few seconds." },
	[FAILED] = { 500, "Something broke",
	    "It is our fault, and we have taken note."
	    " Nothing was half done. Try again, or tell your "
	    "administrator the number below." },
};

/* A page that one must sign in for leads to the sign-in page, and from there back. */
static bool
to_sign_in(struct request *rq)
{
	const char *back = rq->method == GET ? rq->path : "/";

	if (rq->site == NULL)
		return false;
	rq->response.headers.len = rq->response.body.len = 0;
	return redirect(rq, "/sign-in?next=%s", text_url(rq->arena, back)) == OK;
}

/* Who tried what they may not stands in the log; a page that is too old is no such thing. */
static void
tell_refused(struct request *rq)
{
	const struct actor *by = rq->by;
	const char *changes;
	enum status e;

	if (by->user_id == 0 || rq->route == NULL ||
	    permission_reach(by->role, (enum permission)rq->route->permission) != REACH_NONE)
		return;
	changes = event_with(by, NULL, "path", text_cut(rq->arena, rq->path, PATH_TOLD));
	e = db_begin(rq->db);
	if (!e)
		e = db_end(rq->db, event_write(by, &(struct event){ .act = "access.refused",
						       .kind = "user",
						       .record_id = by->user_id,
						       .title = by->name,
						       .changes = changes }));
	if (e)
		log_warn("a refusal could not be written down");
}

void
refuse(struct request *rq, enum status e)
{
	if (e == FORBIDDEN)
		tell_refused(rq);
	rq->response.body.len = 0;
	if (e == SIGN_IN && to_sign_in(rq))
		return;
	rq->response.code = pages[e].code;
	if (e == RETRY || e == TOO_MANY)
		header_set(rq, "Retry-After", "5");
	rq->view = view_new(rq->arena);
	view_int(rq->view, "code", pages[e].code);
	view_text(rq->view, "title", page_text(rq, pages[e].title));
	view_text(rq->view, "text", page_text(rq, pages[e].text));
	view_text(rq->view, "trace", rq->wire->trace);
	view_bool(
	    rq->view, "again", rq->method == GET && (e == RETRY || e == TOO_MANY || e == FAILED));
	if (page(rq, "error") == OK)
		return;
	log_error("no error page");
	rq->response.body.len = 0;
	buf_text(&rq->response.body, pages[e].text);
}
