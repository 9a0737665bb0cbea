/* user.c: people: who they are, what they may, where they are signed in. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/money.h"
#include "base/text.h"
#include "model/department.h"
#include "model/event.h"
#include "model/register.h"
#include "model/session.h"
#include "model/skill.h"
#include "model/user.h"
#include "page/admin/admin.h"
#include "page/label/label.h"
#include "page/page.h"
#include "page/register_conflict.h"

static const struct rule rules[] = {
	{ .field = FIELD(struct user, name),
	    .label = "Name",
	    .required = true,
	    .least = 2,
	    .most = 80 },
	{ .field = FIELD(struct user, email),
	    .kind = RULE_EMAIL,
	    .label = "E-mail",
	    .required = true,
	    .least = 3,
	    .most = 254 },
	{ .field = FIELD_WORD(struct user, role, &role_words),
	    .kind = RULE_CHOICE,
	    .label = "Role",
	    .required = true },
	{ .field = FIELD(struct user, phone), .label = "Phone", .most = 40 },
	{ .field = FIELD(struct user, hourly_rate),
	    .label = "Hourly rate",
	    .hint = "What an hour of this person’s work costs.",
	    .least = 0,
	    .most = 10000 * DECIMAL_ONE },
	{ .field = FIELD_WORD(struct user, language, &language_words),
	    .kind = RULE_CHOICE,
	    .label = "Language",
	    .hint = "Without one, the plant’s." },
};

static const struct rule rate_rules[] = {
	{ .field = FIELD(struct user_rate, from_day), .label = "From", .required = true },
	{ .field = FIELD(struct user_rate, rate),
	    .label = "Hourly rate",
	    .hint = "Left empty: what was said of that day is taken back.",
	    .least = 0,
	    .most = 10000 * DECIMAL_ONE },
};

static const struct form rate_form = { "dated", rate_rules, COUNT(rate_rules), NULL };

static const char *const also[] = { "department", "skill", NULL };
static const struct form form = { "user", rules, COUNT(rules), also };

enum status
user_page(struct request *rq)
{
	struct user *u = NEW(rq->arena, struct user);
	struct rows events = { .shape = &event_shape }, sessions = { .shape = &session_shape };
	struct rows rates = { .shape = &user_rate_shape };
	/* When and from where a person signed in is the administrators' to know. */
	const bool may = permission_reach(rq->by->role, USER_EDIT) != REACH_NONE;
	enum status e = user_find(rq->by, request_id(rq, 0), u);

	if (!e && may)
		e = event_list_record(rq->by, "user", u->id, 0, 50, &events);
	if (!e && may)
		e = session_list(rq->by, u->id, &sessions);
	if (!e && may)
		e = user_rate_list(rq->by, u->id, &rates);
	if (e)
		return e;
	view_record(rq->view, "user", &user_shape, u);
	view_bool(rq->view, "archived", u->archived_at.known);
	view_bool(rq->view, "self", u->id == rq->by->user_id);
	view_rows(rq->view, "sessions", sessions);
	view_rows(rq->view, "rates", rates);
	if (rq->form_state == NULL)
		form_show(rq, &rate_form, &(struct user_rate){ .from_day = rq->by->today });
	page_form(rq, &rate_form);
	code_card(rq, "user", "/users", u->id, u->code);
	page_history(rq, "history", &events);
	return page(rq, "admin/user");
}

/* "3,7" of the ticked ones. */
static const char *
ticked(struct request *rq, const char *name)
{
	struct buf b = { .arena = rq->arena };

	buf_text(&b, "");
	for (size_t i = 0; i < rq->form.count; i++) {
		if (strcmp(rq->form.at[i].name, name) != 0)
			continue;
		buf_print(&b, "%s%" PRId64, b.len > 0 ? "," : "",
		    (int64_t)strtoll(rq->form.at[i].value, NULL, 10));
	}
	return b.text;
}

static bool
in_list(const char *list, int64_t id)
{
	for (const char *p = list; p != NULL && *p != '\0'; p += strspn(p, ",")) {
		if (strtoll(p, NULL, 10) == id)
			return true;
		p += strcspn(p, ",");
	}
	return false;
}

static void
show_boxes(struct request *rq, const char *name, const struct rows *rows, const char *chosen)
{
	struct view *list = view_list(rq->view, name);

	for (size_t i = 0; i < rows->count; i++) {
		const struct option *o = row_at(rows, i);
		struct view *v = view_item(list);

		view_int(v, "value", o->id);
		view_text(v, "text", o->name);
		view_bool(v, "checked", in_list(chosen, o->id));
	}
}

static enum status
show_form(struct request *rq, const struct user *u, const char *departments, const char *skills)
{
	struct rows all = { 0 }, able = { 0 };
	enum status e = department_options(rq->by, 0, &all);

	if (!e)
		e = skill_options(rq->by, 0, &able);
	if (e)
		return e;
	show_boxes(rq, "departments", &all, departments);
	show_boxes(rq, "skills", &able, skills);
	if (rq->form_state == NULL)
		form_show(rq, &form, u);
	view_bool(rq->view, "editing", u->id != 0);
	view_int(rq->view, "id", u->id);
	view_int(rq->view, "version", u->version);
	view_text(rq->view, "name", u->id != 0 ? u->name : NULL);
	page_form(rq, &form);
	return page(rq, "admin/user_form");
}

enum status
user_new_page(struct request *rq)
{
	struct user u = { .role = "TECHNICIAN" };

	return show_form(rq, &u, "", "");
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
user_new_post(struct request *rq)
{
	struct user u = { 0 };
	int64_t id;
	enum status e = form_read(rq, &form, &u);

	if (e == BAD_REQUEST)
		return e;
	u.departments = ticked(rq, "department");
	u.skills = ticked(rq, "skill");
	if (!e) {
		e = user_create(rq->by, &u, &id);
		if (e == INVALID)
			e = form_refuse(
			    rq, &form, "email", "Somebody has an account with this address.");
	}
	if (e == INVALID)
		return show_form(rq, &u, u.departments, u.skills);
	if (!e)
		e = invite(rq, id);
	if (e)
		return e;
	flash(rq, "invited", u.email);
	return redirect(rq, "/users/%" PRId64, id);
}

enum status
user_edit_page(struct request *rq)
{
	struct user u;
	enum status e = user_find(rq->by, request_id(rq, 0), &u);

	return e ? e : show_form(rq, &u, u.departments, u.skills);
}

static enum status
show_conflict(struct request *rq, const struct user *now)
{
	const char *path = arena_print(rq->arena, "/users/%" PRId64, now->id);
	const struct conflict c = { .form = &form,
		.now = now,
		.version = now->version,
		.title = now->name,
		.action = arena_print(rq->arena, "%s/edit", path) };

	view_text(rq->view, "back", path);
	return conflict_page(rq, &c);
}

enum status
user_edit_post(struct request *rq)
{
	struct user u, typed;
	enum status e = user_find(rq->by, request_id(rq, 0), &u);

	if (e)
		return e;
	typed = u;
	e = form_read(rq, &form, &typed);
	if (e == BAD_REQUEST)
		return e;
	typed.departments = ticked(rq, "department");
	typed.skills = ticked(rq, "skill");
	typed.version = form_version(rq);
	if (!e) {
		e = user_edit(rq->by, &typed);
		if (e == INVALID)
			e = form_refuse(rq, &form, text_same(u.role, typed.role) ? "email" : "role",
			    text_same(u.role, typed.role)
				? "Somebody has an account with this address."
				: "The plant needs at least one administrator.");
		if (e == CONFLICT)
			return show_conflict(rq, &u);
	}
	if (e == INVALID)
		return show_form(rq, &u, typed.departments, typed.skills);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/users/%" PRId64, u.id);
}

static enum status
archive(struct request *rq, bool archived)
{
	int64_t id = request_id(rq, 0);
	struct user u;
	enum status e = user_find(rq->by, id, &u);

	if (!e)
		e = user_archive(rq->by, id, archived);
	if (e)
		return e == INVALID ? CONFLICT : e;
	flash(rq, archived ? "deactivated" : "reactivated", u.name);
	return redirect(rq, "/users/%" PRId64, id);
}

enum status
user_archive_post(struct request *rq)
{
	return archive(rq, true);
}

enum status
user_restore_post(struct request *rq)
{
	return archive(rq, false);
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
		rq->response.code = 422;
		return user_page(rq);
	}
	if (!e)
		e = user_rate_set(rq->by, request_id(rq, 0), &r);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/users/%" PRId64, request_id(rq, 0));
}
