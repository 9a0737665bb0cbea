/* identify.c: see identify.h. */
#include <stdlib.h>
#include <string.h>

#include "app/identify.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "http/token.h"
#include "model/session.h"
#include "model/site.h"
#include "page/account/cookies.h"
#include "page/page.h"

/* "3,7" as numbers. */
static void
read_departments(struct actor *by)
{
	size_t room = strlen(by->departments) / 2 + 1;
	int64_t *at = NEW_ARRAY(by->arena, int64_t, room);
	char *end;

	for (const char *p = by->departments; *p != '\0'; p = *end == ',' ? end + 1 : end) {
		at[by->department_count] = strtoll(p, &end, 10);
		if (end == p)
			break;
		by->department_count++;
	}
	by->department = at;
}

static enum status
become(struct request *rq, const char *session)
{
	struct signed_in who;
	enum status e = session_find(rq->by, session, &who);

	if (e)
		return e;
	rq->by->session = who.session;
	rq->by->user_id = who.user_id;
	rq->by->name = who.name;
	rq->by->email = who.email;
	rq->by->role = role_of(who.role);
	rq->by->language = who.language;
	rq->by->theme = who.theme;
	rq->by->departments = who.departments != NULL ? who.departments : "";
	rq->by->unread = who.unread;
	read_departments(rq->by);
	rq->csrf = form_token(rq->arena, rq->kit->config->secret, who.session);
	return OK;
}

/* The access token has run out: the refresh token gives another, and itself a successor. */
static enum status
refresh(struct request *rq)
{
	const char *token = cookie_get(rq, "refresh", rq->kit->secure);
	struct fresh_session fresh;
	enum status e, outcome;

	if (text_empty(token))
		return SIGN_IN;
	e = db_begin(rq->db);
	if (e)
		return e;
	outcome = session_refresh(rq->by, rq->kit->config->secret, token, &fresh);
	/* A reused token ends its session: that must be kept, although nobody is signed in by it.
	 */
	e = db_end(rq->db, outcome == SIGN_IN ? OK : outcome);
	if (e)
		return e;
	if (outcome == SIGN_IN) {
		cookies_forget(rq);
		return SIGN_IN;
	}
	cookies_give(rq, &fresh);
	return become(rq, fresh.session);
}

enum status
identify(struct request *rq)
{
	const char *token = cookie_get(rq, "access", rq->kit->secure);
	struct access access;
	enum status e = SIGN_IN;

	if (!text_empty(token) &&
	    access_read(rq->arena, rq->kit->config->secret, token, rq->by->now, &access) &&
	    text_same(access.site, rq->site->name))
		e = become(rq, access.session);
	if (e == SIGN_IN)
		e = refresh(rq);
	return e == SIGN_IN ? OK : e;
}

/* "https://plant.example:8443" is the origin of a page of the host "plant.example:8443". */
static bool
is_own(const struct request *rq)
{
	const char *origin = rq->wire->origin, *host;

	if (*origin == '\0')
		return strcmp(rq->wire->fetch_site, "same-origin") == 0;
	host = strstr(origin, "://");
	return host != NULL && strcasecmp(host + 3, rq->wire->host) == 0;
}

enum status
check_origin(struct request *rq)
{
	const char *given = pairs_get(&rq->form, "csrf");

	if (*rq->wire->fetch_site != '\0' && strcmp(rq->wire->fetch_site, "same-origin") != 0)
		return FORBIDDEN;
	if (!is_own(rq))
		return FORBIDDEN;
	if (rq->by->user_id == 0)
		return OK;
	return given != NULL && text_same_secret(given, rq->csrf) ? OK : FORBIDDEN;
}
