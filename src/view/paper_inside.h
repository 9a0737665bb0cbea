/* paper_inside.h: what the files paper*.c share.  Nobody else includes it. */
#ifndef VIEW_PAPER_INSIDE_H
#define VIEW_PAPER_INSIDE_H

#include <hpdf.h>

#include "base/buf.h"
#include "view/paper.h"

#define POINTS_A_MM (72.0 / 25.4)

struct paper_sheet {
	HPDF_Page page;
	struct paper_sheet *next;
};

struct paper {
	struct arena *arena;
	HPDF_Doc pdf;
	HPDF_Font fonts[PAPER_FACES];
	bool parts_kept[PAPER_FACES]; /* paper_text.c */
	struct paper_sheet *first, *last;
	double width, height; /* of the present page */
	double y;             /* where the flow is */
	const struct paper_flow *flow;
	struct buf *svg; /* or NULL: what is put on the first page, once more for a screen */
	bool failed;
};

/* UTF-8 that libharu can print: known length of codes, no control characters; lines end in \n. */
char *paper_clean(struct arena *, const char *);
/* Joins the letters of Arabic; anything else stays as it is. */
char *paper_shape(struct arena *, char *clean);
/* Does the text begin from the right? */
bool paper_is_rtl(struct arena *, const char *clean);
/* One line in the order in which it is seen, from left to right. */
const char *paper_order(struct arena *, const char *line, bool rtl);
/* On a screen, too?  The buffer to add to, or NULL. */
struct buf *paper_svg(const struct paper *);
/* Clean text on the present page, at the left end of which x is. */
void paper_put(struct paper *, double x, double y, const struct paper_style *, const char *clean);
double paper_measure(
    const struct paper *, const struct paper_style *, const char *clean, size_t len);
/* The bytes of the line at *at of a clean text; *at is moved to the next line. */
size_t paper_line_length(
    const struct paper *, const struct paper_area *, const struct paper_style *, const char **at);
/* Page numbers, headers and footers, once the number of pages is known. */
void paper_flow_end(struct paper *);

#endif
