/* import_show.c: what an import has found and done, and what can be done with it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "model/import_invite.h"
#include "model/user.h"
#include "page/admin/import_pages.h"
#include "page/page.h"

enum { SHOWN = 50, MOST_IN_WAY = 100, DETAIL_COLUMNS = 5 };

static bool
is_state(const struct import *im, const char *state)
{
	return strcmp(im->state, state) == 0;
}

static bool
is_busy(const struct import *im)
{
	return is_state(im, "CHECKING") || is_state(im, "APPLYING") || is_state(im, "UNDOING");
}

/* The columns of one line of a detail. */
static void
split(struct arena *a, const char *line, const char *out[DETAIL_COLUMNS])
{
	for (size_t i = 0; i < DETAIL_COLUMNS; i++) {
		const size_t len = strcspn(line, "\t");

		out[i] = arena_text(a, line, len);
		line += len + (line[len] == '\t');
	}
}

static const char *
label_of(struct request *rq, const struct import_target *t, const char *member)
{
	for (size_t i = 0; i < t->form->count; i++)
		if (strcmp(t->form->rules[i].field.name, member) == 0)
			return page_text(rq, t->form->rules[i].label);
	return "";
}

static void
show_detail(struct request *rq, struct view *list, const struct import_target *t,
    const struct import_line *line)
{
	const bool wrong = strcmp(line->kind, "WRONG") == 0;

	for (size_t i = 0; i < import_line_count(line->detail); i++) {
		struct view *v = view_item(list);
		const char *c[DETAIL_COLUMNS];

		split(rq->arena, import_line_at(rq->arena, line->detail, i), c);
		view_text(v, "label", label_of(rq, t, c[0]));
		view_bool(v, "is_wrong", wrong);
		view_text(v, "typed", wrong ? c[1] : "");
		view_text(v, "complaint", wrong ? page_text_with(rq, c[2], c[3], c[4]) : "");
		view_text(v, "before", wrong ? "" : c[1]);
		view_text(v, "after", wrong ? "" : c[2]);
	}
}

static enum status
show_lines(struct request *rq, const struct import *im, const struct import_target *t)
{
	const char *kind = pairs_get(&rq->query, "show"), *key = NULL;
	struct view *list = view_list(rq->view, "lines");
	struct rows rows;
	enum status e;

	if (text_empty(kind) || word_index(&import_line_words, kind) < 0)
		kind = im->wrong_count > 0 ? "WRONG" : im->changed_count > 0 ? "CHANGED" : "NEW";
	e = import_lines(rq->by, im->id, kind, query_id(rq, "after"), SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(rq->arena, "%" PRId64,
		    ((const struct import_line *)row_at(&rows, SHOWN - 1))->line);
	page_next(rq, &rows, SHOWN, key);
	for (size_t i = 0; i < rows.count; i++) {
		const struct import_line *line = row_at(&rows, i);
		struct view *v = view_item(list);

		view_int(v, "line", line->line);
		view_text(v, "title", line->title);
		view_word(v, "kind", &import_line_words, line->kind);
		show_detail(rq, view_list(v, "details"), t, line);
	}
	view_bool(rq->view, "no_lines", rows.count == 0);
	for (size_t i = 0; i < import_line_words.count; i++)
		view_bool(rq->view,
		    arena_print(rq->arena, "show_%s", import_line_words.list[i].code),
		    strcmp(kind, import_line_words.list[i].code) == 0);
	return OK;
}

/* Why it could not be undone. */
static enum status
show_in_way(struct request *rq, const struct import *im)
{
	struct view *list = view_list(rq->view, "in_way");
	struct rows rows = { 0 };
	enum status e = OK;

	if (*im->failure != '\0' && is_state(im, "DONE"))
		e = import_lines(rq->by, im->id, "STANDS", -MOST_IN_WAY - 1, MOST_IN_WAY, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct import_line *line = row_at(&rows, i);
		struct view *v = view_item(list);

		view_text(v, "title", line->title);
		view_text(v, "why", page_text(rq, line->detail));
	}
	return e;
}

static void
show_states(struct request *rq, const struct import *im)
{
	struct view *v = rq->view;
	const bool work = im->fresh_count + im->changed_count > 0;

	view_bool(v, "is_mapping", is_state(im, "MAPPING"));
	view_bool(v, "is_checking", is_state(im, "CHECKING"));
	view_bool(v, "is_checked", is_state(im, "CHECKED"));
	view_bool(v, "is_applying", is_state(im, "APPLYING"));
	view_bool(v, "is_done", is_state(im, "DONE"));
	view_bool(v, "is_undoing", is_state(im, "UNDOING"));
	view_bool(v, "is_undone", is_state(im, "UNDONE"));
	view_bool(v, "is_stopped", is_state(im, "STOPPED"));
	view_bool(v, "is_busy", is_busy(im));
	view_bool(v, "is_open",
	    is_state(im, "MAPPING") || is_state(im, "CHECKED") || is_state(im, "STOPPED") ||
		is_state(im, "UNDONE"));
	view_bool(v, "has_found", !is_busy(im) && !is_state(im, "MAPPING") && im->read_count > 0);
	view_bool(v, "may_apply", is_state(im, "CHECKED") && im->wrong_count == 0 && work);
	view_bool(v, "may_leave", is_state(im, "CHECKED") && im->wrong_count > 0);
	view_bool(v, "any_right", work);
	view_bool(v, "may_invite", strcmp(im->kind, "user") == 0 && im->fresh_count > 0);
	view_bool(v, "is_idle", is_state(im, "CHECKED") && !work && im->wrong_count == 0);
	view_bool(v, "may_undo", is_state(im, "DONE"));
	view_int(v, "percent", im->progress / 10);
	view_int(v, "written", im->fresh_count + im->changed_count);
}

enum status
import_page(struct request *rq)
{
	struct import_target t;
	struct import im;
	enum status e = import_of(rq, &im, &t);

	if (!e)
		e = show_lines(rq, &im, &t);
	if (!e)
		e = show_in_way(rq, &im);
	if (e)
		return e;
	view_record(rq->view, "import", &import_shape, &im);
	view_text(rq->view, "target", page_text(rq, t.title));
	view_text(rq->view, "base", t.base);
	view_text(rq->view, "failure", *im.failure != '\0' ? page_text(rq, im.failure) : NULL);
	view_int(rq->view, "failure_line", im.failure_line);
	show_states(rq, &im);
	return page(rq, "import/show");
}

/* For the progress bar: the state, and how far of 100. */
enum status
import_state_page(struct request *rq)
{
	struct import_target t;
	struct import im;
	enum status e = import_of(rq, &im, &t);

	if (e)
		return e;
	buf_print(&rq->response.body, "{\"state\":\"%s\",\"percent\":%" PRId64 "}", im.state,
	    im.progress / 10);
	header_set(rq, "Content-Type", "application/json; charset=utf-8");
	rq->response.code = 200;
	return OK;
}

struct writing {
	struct request *rq;
	const struct import_target *target;
	struct buf *out;
};

static enum status
write_line(void *with, const void *record)
{
	const struct writing *w = with;
	const struct import_line *line = record;

	for (size_t i = 0; i < import_line_count(line->detail); i++) {
		const char *c[DETAIL_COLUMNS];

		split(w->rq->arena, import_line_at(w->rq->arena, line->detail, i), c);
		buf_print(w->out, "%" PRId64 ",", line->line);
		csv_put(w->out, label_of(w->rq, w->target, c[0]));
		buf_text(w->out, ",");
		csv_put(w->out, c[1]);
		buf_text(w->out, ",");
		csv_put(w->out, page_text_with(w->rq, c[2], c[3], c[4]));
		buf_text(w->out, "\r\n");
	}
	return OK;
}

enum status
import_wrong_page(struct request *rq)
{
	struct import_target t;
	struct writing w = { rq, &t, &rq->response.body };
	struct import im;
	enum status e = import_of(rq, &im, &t);

	if (e)
		return e;
	buf_text(w.out, "\xEF\xBB\xBF");
	csv_put(w.out, page_text(rq, "Line"));
	buf_text(w.out, ",");
	csv_put(w.out, page_text(rq, "Column"));
	buf_text(w.out, ",");
	csv_put(w.out, page_text(rq, "What it says"));
	buf_text(w.out, ",");
	csv_put(w.out, page_text(rq, "What is wrong"));
	buf_text(w.out, "\r\n");
	e = import_lines_each(rq->by, im.id, "WRONG", write_line, &w);
	if (e)
		return e;
	header_set(rq, "Content-Type", "text/csv; charset=utf-8");
	header_set(rq, "Content-Disposition", "attachment; filename=\"wrong.csv\"");
	rq->response.code = 200;
	return OK;
}

/* Only people are invited. */
static enum status
want_invitations(struct request *rq, const struct import *im)
{
	const struct mail_text text = {
		page_text(rq, "Your Millwright account"),
		page_text(rq,
		    "Set your password through this link; it works once, for seven days:\n\n%1\n"),
	};
	const bool wanted =
	    strcmp(im->kind, "user") == 0 && text_same(pairs_get(&rq->form, "invite"), "1");

	return import_invite_want(rq->by, im->id, rq->kit->base_url, wanted ? &text : NULL);
}

static enum status
act(struct request *rq, enum import_act what, bool leave)
{
	struct import_target t;
	struct import im;
	enum status e = import_of(rq, &im, &t);

	if (!e)
		e = import_act(rq->by, &im, what, leave);
	if (!e && what == IMPORT_APPLY)
		e = want_invitations(rq, &im);
	if (e)
		return e;
	return what == IMPORT_AWAY ? redirect(rq, "/imports")
				   : redirect(rq, "/imports/%" PRId64, im.id);
}

enum status
import_apply_post(struct request *rq)
{
	static const char *const names[] = { "csrf", "once", "version", "leave", "invite", NULL };
	enum status e = form_only(rq, names);

	return e ? e : act(rq, IMPORT_APPLY, text_same(pairs_get(&rq->form, "leave"), "1"));
}

/* Acts without a field of their own. */
static enum status
plain(struct request *rq, enum import_act what)
{
	static const char *const none[] = { NULL };
	enum status e = form_only(rq, none);

	return e ? e : act(rq, what, false);
}

enum status
import_stop_post(struct request *rq)
{
	return plain(rq, IMPORT_STOP);
}

enum status
import_undo_post(struct request *rq)
{
	return plain(rq, IMPORT_UNDO);
}

enum status
import_archive_post(struct request *rq)
{
	return plain(rq, IMPORT_AWAY);
}
