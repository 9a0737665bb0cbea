/* file.c: nginx sends the bytes (X-Accel-Redirect), after this has said that it may. */
#include <string.h>

#include "base/arena.h"
#include "base/store.h"
#include "base/text.h"
#include "http/filetype.h"
#include "page/file.h"
#include "page/page.h"
#include "register/attached.h"

/* The name for a header: what RFC 6266 allows in quotes, and the whole one beside it. */
static const char *
disposition(struct request *rq, const char *how, const char *name)
{
	char *plain = arena_text(rq->arena, name, strlen(name));

	for (char *p = plain; *p != '\0'; p++)
		if (*p < ' ' || *p == '"' || *p == '\\' || (unsigned char)*p > '~')
			*p = '_';
	return arena_print(rq->arena, "%s; filename=\"%s\"; filename*=UTF-8''%s", how, plain,
	    text_url(rq->arena, name));
}

/* Any of them; NOT_FOUND when the person may not see its record, or it was removed. */
static enum status
find(struct request *rq, struct attachment *f)
{
	struct attached to;
	enum status e = attachment_find(rq->by, request_id(rq, 0), f);

	if (!e)
		e = attached_find(rq->by, f->kind, f->record_id, &to);
	if (!e && (f->removed_at.known || f->gone))
		e = NOT_FOUND;
	return e;
}

/* Whatever it holds runs nothing, is taken for nothing else, and stands in no frame. */
static void
guard(struct request *rq, const char *type, const char *cache)
{
	header_set(rq, "Content-Type", type);
	header_set(
	    rq, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	header_set(rq, "Cache-Control", cache);
	rq->response.code = 200;
}

static enum status
send_file(struct request *rq, const struct attachment *f, const char *suffix, const char *type)
{
	const struct filekind *k = filetype_kind(type);
	const char *name = k != NULL ? filetype_name(rq->arena, k, f->name) : f->name;
	const bool shown = suffix != NULL || (k != NULL && k->shown);

	header_set(rq, "X-Accel-Redirect",
	    arena_print(rq->arena, "/_files/%s", store_path(rq->arena, f->sha256, suffix)));
	header_set(
	    rq, "Content-Disposition", disposition(rq, shown ? "inline" : "attachment", name));
	guard(rq, type, "private, max-age=86400");
	return OK;
}

/* Stands for a picture that is being made, which takes a second or two. */
static enum status
send_waiting(struct request *rq)
{
	static const char svg[] =
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\""
	    " viewBox=\"0 0 96 96\" fill=\"none\" stroke=\"#7c8a8c\" stroke-width=\"3\""
	    " stroke-linecap=\"round\"><circle cx=\"48\" cy=\"48\" r=\"17\"/>"
	    "<path d=\"M48 38v10l7 5\"/></svg>";

	guard(rq, "image/svg+xml", "no-store");
	buf_text(&rq->response.body, svg);
	return OK;
}

/*
 * A photo is only ever sent as what was made of it: upright, without place and camera.  One that
 * cannot be read is not sent at all.
 */
static enum status
send_picture(struct request *rq, const char *suffix)
{
	struct attachment f;
	enum status e = find(rq, &f);

	if (e)
		return e;
	if (f.small)
		return send_file(rq, &f, suffix, "image/jpeg");
	return strcmp(f.picture, "WANTED") == 0 ? send_waiting(rq) : NOT_FOUND;
}

/* Its place is still in it; a second, and it is not. */
static enum status
send_later(struct request *rq)
{
	guard(rq, "text/plain; charset=utf-8", "no-store");
	header_set(rq, "Retry-After", "2");
	buf_text(&rq->response.body, page_text(rq, "It is being prepared. Try again in a moment."));
	rq->response.code = 503;
	return OK;
}

enum status
file_page(struct request *rq)
{
	struct attachment f;
	enum status e = find(rq, &f);

	if (e)
		return e;
	if (filetype_is_photo(f.type))
		return send_picture(rq, ".whole.jpg");
	if (!filetype_is_film(f.type) || strcmp(f.picture, "MADE") != 0)
		return filetype_is_film(f.type) && strcmp(f.picture, "WANTED") == 0
			   ? send_later(rq)
			   : send_file(rq, &f, NULL, f.type);
	return send_file(rq, &f, ".clean", f.type);
}

enum status
file_small_page(struct request *rq)
{
	return send_picture(rq, ".small.jpg");
}

enum status
file_large_page(struct request *rq)
{
	return send_picture(rq, ".large.jpg");
}
