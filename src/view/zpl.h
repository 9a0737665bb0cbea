/*
 * zpl.h: labels in ZPL II, the language of Zebra's printers and many others: text for a TCP port.
 *
 * Written from Zebra's "Programming Guide for ZPL II": lengths in dots; ^CI28 is UTF-8; ^FH_ lets
 * any byte be written as _ and two hexadecimal digits, so that what people typed can never be a
 * command.
 */
#ifndef VIEW_ZPL_H
#define VIEW_ZPL_H

#include <stddef.h>

#include "base/status.h"
#include "view/paper_label.h"

struct arena;

/* One ^XA … ^XZ a label, as many copies of each.  INVALID when an address does not fit a QR code.
 */
enum status zpl_labels(struct arena *, const struct label *, size_t count, int copies,
    const struct label_print *, int dpi, const char **out) MUST_CHECK;
/* As the text of ^FH_^FD: ^ ~ _ \ and control characters in hexadecimal. */
const char *zpl_text(struct arena *, const char *);

#endif
