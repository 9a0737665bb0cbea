/* filetype.c: see filetype.h. */
#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/log.h"
#include "http/filetype.h"

/* Types show in the first bytes; more only costs time. */
enum { LOOK_AT = 256 * 1024 };

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define ODT "application/vnd.oasis.opendocument.text"
#define ODS "application/vnd.oasis.opendocument.spreadsheet"

struct filetype {
	magic_t magic;
	bool broken;
};

/* What a file must have at a place; several lines of a type: any of them. */
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
	{ "application/pdf", "%PDF-", 5, 0, NULL },
	{ "video/mp4", "ftyp", 4, 4, NULL },
	{ "video/quicktime", "ftyp", 4, 4, NULL },
	{ "video/quicktime", "moov", 4, 4, NULL },
	{ "video/quicktime", "mdat", 4, 4, NULL },
	{ "video/quicktime", "wide", 4, 4, NULL },
	{ "video/webm", "\x1a\x45\xdf\xa3", 4, 0, NULL },
	{ "audio/mpeg", "ID3", 3, 0, NULL },
	{ "audio/mpeg", "\xff\xfb", 2, 0, NULL },
	{ "audio/mpeg", "\xff\xfa", 2, 0, NULL },
	{ "audio/mpeg", "\xff\xf3", 2, 0, NULL },
	{ "audio/mpeg", "\xff\xf2", 2, 0, NULL },
	{ "audio/mp4", "ftyp", 4, 4, NULL },
	{ "audio/ogg", "\x4fggS", 4, 0, NULL },
	{ "audio/wav", "RIFF", 4, 0, "WAVE" },
	{ DOCX, "PK\3\4", 4, 0, NULL },
	{ XLSX, "PK\3\4", 4, 0, NULL },
	{ ODT, "PK\3\4", 4, 0, NULL },
	{ ODS, "PK\3\4", 4, 0, NULL },
};

/* Other names of libmagic for the same types. */
static const struct {
	const char *said;
	const char *mime;
} also_called[] = {
	{ "audio/x-m4a", "audio/mp4" },
	{ "video/x-m4v", "video/mp4" },
	{ "audio/x-wav", "audio/wav" },
	{ "application/ogg", "audio/ogg" },
	{ "application/csv", "text/csv" },
};

/* No SVG, HTML or XML: script; no programs, archives, GIF or formats with macros. */
static const struct filekind filekinds[] = {
	{ "image/jpeg", "PHOTO", ".jpg .jpeg .jfif", true },
	{ "image/png", "PHOTO", ".png", true },
	{ "image/webp", "PHOTO", ".webp", true },
	{ "image/heic", "PHOTO", ".heic .heif", true },
	{ "image/heif", "PHOTO", ".heif .heic", true },
	{ "application/pdf", "DOCUMENT", ".pdf", false },
	{ "video/mp4", "VIDEO", ".mp4 .m4v", true },
	{ "video/webm", "VIDEO", ".webm", true },
	{ "video/quicktime", "VIDEO", ".mov .qt", true },
	{ "audio/mpeg", "SOUND", ".mp3", true },
	{ "audio/mp4", "SOUND", ".m4a .mp4", true },
	{ "audio/ogg", "SOUND", ".ogg .oga .opus", true },
	{ "audio/wav", "SOUND", ".wav", true },
	{ DOCX, "DOCUMENT", ".docx", false },
	{ XLSX, "DOCUMENT", ".xlsx", false },
	{ ODT, "DOCUMENT", ".odt", false },
	{ ODS, "DOCUMENT", ".ods", false },
	{ "text/csv", "DOCUMENT", ".csv", false },
	{ "text/plain", "DOCUMENT", ".txt .csv .log .md", false },
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

static const char *
usual_name(const char *mime)
{
	for (size_t i = 0; i < COUNT(also_called); i++)
		if (strcmp(also_called[i].said, mime) == 0)
			return also_called[i].mime;
	return mime;
}

static bool
has_start(const char *mime)
{
	for (size_t i = 0; i < COUNT(starts); i++)
		if (strcmp(starts[i].mime, mime) == 0)
			return true;
	return false;
}

/* Markup of a kind that libmagic does not know (DTD, VML) is still markup. */
static bool
is_markup(const char *text, size_t len)
{
	while (len > 0 && (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')) {
		text++;
		len--;
	}
	return len > 1 && *text == '<' &&
	       (strchr("!?/", text[1]) != NULL ||
		   ((text[1] | 0x20) >= 'a' && (text[1] | 0x20) <= 'z'));
}

const char *
filetype_of(struct filetype *f, struct arena *a, const void *bytes, size_t len)
{
	const char *mime;

	if (len == 0 || !load(f))
		return "application/octet-stream";
	mime = magic_buffer(f->magic, bytes, len < LOOK_AT ? len : LOOK_AT);
	if (mime != NULL)
		mime = usual_name(mime);
	if (mime == NULL || (has_start(mime) && !filetype_begins(mime, bytes, len)))
		return "application/octet-stream";
	if (strcmp(mime, "text/plain") == 0 && is_markup(bytes, len))
		return "text/xml";
	return arena_text(a, mime, strlen(mime));
}

const struct filekind *
filetype_kind(const char *mime)
{
	for (size_t i = 0; i < COUNT(filekinds); i++)
		if (strcmp(filekinds[i].mime, mime) == 0)
			return &filekinds[i];
	return NULL;
}

bool
filetype_is_film(const char *mime)
{
	return strcmp(mime, "video/mp4") == 0 || strcmp(mime, "video/quicktime") == 0 ||
	       strcmp(mime, "audio/mp4") == 0;
}

bool
filetype_is_photo(const char *mime)
{
	const struct filekind *k = filetype_kind(mime);

	return k != NULL && strcmp(k->category, "PHOTO") == 0;
}

const char *
filetype_name(struct arena *a, const struct filekind *k, const char *name)
{
	const char *dot = strrchr(name, '.');
	const size_t usual = strcspn(k->extensions, " ");

	for (const char *e = k->extensions; dot != NULL; e += strspn(e, " ")) {
		const size_t len = strcspn(e, " ");

		if (len == 0)
			break;
		if (strlen(dot) == len && strncasecmp(dot, e, len) == 0)
			return name;
		e += len;
	}
	return arena_print(a, "%s%.*s", name, (int)usual, k->extensions);
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
