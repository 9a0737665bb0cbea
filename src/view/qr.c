/* qr.c: see qr.h. */
#include <qrencode.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/qr.h"

struct qr *
qr_make(struct arena *a, const char *text, enum qr_level level)
{
	QRecLevel ec = level == QR_QUARTILE ? QR_ECLEVEL_Q : QR_ECLEVEL_M;
	unsigned char *dark;
	struct qr *q;
	QRcode *code;
	int count;

	if (text == NULL || text[0] == '\0')
		return NULL;
	code = QRcode_encodeString(text, 0, ec, QR_MODE_8, 1);
	if (code == NULL)
		return NULL;
	count = code->width * code->width;
	dark = arena_alloc(a, (size_t)count, 1);
	for (int i = 0; i < count; i++)
		dark[i] = code->data[i] & 1; /* the other bits say what a module is for */
	q = NEW(a, struct qr);
	q->size = code->width;
	q->dark = dark;
	QRcode_free(code);
	return q;
}

int
qr_run(const struct qr *q, int row, int column)
{
	int n = 0;

	while (column + n < q->size && qr_dark(q, row, column + n))
		n++;
	return n;
}

/* Runs of dark modules as rectangles of one path: fewer bytes than a rectangle a module. */
static void
qr_path(struct buf *b, const struct qr *q)
{
	for (int row = 0; row < q->size; row++) {
		for (int column = 0, n; column<q->size; column += n> 0 ? n : 1) {
			n = qr_run(q, row, column);
			if (n > 0)
				buf_print(
				    b, "M%d %dh%dv1h-%dz", column + QR_QUIET, row + QR_QUIET, n, n);
		}
	}
}

char *
qr_svg_level(struct arena *a, const char *text, enum qr_level level)
{
	struct qr *q = qr_make(a, text, level);
	struct buf b = { .arena = a };
	int side;

	if (q == NULL)
		return NULL;
	side = q->size + 2 * QR_QUIET;
	buf_print(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" viewBox=\"0 0 %d %d\""
	    " shape-rendering=\"crispEdges\" role=\"img\"><title>",
	    side, side);
	buf_html(&b, text);
	buf_print(
	    &b, "</title><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path d=\"", side, side);
	qr_path(&b, q);
	buf_text(&b, "\" fill=\"#000\"/></svg>");
	return b.text;
}

char *
qr_svg(struct arena *a, const char *text)
{
	return qr_svg_level(a, text, QR_MEDIUM);
}
