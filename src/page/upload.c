/* upload.c: see upload.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/store.h"
#include "base/text.h"
#include "http/clamd.h"
#include "http/filetype.h"
#include "model/site.h"
#include "page/page.h"
#include "page/upload.h"

enum { MB = 1024 * 1024, NAME_LENGTH = 160 };

size_t
upload_most(const struct request *rq)
{
	return (size_t)rq->site->file_most_mb * MB;
}

const char *
upload_most_text(const struct request *rq)
{
	return arena_print(rq->arena, "%" PRId64, rq->site->file_most_mb);
}

struct stored
upload_stored(struct request *rq, const struct upload *u, const char *sha256)
{
	const char *type = filetype_of(rq->kit->filetype, rq->arena, u->data, u->len);
	const struct filekind *k = filetype_kind(type);
	char *hex = arena_alloc(rq->arena, STORE_HEX + 1, 1);
	struct stored s = {
		.sha256 = sha256,
		.size = (int64_t)u->len,
		.type = type,
		.name = text_cut(rq->arena, u->filename, NAME_LENGTH),
		.category = k != NULL ? k->category : "DOCUMENT",
		.drawn = filetype_is_photo(type) || filetype_is_film(type) ||
			 strcmp(type, "application/pdf") == 0,
	};

	if (sha256 != NULL)
		return s;
	store_name(u->data, u->len, hex);
	s.sha256 = hex;
	s.root = rq->kit->config->files;
	s.bytes = u->data;
	return s;
}

/* Why a type is not taken, for those that people do send. */
static const struct {
	const char *mime; /* begins so */
	const char *why;
} refusals[] = {
	{ "image/svg", "%1 is a drawing that may hold a program (SVG). Send it as PNG or PDF." },
	{ "image/gif", "%1 is a GIF. Send it as PNG or JPEG." },
	{ "text/html", "%1 is a web page. Send it as PDF." },
	{ "text/xml", "%1 is a web page. Send it as PDF." },
	{ "application/xml", "%1 is a web page. Send it as PDF." },
	{ "application/zip", "%1 is an archive. Unpack it and send the files in it." },
	{ "text/x-", "%1 is a program or an archive; those are not taken." },
	{ "application/x-", "%1 is a program or an archive; those are not taken." },
	{ "application/vnd.microsoft.portable-executable",
	    "%1 is a program or an archive; those are not taken." },
};

static const char *
refusal(const char *mime)
{
	for (size_t i = 0; i < COUNT(refusals); i++)
		if (text_starts(mime, refusals[i].mime))
			return refusals[i].why;
	return "%1 is of a kind that is not taken. Photos, PDF, videos (MP4, WebM, MOV), sounds "
	       "(MP3, M4A, OGG, WAV), Word, Excel, OpenDocument, CSV and plain text are.";
}

const char *
upload_fault(struct request *rq, const struct upload *u)
{
	const char *type;

	if (u->len == 0)
		return page_text_with(rq, "%1 is empty.", u->filename, NULL);
	if (u->len > upload_most(rq))
		return page_text_with(
		    rq, "%1 is larger than %2 MB.", u->filename, upload_most_text(rq));
	type = filetype_of(rq->kit->filetype, rq->arena, u->data, u->len);
	if (filetype_kind(type) == NULL)
		return page_text_with(rq, refusal(type), u->filename, NULL);
	return NULL;
}

enum status
upload_scan(struct request *rq, const struct upload *u, const char **why)
{
	const struct config *config = rq->kit->config;
	enum status e;

	if (config->clamd == NULL)
		return OK;
	e = clamd_scan(rq->arena, config->clamd, u->data, u->len, why);
	if (e == INVALID) {
		log_warn("upload: %s holds %s: refused", u->filename, *why);
		return CONFLICT;
	}
	if (e == OK || !config->clamd_required)
		return OK;
	*why = page_text_with(rq,
	    "%1 was not taken: the virus scanner does not answer. Try again later.", u->filename,
	    NULL);
	return INVALID;
}
