/* filetype.c: see filetype.h. */
#include <magic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "http/filetype.h"

/* Types show in the first bytes; more only costs time. */
enum { LOOK_AT = 256 * 1024 };

struct filetype {
	magic_t magic;
	bool broken;
};

/* What a photo must have at a place; several lines of a type: any of them. */
static const struct start {
	const char *mime;
	const char *bytes;
	size_t len;
	size_t at;
	const char *also; /* and this at 8 */
} starts[] = {
	{ "image/jpeg", "\xff\xd8\xff", 3, 0, NULL },
	{ "image/png", "\x89PNG\r\n\x1a\n", 8, 0, NULL },
	{ "image/webp", "RIFF", 4, 0, "WEBP" },
	{ "image/heic", "ftyp", 4, 4, "heic" },
	{ "image/heic", "ftyp", 4, 4, "heix" },
	{ "image/heic", "ftyp", 4, 4, "heim" },
	{ "image/heic", "ftyp", 4, 4, "heis" },
	{ "image/heic", "ftyp", 4, 4, "mif1" },
	{ "image/heif", "ftyp", 4, 4, "mif1" },
	{ "image/heif", "ftyp", 4, 4, "heic" },
	{ "image/heif", "ftyp", 4, 4, "heix" },
};

struct filetype *
filetype_open(void)
{
	struct filetype *f = calloc(1, sizeof(*f));

	if (f == NULL)
		die("filetype: out of memory");
	return f;
}

void
filetype_close(struct filetype *f)
{
	if (f == NULL)
		return;
	if (f->magic != NULL)
		magic_close(f->magic);
	free(f);
}

static bool
load(struct filetype *f)
{
	if (f->magic != NULL || f->broken)
		return !f->broken;
	/* Nobody wants to know what is inside of an archive; unpacking is a risk. */
	f->magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
	f->broken = f->magic == NULL || magic_load(f->magic, NULL) != 0;
	if (f->broken)
		log_error("filetype: libmagic: %s; install libmagic-mgc",
		    f->magic == NULL ? "cannot open" : magic_error(f->magic));
	return !f->broken;
}

const char *
filetype_of(struct filetype *f, struct arena *a, const void *bytes, size_t len)
{
	const char *mime;

	if (len == 0 || !load(f))
		return "application/octet-stream";
	mime = magic_buffer(f->magic, bytes, len < LOOK_AT ? len : LOOK_AT);
	if (mime == NULL || (filetype_is_photo(mime) && !filetype_begins(mime, bytes, len)))
		return "application/octet-stream";
	return arena_text(a, mime, strlen(mime));
}

bool
filetype_is_photo(const char *mime)
{
	for (size_t i = 0; i < COUNT(starts); i++)
		if (strcmp(starts[i].mime, mime) == 0)
			return true;
	return false;
}

bool
filetype_begins(const char *mime, const void *bytes, size_t len)
{
	const char *text = bytes;

	for (size_t i = 0; i < COUNT(starts); i++) {
		const struct start *s = &starts[i];

		if (len < 12 || strcmp(s->mime, mime) != 0)
			continue;
		if (memcmp(text + s->at, s->bytes, s->len) != 0)
			continue;
		if (s->also == NULL || memcmp(text + 8, s->also, 4) == 0)
			return true;
	}
	return false;
}
