/* qr.h: QR codes, as modules and as SVG.  libqrencode does the work. */
#ifndef VIEW_QR_H
#define VIEW_QR_H

#include <stdbool.h>

struct arena;

/* What share of a code may be dirty or torn and still be read. */
enum qr_level { QR_MEDIUM, /* 15 % */ QR_QUARTILE /* 25 %: for labels in a workshop */ };

/* Modules that must stay white on every side. */
enum { QR_QUIET = 4 };

struct qr {
	int size;                  /* modules a side, without the quiet zone */
	const unsigned char *dark; /* size * size bytes, row by row: 1 is dark */
};

/* NULL when the text is empty or does not fit the largest code. */
struct qr *qr_make(struct arena *, const char *text, enum qr_level);
static inline bool
qr_dark(const struct qr *q, int row, int column)
{
	return q->dark[row * q->size + column] != 0;
}
/* The length of the run of dark modules that begins at row, column; 0 when that one is light. */
int qr_run(const struct qr *, int row, int column);

/*
 * One <svg> for a page, quiet zone included, one unit a module; the width is the style sheet's.
 * Its title is the text.  Level M.  NULL when the text is empty or does not fit.
 */
char *qr_svg(struct arena *, const char *text);
char *qr_svg_level(struct arena *, const char *text, enum qr_level);

#endif
