/* sign_in.c: the door. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/event.h"
#include "model/session.h"
#include "model/site.h"
#include "page/account/account.h"
#include "page/account/cookies.h"
#include "page/page.h"

struct credentials {
	const char *email;
	const char *password;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct credentials, email),
	    .kind = RULE_EMAIL,
	    .label = "E-mail",
	    .required = true,
	    .least = 1,
	    .most = 254,
	    .autocomplete = "username" },
	{ .field = FIELD(struct credentials, password),
	    .kind = RULE_PASSWORD,
	    .label = "Password",
	    .required = true,
	    .least = 1,
	    .most = 256,
	    .autocomplete = "current-password" },
};

static const char *const also[] = { "next", NULL };
static const struct form form = { "sign_in", rules, COUNT(rules), also };

const char *
safe_next(const char *path)
{
	if (path == NULL || path[0] != '/' || path[1] == '/' || path[1] == '\\')
		return "/";
	/* Browsers leave tabs and line breaks out of an address: a tab between two slashes hides a
	 * host. */
	for (const char *p = path; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return "/";
	return path;
}

static enum status
show(struct request *rq)
{
	const char *next = pairs_get(rq->method == POST ? &rq->form : &rq->query, "next");

	view_text(rq->view, "next", safe_next(next));
	view_bool(rq->view, "open_registration", rq->site->open_registration);
	page_form(rq, &form);
	return page(rq, "account/sign_in");
}

enum status
sign_in_page(struct request *rq)
{
	if (rq->by->user_id != 0)
		return redirect(rq, "%s", safe_next(pairs_get(&rq->query, "next")));
	return show(rq);
}

static enum status
refused(struct request *rq, enum status e, int64_t wait)
{
	if (e == TOO_MANY) {
		header_set(rq, "Retry-After", arena_print(rq->arena, "%d", (int)wait));
		e = form_refuse(rq, &form, "password",
		    wait > 1 ? "Too many wrong attempts: wait a moment, then try again."
			     : "Many people are signing in right now: try again in a moment.");
		rq->response.code = 429;
	} else {
		e = form_refuse(
		    rq, &form, "password", "The e-mail address or the password is wrong.");
	}
	/* OK with the page: the failure that was counted is to be kept. */
	return e == INVALID ? show(rq) : e;
}

enum status
sign_in_post(struct request *rq)
{
	struct credentials c = { 0 };
	struct fresh_session fresh;
	int64_t wait = 0;
	enum status e;

	e = form_read(rq, &form, &c);
	if (e == INVALID)
		return show(rq);
	if (e)
		return e;
	e = session_sign_in(
	    rq->by, rq->kit->gate, c.email, c.password, rq->wire->user_agent, &fresh, &wait);
	if (e == INVALID || e == TOO_MANY)
		return refused(rq, e, wait);
	if (e)
		return e;
	cookies_give(rq, &fresh);
	return redirect(rq, "%s", safe_next(pairs_get(&rq->form, "next")));
}

enum status
sign_out_post(struct request *rq)
{
	enum status e = session_end(rq->by, rq->by->session);

	if (!e)
		e = event_write(rq->by, &(struct event){ .act = "user.signed_out",
					    .kind = "user",
					    .record_id = rq->by->user_id,
					    .title = rq->by->name });
	if (e)
		return e;
	cookies_forget(rq);
	header_set(rq, "Clear-Site-Data", "\"cache\"");
	flash(rq, "signed_out", NULL);
	return redirect(rq, "/sign-in");
}
