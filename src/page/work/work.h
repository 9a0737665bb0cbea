/* work.h: the pages of work orders. */
#ifndef PAGE_WORK_WORK_H
#define PAGE_WORK_WORK_H

#include "http/request.h"

handler work_order_list_page, work_order_page;
handler work_orders_csv, work_orders_xlsx; /* the list as a file */
handler accept_post, release_post, resume_post, follow_post, log_post;
handler complete_page, complete_post, confirm_post, reopen_post, cancel_post;
handler work_order_edit_page, work_order_edit_post;
handler ask_parts_page, ask_parts_post;
handler job_card_page;

/* After an act: the flash and back to the work order; on CONFLICT the page says why not, and what
 * may be done. */
enum status work_order_done(
    struct request *, int64_t id, enum status, const char *flash_code) MUST_CHECK;
/* The work order's page, for who shows it again with a form that was refused. */
enum status work_order_show(struct request *, int64_t id) MUST_CHECK;

#endif
