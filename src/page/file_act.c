/* file_act.c: adding, naming, removing and restoring the files of a record; see files.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/files.h"
#include "page/page.h"
#include "page/upload.h"
#include "register/attached.h"

enum { MOST_FILES = 20, TITLE = 160 };

/* What came with the form, whose record the person may add files to. */
struct coming {
	struct attached to;
	int64_t replaces;
	const char *title;
	bool manual;
	bool script; /* one file a time; the answer is its own page */
	struct view *complaints;
	size_t added, joined, refused;
	const char *name; /* of the last one */
	const char *bad;  /* of the last one that was refused */
	int64_t id;
};

static int64_t
id_of(const char *text)
{
	const int64_t n = text == NULL ? 0 : strtoll(text, NULL, 10);

	return n > 0 ? n : 0;
}

static enum status
show_form(struct request *rq, const struct attached *to, const struct files_typed *typed)
{
	const int64_t replaces = typed->replaces;
	struct attachment old = { 0 };
	enum status e = OK;

	if (replaces != 0)
		e = attachment_find(rq->by, replaces, &old);
	if (!e && replaces != 0 &&
	    (strcmp(old.kind, to->place.kind) != 0 || old.record_id != to->place.id))
		e = NOT_FOUND;
	if (e)
		return e;
	page_files_form(rq, to->place.kind, to->place.id, typed);
	view_bool(rq->view, "refused", rq->response.code == 422);
	view_bool(rq->view, "form_wrong", rq->response.code == 422);
	view_text(rq->view, "record_title", to->place.title);
	view_text(rq->view, "record_path", to->path);
	view_text(rq->view, "replaces_name", replaces ? old.name : NULL);
	return page(rq, "file/add");
}

static enum status
find(struct request *rq, const char *kind, int64_t record, struct attached *to)
{
	enum status e = kind == NULL ? NOT_FOUND : attached_find(rq->by, kind, record, to);

	return e ? e : attached_may_add(rq->by, kind) ? OK : FORBIDDEN;
}

enum status
file_add_page(struct request *rq)
{
	struct attached to;
	enum status e;

	if (pairs_get(&rq->query, "kind") == NULL)
		return redirect(rq, "/");
	e = find(rq, pairs_get(&rq->query, "kind"), query_id(rq, "record"), &to);
	if (e)
		return e;
	view_list(rq->view, "complaints");
	return show_form(rq, &to,
	    &(struct files_typed){
		.replaces = query_id(rq, "replaces"), .title = "", .back = to.path });
}

static void
complain(struct coming *c, const char *text)
{
	view_text(view_item(c->complaints), "text", text);
}

/* form_only() says which fields there may be; each but the files comes once. */
static enum status
read_names(struct request *rq, const char *const *names)
{
	enum status e = form_only(rq, names);

	for (size_t i = 0; !e && i < rq->form.count; i++)
		for (size_t j = i + 1; !e && j < rq->form.count; j++)
			if (strcmp(rq->form.at[i].name, rq->form.at[j].name) == 0)
				e = BAD_REQUEST;
	for (size_t i = 0; !e && i < rq->uploads.count; i++)
		if (strcmp(rq->uploads.at[i].field, "file") != 0 &&
		    strcmp(rq->uploads.at[i].field, "photo") != 0)
			e = BAD_REQUEST;
	return e;
}

static enum status
read_form(struct request *rq, struct coming *c)
{
	static const char *const names[] = { "kind", "record", "replaces", "title", "manual",
		"script", "file", "photo", NULL };
	const char *title = pairs_get(&rq->form, "title");
	enum status e = read_names(rq, names);

	*c = (struct coming){
		.replaces = id_of(pairs_get(&rq->form, "replaces")),
		.title = text_cut(rq->arena, text_trim(rq->arena, title ? title : ""), TITLE),
		.manual = pairs_get(&rq->form, "manual") != NULL,
		.script = pairs_get(&rq->form, "script") != NULL,
		.complaints = view_list(rq->view, "complaints"),
	};
	if (e)
		return e;
	return find(
	    rq, pairs_get(&rq->form, "kind"), id_of(pairs_get(&rq->form, "record")), &c->to);
}

static enum status
check(struct request *rq, struct coming *c)
{
	if (rq->uploads.count == 0)
		complain(c, page_text(rq, "Choose a file first."));
	if (rq->uploads.count > MOST_FILES)
		complain(c, page_text(rq, "At most twenty files at a time."));
	if (c->replaces != 0 && rq->uploads.count > 1)
		complain(c, page_text(rq, "A new version is one file."));
	for (size_t i = 0; i < rq->uploads.count; i++) {
		const char *why = upload_fault(rq, &rq->uploads.at[i]);

		if (why != NULL)
			complain(c, why);
	}
	return c->complaints->first == NULL ? OK : INVALID;
}

/* What the scanner finds is refused and stays in the record's history; the others are taken. */
static enum status
refuse(struct request *rq, struct coming *c, const struct upload *u, const char *found)
{
	c->refused++;
	c->bad = u->filename;
	return attachment_refused(rq->by, &c->to.place, u->filename, found);
}

static enum status
put_one(struct request *rq, struct coming *c, const struct upload *u)
{
	struct stored s = upload_stored(rq, u, NULL);
	const char *why = NULL;
	bool joined = false;
	enum status e = upload_scan(rq, u, &why);

	if (e == CONFLICT)
		return refuse(rq, c, u, why);
	if (e == INVALID)
		complain(c, why);
	if (e)
		return e;
	s.title = c->title;
	if (c->manual && strcmp(s.category, "DOCUMENT") == 0)
		s.category = "MANUAL";
	e = attachment_put(rq->by, &c->to.place, &s, c->replaces, &c->id, &joined);
	c->name = s.name;
	c->added += !e && !joined;
	c->joined += !e && joined;
	return e;
}

static enum status
answer(struct request *rq, const struct coming *c)
{
	if (c->refused > 0)
		flash(rq, "file_infected", c->bad);
	else if (c->joined > 0)
		flash(rq, "file_joined", c->name);
	else if (c->added == 1)
		flash(rq, c->replaces ? "file_replaced" : "file_added", c->name);
	else
		flash(rq, "files_added", arena_print(rq->arena, "%zu", c->added));
	if (c->script && c->refused == 0)
		return redirect(rq, "/files/%" PRId64 "/view", c->id);
	return redirect(rq, "%s#files", c->to.path);
}

enum status
file_add_post(struct request *rq)
{
	struct coming c;
	enum status e = read_form(rq, &c);

	if (!e)
		e = check(rq, &c);
	for (size_t i = 0; !e && i < rq->uploads.count; i++)
		e = put_one(rq, &c, &rq->uploads.at[i]);
	if (e == CONFLICT) {
		complain(&c, page_text(rq, "It has a newer version already. Look at that first."));
		e = INVALID;
	}
	if (e == INVALID) {
		rq->response.code = 422;
		return show_form(
		    rq, &c.to, &(struct files_typed){ c.replaces, c.title, c.manual, c.to.path });
	}
	return e ? e : answer(rq, &c);
}

/* The file of the path, and its record, which the person may see. */
static enum status
find_file(struct request *rq, struct attachment *f, struct attached *to)
{
	enum status e = attachment_find(rq->by, request_id(rq, 0), f);

	return e ? e : attached_find(rq->by, f->kind, f->record_id, to);
}

static bool
may_change(const struct request *rq, const struct attachment *f)
{
	return attached_may_edit(rq->by, f->kind) ||
	       (f->user_id.known && f->user_id.n == rq->by->user_id &&
		   attached_may_add(rq->by, f->kind));
}

/* The photos before and after it on the same record, as the page's grid has them. */
static enum status
view_neighbours(struct request *rq, const struct attachment *f)
{
	struct rows rows;
	int64_t before = 0, after = 0, last = 0;
	bool seen = false;
	enum status e = attachment_list(rq->by, f->kind, f->record_id, rq->by->now, &rows);

	if (e)
		return e;
	for (size_t i = 0; i < rows.count; i++) {
		const struct attachment *o = row_at(&rows, i);

		if (o->removed_at.known || strcmp(o->category, "PHOTO") != 0)
			continue;
		if (seen && after == 0)
			after = o->id;
		if (o->id == f->id) {
			before = last;
			seen = true;
		}
		last = o->id;
	}
	view_int(rq->view, "previous", before);
	view_int(rq->view, "following", after);
	return OK;
}

static enum status
view_versions(struct request *rq, const struct attachment *f)
{
	struct view *list = view_list(rq->view, "versions");
	struct rows rows;
	enum status e = attachment_versions(rq->by, f, &rows);

	for (size_t i = 0; !e && i < rows.count; i++) {
		struct view *v = view_item(list);
		const struct attachment *o = row_at(&rows, i);

		page_file(rq, v, o);
		view_bool(v, "this", o->id == f->id);
	}
	view_bool(rq->view, "has_versions", list->first != NULL);
	return e;
}

enum status
file_view_page(struct request *rq)
{
	struct attachment f;
	struct attached to;
	enum status e = find_file(rq, &f, &to);

	if (!e && f.removed_at.known && !may_change(rq, &f))
		e = NOT_FOUND;
	if (!e)
		e = view_neighbours(rq, &f);
	if (!e)
		e = view_versions(rq, &f);
	if (e)
		return e;
	page_files_form(rq, f.kind, f.record_id, &(struct files_typed){ .title = "" });
	page_file(rq, view_group(rq->view, "f"), &f);
	view_text(rq->view, "record_title", to.place.title);
	view_text(rq->view, "record_path", to.path);
	view_text(rq->view, "typed", f.title);
	view_bool(rq->view, "is_manual", strcmp(f.category, "MANUAL") == 0);
	return page(rq, "file/view");
}

static enum status
begin_change(struct request *rq, struct attachment *f, struct attached *to)
{
	enum status e = find_file(rq, f, to);

	return e ? e : may_change(rq, f) ? OK : FORBIDDEN;
}

enum status
file_change_post(struct request *rq)
{
	static const char *const names[] = { "title", "manual", NULL };
	struct attachment f;
	struct attached to;
	const char *title = pairs_get(&rq->form, "title"), *category;
	enum status e = read_names(rq, names);

	if (!e)
		e = begin_change(rq, &f, &to);
	if (e)
		return e;
	title = text_cut(rq->arena, text_trim(rq->arena, title ? title : ""), TITLE);
	category = f.category;
	if (strcmp(category, "DOCUMENT") == 0 || strcmp(category, "MANUAL") == 0)
		category = pairs_get(&rq->form, "manual") != NULL ? "MANUAL" : "DOCUMENT";
	e = attachment_change(rq->by, &to.place, &f, title, category);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/files/%" PRId64 "/view", f.id);
}

enum status
file_remove_post(struct request *rq)
{
	struct attachment f;
	struct attached to;
	enum status e = begin_change(rq, &f, &to);

	if (!e)
		e = attachment_remove(rq->by, &to.place, &f);
	if (e)
		return e;
	flash(rq, "file_removed", f.name);
	return redirect(rq, "%s#files", to.path);
}

enum status
file_restore_post(struct request *rq)
{
	struct attachment f;
	struct attached to;
	enum status e = begin_change(rq, &f, &to);

	if (!e)
		e = attachment_restore(rq->by, &to.place, &f);
	if (e)
		return e;
	flash(rq, "file_restored", f.name);
	return redirect(rq, "%s#files", to.path);
}
