/* password.c: forgotten, set by a link, registered. */
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "model/event.h"
#include "model/site.h"
#include "model/user.h"
#include "page/account/account.h"
#include "page/page.h"
#include "rule/password.h"

/* ---- asking for a link --------------------------------------------------------------------- */

struct asked {
	const char *email;
	const char *name;
};

#define EMAIL_RULE \
	{ \
		.field = FIELD(struct asked, email), .kind = RULE_EMAIL, .label = "E-mail", \
		.required = true, .least = 3, .most = 254, .autocomplete = "email" \
	}

static const struct rule forgot_rules[] = { EMAIL_RULE };
static const struct form forgot_form = { "forgot", forgot_rules, COUNT(forgot_rules), NULL };

static const struct rule register_rules[] = {
	{ .field = FIELD(struct asked, name),
	    .label = "Name",
	    .required = true,
	    .least = 2,
	    .most = 80,
	    .autocomplete = "name" },
	EMAIL_RULE,
};
static const struct form register_form = { "register", register_rules, COUNT(register_rules),
	NULL };

enum status
forgot_page(struct request *rq)
{
	page_form(rq, &forgot_form);
	return page(rq, "account/forgot");
}

static enum status
send(struct request *rq, int64_t user_id, const char *kind, const char *subject, const char *body)
{
	const struct mail_text text = { page_text(rq, subject), page_text(rq, body) };

	return user_send_link(rq->by, user_id, kind, rq->kit->base_url, &text);
}

/* The same answer whether the address has an account or not: nobody learns who works here. */
enum status
forgot_post(struct request *rq)
{
	struct asked asked = { 0 };
	struct user u;
	enum status e;

	e = form_read(rq, &forgot_form, &asked);
	if (e == INVALID)
		return forgot_page(rq);
	if (!e)
		e = user_by_email(rq->by, text_lower(rq->arena, asked.email), &u);
	if (!e)
		e = send(rq, u.id, "RESET", "Set a new password for Millwright",
		    "Somebody, probably you, asked to set a new"
		    " password. This link works once, for an "
		    "hour:\n\n%1\n\nIf it was not you, there is nothing to do.\n");
	if (e && e != NOT_FOUND)
		return e;
	flash(rq, "reset_sent", NULL);
	return redirect(rq, "/sign-in");
}

enum status
register_account_page(struct request *rq)
{
	if (!rq->site->open_registration)
		return NOT_FOUND;
	page_form(rq, &register_form);
	return page(rq, "account/register");
}

enum status
register_account_post(struct request *rq)
{
	struct asked asked = { 0 };
	struct user u = { .role = "REQUESTER" }, there;
	int64_t id;
	enum status e;

	if (!rq->site->open_registration)
		return NOT_FOUND;
	e = form_read(rq, &register_form, &asked);
	if (e == INVALID)
		return register_account_page(rq);
	u.email = asked.email;
	u.name = asked.name;
	if (!e)
		e = user_by_email(rq->by, text_lower(rq->arena, u.email), &there);
	if (e == NOT_FOUND) {
		e = user_create(rq->by, &u, &id);
		if (!e)
			e = send(rq, id, "INVITE", "Your Millwright account",
			    "Set your password through this link;"
			    " it works once, for seven days:\n\n%1\n");
	}
	if (e && e != INVALID)
		return e;
	flash(rq, "registered", NULL);
	return redirect(rq, "/sign-in");
}

/* ---- setting it by the link ---------------------------------------------------------------- */

struct chosen {
	const char *password;
};

static const struct rule set_rules[] = {
	{ .field = FIELD(struct chosen, password),
	    .kind = RULE_PASSWORD,
	    .label = "New password",
	    .hint = "At least 15 characters. Several words are easy to remember and hard to guess.",
	    .required = true,
	    .least = 1,
	    .most = 256,
	    .autocomplete = "new-password" },
};
static const char *const set_also[] = { "link", NULL };
static const struct form set_form = { "set_password", set_rules, COUNT(set_rules), set_also };

static const char *
link_of(const struct request *rq)
{
	const char *link = pairs_get(rq->method == POST ? &rq->form : &rq->query, "link");

	return link != NULL ? link : "";
}

enum status
set_password_page(struct request *rq)
{
	struct user u;
	enum status e = user_by_link(rq->by, link_of(rq), &u);

	if (e && e != NOT_FOUND)
		return e;
	view_bool(rq->view, "valid", e == OK);
	view_text(rq->view, "link", link_of(rq));
	view_text(rq->view, "email", e == OK ? u.email : NULL);
	if (e)
		rq->response.code = 404;
	page_form(rq, &set_form);
	return page(rq, "account/set_password");
}

/* The answer to the first time may have been lost on the way. */
static enum status
set_again(struct request *rq, const char *password)
{
	enum status e = user_took_link(rq->by, rq->kit->gate, link_of(rq), password);

	if (e == NOT_FOUND)
		return set_password_page(rq);
	if (e)
		return e;
	flash(rq, "password_set", NULL);
	return redirect(rq, "/sign-in");
}

enum status
set_password_post(struct request *rq)
{
	struct chosen c = { 0 };
	struct user u;
	const char *why;
	enum status e;

	e = form_read(rq, &set_form, &c);
	if (e == INVALID)
		return set_password_page(rq);
	if (!e)
		e = user_by_link(rq->by, link_of(rq), &u);
	if (e == NOT_FOUND)
		return set_again(rq, c.password);
	if (e)
		return e;
	why = password_fault(c.password, u.email, u.name);
	if (why != NULL) {
		e = form_refuse(rq, &set_form, "password", why);
		return e == INVALID ? set_password_page(rq) : e;
	}
	e = user_take_link(rq->by, rq->kit->gate, link_of(rq), c.password);
	if (e)
		return e;
	flash(rq, "password_set", NULL);
	return redirect(rq, "/sign-in");
}
