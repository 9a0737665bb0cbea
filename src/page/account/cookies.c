/* cookies.c: see cookies.h. */
#include "page/account/cookies.h"
#include "base/config.h"
#include "base/time.h"
#include "http/token.h"
#include "model/session.h"
#include "model/site.h"
#include "page/page.h"

void
cookies_give(struct request *rq, const struct fresh_session *s)
{
	const struct access access = {
		.session = s->session,
		.user_id = s->user_id,
		.site = rq->site->name,
		.expires = instant_add(rq->by->now, ACCESS_MINUTES * MINUTE),
	};
	/* Kept as long as the refresh token: an expired one still names no secret, and is refused.
	 */
	cookie_set(rq, "access", access_token(rq->arena, rq->kit->config->secret, &access),
	    REFRESH_DAYS * DAY / SECOND, rq->kit->secure);
	if (s->refresh != NULL)
		cookie_set(rq, "refresh", s->refresh, REFRESH_DAYS * DAY / SECOND, rq->kit->secure);
}

void
cookies_forget(struct request *rq)
{
	cookie_set(rq, "access", "", COOKIE_DELETE, rq->kit->secure);
	cookie_set(rq, "refresh", "", COOKIE_DELETE, rq->kit->secure);
}
