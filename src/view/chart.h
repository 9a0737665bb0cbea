/*
 * chart.h: small charts: a plot as SVG that stretches with the page, its scales as text beside it,
 * so that they stay as large as the page's text at every width.
 *
 * No styles inside: static/css/machine.css has the classes.  Time runs from left to right in every
 * language.  Screen readers hear title and desc; the table that a page puts beside it holds the
 * values.
 */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "base/shape.h"

struct arena;
struct locale;

struct chart_point {
	struct instant at;
	struct decimal value;
};

struct chart_line {
	const char *id; /* of the element, and the beginning of those inside it */
	const char *title;
	const char *desc;
	const struct chart_point *at; /* in order of time; outside of from … to is not drawn */
	size_t count;
	struct instant from, to;
	bool from_zero; /* the scale begins at 0 */
};

/* HTML; "" for fewer than two points. */
const char *chart_line(struct arena *, struct locale *, const struct chart_line *);

enum { CHART_SERIES = 2 };

struct chart_bar {
	const char *label;                  /* below it */
	struct decimal value[CHART_SERIES]; /* not known is none; the second stands on the first */
};

struct chart_bars {
	const char *id;
	const char *title;
	const char *desc;
	const char *series[CHART_SERIES]; /* names, NULL for none */
	const struct chart_bar *at;
	size_t count;
};

/* HTML; "" for no bars. */
const char *chart_bars(struct arena *, struct locale *, const struct chart_bars *);

/* A step of 1, 2 or 5 by a power of ten of which at most `most` reach over `span`; not below one
 * ten-thousandth. */
int64_t chart_step(int64_t span, int most);

#endif
