/* label.h: codes and their labels: what a scan leads to, printing, printers, replacing. */
#ifndef PAGE_LABEL_H
#define PAGE_LABEL_H

#include "http/request.h"

struct code_found;

handler code_page;       /* GET /q/:code */
handler code_svg_page;   /* GET /q/:code/code.svg */
handler code_post;       /* POST /<base>/:id/code: another code */
handler labels_page;     /* GET /labels */
handler labels_pdf;      /* GET /labels/sheet.pdf */
handler labels_svg;      /* GET /labels/preview.svg */
handler labels_post;     /* POST /labels/print: to a ZPL printer */
handler calibration_pdf; /* GET /printers/:id/calibration.pdf */
handler calibrate_post;  /* POST /printers/:id/calibrate */

/* What a printer's own page has (page/registers.c). */
enum status printer_more(struct request *, const void *record) MUST_CHECK;

/* Adds the group code_card for templates/label/code_card.html; code may be NULL: none yet. */
void code_card(struct request *, const char *kind, const char *base, int64_t id, const char *code);
/* Where a code that was found leads this person; for the scan page, too. */
enum status code_lead(struct request *, const char *code, const struct code_found *) MUST_CHECK;
/* Why what was typed leads nowhere, in the person's language. */
const char *code_complaint(const struct request *, const char *typed);

#endif
