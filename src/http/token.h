/*
 * token.h: access tokens (JWT, HS256, by libjwt) and form tokens (HMAC).
 */
#ifndef HTTP_TOKEN_H
#define HTTP_TOKEN_H

#include "base/shape.h"

struct arena;

struct access {
	const char *session; /* the session's public id */
	int64_t user_id;
	const char *site; /* name; a token of another site is no token */
	struct instant expires;
};

/* NULL when the secret is empty. */
char *access_token(struct arena *, const char *secret, const struct access *);
/* false when the signature is wrong, the algorithm another, or it has expired.  The caller compares
 * the site. */
bool access_read(
    struct arena *, const char *secret, const char *token, struct instant now, struct access *);

/* Bound to the session: HMAC(secret, "form:" session). */
char *form_token(struct arena *, const char *secret, const char *session);

#endif
