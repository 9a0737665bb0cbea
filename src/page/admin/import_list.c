/* import_list.c: the list of imports, and a new one: its file and what it is for. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/csv_file.h"
#include "base/store.h"
#include "base/text.h"
#include "page/admin/import_pages.h"
#include "page/page.h"

enum { SHOWN = 50, LONGEST_NAME = 160 };

static bool
may(const struct request *rq, const struct import_target *t)
{
	return permission_reach(rq->by->role, t->edit) != REACH_NONE;
}

const char *
import_kinds(struct request *rq)
{
	struct buf out = { .arena = rq->arena };
	size_t count;
	const struct import_target *t = import_targets(rq->arena, &count);

	buf_text(&out, "");
	for (size_t i = 0; i < count; i++)
		if (may(rq, &t[i]))
			buf_print(&out, "%s%s", out.len > 0 ? "," : "", t[i].kind);
	return out.text;
}

enum status
import_of(struct request *rq, struct import *im, struct import_target *t)
{
	enum status e = import_find(rq->by, request_id(rq, 0), im);

	if (e)
		return e;
	if (!import_target_find(im->kind, t) || !may(rq, t) || im->archived_at.known)
		return NOT_FOUND;
	return import_extend(rq->by, t, NEW(rq->arena, struct extra));
}

enum status
imports_page(struct request *rq)
{
	struct view *list = view_list(rq->view, "imports");
	const bool open = !text_empty(pairs_get(&rq->query, "open"));
	const char *key = NULL;
	struct rows rows;
	enum status e =
	    import_list(rq->by, import_kinds(rq), open, query_id(rq, "after"), SHOWN + 1, &rows);

	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(
		    rq->arena, "%" PRId64, ((const struct import *)row_at(&rows, SHOWN - 1))->id);
	page_next(rq, &rows, SHOWN, key);
	for (size_t i = 0; i < rows.count; i++) {
		const struct import *im = row_at(&rows, i);
		struct view *v = view_item(list);
		struct import_target t;

		view_record(v, "import", &import_shape, im);
		view_text(v, "target",
		    import_target_find(im->kind, &t) ? page_text(rq, t.title) : im->kind);
	}
	view_bool(rq->view, "none", rows.count == 0);
	view_bool(rq->view, "open_only", open);
	return page(rq, "import/list");
}

static enum status
show_new(struct request *rq, const char *kind, const char *complaint)
{
	struct view *options = view_list(rq->view, "kinds");
	size_t count;
	const struct import_target *t = import_targets(rq->arena, &count);

	for (size_t i = 0; i < count; i++) {
		struct view *v;

		if (!may(rq, &t[i]))
			continue;
		v = view_item(options);
		view_text(v, "value", t[i].kind);
		view_text(v, "text", page_text(rq, t[i].title));
		view_bool(v, "selected", text_same(kind, t[i].kind));
	}
	view_text(rq->view, "complaint", complaint != NULL ? page_text(rq, complaint) : NULL);
	view_bool(rq->view, "form_wrong", complaint != NULL);
	if (complaint != NULL)
		rq->response.code = 422;
	return page(rq, "import/new");
}

enum status
import_new_page(struct request *rq)
{
	return show_new(rq, pairs_get(&rq->query, "kind"), NULL);
}

static const char *
fault_of(const struct request *rq)
{
	const struct upload *u = rq->uploads.count > 0 ? &rq->uploads.at[0] : NULL;

	if (u == NULL || u->len == 0)
		return "Choose a file with something in it.";
	if (csv_is_no_text(u->data, u->len))
		return "This is no CSV file. Open it in your spreadsheet and save it as CSV "
		       "(UTF-8).";
	return NULL;
}

/* The file to the store, its looks to the import. */
static enum status
take_file(struct request *rq, struct import *im, const struct import_target *t)
{
	const struct upload *u = &rq->uploads.at[0];
	const struct csv_dialect d = csv_guess(rq->arena, u->data, u->len);
	char *hex = arena_alloc(rq->arena, STORE_HEX + 1, 1);
	enum status e = store_put(rq->kit->config->files, u->data, u->len, hex);

	if (e)
		return e;
	*im = (struct import){ .kind = t->kind,
		.name = text_cut(rq->arena, u->filename, LONGEST_NAME),
		.sha256 = hex,
		.size = (int64_t)u->len,
		.encoding = d.encoding,
		.separator_kind = d.separator,
		.day_order = "DMY",
		.decimal_mark = "POINT",
		.headed = true };
	return import_read_headers(rq, im, t);
}

enum status
import_new_post(struct request *rq)
{
	static const char *const names[] = { "csrf", "once", "version", "kind", "file", NULL };
	const char *kind = pairs_get(&rq->form, "kind"), *fault;
	struct import_target t;
	struct import im;
	int64_t id = 0;
	enum status e = form_only(rq, names);

	if (e)
		return e;
	if (text_empty(kind) || !import_target_find(kind, &t) || !may(rq, &t))
		return show_new(rq, "", "Choose what the file is for.");
	fault = fault_of(rq);
	if (fault != NULL)
		return show_new(rq, kind, fault);
	e = import_extend(rq->by, &t, NEW(rq->arena, struct extra));
	if (!e)
		e = take_file(rq, &im, &t);
	if (!e && import_line_count(im.headers) == 0)
		return show_new(rq, kind, "Choose a file with something in it.");
	if (!e)
		e = import_add(rq->by, &im, &id);
	if (e)
		return e;
	return redirect(rq, "/imports/%" PRId64 "/columns", id);
}
