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
#include "model/user.h"
#include "page/admin/admin.h"
#include "page/page.h"
#include "page/register_conflict.h"

enum { SHOWN = 50 };

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
};

static const char *const also[] = { "department", NULL };
static const struct form form = { "user", rules, COUNT(rules), also };

/* The list's row of the last page, "name~id", as a key. */
static void
read_after(struct request *rq, struct user_filter *f)
{
	const char *after = pairs_get(&rq->query, "after"), *tilde;

	tilde = after != NULL ? strrchr(after, '~') : NULL;
	if (tilde == NULL)
		return;
	f->after_name = arena_text(rq->arena, after, (size_t)(tilde - after));
	f->after_id = strtoll(tilde + 1, NULL, 10);
}

static void
show_roles(struct request *rq, const char *chosen)
{
	struct view *list = view_list(rq->view, "role_options");

	for (size_t i = 0; i < role_words.count; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", role_words.list[i].code);
		view_text(v, "text", page_text(rq, role_words.list[i].text));
		view_bool(v, "selected", text_same(role_words.list[i].code, chosen));
	}
}

enum status
user_list_page(struct request *rq)
{
	const char *role = pairs_get(&rq->query, "role"), *key = NULL;
	struct user_filter f = { .search = pairs_get(&rq->query, "search") };
	struct rows rows;
	enum status e;

	f.role = text_empty(role) ? NULL : role;
	f.archived = !text_empty(pairs_get(&rq->query, "archived"));
	read_after(rq, &f);
	e = user_list(rq->by, &f, SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN) {
		const struct user *last = row_at(&rows, SHOWN - 1);

		key = arena_print(rq->arena, "%s~%" PRId64, last->name, last->id);
	}
	page_next(rq, &rows, SHOWN, key);
	show_roles(rq, f.role);
	view_rows(rq->view, "users", rows);
	view_text(rq->view, "search_typed", f.search != NULL ? f.search : "");
	view_bool(rq->view, "archived", f.archived);
	view_bool(rq->view, "filtered", rq->query.count > 0);
	return page(rq, "admin/user_list");
}

enum status
user_page(struct request *rq)
{
	struct user *u = NEW(rq->arena, struct user);
	struct rows events = { .shape = &event_shape }, sessions = { .shape = &session_shape };
	/* When and from where a person signed in is the administrators' to know. */
	const bool may = permission_reach(rq->by->role, USER_EDIT) != REACH_NONE;
	enum status e = user_find(rq->by, request_id(rq, 0), u);

	if (!e && may)
		e = event_list_record(rq->by, "user", u->id, 0, 50, &events);
	if (!e && may)
		e = session_list(rq->by, u->id, &sessions);
	if (e)
		return e;
	view_record(rq->view, "user", &user_shape, u);
	view_bool(rq->view, "archived", u->archived_at.known);
	view_bool(rq->view, "self", u->id == rq->by->user_id);
	view_rows(rq->view, "sessions", sessions);
	page_history(rq, "history", &events);
	return page(rq, "admin/user");
}

/* "3,7" of the ticked departments. */
static const char *
ticked(struct request *rq)
{
	struct buf b = { .arena = rq->arena };

	buf_text(&b, "");
	for (size_t i = 0; i < rq->form.count; i++) {
		if (strcmp(rq->form.at[i].name, "department") != 0)
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

static enum status
show_form(struct request *rq, const struct user *u, const char *departments)
{
	struct view *list = view_list(rq->view, "departments");
	struct rows rows;
	enum status e = department_options(rq->by, 0, &rows);

	if (e)
		return e;
	for (size_t i = 0; i < rows.count; i++) {
		const struct option *o = row_at(&rows, i);
		struct view *v = view_item(list);

		view_int(v, "value", o->id);
		view_text(v, "text", o->name);
		view_bool(v, "checked", in_list(departments, o->id));
	}
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

	return show_form(rq, &u, "");
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
	u.departments = ticked(rq);
	if (!e) {
		e = user_create(rq->by, &u, &id);
		if (e == INVALID)
			e = form_refuse(
			    rq, &form, "email", "Somebody has an account with this address.");
	}
	if (e == INVALID)
		return show_form(rq, &u, u.departments);
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

	return e ? e : show_form(rq, &u, u.departments);
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
	typed.departments = ticked(rq);
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
		return show_form(rq, &u, typed.departments);
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
