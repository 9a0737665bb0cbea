/* headers.c: see headers.h. */
#include <string.h>

#include "app/headers.h"
#include "base/buf.h"
#include "http/request.h"
#include "page/page.h"

static const struct {
	const char *name;
	const char *value;
} always[] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
	    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; "
	    "font-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; "
	    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cache-Control", "no-store" },
};

static bool
is_set(const struct request *rq, const char *name)
{
	const char *at = rq->response.headers.text;
	size_t len = strlen(name);

	for (; at != NULL && *at != '\0'; at = strchr(at, '\n') + 1)
		if (strncmp(at, name, len) == 0 && at[len] == ':')
			return true;
	return false;
}

void
headers_finish(struct request *rq)
{
	for (size_t i = 0; i < COUNT(always); i++)
		if (!is_set(rq, always[i].name))
			header_set(rq, always[i].name, always[i].value);
	if (rq->kit->secure)
		header_set(rq, "Strict-Transport-Security", "max-age=31536000");
}
