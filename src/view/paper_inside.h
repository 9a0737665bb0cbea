/* paper_inside.h: what paper.c, paper_text.c and paper_flow.c share.  Nobody else includes it. */
#ifndef VIEW_PAPER_INSIDE_H
#define VIEW_PAPER_INSIDE_H

#include <hpdf.h>

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
	struct paper_sheet *first, *last;
	double width, height; /* of the present page */
	double y;             /* where the flow is */
	const struct paper_flow *flow;
	bool failed;
};

/* UTF-8 that libharu can print: known length of codes, no control characters; lines end in \n. */
char *paper_clean(struct arena *, const char *);
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
