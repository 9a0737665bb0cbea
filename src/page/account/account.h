/* account.h: signing in and out, passwords, one's own choices. */
#ifndef PAGE_ACCOUNT_ACCOUNT_H
#define PAGE_ACCOUNT_ACCOUNT_H

#include "http/request.h"

handler sign_in_page, sign_in_post, sign_out_post;
handler forgot_page, forgot_post, set_password_page, set_password_post;
handler register_account_page, register_account_post;
handler account_page, account_post, password_post, sign_out_everywhere_post;
handler language_post, theme_post;
handler notifications_page, notification_open_post, notifications_read_post;

/* Where to after signing in: a path of our own, or "/". */
const char *safe_next(const char *path);

#endif
