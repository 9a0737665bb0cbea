/* open.h: reporting without an account: the visitor's pages, and the supervisor's. */
#ifndef PAGE_OPEN_H
#define PAGE_OPEN_H

#include "http/request.h"

struct code_found;

/* The page of a machine's code for somebody who is not signed in: sign in, or report. */
enum status open_report_show(
    struct request *, const char *code, const struct code_found *) MUST_CHECK;

handler open_report_post;         /* POST /q/:code/report */
handler open_follow_page;         /* GET /follow/:secret */
handler open_follow_post;         /* POST /follow/:secret/add */
handler open_reports_page;        /* GET /open-reports */
handler open_report_page;         /* GET /open-reports/:id */
handler open_report_confirm_post; /* POST /open-reports/:id/confirm */
handler open_report_reject_post;  /* POST /open-reports/:id/reject */

#endif
