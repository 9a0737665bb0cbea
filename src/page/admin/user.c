/* user.c: people: who they are, what they may, where they are signed in. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/money.h"
#include "base/text.h"
#include "model/event.h"
#include "model/session.h"
#include "model/user.h"
#include "page/admin/admin.h"
#include "page/label/label.h"
#include "page/page.h"
#include "page/register.h"

static const struct rule rate_rules[] = {
	{ .field = FIELD(struct user_rate, from_day), .label = "From", .required = true },
	{ .field = FIELD(struct user_rate, rate),
	    .label = "Hourly rate",
	    .hint = "Left empty: what was said of that day is taken back.",
	    .least = 0,
	    .most = 10000 * DECIMAL_ONE },
};

static const struct form rate_form = { "dated", rate_rules, COUNT(rate_rules), NULL };

/* {{rates}} and {{sessions}}. */
static void
show_beside(struct request *rq, const struct rows *rows)
{
	struct view *rates = view_list(rq->view, "rates");
	struct view *sessions = view_list(rq->view, "sessions");

	for (size_t i = 0; i < rows->count; i++) {
		const struct user_beside *b = row_at(rows, i);
		const bool rate = strcmp(b->what, "RATE") == 0;
		struct view *v = view_item(rate ? rates : sessions);

		if (rate) {
			view_date(v, "from_day", b->from_day);
			view_decimal(v, "rate", b->rate);
			continue;
		}
		view_text(v, "user_agent", b->user_agent);
		view_text(v, "address", b->address);
		view_instant(v, "rotated_at", b->rotated_at);
	}
}

enum status
user_more(struct request *rq, const void *record)
{
	const struct user *u = record;
	struct rows events = { .shape = &event_shape }, beside = { .shape = &user_beside_shape };
	/* When and from where a person signed in is the administrators' to know. */
	const bool may = permission_reach(rq->by->role, USER_EDIT) != REACH_NONE;
	enum status e = OK;

	if (may)
		e = event_list_record(rq->by, "user", u->id, query_id(rq, "history"), 20, &events);
	if (!e && may)
		e = user_beside(rq->by, u->id, &beside);
	if (e)
		return e;
	show_beside(rq, &beside);
	if (rq->form_state == NULL)
		form_show(rq, &rate_form, &(struct user_rate){ .from_day = rq->by->today });
	page_form(rq, &rate_form);
	code_card(rq, "user", "/users", u->id, u->code);
	page_history(rq, "history", &events);
	return OK;
}

static enum status
invite(struct request *rq, int64_t id)
{
	const struct mail_text text = {
		page_text(rq, "Your Millwright account"),
		page_text(rq,
		    "Set your password through this link; it works once, for seven days:\n\n%1\n"),
	};

	return user_send_link(rq->by, id, "INVITE", rq->kit->base_url, &text);
}

enum status
user_created(struct request *rq, const void *record)
{
	const struct user *u = record;
	enum status e = invite(rq, u->id);

	if (!e)
		flash(rq, "invited", u->email);
	return e;
}

enum status
user_invite_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct user u;
	enum status e = user_find(rq->by, id, &u);

	if (!e)
		e = invite(rq, id);
	if (e)
		return e;
	flash(rq, "invited", u.email);
	return redirect(rq, "/users/%" PRId64, id);
}

enum status
user_sign_out_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct user u;
	enum status e = user_find(rq->by, id, &u);

	if (!e)
		e = session_end_all(rq->by, id);
	if (!e)
		e = event_write(rq->by, &(struct event){ .act = "user.signed_out_everywhere",
					    .kind = "user",
					    .record_id = id,
					    .title = u.name });
	if (e)
		return e;
	flash(rq, "signed_out_everywhere", u.name);
	return redirect(rq, "/users/%" PRId64, id);
}

enum status
user_rate_post(struct request *rq)
{
	struct user_rate r = { 0 };
	enum status e = form_read(rq, &rate_form, &r);

	if (e == INVALID) {
		struct user u;

		rq->response.code = 422;
		e = user_find(rq->by, request_id(rq, 0), &u);
		view_text(rq->view, "refused", NULL);
		return e ? e : register_show(rq, &user_register, &u);
	}
	if (!e)
		e = user_rate_set(rq->by, request_id(rq, 0), &r);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/users/%" PRId64, request_id(rq, 0));
}
