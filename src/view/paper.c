/* paper.c: begin and end of a PDF, pages, rules, fills and QR codes; see paper.h. */
#include "base/arena.h"
#include "base/log.h"
#include "view/paper_inside.h"
#include "view/qr.h"

static const char *const font_files[PAPER_FACES] = {
	[PAPER_PLAIN] = "DejaVuSans.ttf",
	[PAPER_BOLD] = "DejaVuSans-Bold.ttf",
	[PAPER_MONO] = "DejaVuSansMono-Bold.ttf",
};

/* libharu calls this and goes on; every one of its functions answers an error from then on. */
static void
on_error(HPDF_STATUS error, HPDF_STATUS detail, void *with)
{
	struct paper *p = with;

	if (!p->failed)
		log_error("paper: libharu error 0x%04lx, detail %lu", (unsigned long)error,
		    (unsigned long)detail);
	p->failed = true;
}

static void
fonts_load(struct paper *p, const char *dir)
{
	const char *path, *name;

	for (size_t i = 0; i < PAPER_FACES && !p->failed; i++) {
		path = arena_print(p->arena, "%s/%s", dir, font_files[i]);
		name = HPDF_LoadTTFontFromFile(p->pdf, path, HPDF_TRUE);
		if (name == NULL) {
			log_error(
			    "paper: cannot load the font %s: install fonts-dejavu-core", path);
			p->failed = true;
			return;
		}
		p->fonts[i] = HPDF_GetFont(p->pdf, name, "UTF-8");
		if (p->fonts[i] == NULL)
			p->failed = true;
	}
}

struct paper *
paper_begin(struct arena *a, const char *font_dir, const char *title)
{
	struct paper *p = NEW(a, struct paper);

	p->arena = a;
	p->pdf = HPDF_New(on_error, p);
	if (p->pdf == NULL) {
		log_error("paper: libharu does not start");
		p->failed = true;
		return p;
	}
	HPDF_SetCompressionMode(p->pdf, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(p->pdf);
	HPDF_SetCurrentEncoder(p->pdf, "UTF-8");
	HPDF_SetInfoAttr(p->pdf, HPDF_INFO_TITLE, paper_clean(a, title));
	HPDF_SetInfoAttr(p->pdf, HPDF_INFO_CREATOR, "Millwright");
	fonts_load(p, font_dir);
	return p;
}

bool
paper_failed(const struct paper *p)
{
	return p->failed;
}

static void
bytes_take(struct paper *p, struct paper_bytes *out)
{
	HPDF_UINT32 size;
	char *copy;

	if (HPDF_SaveToStream(p->pdf) != HPDF_OK)
		return;
	size = HPDF_GetStreamSize(p->pdf);
	copy = arena_alloc(p->arena, size, 1);
	if (HPDF_ReadFromStream(p->pdf, (HPDF_BYTE *)copy, &size) != HPDF_OK)
		return;
	*out = (struct paper_bytes){ copy, size };
}

enum status
paper_end(struct paper *p, struct paper_bytes *out)
{
	*out = (struct paper_bytes){ NULL, 0 };
	if (!p->failed && p->flow != NULL)
		paper_flow_end(p);
	if (!p->failed && p->first != NULL)
		bytes_take(p, out);
	if (p->pdf != NULL)
		HPDF_Free(p->pdf);
	p->pdf = NULL;
	if (p->failed || out->at == NULL) {
		p->failed = true;
		return FAILED;
	}
	return OK;
}

static void
svg_begin(struct buf *b, double width, double height)
{
	buf_print(b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.2f %.2f\" width=\"%.2fmm\""
	    " height=\"%.2fmm\" font-family=\"DejaVu Sans, Verdana, sans-serif\">"
	    "<rect width=\"%.2f\" height=\"%.2f\" fill=\"#fff\"/>",
	    width, height, width, height, width, height);
}

void
paper_page(struct paper *p, double width, double height)
{
	struct paper_sheet *sheet;
	HPDF_Page page;

	if (p->failed)
		return;
	page = HPDF_AddPage(p->pdf);
	HPDF_Page_SetWidth(page, (HPDF_REAL)(width * POINTS_A_MM));
	HPDF_Page_SetHeight(page, (HPDF_REAL)(height * POINTS_A_MM));
	if (p->failed)
		return;
	sheet = NEW(p->arena, struct paper_sheet);
	sheet->page = page;
	if (p->last == NULL)
		p->first = sheet;
	else
		p->last->next = sheet;
	p->last = sheet;
	p->width = width;
	p->height = height;
	if (paper_svg(p) != NULL)
		svg_begin(p->svg, width, height);
}

void
paper_also_svg(struct paper *p)
{
	p->svg = NEW(p->arena, struct buf);
	p->svg->arena = p->arena;
}

struct buf *
paper_svg(const struct paper *p)
{
	return p->failed || p->first != p->last ? NULL : p->svg;
}

const char *
paper_svg_end(struct paper *p)
{
	struct buf *b = p->svg;

	if (p->failed || b == NULL || b->text == NULL)
		return NULL;
	buf_text(b, "</svg>");
	return b->text;
}

static HPDF_REAL
across(double mm)
{
	return (HPDF_REAL)(mm * POINTS_A_MM);
}

/* PDF counts upwards. */
static HPDF_REAL
upward(const struct paper *p, double mm)
{
	return (HPDF_REAL)((p->height - mm) * POINTS_A_MM);
}

void
paper_line(struct paper *p, double x1, double y1, double x2, double y2, double thick)
{
	if (p->failed || p->last == NULL)
		return;
	HPDF_Page_SetGrayStroke(p->last->page, thick <= PAPER_HAIR ? 0.45F : 0);
	HPDF_Page_SetLineWidth(p->last->page, across(thick));
	HPDF_Page_MoveTo(p->last->page, across(x1), upward(p, y1));
	HPDF_Page_LineTo(p->last->page, across(x2), upward(p, y2));
	HPDF_Page_Stroke(p->last->page);
	if (paper_svg(p) != NULL)
		buf_print(p->svg,
		    "<path d=\"M%.2f %.2fL%.2f %.2f\" stroke=\"#000\" stroke-width=\"%.2f\"/>", x1,
		    y1, x2, y2, thick);
}

void
paper_frame(struct paper *p, double x, double y, double width, double height, double thick)
{
	if (p->failed || p->last == NULL)
		return;
	HPDF_Page_SetGrayStroke(p->last->page, 0);
	HPDF_Page_SetLineWidth(p->last->page, across(thick));
	HPDF_Page_Rectangle(
	    p->last->page, across(x), upward(p, y + height), across(width), across(height));
	HPDF_Page_Stroke(p->last->page);
	if (paper_svg(p) != NULL)
		buf_print(p->svg,
		    "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"none\""
		    " stroke=\"#000\" stroke-width=\"%.2f\"/>",
		    x, y, width, height, thick);
}

void
paper_fill(struct paper *p, double x, double y, double width, double height, double grey)
{
	if (p->failed || p->last == NULL)
		return;
	HPDF_Page_SetGrayFill(p->last->page, (HPDF_REAL)grey);
	HPDF_Page_Rectangle(
	    p->last->page, across(x), upward(p, y + height), across(width), across(height));
	HPDF_Page_Fill(p->last->page);
}

static void
qr_svg_put(struct paper *p, const struct qr *q, double x, double y, double module)
{
	struct buf *b = paper_svg(p);

	if (b == NULL)
		return;
	buf_print(b,
	    "<path shape-rendering=\"crispEdges\""
	    " transform=\"translate(%.2f %.2f) scale(%.4f)\" d=\"",
	    x, y, module);
	for (int row = 0; row < q->size; row++)
		for (int column = 0, n; column<q->size; column += n> 0 ? n : 1) {
			n = qr_run(q, row, column);
			if (n > 0)
				buf_print(b, "M%d %dh%dv1h-%dz", column, row, n, n);
		}
	buf_text(b, "\"/>");
}

void
paper_qr(struct paper *p, const struct qr *q, double x, double y, double side)
{
	double module;

	if (p->failed || p->last == NULL || q == NULL)
		return;
	module = side / q->size;
	qr_svg_put(p, q, x, y, module);
	/* In modules: a file of whole numbers is half as long, and made in two thirds of the time.
	 */
	HPDF_Page_GSave(p->last->page);
	HPDF_Page_Concat(
	    p->last->page, across(module), 0, 0, across(module), across(x), upward(p, y));
	HPDF_Page_SetGrayFill(p->last->page, 0);
	for (int row = 0; row < q->size; row++) {
		for (int column = 0, n; column<q->size; column += n> 0 ? n : 1) {
			n = qr_run(q, row, column);
			if (n > 0)
				HPDF_Page_Rectangle(p->last->page, (HPDF_REAL)column,
				    (HPDF_REAL)(-row - 1), (HPDF_REAL)n, 1);
		}
	}
	HPDF_Page_Fill(p->last->page);
	HPDF_Page_GRestore(p->last->page);
}
