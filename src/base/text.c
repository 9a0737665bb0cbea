/* text.c: see text.h. */
#include <string.h>

#include <openssl/crypto.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/text.h"

/* RFC 3629, section 4: the lead byte fixes the length and the range of the second byte. */
size_t
text_char(const char *text, size_t len)
{
	static const struct {
		unsigned char first, last, low, high; /* lead bytes; the second byte's range */
		size_t len;
	} forms[] = {
		{ 0x00, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, /* no surrogates */
		{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 }, /* nothing above U+10FFFF */
	};
	const unsigned char *at = (const unsigned char *)text;
	size_t form = 0;

	if (len == 0)
		return 0;
	while (form < COUNT(forms) && (at[0] < forms[form].first || at[0] > forms[form].last))
		form++;
	if (form == COUNT(forms) || len < forms[form].len)
		return 0;
	if (forms[form].len > 1 && (at[1] < forms[form].low || at[1] > forms[form].high))
		return 0;
	for (size_t i = 2; i < forms[form].len; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return forms[form].len;
}

bool
text_is_utf8(const char *text, size_t len)
{
	while (len > 0) {
		size_t n = text_char(text, len);

		if (n == 0)
			return false;
		text += n;
		len -= n;
	}
	return true;
}

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t
text_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += !continues(*text);
	return n;
}

bool
text_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

bool
text_same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool
text_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

bool
text_ends(const char *text, const char *with)
{
	size_t len = strlen(text), tail = strlen(with);

	return len >= tail && strcmp(text + len - tail, with) == 0;
}

static const char *const blanks[] = { " ", "\t", "\n", "\v", "\f", "\r", "\u00a0", "\u3000" };

static size_t
blank_before(const char *text, const char *end)
{
	for (size_t i = 0; i < COUNT(blanks); i++) {
		size_t n = strlen(blanks[i]);

		if ((size_t)(end - text) >= n && memcmp(end - n, blanks[i], n) == 0)
			return n;
	}
	return 0;
}

static size_t
blank_at(const char *text)
{
	for (size_t i = 0; i < COUNT(blanks); i++)
		if (text_starts(text, blanks[i]))
			return strlen(blanks[i]);
	return 0;
}

const char *
text_trim(struct arena *a, const char *text)
{
	const char *end;
	size_t n;

	if (text == NULL)
		return NULL;
	while ((n = blank_at(text)) > 0)
		text += n;
	end = text + strlen(text);
	while ((n = blank_before(text, end)) > 0)
		end -= n;
	return *end == '\0' ? text : arena_text(a, text, (size_t)(end - text));
}

const char *
text_lower(struct arena *a, const char *text)
{
	char *copy;

	if (text == NULL)
		return NULL;
	copy = arena_text(a, text, strlen(text));
	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

const char *
text_cut(struct arena *a, const char *text, size_t n)
{
	const char *end = text;

	if (text == NULL)
		return NULL;
	for (; *end != '\0'; end++)
		if (!continues(*end) && n-- == 0)
			return arena_text(a, text, (size_t)(end - text));
	return text;
}

const char *
text_url(struct arena *a, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";
	struct buf b = { .arena = a };

	for (buf_text(&b, ""); *text != '\0';) {
		size_t n = strspn(text, plain);

		buf_add(&b, text, n);
		text += n;
		if (*text != '\0')
			buf_print(&b, "%%%02X", (unsigned)(unsigned char)*text++);
	}
	return b.text;
}

const char *
text_like(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };

	for (buf_text(&b, ""); *text != '\0';) {
		size_t n = strcspn(text, "%_\\");

		buf_add(&b, text, n);
		text += n;
		if (*text != '\0')
			buf_print(&b, "\\%c", *text++);
	}
	return b.text;
}

const char *
text_replace(struct arena *a, const char *text, const char *from, const char *to)
{
	struct buf b = { .arena = a };
	const char *found;

	while ((found = strstr(text, from)) != NULL) {
		buf_add(&b, text, (size_t)(found - text));
		buf_text(&b, to);
		text = found + strlen(from);
	}
	if (b.text == NULL)
		return text;
	buf_text(&b, text);
	return b.text;
}

bool
text_same_secret(const char *a, const char *b)
{
	size_t len;

	if (text_empty(a) || text_empty(b))
		return false;
	len = strlen(a);
	return len == strlen(b) && CRYPTO_memcmp(a, b, len) == 0;
}
