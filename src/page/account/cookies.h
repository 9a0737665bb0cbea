/* cookies.h: the two cookies of a session. */
#ifndef PAGE_ACCOUNT_COOKIES_H
#define PAGE_ACCOUNT_COOKIES_H

struct fresh_session;
struct request;

/* An access token for the session, and its refresh token when it has a new one. */
void cookies_give(struct request *, const struct fresh_session *);
void cookies_forget(struct request *);

#endif
