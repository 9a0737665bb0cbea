/* paper_label.c: see paper_label.h. */
#include "view/paper_label.h"
#include "base/arena.h"
#include "base/text.h"
#include "view/paper.h"
#include "view/qr.h"

/* The code's side as large as the label allows while its quiet zone stays white; see quiet(). */
#define QR_LEAST 25.0

struct spot {
	double x, y, width, height;
};

static const struct paper_style site_style = { PAPER_PLAIN, 6.5, 0.25, PAPER_LEFT };
static const struct paper_style name_style = { PAPER_BOLD, 10, 0, PAPER_LEFT };
static const struct paper_style small_style = { PAPER_PLAIN, 7, 0, PAPER_LEFT };
static const struct paper_style code_style = { PAPER_MONO, 13, 0, PAPER_LEFT };

/* The sheet: 3 columns of 8, margins and steps of the L7159. */
static const struct {
	int columns, rows;
	double left, top, step_x, step_y, width, height;
} sheet = { 3, 8, 7.2, 12.9, 66.0, 33.9, 63.5, 33.9 };

/* With s the side and m the modules, s + 2 * 4 * s / m fills the height. */
static double
qr_side(const struct qr *q, double height)
{
	double side = height * q->size / (q->size + 2 * QR_QUIET) - 0.6;

	return side < QR_LEAST && height >= QR_LEAST + 5 ? QR_LEAST : side;
}

static const char *
place(struct arena *a, const struct label *l)
{
	if (text_empty(l->department))
		return text_empty(l->location) ? "" : l->location;
	if (text_empty(l->location))
		return l->department;
	return arena_print(a, "%s · %s", l->department, l->location);
}

/* Site on top, the name below it, place and code at the bottom: both ends are fixed. */
static void
words_put(struct paper *p, struct arena *a, const struct label *l, const struct spot *s)
{
	struct paper_style code = code_style;
	struct paper_area area = { s->x, s->y + 5, s->width, 1 };
	double bottom = s->y + s->height - 4.5, width;
	int lines;

	paper_wrap(p, &area, &site_style, l->site);
	area.y += 5.5;
	area.lines = s->height >= 36 ? 3 : 2;
	paper_wrap(p, &area, &name_style, l->name);
	width = paper_text_width(p, &code, l->code);
	if (width > s->width)
		code.size *= s->width / width;
	paper_text(p, s->x, bottom, &code, l->code);
	area.lines = 2;
	lines = paper_wrap_lines(p, &area, &small_style, place(a, l));
	area.y = bottom - 5.3 - (lines - 1) * paper_line_height(&small_style);
	paper_wrap(p, &area, &small_style, place(a, l));
}

static enum status
label_put(struct paper *p, struct arena *a, const struct label *l, const struct spot *at)
{
	struct qr *q = qr_make(a, l->url, QR_MEDIUM);
	double side, quiet;
	struct spot words;

	if (q == NULL)
		return INVALID;
	side = qr_side(q, at->height);
	quiet = (at->height - side) / 2;
	paper_qr(p, q, at->x + quiet, at->y + quiet, side);
	words = *at;
	words.x += side + 2 * quiet - 0.5;
	words.width = at->x + at->width - 2.5 - words.x;
	words_put(p, a, l, &words);
	return OK;
}

static enum status
label_end(struct paper *p, enum status e, struct paper_bytes *out)
{
	enum status end = paper_end(p, out);

	return e ? e : end;
}

enum status
paper_label(struct arena *a, const char *font_dir, const struct label *labels, size_t count,
    double width, double height, struct paper_bytes *out)
{
	struct paper *p = paper_begin(a, font_dir, count > 0 ? labels[0].name : "");
	const struct spot all = { 0, 0, width, height };
	enum status e = count == 0 ? INVALID : OK;

	for (size_t i = 0; i < count && !e; i++) {
		paper_page(p, width, height);
		e = label_put(p, a, &labels[i], &all);
	}
	return label_end(p, e, out);
}

enum status
paper_label_sheet(struct arena *a, const char *font_dir, const struct label *labels, size_t count,
    struct paper_bytes *out)
{
	struct paper *p = paper_begin(a, font_dir, count > 0 ? labels[0].site : "");
	const size_t columns = (size_t)sheet.columns, full = columns * (size_t)sheet.rows;
	enum status e = count == 0 ? INVALID : OK;

	for (size_t i = 0; i < count && !e; i++) {
		size_t column = i % full % columns, row = i % full / columns;
		const struct spot at = { sheet.left + (double)column * sheet.step_x,
			sheet.top + (double)row * sheet.step_y, sheet.width, sheet.height };

		if (i % full == 0)
			paper_page(p, PAPER_A4_WIDTH, PAPER_A4_HEIGHT);
		e = label_put(p, a, &labels[i], &at);
	}
	return label_end(p, e, out);
}
