/* paper_label.c: see paper_label.h. */
#include <math.h>

#include "base/arena.h"
#include "base/text.h"
#include "view/label_format.h"
#include "view/paper.h"
#include "view/paper_label.h"
#include "view/qr.h"

/* What stays white at an edge: printers miss it, and knives. */
#define EDGE 1.5
/* The code's share of a label's width at most, quiet zone included: the words need the rest. */
#define CODE_SHARE 0.52
/* The height for which the sizes below are meant, and how far they follow a label's. */
#define USUAL 37.0
#define SMALLEST 0.75
#define LARGEST 1.8

static const struct paper_style site_style = { PAPER_PLAIN, 6, 0.25, PAPER_LEFT };
static const struct paper_style name_style = { PAPER_BOLD, 11, 0, PAPER_LEFT };
static const struct paper_style number_style = { PAPER_BOLD, 8, 0, PAPER_LEFT };
static const struct paper_style small_style = { PAPER_PLAIN, 7, 0, PAPER_LEFT };
static const struct paper_style code_style = { PAPER_MONO, 12, 0, PAPER_LEFT };

/* A label's words: a box that shrinks from both ends. */
struct column {
	struct paper *p;
	double x, width, top, bottom;
	double k; /* how much larger than usual */
};

static struct paper_style
scaled(const struct paper_style *s, double k)
{
	struct paper_style out = *s;

	out.size *= k;
	return out;
}

/* Down to whole dots: modules of equal size are what scanners count. */
static double
in_dots(const struct label_format *f, double mm)
{
	const double dots = f->roll ? 8 : 300 / 25.4; /* a mm: thermal printers, and the others */

	return floor(mm * dots + 1e-6) / dots;
}

/* One line at the bottom, smaller when it is too wide. */
static void
put_below(struct column *w, const struct paper_style *usual, const char *text)
{
	const struct paper_style s = scaled(usual, w->k);
	const double height = paper_line_height(&s);
	const struct paper_area area = { w->x, w->bottom - height, w->width, 1 };

	if (text_empty(text) || w->bottom - height < w->top)
		return;
	paper_fit(w->p, &area, height, &s, s.size * 0.7, text);
	w->bottom -= height;
}

/* From the top, at most so many lines. */
static void
put_above(struct column *w, const struct paper_style *usual, int lines, const char *text)
{
	const struct paper_style s = scaled(usual, w->k);
	const struct paper_area area = { w->x, w->top, w->width, lines };
	const double room = w->bottom - w->top;

	if (text_empty(text) || room < paper_line_height(&s) * 0.62)
		return;
	w->top += paper_fit(w->p, &area, room, &s, s.size * 0.62, text);
}

/* The code's line is as wide as the words at most, never cut. */
static void
put_code(struct column *w, const char *code)
{
	struct paper_style s = scaled(&code_style, w->k);
	double width = paper_text_width(w->p, &s, code), height = paper_line_height(&s);

	if (width > w->width)
		s.size *= w->width / width;
	paper_text(w->p, w->x, w->bottom - height * 0.2, &s, code);
	w->bottom -= height;
}

static enum status
label_put(struct paper *p, struct arena *a, const struct label *l, const struct label_print *how,
    struct label_spot at, double scale)
{
	const double width = how->format->width * scale, height = how->format->height * scale;
	struct qr *q = qr_make(a, l->url, how->level);
	double side, whole, k = height / USUAL;
	struct column w = { .p = p };

	if (q == NULL)
		return INVALID;
	whole = height < width * CODE_SHARE ? height : width * CODE_SHARE;
	side = in_dots(how->format, whole / (q->size + 2 * QR_QUIET)) * q->size;
	paper_qr(p, q, in_dots(how->format, at.x + (whole - side) / 2),
	    in_dots(how->format, at.y + (height - side) / 2), side);
	w.k = k < SMALLEST ? SMALLEST : k > LARGEST ? LARGEST : k;
	w.x = at.x + whole;
	w.width = at.x + width - EDGE - w.x;
	w.top = at.y + EDGE + 1;
	w.bottom = at.y + height - EDGE - 0.5;
	put_code(&w, l->code);
	put_below(&w, &small_style, l->hint);
	put_below(&w, &small_style, l->place);
	if (height > 28)
		put_above(&w, &site_style, 1, l->site);
	put_above(&w, &number_style, 1, l->number);
	put_above(&w, &name_style, 4, l->name);
	return OK;
}

static enum status
sheets_put(struct paper *p, struct arena *a, const struct label *labels, size_t count,
    const struct label_print *how)
{
	const struct label_format *f = how->format;
	const double scale = how->scale > 0 ? how->scale : 1;
	const size_t places = (size_t)label_format_places(f);
	const size_t start = how->start > 0 ? (size_t)how->start % places : 0;
	enum status e = count == 0 ? INVALID : OK;

	for (size_t i = 0; i < count && !e; i++) {
		const int place = (int)((start + i) % places);
		struct label_spot at = label_spot_of(f, place);

		if (i == 0 || place == 0)
			paper_page(p, f->paper_width, f->paper_height);
		at.x = at.x * scale + how->offset_x;
		at.y = at.y * scale + how->offset_y;
		if (how->frames)
			paper_frame(p, at.x, at.y, f->width * scale, f->height * scale, PAPER_HAIR);
		e = label_put(p, a, &labels[i], how, at, scale);
	}
	return e;
}

enum status
paper_labels(struct arena *a, const char *font_dir, const struct label *labels, size_t count,
    const struct label_print *how, struct paper_bytes *out, const char **svg)
{
	struct paper *p = paper_begin(a, font_dir, count > 0 ? labels[0].name : "");
	enum status e, end;

	if (svg != NULL)
		paper_also_svg(p);
	e = sheets_put(p, a, labels, count, how);
	if (svg != NULL)
		*svg = paper_svg_end(p);
	end = paper_end(p, out);
	return e ? e : end;
}

struct paper_crosses
paper_crosses_of(const struct label_format *f)
{
	const double in = f->roll ? 5 : 20;

	return (struct paper_crosses){ in, in, f->paper_width - 2 * in, f->paper_height - 2 * in };
}

/* A cross with a mark each millimetre, a longer one each fifth. */
static void
cross_put(struct paper *p, double x, double y, double arm)
{
	paper_line(p, x - arm, y, x + arm, y, PAPER_FINE);
	paper_line(p, x, y - arm, x, y + arm, PAPER_FINE);
	for (int i = (int)-arm; i <= (int)arm; i++) {
		const double mark = i % 5 == 0 ? 1.6 : 0.8;

		paper_line(p, x + i, y - mark, x + i, y + mark, PAPER_HAIR);
		paper_line(p, x - mark, y + i, x + mark, y + i, PAPER_HAIR);
	}
}

enum status
paper_calibration(struct arena *a, const char *font_dir, const struct label_print *how,
    const char *const *texts, struct paper_bytes *out)
{
	const struct label_format *f = how->format;
	const struct paper_crosses c = paper_crosses_of(f);
	const double scale = how->scale > 0 ? how->scale : 1, arm = f->roll ? 4 : 15;
	struct paper *p = paper_begin(a, font_dir, texts[0]);
	struct paper_style s = { PAPER_BOLD, f->roll ? 7 : 16, 0, PAPER_LEFT };
	struct paper_area area = { c.x * 2 + arm / 2, c.y * 2 + arm, f->paper_width - 4 * c.x, 0 };

	paper_page(p, f->paper_width, f->paper_height);
	for (int i = 0; i < 4; i++)
		cross_put(p, (c.x + i % 2 * c.across) * scale + how->offset_x,
		    (c.y + i / 2 % 2 * c.down) * scale + how->offset_y, arm);
	for (int i = 0; texts[i] != NULL; i++) {
		area.y += paper_line_height(&s) * paper_wrap(p, &area, &s, texts[i]) + s.size / 5;
		s = (struct paper_style){ PAPER_PLAIN, f->roll ? 5 : 11, 0, PAPER_LEFT };
	}
	return paper_end(p, out);
}
