/*
 * session.h: a browser that signed in.
 *
 * It holds an access token (a JWT of 15 minutes, http/token.h) and a refresh token (random, 7 days,
 * stored as a digest).  Each refresh gives a new one; the one before is honoured for half a minute,
 * for pages that load side by side; its use after that means that it was stolen: the session ends.
 */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "base/shape.h"
#include "model/password.h"

struct actor;

enum { ACCESS_MINUTES = 15, REFRESH_DAYS = 7, REFRESH_GRACE_SECONDS = 30 };

/* What stands behind an access token: the person, and what every page shows of them. */
struct signed_in {
	const char *session;
	int64_t user_id;
	const char *name;
	const char *email;
	const char *role;
	const char *language;
	const char *theme;
	const char *departments;
	int64_t unread;
};

/* SIGN_IN when it has ended, run out, or the person was deactivated. */
enum status session_find(const struct actor *, const char *session, struct signed_in *) MUST_CHECK;

struct fresh_session {
	const char *session;
	const char *refresh; /* the secret for the cookie; NULL: keep the one you have (grace) */
	int64_t user_id;
};

/*
 * OK; INVALID for a wrong address or password; TOO_MANY while slowed down (*wait seconds) or when
 * the gate is shut (*wait 1).  Failures are recorded: the caller commits in every case.
 */
enum status session_sign_in(const struct actor *, const struct gate *, const char *email,
    const char *password, const char *user_agent, struct fresh_session *, int64_t *wait) MUST_CHECK;
/* For who has just proved who they are by a link. */
enum status session_start(const struct actor *, int64_t user_id, const char *user_agent,
    struct fresh_session *) MUST_CHECK;
/*
 * Turns the refresh token into the next one, which follows from it and the server's secret. SIGN_IN
 * when the token is not known, too old, or used again after the grace (then the session has ended).
 */
enum status session_refresh(const struct actor *, const char *secret, const char *refresh,
    struct fresh_session *) MUST_CHECK;
enum status session_end(const struct actor *, const char *session) MUST_CHECK;
enum status session_end_all(const struct actor *, int64_t user_id) MUST_CHECK;

struct session_row {
	const char *id;
	const char *address;
	const char *user_agent;
	struct instant created_at;
	struct instant rotated_at;
	bool current;
};

extern const struct shape session_shape;
enum status session_list(const struct actor *, int64_t user_id, struct rows *) MUST_CHECK;

#endif
