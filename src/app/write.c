/* write.c: see write.h. */
#include <string.h>

#include "app/write.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/db.h"
#include "http/form.h"
#include "model/once.h"
#include "page/page.h"

/* What was sent: method, path, fields and files, without what differs from page to page. */
static void
digest_of(struct request *rq, unsigned char out[SHA256_BYTES])
{
	struct buf b = { .arena = rq->arena };
	unsigned char file[SHA256_BYTES];

	buf_text(&b, rq->path);
	for (size_t i = 0; i < rq->form.count; i++) {
		const struct pair *p = &rq->form.at[i];

		if (strcmp(p->name, "csrf") == 0 || strcmp(p->name, "once") == 0)
			continue;
		buf_add(&b, p->name, strlen(p->name) + 1);
		buf_add(&b, p->value, strlen(p->value) + 1);
	}
	for (size_t i = 0; i < rq->uploads.count; i++) {
		sha256(rq->uploads.at[i].data, rq->uploads.at[i].len, file);
		buf_add(&b, (const char *)file, sizeof(file));
	}
	sha256(b.text, b.len, out);
}

/* The value of the Location header that the handler has set. */
static const char *
location(const struct request *rq)
{
	const char *at = rq->response.headers.text != NULL
			     ? strstr(rq->response.headers.text, "Location: ")
			     : NULL;

	if (at == NULL)
		return "";
	at += strlen("Location: ");
	return arena_text(rq->arena, at, strcspn(at, "\r"));
}

static enum status
answer_again(struct request *rq, const char *once, const unsigned char digest[SHA256_BYTES])
{
	struct answer a;
	enum status e = once_answer(rq->by, once, digest, &a);

	if (e == NOT_FOUND)
		return RETRY; /* the first one was rolled back meanwhile */
	if (e)
		return e;
	if (!a.same)
		return CONFLICT;
	flash(rq, "sent_already", NULL);
	return redirect(rq, "%s", a.location);
}

/* Who looks at no form takes no fields: what came along was not sent by a page of ours. */
static enum status
handle(struct request *rq)
{
	enum status e = rq->route->handle(rq);

	if (e || rq->names_known || rq->response.code != 303)
		return e;
	e = form_only(rq, NULL);
	if (e)
		rq->response.headers.len = 0;
	return e;
}

static enum status
run(struct request *rq, const char *once, const unsigned char digest[SHA256_BYTES], bool *claimed)
{
	enum status e = once_claim(rq->by, once, digest);

	*claimed = e != CONFLICT;
	if (e)
		return e;
	e = handle(rq);
	if (!e && rq->response.code == 303)
		e = once_settle(rq->by, once, 303, location(rq));
	return e;
}

static enum status
write_open(struct request *rq)
{
	enum status e = db_begin(rq->db);

	return e ? e : db_end(rq->db, handle(rq));
}

enum status
write_once(struct request *rq)
{
	const char *once = pairs_get(&rq->form, "once");
	unsigned char digest[SHA256_BYTES];
	bool claimed;
	enum status e, outcome;

	if (rq->route->flags & ROUTE_OPEN)
		return write_open(rq);
	if (text_empty(once) || strlen(once) > 64)
		return BAD_REQUEST;
	digest_of(rq, digest);
	e = db_begin(rq->db);
	if (e)
		return e;
	outcome = run(rq, once, digest, &claimed);
	if (!outcome && rq->response.code == 303)
		return db_end(rq->db, OK);
	/* Nothing to keep: refused, or the page is shown again.  INVALID only makes db_end roll
	 * back. */
	e = db_end(rq->db, outcome ? outcome : INVALID);
	if (!claimed)
		return answer_again(rq, once, digest);
	return outcome ? e : OK;
}
