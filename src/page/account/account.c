/* account.c: one's own page: language, theme, password, devices, notifications. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/form.h"
#include "model/event.h"
#include "model/notification.h"
#include "model/session.h"
#include "model/user.h"
#include "page/account/account.h"
#include "page/account/cookies.h"
#include "page/page.h"
#include "rule/password.h"

struct choice {
	const char *language;
	const char *theme;
};

static const struct rule rules[] = {
	{ .field = FIELD_WORD(struct choice, language, &language_words),
	    .kind = RULE_CHOICE,
	    .label = "Language",
	    .required = true },
	{ .field = FIELD_WORD(struct choice, theme, &theme_words),
	    .kind = RULE_CHOICE,
	    .label = "Theme",
	    .required = true },
};
static const struct form form = { "preferences", rules, COUNT(rules), NULL };

struct passwords {
	const char *old;
	const char *password;
};

static const struct rule password_rules[] = {
	{ .field = FIELD(struct passwords, old),
	    .kind = RULE_PASSWORD,
	    .label = "Current password",
	    .required = true,
	    .least = 1,
	    .most = 256,
	    .autocomplete = "current-password" },
	{ .field = FIELD(struct passwords, password),
	    .kind = RULE_PASSWORD,
	    .label = "New password",
	    .hint = "At least 15 characters. Several words are easy to remember and hard to guess.",
	    .required = true,
	    .least = 1,
	    .most = 256,
	    .autocomplete = "new-password" },
};
static const struct form password_form = { "password_change", password_rules, COUNT(password_rules),
	NULL };

static enum status
show(struct request *rq)
{
	const struct form *wrong = rq->form_state != NULL ? rq->form_state->form : NULL;
	const struct choice now = { rq->kit->tongue->language, rq->by->theme };
	struct user *u = NEW(rq->arena, struct user);
	struct rows sessions;
	enum status e;

	e = user_find(rq->by, rq->by->user_id, u);
	if (!e)
		e = session_list(rq->by, rq->by->user_id, &sessions);
	if (e)
		return e;
	view_record(rq->view, "user", &user_shape, u);
	view_rows(rq->view, "sessions", sessions);
	/* The form that was refused is shown first: showing the other one replaces the state. */
	if (wrong == &password_form)
		page_form(rq, &password_form);
	if (wrong != &form)
		form_show(rq, &form, &now);
	page_form(rq, &form);
	if (wrong != &password_form)
		page_form(rq, &password_form);
	return page(rq, "account/account");
}

enum status
account_page(struct request *rq)
{
	return show(rq);
}

enum status
account_post(struct request *rq)
{
	struct choice c = { 0 };
	enum status e = form_read(rq, &form, &c);

	if (e == INVALID)
		return show(rq);
	if (!e)
		e = user_prefer(rq->by, c.language, c.theme);
	if (e)
		return e;
	flash(rq, "language", NULL);
	return redirect(rq, "/account");
}

enum status
password_post(struct request *rq)
{
	struct passwords p = { 0 };
	const char *why;
	enum status e = form_read(rq, &password_form, &p);

	if (e == INVALID)
		return show(rq);
	if (e)
		return e;
	why = password_fault(p.password, rq->by->email, rq->by->name);
	if (why != NULL && form_refuse(rq, &password_form, "password", why) == INVALID)
		return show(rq);
	e = user_change_password(rq->by, rq->kit->gate, p.old, p.password);
	if (e == INVALID &&
	    form_refuse(rq, &password_form, "old", "This is not your current password.") == INVALID)
		return show(rq);
	if (e)
		return e;
	flash(rq, "password_changed", NULL);
	return redirect(rq, "/account");
}

enum status
sign_out_everywhere_post(struct request *rq)
{
	enum status e = session_end_all(rq->by, rq->by->user_id);

	if (!e)
		e = event_write(rq->by, &(struct event){ .act = "user.signed_out_everywhere",
					    .kind = "user",
					    .record_id = rq->by->user_id,
					    .title = rq->by->name });
	if (e)
		return e;
	cookies_forget(rq);
	flash(rq, "signed_out", NULL);
	return redirect(rq, "/sign-in");
}

/* For who is not signed in: the choice stays in the browser. */
enum status
language_post(struct request *rq)
{
	static const char *const names[] = { "language", "next", NULL };
	const char *code = pairs_get(&rq->form, "language");

	if (form_only(rq, names) != OK || word_index(&language_words, code) < 0)
		return BAD_REQUEST;
	cookie_set(rq, "language", code, 365 * 24 * 3600, rq->kit->secure);
	return redirect(rq, "%s", safe_next(pairs_get(&rq->form, "next")));
}

/* From the switch in the frame of every page. */
enum status
theme_post(struct request *rq)
{
	static const char *const names[] = { "theme", "back", NULL };
	const char *theme = pairs_get(&rq->form, "theme");
	enum status e;

	if (form_only(rq, names) != OK || word_index(&theme_words, theme) < 0)
		return BAD_REQUEST;
	e = user_prefer(rq->by, rq->by->language, theme);
	return e ? e : redirect(rq, "%s", safe_next(pairs_get(&rq->form, "back")));
}

enum { SHOWN = 50 };

enum status
notifications_page(struct request *rq)
{
	struct rows rows;
	enum status e;

	e = notification_list(rq->by, query_id(rq, "after"), SHOWN + 1, &rows);
	if (e)
		return e;
	page_next(rq, &rows, SHOWN,
	    rows.count > SHOWN ? arena_print(rq->arena, "%" PRId64,
				     ((struct notification *)row_at(&rows, SHOWN - 1))->id)
			       : NULL);
	view_rows(rq->view, "notifications", rows);
	return page(rq, "account/notifications");
}

static const struct {
	const char *kind;
	const char *path;
} places[] = {
	{ "work_order", "/work-orders" },
	{ "parts_request", "/parts-requests" },
	{ "part", "/parts" },
	{ "machine", "/machines" },
	{ "open_report", "/open-reports" },
};

enum status
notification_open_post(struct request *rq)
{
	struct notification n;
	enum status e = notification_open(rq->by, request_id(rq, 0), &n);

	if (e)
		return e;
	for (size_t i = 0; i < COUNT(places); i++)
		if (strcmp(places[i].kind, n.kind) == 0)
			return redirect(rq, "%s/%" PRId64, places[i].path, n.record_id);
	return redirect(rq, "/notifications");
}

enum status
notifications_read_post(struct request *rq)
{
	enum status e = notification_read_all(rq->by);

	if (e)
		return e;
	flash(rq, "all_read", NULL);
	return redirect(rq, "/notifications");
}
