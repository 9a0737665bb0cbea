/* zpl.c: see zpl.h. */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "view/label_format.h"
#include "view/qr.h"
#include "view/zpl.h"

enum { LARGEST_MODULE = 10, EDGE = 2 /* mm */ };

/* A label being written: the words' box, in dots, from which lines are taken at both ends. */
struct zpl {
	struct buf b;
	double dots; /* a mm */
	int x, width, top, bottom;
};

const char *
zpl_text(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };

	buf_text(&b, "");
	for (; text != NULL && *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c < ' ' || c == 0x7F || c == '^' || c == '~' || c == '_' || c == '\\')
			buf_print(&b, "_%02X", c);
		else
			buf_add(&b, text, 1);
	}
	return b.text;
}

static int
in_dots(const struct zpl *z, double mm)
{
	return (int)lround(mm * z->dots);
}

/* Letters so many mm high, broken into at most so many lines. */
static void
field_put(struct zpl *z, int y, double mm, int lines, const char *text)
{
	const int size = in_dots(z, mm);

	buf_print(&z->b, "^FO%d,%d^A0N,%d,%d^FB%d,%d,0,L^FH_^FD%s^FS\n", z->x, y, size, size,
	    z->width, lines, zpl_text(z->b.arena, text));
}

static void
put_above(struct zpl *z, double mm, int lines, const char *text)
{
	const int height = in_dots(z, mm * 1.15);

	while (lines > 1 && z->top + lines * height > z->bottom)
		lines--;
	if (text_empty(text) || z->top + height > z->bottom)
		return;
	field_put(z, z->top, mm, lines, text);
	z->top += lines * height;
}

static void
put_below(struct zpl *z, double mm, const char *text)
{
	const int height = in_dots(z, mm * 1.15);

	if (text_empty(text) || z->bottom - height < z->top)
		return;
	z->bottom -= height;
	field_put(z, z->bottom, mm, 1, text);
}

static enum status
label_put(struct zpl *z, const struct label *l, int copies, const struct label_print *how)
{
	const struct label_format *f = how->format;
	const double scale = how->scale > 0 ? how->scale : 1;
	const double height = f->height * scale, width = f->width * scale;
	const double whole = height < width * 0.52 ? height : width * 0.52;
	const int x = in_dots(z, how->offset_x), y = in_dots(z, how->offset_y);
	struct qr *q = qr_make(z->b.arena, l->url, how->level);
	int module, quiet;

	if (q == NULL)
		return INVALID;
	module = (int)(whole * z->dots / (q->size + 2 * QR_QUIET));
	module = module < 1 ? 1 : module > LARGEST_MODULE ? LARGEST_MODULE : module;
	quiet = (in_dots(z, height) - module * q->size) / 2;
	z->x = x + in_dots(z, whole);
	z->width = in_dots(z, width - EDGE) - in_dots(z, whole);
	z->top = y + quiet;
	z->bottom = y + in_dots(z, height) - quiet;
	buf_print(&z->b, "^XA^CI28^PW%d^LL%d^LH0,0\n", in_dots(z, width), in_dots(z, height));
	buf_print(&z->b, "^FO%d,%d^BQN,2,%d^FH_^FD%cA,%s^FS\n", x + quiet, y + quiet, module,
	    how->level == QR_QUARTILE ? 'Q' : 'M', zpl_text(z->b.arena, l->url));
	put_below(z, height / 9, l->code);
	put_below(z, height / 14, l->hint);
	put_below(z, height / 14, l->place);
	put_above(z, height / 12, 1, l->number);
	put_above(z, height / 9, 3, l->name);
	buf_print(&z->b, "^PQ%d^XZ\n", copies > 0 ? copies : 1);
	return OK;
}

enum status
zpl_labels(struct arena *a, const struct label *labels, size_t count, int copies,
    const struct label_print *how, int dpi, const char **out)
{
	struct zpl z = { .b = { .arena = a }, .dots = dpi / 25.4 };
	enum status e = OK;

	buf_text(&z.b, "");
	for (size_t i = 0; i < count && !e; i++)
		e = label_put(&z, &labels[i], copies, how);
	*out = z.b.text;
	return e;
}
