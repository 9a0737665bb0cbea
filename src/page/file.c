/* file.c: nginx sends the bytes (X-Accel-Redirect), after this has said that it may. */
#include <string.h>

#include "base/arena.h"
#include "base/store.h"
#include "base/text.h"
#include "model/attachment.h"
#include "page/file.h"
#include "page/page.h"

/* The name for a header: what RFC 6266 allows in quotes, and the whole one beside it. */
static const char *
disposition(struct request *rq, const char *name)
{
	char *plain = arena_text(rq->arena, name, strlen(name));

	for (char *p = plain; *p != '\0'; p++)
		if (*p < ' ' || *p == '"' || *p == '\\' || (unsigned char)*p > '~')
			*p = '_';
	return arena_print(rq->arena, "inline; filename=\"%s\"; filename*=UTF-8''%s", plain,
	    text_url(rq->arena, name));
}

/* Until its pictures are made (a second or two), or when they cannot be, the original stands for
 * them. */
static enum status
send(struct request *rq, const char *suffix)
{
	struct attachment at;
	enum status e = attachment_find(rq->by, request_id(rq, 0), &at);
	bool made;

	if (e)
		return e;
	made = suffix != NULL && at.small;
	header_set(rq, "X-Accel-Redirect",
	    arena_print(
		rq->arena, "/_files/%s", store_path(rq->arena, at.sha256, made ? suffix : NULL)));
	header_set(rq, "Content-Type", made ? "image/jpeg" : at.type);
	header_set(rq, "Content-Disposition", disposition(rq, at.name));
	header_set(
	    rq, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	header_set(
	    rq, "Cache-Control", made || suffix == NULL ? "private, max-age=86400" : "no-store");
	rq->response.code = 200;
	return OK;
}

enum status
file_page(struct request *rq)
{
	return send(rq, NULL);
}

enum status
file_small_page(struct request *rq)
{
	return send(rq, ".small.jpg");
}

enum status
file_large_page(struct request *rq)
{
	return send(rq, ".large.jpg");
}
