/* labels.c: the page where labels are chosen, looked at and printed. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/code.h"
#include "model/label.h"
#include "page/label/choice.h"
#include "page/label/label.h"
#include "page/page.h"
#include "rule/number.h"
#include "view/label_format.h"
#include "view/paper.h"
#include "view/zpl.h"

static void
option_add(struct view *list, const char *value, const char *text, bool selected)
{
	struct view *v = view_item(list);

	view_text(v, "value", value);
	view_text(v, "text", text);
	view_bool(v, "selected", selected);
}

static void
show_kinds(struct request *rq, const struct choice *c)
{
	struct view *list = view_list(rq->view, "kinds");

	for (size_t i = 0; i < label_kind_count; i++) {
		const struct label_kind *k = &label_kinds[i];
		struct view *v;

		if (permission_reach(rq->by->role, k->view) == REACH_NONE)
			continue;
		v = view_item(list);
		view_text(v, "href", arena_print(rq->arena, "/labels?kind=%s", k->code));
		view_text(v, "text", page_text(rq, k->text));
		view_text(v, "icon", k->icon);
		view_bool(v, "current", k == c->kind);
	}
}

static void
show_records(struct request *rq, const struct choice *c)
{
	struct view *list = view_list(rq->view, "records");

	for (size_t i = 0; i < c->records.count; i++) {
		const struct label_record *r = row_at(&c->records, i);
		struct view *v = view_item(list);

		view_record(v, "record", &label_record_shape, r);
		view_text(v, "without",
		    arena_print(
			rq->arena, "/labels?%s", choice_query(rq, c, choice_ids(rq, c, r->id, 0))));
	}
	view_bool(rq->view, "any", c->records.count > 0);
}

static void
show_formats(struct request *rq, const struct choice *c)
{
	struct view *sheets = view_list(rq->view, "sheets"), *rolls = view_list(rq->view, "rolls");

	for (size_t i = 0; i < label_format_count; i++)
		option_add(label_formats[i].roll ? rolls : sheets, label_formats[i].code,
		    label_formats[i].text, &label_formats[i] == c->format);
}

static void
show_printers(struct request *rq, const struct choice *c)
{
	struct view *list = view_list(rq->view, "printers");

	for (size_t i = 0; i < c->printers.count; i++) {
		const struct printer *p = row_at(&c->printers, i);

		option_add(
		    list, arena_print(rq->arena, "%" PRId64, p->id), p->name, p == c->printer);
	}
	view_bool(rq->view, "has_printers", c->printers.count > 0);
	view_bool(rq->view, "zpl", c->printer != NULL && text_same(c->printer->kind, "ZPL"));
	view_bool(rq->view, "roll", c->format->roll);
	view_text(rq->view, "printer_name", c->printer != NULL ? c->printer->name : NULL);
}

static void
show_lines(struct request *rq, const struct choice *c)
{
	static const char *const texts[LINES] = { "Name", "Number", "Place", "What to scan it for",
		"Name of the plant" };
	struct view *list = view_list(rq->view, "lines");

	for (int i = 0; i < LINES; i++)
		if (i != LINE_HINT || c->kind->hint != NULL)
			option_add(list, choice_lines[i], page_text(rq, texts[i]), c->line[i]);
}

static enum status
show(struct request *rq, const struct choice *c, const char *typed, const char *complaint)
{
	const int64_t places = label_format_places(c->format);
	const int64_t labels = (int64_t)c->records.count * c->copies;

	show_kinds(rq, c);
	show_records(rq, c);
	show_formats(rq, c);
	show_printers(rq, c);
	show_lines(rq, c);
	view_text(rq->view, "kind", c->kind->code);
	view_text(rq->view, "ask", page_text(rq, c->kind->ask));
	view_text(rq->view, "ids", choice_ids(rq, c, 0, 0));
	view_text(rq->view, "query", choice_query(rq, c, NULL));
	view_int(rq->view, "start", c->start);
	view_int(rq->view, "copies", c->copies);
	view_int(rq->view, "places", places);
	view_int(rq->view, "label_count", labels);
	view_int(rq->view, "sheet_count", (c->start - 1 + labels + places - 1) / places);
	view_bool(rq->view, "level_m", c->level == QR_MEDIUM);
	view_text(rq->view, "typed", typed);
	view_text(rq->view, "complaint", complaint);
	view_bool(rq->view, "form_wrong", complaint != NULL);
	if (complaint != NULL)
		rq->response.code = 422;
	return page(rq, "label/labels");
}

/* A code, or a number; INVALID when it is of another kind, or was replaced. */
static enum status
find(struct request *rq, const struct choice *c, const char *typed, int64_t *id)
{
	const char *code = code_in(rq->arena, typed);
	struct code_found f;
	enum status e = code != NULL ? code_find(rq->by, code, &f) : NOT_FOUND;

	if (e == NOT_FOUND)
		return label_find(rq->by, c->kind->code, typed, id);
	if (e)
		return e;
	*id = f.record_id;
	return f.retired_at.known || !text_same(f.kind, c->kind->code) ? INVALID : OK;
}

/* Several at a time, between commas; the first that is not found is complained of. */
static enum status
add(struct request *rq, struct choice *c, const char *typed)
{
	const char *rest = typed, *wrong = NULL;
	enum status e = OK;

	while (*rest != '\0' && wrong == NULL) {
		const size_t len = strcspn(rest, ",;");
		const char *one = text_trim(rq->arena, arena_text(rq->arena, rest, len));
		int64_t id = 0;

		rest += len + (rest[len] != '\0');
		if (*one == '\0')
			continue;
		e = find(rq, c, one, &id);
		if (e == NOT_FOUND || e == INVALID)
			wrong = one;
		else if (e)
			return e;
		else if (c->count < LABEL_RECORDS && choice_ids(rq, c, 0, id) != NULL)
			c->ids[c->count++] = id;
	}
	if (wrong == NULL)
		return redirect(rq, "/labels?%s", choice_query(rq, c, choice_ids(rq, c, 0, 0)));
	return show(rq, c, typed,
	    page_text_with(rq,
		e == INVALID ? "%1 is the code of something else, or was replaced."
			     : "Nothing here has the number or code %1.",
		wrong, NULL));
}

enum status
labels_page(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "add");
	struct choice *c = NEW(rq->arena, struct choice);
	enum status e = choice_read(rq, &rq->query, c);

	if (e)
		return e;
	return text_empty(typed) ? show(rq, c, "", NULL) : add(rq, c, typed);
}

enum status
labels_pdf(struct request *rq)
{
	struct choice *c = NEW(rq->arena, struct choice);
	struct label_print how;
	struct paper_bytes pdf;
	struct label *labels;
	size_t n;
	enum status e = choice_read(rq, &rq->query, c);

	if (e)
		return e;
	labels = choice_labels(rq, c, c->copies, &n);
	how = choice_print(c);
	if (n == 0)
		return redirect(rq, "/labels?kind=%s", c->kind->code);
	e = paper_labels(rq->arena, PAPER_FONTS, labels, n, &how, &pdf, NULL);
	return e ? e : page_pdf(rq, "labels", pdf.at, pdf.len);
}

enum status
labels_svg(struct request *rq)
{
	struct choice *c = NEW(rq->arena, struct choice);
	const char *svg = NULL;
	struct paper_bytes pdf;
	struct label_print how;
	struct label *labels;
	size_t n, most;
	enum status e = choice_read(rq, &rq->query, c);

	if (e)
		return e;
	labels = choice_labels(rq, c, c->copies, &n);
	how = choice_print(c);
	how.frames = true;
	how.offset_x = how.offset_y = 0; /* as it comes out of the printer */
	how.scale = 1;
	most = (size_t)(label_format_places(c->format) - how.start);
	if (n == 0)
		return redirect(rq, "/labels?kind=%s", c->kind->code);
	e = paper_labels(rq->arena, PAPER_FONTS, labels, n < most ? n : most, &how, &pdf, &svg);
	if (e || svg == NULL)
		return e ? e : FAILED;
	header_set(rq, "Content-Type", "image/svg+xml; charset=utf-8");
	rq->response.code = 200;
	buf_text(&rq->response.body, svg);
	return OK;
}

enum status
labels_post(struct request *rq)
{
	struct choice *c = NEW(rq->arena, struct choice);
	const char *zpl = NULL;
	struct label_print how;
	struct label *labels;
	size_t n = 0;
	enum status e = form_only(rq, choice_fields);

	if (!e)
		e = choice_read(rq, &rq->form, c);
	if (!e && (c->printer == NULL || !text_same(c->printer->kind, "ZPL") || !c->format->roll ||
		      c->records.count == 0))
		e = CONFLICT;
	if (e)
		return e;
	labels = choice_labels(rq, c, 1, &n);
	how = choice_print(c);
	e = zpl_labels(rq->arena, labels, n, (int)c->copies, &how,
	    c->printer->dpi.known ? (int)c->printer->dpi.n : PRINTER_DPI, &zpl);
	if (!e)
		e = label_print_add(rq->by, c->printer_id, (int64_t)n * c->copies, zpl);
	if (e)
		return e;
	flash(rq, "labels_sent", c->printer->name);
	return redirect(rq, "/labels?%s", choice_query(rq, c, NULL));
}
