/* admin.h: people and the activity log.  Registers are in page/register.h. */
#ifndef PAGE_ADMIN_ADMIN_H
#define PAGE_ADMIN_ADMIN_H

#include "http/request.h"

handler user_page, user_new_page, user_new_post, user_edit_page, user_edit_post;
handler user_archive_post, user_restore_post, user_invite_post, user_sign_out_post, user_rate_post;
handler activity_page, activity_log_page, activity_check_post, activity_export_post;
handler activity_export_page;
handler deliveries_page, delivery_again_post, system_page;

#endif
