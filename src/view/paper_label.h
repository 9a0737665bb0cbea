/* paper_label.h: labels to stick on: a QR code and what a person reads beside it. */
#ifndef VIEW_PAPER_LABEL_H
#define VIEW_PAPER_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "view/qr.h"

struct arena;
struct label_format;
struct paper_bytes;

struct label {
	const char *url;  /* what the code says */
	const char *code; /* "K7QP-2M4C", to type by hand */
	/* Each of these may be NULL or "": then it does not stand on the label. */
	const char *name;
	const char *number;
	const char *place;
	const char *hint; /* what to do with it: "Scan to report" */
	const char *site;
};

/* How they are printed. */
struct label_print {
	const struct label_format *format;
	int start; /* places of the first sheet that are used up */
	enum qr_level level;
	double offset_x, offset_y; /* what this printer needs: mm to the right, and down */
	double scale;              /* 1, or what makes up for a printer that shrinks; 0 is 1 */
	bool frames;               /* the labels' edges, for a screen */
};

/*
 * A PDF of as many pages as it takes.  svg, unless it is NULL: the first page for a screen. INVALID
 * when an address does not fit a QR code or there is no label; FAILED when the font or memory is
 * missing.
 */
enum status paper_labels(struct arena *, const char *font_dir, const struct label *, size_t count,
    const struct label_print *, struct paper_bytes *out, const char **svg) MUST_CHECK;

/*
 * The calibration sheet: two crosses with rulers, 20 mm from the edges (a roll's: 5 mm), with what
 * to measure.  texts: title, then what to do, a line each; NULL-ended.
 */
enum status paper_calibration(struct arena *, const char *font_dir, const struct label_print *,
    const char *const *texts, struct paper_bytes *out) MUST_CHECK;

/* Where the crosses are: the first, and the distance of the second from it, in mm. */
struct paper_crosses {
	double x, y, across, down;
};

struct paper_crosses paper_crosses_of(const struct label_format *);

#endif
