/* paper_label.h: labels to stick on machines: a QR code and what a person reads beside it. */
#ifndef VIEW_PAPER_LABEL_H
#define VIEW_PAPER_LABEL_H

#include <stddef.h>

#include "base/status.h"

struct arena;
struct paper_bytes;

enum { LABEL_WIDTH = 70, LABEL_HEIGHT = 37 };

struct label {
	const char *url;        /* what the code says */
	const char *code;       /* ABCD-EFGH, to type by hand */
	const char *name;       /* of the machine */
	const char *department; /* these may be NULL */
	const char *location;
	const char *site;
};

/*
 * A PDF of one page of that size a label (of whole mm; from 50 x 30 on the QR code has 25 mm).
 * INVALID when an address does not fit a QR code or there is no label; FAILED when the font or
 * memory is missing.
 */
enum status paper_label(struct arena *, const char *font_dir, const struct label *, size_t count,
    double width, double height, struct paper_bytes *out) MUST_CHECK;
/* A4 sheets of 3 x 8 labels of 63.5 x 33.9 mm (Avery L7159 and its like), as many as it takes. */
enum status paper_label_sheet(struct arena *, const char *font_dir, const struct label *,
    size_t count, struct paper_bytes *out) MUST_CHECK;

#endif
