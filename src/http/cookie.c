/* cookie.c: cookies in and out.  Values are percent-encoded on the wire. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/response.h"

static enum status
cookie_read(struct request *rq, const char *from, size_t len)
{
	const char *equals = memchr(from, '=', len);
	const char *name, *value;

	if (equals == NULL || rq->cookies.count >= MAX_FIELDS)
		return BAD_REQUEST;
	name = text_checked(rq->arena, from, (size_t)(equals - from));
	value = url_decode(rq->arena, equals + 1, (size_t)(from + len - equals) - 1, false);
	if (name == NULL || value == NULL)
		return BAD_REQUEST;
	pairs_add(rq->arena, &rq->cookies, name, value);
	return OK;
}

enum status
cookies_read(struct request *rq, const char *text)
{
	enum status e = OK;

	while (*text != '\0' && e == OK) {
		size_t len;

		text += strspn(text, " \t");
		len = strcspn(text, ";");
		if (len > 0)
			e = cookie_read(rq, text, len);
		text += len;
		text += *text == ';';
	}
	return e;
}

/* __Host-: the browser takes it only over https, for this host, and no subdomain can plant one. */
static const char *
cookie_name(struct arena *a, const char *name, bool secure)
{
	return secure ? arena_print(a, "__Host-%s", name) : name;
}

void
cookie_set(struct request *rq, const char *name, const char *value, int64_t seconds, bool secure)
{
	struct buf b = { .arena = rq->arena };

	buf_print(&b, "%s=%s; Path=/; HttpOnly; SameSite=Lax", cookie_name(rq->arena, name, secure),
	    seconds == COOKIE_DELETE ? "" : text_url(rq->arena, value));
	if (seconds != COOKIE_SESSION)
		buf_print(&b, "; Max-Age=%" PRId64, seconds < 0 ? INT64_C(0) : seconds);
	if (secure)
		buf_text(&b, "; Secure");
	header_add(rq, "Set-Cookie", b.text);
}

const char *
cookie_get(const struct request *rq, const char *name, bool secure)
{
	return pairs_get(&rq->cookies, cookie_name(rq->arena, name, secure));
}
