/* token.c: see token.h. */
#include <inttypes.h>
#include <jwt.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "http/decode.h"
#include "http/token.h"

enum { MAX_TOKEN = 4096 }; /* bytes; browsers keep no longer cookie */

static int
claims_add(jwt_t *jwt, struct arena *a, const struct access *access)
{
	int wrong = 0;

	wrong |= jwt_add_grant(jwt, "sid", access->session);
	wrong |= jwt_add_grant(jwt, "sub", arena_print(a, "%" PRId64, access->user_id));
	wrong |= jwt_add_grant(jwt, "site", access->site);
	wrong |= jwt_add_grant_int(jwt, "iat", now().us / SECOND);
	wrong |= jwt_add_grant_int(jwt, "exp", access->expires.us / SECOND);
	return wrong;
}

char *
access_token(struct arena *a, const char *secret, const struct access *access)
{
	jwt_t *jwt = NULL;
	char *encoded = NULL;
	char *token = NULL;

	if (*secret == '\0' || jwt_new(&jwt) != 0)
		return NULL;
	if (claims_add(jwt, a, access) == 0 &&
	    jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)secret, (int)strlen(secret)) ==
		0)
		encoded = jwt_encode_str(jwt);
	if (encoded != NULL) {
		token = arena_text(a, encoded, strlen(encoded));
		free(encoded);
	}
	jwt_free(jwt);
	return token;
}

/* libjwt before 1.16 compares with strcmp (CVE-2024-25189), so that time tells; this does not. */
static bool
signature_is_good(struct arena *a, const char *secret, const char *token)
{
	const char *dot = strrchr(token, '.');

	if (dot == NULL)
		return false;
	return text_same_secret(
	    hmac_text(a, secret, arena_text(a, token, (size_t)(dot - token))), dot + 1);
}

static bool
claims_read(struct arena *a, jwt_t *jwt, struct access *out)
{
	const char *session = jwt_get_grant(jwt, "sid");
	const char *user = jwt_get_grant(jwt, "sub");
	const char *site = jwt_get_grant(jwt, "site");
	int64_t expires = jwt_get_grant_int(jwt, "exp");
	int64_t id;

	if (session == NULL || user == NULL || site == NULL || !int_read(user, &id) || id <= 0 ||
	    expires <= 0 || expires > INT64_MAX / SECOND)
		return false;
	*out = (struct access){
		.session = arena_text(a, session, strlen(session)),
		.user_id = id,
		.site = arena_text(a, site, strlen(site)),
		.expires = { true, expires * SECOND },
	};
	return true;
}

bool
access_read(
    struct arena *a, const char *secret, const char *token, struct instant at, struct access *out)
{
	struct access access;
	jwt_t *jwt = NULL;
	bool good;

	if (*secret == '\0' || strlen(token) > MAX_TOKEN || !signature_is_good(a, secret, token))
		return false;
	if (jwt_decode(&jwt, token, (const unsigned char *)secret, (int)strlen(secret)) != 0)
		return false;
	good = jwt_get_alg(jwt) == JWT_ALG_HS256 && claims_read(a, jwt, &access);
	jwt_free(jwt);
	if (!good || !at.known || at.us >= access.expires.us)
		return false;
	*out = access;
	return true;
}

char *
form_token(struct arena *a, const char *secret, const char *session)
{
	return hmac_text(a, secret, arena_print(a, "form:%s", session));
}
