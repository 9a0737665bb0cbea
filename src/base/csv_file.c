/* csv_file.c: see csv_file.h.  ICU converts; the window slides over what it made. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <unicode/ucnv.h>

#include "base/arena.h"
#include "base/csv_file.h"
#include "base/log.h"
#include "base/text.h"

enum {
	WINDOW = 1024 * 1024,
	CHUNK = 64 * 1024,
	AHEAD = 128 * 1024, /* so much is there before a row is tried */
	LOOK = 4096,
};

static const struct word encodings[] = {
	{ "UTF-8", "UTF-8" },
	{ "UTF-16LE", "UTF-16, little end first" },
	{ "UTF-16BE", "UTF-16, big end first" },
	{ "windows-1252", "Windows-1252, Latin-1" },
	{ "ISO-8859-15", "Latin-9, with the euro sign" },
	{ "macintosh", "Macintosh" },
};

const struct words csv_encoding_words = WORDS(encodings);

static const struct word separators[] = {
	{ "COMMA", "Comma" },
	{ "SEMICOLON", "Semicolon" },
	{ "TAB", "Tab" },
};

const struct words csv_separator_words = WORDS(separators);
static const char separator_chars[] = { ',', ';', '\t' };

struct csv_file {
	int fd;            /* -1 over memory */
	const char *bytes; /* memory not converted yet */
	size_t left;
	int64_t taken;
	UConverter *from, *to;
	char *raw; /* CHUNK: read and not converted */
	const char *raw_at, *raw_end;
	UChar *pivot, *pivot_from, *pivot_to;
	bool eof, flushed, failed, stuck;
	bool begun; /* the mark in front was looked for */
	char *window;
	struct csv csv; /* what of the window is not read */
};

static bool
is_utf16(const char *bytes, size_t len, size_t odd)
{
	const size_t most = len < LOOK ? len : LOOK;
	size_t zeros = 0;

	for (size_t i = odd; i < most; i += 2)
		zeros += bytes[i] == '\0';
	return most >= 4 && zeros * 10 > most * 2;
}

/*
 * Bytes that Windows-1252 leaves out; or lines that end in CR alone, and more of the bytes where
 * the Macintosh has its accents than of those where Windows has them.
 */
static bool
is_macintosh(const char *bytes, size_t len)
{
	bool cr = false, lf = false, hole = false;
	size_t low = 0, high = 0;

	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)bytes[i];

		cr = cr || c == '\r';
		lf = lf || c == '\n';
		low += c >= 0x80 && c < 0xa0;
		high += c >= 0xc0;
		hole = hole || c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d;
	}
	return hole || (cr && !lf && low > high);
}

static const char *
encoding_of(const char *bytes, size_t len)
{
	const unsigned char *b = (const unsigned char *)bytes;

	if (len >= 2 && b[0] == 0xff && b[1] == 0xfe)
		return "UTF-16LE";
	if (len >= 2 && b[0] == 0xfe && b[1] == 0xff)
		return "UTF-16BE";
	if (is_utf16(bytes, len, 1))
		return "UTF-16LE";
	if (is_utf16(bytes, len, 0))
		return "UTF-16BE";
	if (text_is_utf8(bytes, len))
		return "UTF-8";
	return is_macintosh(bytes, len) ? "macintosh" : "windows-1252";
}

struct csv_dialect
csv_guess(struct arena *a, const char *bytes, size_t len)
{
	struct csv_dialect d = { encoding_of(bytes, len), "COMMA" };
	struct csv_file *f = csv_file_over(a, bytes, len < CHUNK ? len : CHUNK, &d);
	struct csv_row row;
	struct csv csv;

	if (f == NULL)
		return d;
	/* Filled by trying a row; the window then begins with the first one. */
	if (csv_file_next(f, a, &row)) {
		csv_open(&csv, f->window, (size_t)(f->csv.end - f->window));
		for (size_t i = 0; i < COUNT(separator_chars); i++)
			if (separator_chars[i] == csv.separator)
				d.separator = separators[i].code;
	}
	csv_file_close(f);
	return d;
}

bool
csv_is_no_text(const char *bytes, size_t len)
{
	static const struct {
		const char *start;
		size_t len;
	} kinds[] = { { "PK\3\4", 4 }, { "\xd0\xcf\x11\xe0", 4 }, { "%PDF", 4 }, { "\x1f\x8b", 2 },
		{ "\x89PNG", 4 }, { "\xff\xd8\xff", 3 } };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (len >= kinds[i].len && memcmp(bytes, kinds[i].start, kinds[i].len) == 0)
			return true;
	return false;
}

static struct csv_file *
file_new(struct arena *a, const struct csv_dialect *d)
{
	struct csv_file *f = NEW(a, struct csv_file);
	const int at = word_index(&csv_separator_words, d->separator);
	UErrorCode e = U_ZERO_ERROR;

	f->fd = -1;
	f->from = ucnv_open(d->encoding, &e);
	f->to = ucnv_open("UTF-8", &e);
	if (U_FAILURE(e)) {
		log_error("csv: the encoding %s: %s", d->encoding, u_errorName(e));
		csv_file_close(f);
		return NULL;
	}
	f->raw = arena_room(a, CHUNK);
	f->raw_at = f->raw_end = f->raw;
	f->pivot = arena_room(a, CHUNK * sizeof(UChar));
	f->pivot_from = f->pivot_to = f->pivot;
	f->window = arena_room(a, WINDOW + 1);
	f->csv = (struct csv){ f->window, f->window, separator_chars[at < 0 ? 0 : at], 1 };
	return f;
}

struct csv_file *
csv_file_open(struct arena *a, const char *path, const struct csv_dialect *d)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct csv_file *f;

	if (fd < 0) {
		log_error("csv: cannot open %s: %s", path, strerror(errno));
		return NULL;
	}
	f = file_new(a, d);
	if (f == NULL)
		close(fd);
	else
		f->fd = fd;
	return f;
}

struct csv_file *
csv_file_over(struct arena *a, const char *bytes, size_t len, const struct csv_dialect *d)
{
	struct csv_file *f = file_new(a, d);

	if (f == NULL)
		return NULL;
	f->bytes = bytes;
	f->left = len;
	return f;
}

void
csv_file_close(struct csv_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->from != NULL)
		ucnv_close(f->from);
	if (f->to != NULL)
		ucnv_close(f->to);
}

int64_t
csv_file_read(const struct csv_file *f)
{
	return f->taken;
}

bool
csv_file_failed(const struct csv_file *f)
{
	return f->failed;
}

static void
read_more(struct csv_file *f)
{
	ssize_t n;

	if (f->fd < 0) {
		const size_t some = f->left < CHUNK ? f->left : CHUNK;

		memcpy(f->raw, f->bytes, some);
		f->bytes += some;
		f->left -= some;
		n = (ssize_t)some;
	} else {
		do
			n = read(f->fd, f->raw, CHUNK);
		while (n < 0 && errno == EINTR);
	}
	if (n < 0)
		log_error("csv: cannot read: %s", strerror(errno));
	f->failed = f->failed || n < 0;
	f->eof = n <= 0;
	f->taken += n > 0 ? n : 0;
	f->raw_at = f->raw;
	f->raw_end = f->raw + (n > 0 ? n : 0);
}

/* What is left of the window goes to its front; then as much behind it as there is room. */
static void
fill(struct csv_file *f)
{
	const size_t rest = (size_t)(f->csv.end - f->csv.at);
	char *to = f->window + rest;

	memmove(f->window, f->csv.at, rest);
	while (!f->flushed && to < f->window + WINDOW) {
		UErrorCode e = U_ZERO_ERROR;

		if (f->raw_at == f->raw_end && !f->eof)
			read_more(f);
		ucnv_convertEx(f->to, f->from, &to, f->window + WINDOW, &f->raw_at, f->raw_end,
		    f->pivot, &f->pivot_from, &f->pivot_to, f->pivot + CHUNK, false, f->eof, &e);
		if (e == U_BUFFER_OVERFLOW_ERROR)
			break;
		if (U_FAILURE(e)) {
			log_error("csv: %s", u_errorName(e));
			f->failed = f->flushed = true;
		}
		f->flushed = f->flushed || f->eof;
	}
	f->csv.at = f->window;
	f->csv.end = to;
	if (!f->begun && to - f->window >= 3 && memcmp(f->window, "\xEF\xBB\xBF", 3) == 0)
		f->csv.at += 3;
	f->begun = true;
}

bool
csv_file_next(struct csv_file *f, struct arena *a, struct csv_row *row)
{
	struct csv before;

	if (f->stuck)
		return false;
	if (!f->flushed && f->csv.end - f->csv.at < AHEAD)
		fill(f);
	before = f->csv;
	if (!csv_next(&f->csv, a, row))
		return false;
	if (f->csv.at < f->csv.end || f->flushed)
		return true;
	/* It reached the end of the window: it may go on behind that. */
	f->csv = before;
	fill(f);
	if (!csv_next(&f->csv, a, row))
		return false;
	if (f->csv.at == f->csv.end && !f->flushed) {
		row->fault = "is longer than a megabyte, or has a quote that is never closed";
		row->fault_line = row->line;
		f->stuck = true;
	}
	return true;
}

bool
csv_is_damaged(const char *text)
{
	return strstr(text, "\xEF\xBF\xBD") != NULL;
}
