/* line.h: what hangs on a record, line by line: a model's parts and codes, a part's vendors, a
 * code's classes. */
#ifndef PAGE_LINE_LINE_H
#define PAGE_LINE_LINE_H

#include "http/form.h"
#include "http/request.h"

struct part_lines;

/* What the records' pages show beside their details: page/registers.c. */
enum status model_more(struct request *, const void *record) MUST_CHECK;
enum status code_more(struct request *, const void *record) MUST_CHECK;
/* {{offers}} and the form {{offer}} of a part's page. */
void offers_show(struct request *, const struct part_lines *);

handler model_part_post;      /* POST /machine-models/:id/parts */
handler model_part_take_post; /* POST /machine-models/:id/parts/:part/remove */
handler model_code_post;      /* POST /machine-models/:id/codes */
handler model_code_take_post; /* POST /machine-models/:id/codes/:code/remove */
handler offer_post;           /* POST /parts/:id/vendors */
handler offer_take_post;      /* POST /parts/:id/vendors/:vendor/remove */
handler code_classes_post;    /* POST /failure-codes/:id/classes */

/* The form as it was sent, when it is that one, else empty; sent: rq->form_state before any. */
void line_form(struct request *, const struct form *, struct form_state *sent);

#endif
