/* admin.h: people and the activity log.  Registers are in page/register.h. */
#ifndef PAGE_ADMIN_ADMIN_H
#define PAGE_ADMIN_ADMIN_H

#include "http/request.h"

handler user_invite_post, user_sign_out_post, user_rate_post;
/* For page/registers.c: a person's page has more; who is new is invited. */
enum status user_more(struct request *, const void *record) MUST_CHECK;
enum status user_created(struct request *, const void *record) MUST_CHECK;
handler activity_page, activity_log_page, activity_check_post, activity_export_post;
handler activity_export_page;
handler deliveries_page, delivery_again_post, system_page;

#endif
