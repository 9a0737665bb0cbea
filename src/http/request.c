/* request.c: from the wire to method, query, cookies, form and files. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/multipart.h"

static enum status
method_read(struct request *rq, const char *method)
{
	/* Who sends a HEAD gets a GET's headers; nginx takes the body away. */
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		rq->method = GET;
	else if (strcmp(method, "POST") == 0)
		rq->method = POST;
	else
		return BAD_REQUEST;
	return OK;
}

/* The media type is this one, whatever parameters follow. */
static bool
type_is(const char *content_type, const char *type)
{
	size_t len = strlen(type);

	if (strncasecmp(content_type, type, len) != 0)
		return false;
	content_type += len;
	content_type += strspn(content_type, " \t");
	return *content_type == '\0' || *content_type == ';';
}

static enum status
body_parse(struct request *rq, const struct wire *w)
{
	const char *boundary;

	if (type_is(w->content_type, "application/x-www-form-urlencoded")) {
		if (w->body_len > MAX_FORM_BODY)
			return BAD_REQUEST;
		return pairs_read(rq->arena, &rq->form, w->body, w->body_len);
	}
	if (!type_is(w->content_type, "multipart/form-data") || w->body_len > MAX_BODY)
		return BAD_REQUEST;
	boundary = multipart_boundary(rq->arena, w->content_type);
	if (boundary == NULL)
		return BAD_REQUEST;
	return multipart_read(rq->arena, boundary, w->body, w->body_len, &rq->form, &rq->uploads);
}

static enum status
body_read(struct request *rq, const struct wire *w)
{
	enum status e;

	if (w->body_too_large)
		return BAD_REQUEST;
	if (w->body_len == 0)
		return OK;
	if (rq->method != POST)
		return BAD_REQUEST;
	e = body_parse(rq, w);
	for (size_t i = 0; i < rq->form.count; i++)
		rq->form.at[i].value = text_lines(rq->arena, rq->form.at[i].value);
	return e;
}

enum status
request_read(struct request *rq, const struct wire *w)
{
	enum status e;

	rq->wire = w;
	rq->path = w->path;
	rq->response.headers.arena = rq->arena;
	rq->response.body.arena = rq->arena;
	if (*w->path != '/' || !text_is_utf8(w->path, strlen(w->path)))
		return BAD_REQUEST;
	e = method_read(rq, w->method);
	if (e == OK)
		e = pairs_read(rq->arena, &rq->query, w->query, strlen(w->query));
	if (e == OK)
		e = cookies_read(rq, w->cookie);
	if (e == OK)
		e = body_read(rq, w);
	return e;
}

static int64_t
id_read(const char *text)
{
	int64_t id;

	return text != NULL && int_read(text, &id) && id > 0 ? id : 0;
}

int64_t
request_id(const struct request *rq, size_t capture)
{
	return capture < MAX_CAPTURES ? id_read(rq->capture[capture]) : 0;
}

int64_t
query_id(const struct request *rq, const char *name)
{
	return id_read(pairs_get(&rq->query, name));
}
