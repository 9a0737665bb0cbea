/* printer.c: a label printer's own page: what it prints, and how far it is off. */
#include <inttypes.h>
#include <math.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "http/form.h"
#include "model/printer.h"
#include "page/label/label.h"
#include "page/page.h"
#include "page/register.h"
#include "view/label_format.h"
#include "view/paper.h"
#include "view/paper_label.h"

enum { SHOWN = 20 };

/* What was measured on the calibration sheet, in mm. */
struct measured {
	struct decimal left, top, across;
	const char *format;
};

#define MM DECIMAL_ONE

static const struct rule rules[] = {
	{ FIELD(struct measured, left), RULE_PLAIN, "From the left edge to the upright line (mm)",
	    NULL, true, 0, 100 * MM, NULL },
	{ FIELD(struct measured, top), RULE_PLAIN, "From the top edge to the level line (mm)", NULL,
	    true, 0, 100 * MM, NULL },
	{ FIELD(struct measured, across), RULE_PLAIN, "From the left cross to the right cross (mm)",
	    "Leave it empty when you have measured only the edges.", false, 0, 300 * MM, NULL },
};

static const char *const also[] = { "format", NULL };
static const struct form form = { "measured", rules, COUNT(rules), also };

static const struct label_format *
format_asked(const struct pairs *from)
{
	return label_format_of(pairs_get(from, "format"));
}

enum status
printer_more(struct request *rq, const void *record)
{
	const struct printer *p = record;
	const struct label_format *f = format_asked(&rq->query);
	const struct paper_crosses c = paper_crosses_of(f);
	struct view *list = view_list(rq->view, "formats");
	struct rows rows = { .shape = &label_print_row_shape };
	enum status e = label_print_list(rq->by, p->id, SHOWN, &rows);

	if (e)
		return e;
	for (size_t i = 0; i < label_format_count; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", label_formats[i].code);
		view_text(v, "text", label_formats[i].text);
		view_bool(v, "selected", &label_formats[i] == f);
	}
	view_rows(rq->view, "prints", rows);
	view_bool(rq->view, "is_zpl", text_same(p->kind, "ZPL"));
	view_text(rq->view, "format", f->code);
	view_int(rq->view, "cross_at", (int64_t)c.x);
	view_decimal(
	    rq->view, "cross_across", decimal((int64_t)(c.across * (double)DECIMAL_ONE + 0.5)));
	page_form(rq, &form);
	return OK;
}

static double
number_in(struct decimal d)
{
	return (double)d.units / (double)DECIMAL_ONE;
}

enum status
calibration_pdf(struct request *rq)
{
	const struct label_format *f = format_asked(&rq->query);
	const struct paper_crosses c = paper_crosses_of(f);
	struct paper_bytes pdf;
	struct printer p;
	enum status e = printer_find(rq->by, request_id(rq, 0), &p);
	const char *mm = arena_print(rq->arena, "%.0f", c.x);
	const char *texts[] = {
		arena_print(rq->arena, "%s: %s", page_text(rq, "Calibration"), e ? "" : p.name),
		f->text,
		page_text(rq, "Print this sheet at 100 %, without “fit to page”."),
		page_text_with(rq,
		    "Measure from the left edge and from the top edge to the cross at the top left."
		    " Both should be %1 mm.",
		    mm, NULL),
		page_text_with(rq,
		    "Measure from the left cross to the right one. It should be %1 mm.",
		    arena_print(rq->arena, "%.1f", c.across), NULL),
		page_text(rq, "Type what you measured into the printer’s page."),
		NULL,
	};
	struct label_print how = { .format = f };

	if (e)
		return e;
	how.offset_x = number_in(p.offset_x);
	how.offset_y = number_in(p.offset_y);
	how.scale = number_in(p.scale) / 100;
	e = paper_calibration(rq->arena, PAPER_FONTS, &how, texts, &pdf);
	return e ? e : page_pdf(rq, "calibration", pdf.at, pdf.len);
}

/*
 * The sheet asked for at · scale + offset; the printer made `measured` of it.  One that shortens
 * everything shortens the way from the edge, too: only what is left then is its own offset.
 */
static struct decimal
offset_of(
    double at, struct decimal scale, struct decimal offset, struct decimal measured, double longer)
{
	const double asked = at * (double)scale.units / 100 + (double)offset.units;

	return decimal(llround(asked - (double)measured.units * longer));
}

static enum status
calibrate(struct request *rq, const struct printer *p, const struct measured *m)
{
	const struct paper_crosses c = paper_crosses_of(format_asked(&rq->form));
	struct decimal scale = p->scale, x, y;

	if (m->across.known && m->across.units > 0)
		scale = decimal((int64_t)((double)p->scale.units * c.across * (double)MM /
					      (double)m->across.units +
					  0.5));
	x = offset_of(c.x, p->scale, p->offset_x, m->left, (double)scale.units / (100 * MM));
	y = offset_of(c.y, p->scale, p->offset_y, m->top, (double)scale.units / (100 * MM));
	if (scale.units < 90 * MM || scale.units > 110 * MM)
		return form_refuse(rq, &form, "across", "That cannot be: was it printed at 100 %?");
	return printer_calibrate(rq->by, p->id, x, y, scale);
}

enum status
calibrate_post(struct request *rq)
{
	struct measured m = { 0 };
	struct printer p;
	enum status e = printer_find(rq->by, request_id(rq, 0), &p);

	if (e)
		return e;
	e = form_read(rq, &form, &m);
	if (!e)
		e = calibrate(rq, &p, &m);
	if (e == INVALID) {
		rq->response.code = 422;
		view_text(rq->view, "refused", NULL);
		return register_show(rq, &printer_register, &p);
	}
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/printers/%" PRId64, p.id);
}
