/* photo.c: see photo.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/secret.h"
#include "base/store.h"
#include "base/text.h"
#include "http/filetype.h"
#include "model/attachment.h"
#include "page/page.h"
#include "page/photo.h"
#include "page/upload.h"

/* NULL when it may be kept, else why not, as a msgid with %1 for its name. */
static const char *
fault(struct request *rq, const struct upload *u)
{
	if (u->len == 0)
		return "%1 is empty.";
	if (u->len > upload_most(rq))
		return "%1 is larger than %2 MB.";
	if (!filetype_is_photo(filetype_of(rq->kit->filetype, rq->arena, u->data, u->len)))
		return "%1 is not a photo (JPEG, PNG, WebP or HEIC).";
	return NULL;
}

/* NULL, or what to tell of what the virus scanner said. */
static const char *
scan_fault(struct request *rq, const struct upload *u)
{
	const char *why = NULL;
	enum status e = upload_scan(rq, u, &why);

	if (e == CONFLICT)
		return page_text_with(rq,
		    "%1 was not taken: the virus scanner found something in it.", u->filename,
		    NULL);
	return e ? why : NULL;
}

static bool
is_photo_field(const struct upload *u)
{
	return strcmp(u->field, "photo") == 0;
}

static size_t
kept_count(const struct request *rq)
{
	size_t n = 0;

	for (size_t i = 0; i < rq->form.count; i++)
		n += strcmp(rq->form.at[i].name, "kept") == 0;
	return n;
}

enum status
photo_check(struct request *rq, const char **why)
{
	size_t n = kept_count(rq);

	*why = NULL;
	for (size_t i = 0; i < rq->uploads.count; i++) {
		const struct upload *u = &rq->uploads.at[i];
		const char *f;

		if (!is_photo_field(u))
			return BAD_REQUEST;
		f = fault(rq, u);
		if (f != NULL && *why == NULL)
			*why = page_text_with(rq, f, u->filename, upload_most_text(rq));
		if (f == NULL && *why == NULL)
			*why = scan_fault(rq, u);
		n++;
	}
	if (*why == NULL && n > MAX_PHOTOS)
		*why = page_text(rq, "At most five photos at a time.");
	return *why == NULL ? OK : INVALID;
}

static enum status
store(struct request *rq, const struct upload *u, struct stored *out)
{
	char *hex = arena_alloc(rq->arena, STORE_HEX + 1, 1);
	enum status e = store_put(rq->kit->config->files, u->data, u->len, hex);

	*out = upload_stored(rq, u, hex);
	return e;
}

/* digest:size:type:name, signed for this session: a form cannot claim a file that it did not bring.
 */
static const char *
token_of(struct request *rq, const struct stored *s)
{
	const char *text =
	    arena_print(rq->arena, "%s:%" PRId64 ":%s:%s", s->sha256, s->size, s->type, s->name);
	const char *message =
	    arena_print(rq->arena, "photo:%s:%s", rq->by->session ? rq->by->session : "", text);

	return arena_print(
	    rq->arena, "%s:%s", hmac_text(rq->arena, rq->kit->config->secret, message), text);
}

/* One part up to the next colon; *from moves behind it. */
static char *
part(struct request *rq, const char **from)
{
	size_t len = strcspn(*from, ":");
	char *text = arena_text(rq->arena, *from, len);

	*from += len + ((*from)[len] == ':');
	return text;
}

static bool
token_read(struct request *rq, const char *token, struct stored *out)
{
	const char *at = token;

	*out = (struct stored){ .drawn = true, .category = "PHOTO" };
	part(rq, &at);
	out->sha256 = part(rq, &at);
	out->size = strtoll(part(rq, &at), NULL, 10);
	out->type = part(rq, &at);
	out->name = at;
	return store_is_hex(out->sha256) && text_same_secret(token, token_of(rq, out));
}

void
photo_keep(struct request *rq)
{
	struct view *list = view_list(rq->view, "kept");
	struct stored s;

	for (size_t i = 0; i < rq->form.count; i++) {
		struct view *v;

		if (strcmp(rq->form.at[i].name, "kept") != 0 ||
		    !token_read(rq, rq->form.at[i].value, &s))
			continue;
		v = view_item(list);
		view_text(v, "token", rq->form.at[i].value);
		view_text(v, "name", s.name);
	}
	for (size_t i = 0; i < rq->uploads.count && i < MAX_PHOTOS; i++) {
		const struct upload *u = &rq->uploads.at[i];
		struct view *v;

		if (!is_photo_field(u) || fault(rq, u) != NULL || scan_fault(rq, u) != NULL ||
		    store(rq, u, &s) != OK)
			continue;
		v = view_item(list);
		view_text(v, "token", token_of(rq, &s));
		view_text(v, "name", s.name);
	}
	view_bool(rq->view, "has_kept", list->first != NULL);
}

enum status
photo_add(struct request *rq, const struct work_order *wo, const char *stage)
{
	struct stored s;
	enum status e = OK;

	for (size_t i = 0; !e && i < rq->form.count; i++)
		if (strcmp(rq->form.at[i].name, "kept") == 0)
			e = token_read(rq, rq->form.at[i].value, &s)
				? attachment_add(rq->by, wo, &s, stage)
				: BAD_REQUEST;
	for (size_t i = 0; !e && i < rq->uploads.count; i++) {
		s = upload_stored(rq, &rq->uploads.at[i], NULL);
		e = attachment_add(rq->by, wo, &s, stage);
	}
	return e;
}

enum status
photo_put(struct request *rq, const struct place *place)
{
	struct stored s;
	enum status e = OK;
	int64_t id;
	bool joined;

	for (size_t i = 0; !e && i < rq->form.count; i++)
		if (strcmp(rq->form.at[i].name, "kept") == 0)
			e = token_read(rq, rq->form.at[i].value, &s)
				? attachment_put(rq->by, place, &s, 0, &id, &joined)
				: BAD_REQUEST;
	for (size_t i = 0; !e && i < rq->uploads.count; i++) {
		s = upload_stored(rq, &rq->uploads.at[i], NULL);
		e = attachment_put(rq->by, place, &s, 0, &id, &joined);
	}
	return e;
}
