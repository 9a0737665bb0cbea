/* mail_text.c: see mail_text.h. */
#include <openssl/evp.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "job/mail_text.h"

/*
 * An encoded word has 75 characters at most, and with "Subject: " in front a line 76: 39 bytes of
 * text are 52 in base64 and 64 with what stands around them.
 */
enum { WORD_BYTES = 39, WORD_BASE64 = 53, PLAIN_MOST = 66, ADDRESS_MOST = 254, LOCAL_MOST = 64 };

bool
mail_is_line(const char *text)
{
	if (text == NULL)
		return true;
	for (const char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			return false;
	return text_is_utf8(text, strlen(text));
}

bool
mail_is_address(const char *address)
{
	static const char host[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	const char *at = address == NULL ? NULL : strchr(address, '@');

	if (at == NULL || at == address || at - address > LOCAL_MOST ||
	    strlen(address) > ADDRESS_MOST)
		return false;
	for (const char *c = address; c < at; c++)
		if (*c <= ' ' || *c >= 0x7F || strchr("<>()[],;:\\\"", *c) != NULL)
			return false;
	return at[1] != '\0' && at[1] != '.' && at[1] != '-' &&
	       strspn(at + 1, host) == strlen(at + 1);
}

static bool
is_plain(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return strlen(text) <= PLAIN_MOST && strstr(text, "=?") == NULL;
}

/* As many whole characters as go into one encoded word. */
static size_t
word_fit(const char *text)
{
	size_t len = strlen(text);

	if (len <= WORD_BYTES)
		return len;
	for (len = WORD_BYTES; len > 1 && ((unsigned char)text[len] & 0xC0) == 0x80;)
		len--;
	return len;
}

const char *
mail_words(struct arena *a, const char *text)
{
	unsigned char base64[WORD_BASE64];
	struct buf b = { .arena = a };
	size_t len;

	if (is_plain(text))
		return text;
	for (; *text != '\0'; text += len) {
		len = word_fit(text);
		EVP_EncodeBlock(base64, (const unsigned char *)text, (int)len);
		buf_print(&b, "%s=?UTF-8?B?%s?=", b.len > 0 ? "\r\n " : "", base64);
	}
	return b.text;
}

const char *
mail_mailbox(struct arena *a, const char *name, const char *address)
{
	struct buf b = { .arena = a };

	if (text_empty(name))
		return arena_print(a, "<%s>", address);
	if (!is_plain(name))
		return arena_print(a, "%s\r\n <%s>", mail_words(a, name), address);
	buf_text(&b, "\"");
	for (const char *c = name; *c != '\0'; c++)
		buf_print(&b, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c);
	buf_print(&b, "\" <%s>", address);
	return b.text;
}

const char *
mail_date(struct arena *a, struct instant at)
{
	static const char days[] = "ThuFriSatSunMonTueWed"; /* 1970-01-01 was a Thursday */
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = civil_of(at);
	int64_t day = at.us / DAY - (at.us % DAY < 0), weekday = (day % 7 + 7) % 7;

	return arena_print(a, "%.3s, %d %.3s %04d %02d:%02d:%02d +0000", days + 3 * weekday, c.day,
	    months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second);
}

bool
mail_split(struct arena *a, const char *both, const char **name, const char **address)
{
	const char *open = both == NULL ? NULL : strrchr(both, '<');
	size_t len;

	*name = NULL;
	*address = both;
	if (open == NULL)
		return mail_is_address(both);
	len = strlen(open);
	if (open[len - 1] != '>')
		return false;
	*address = arena_text(a, open + 1, len - 2);
	*name = text_trim(a, arena_text(a, both, (size_t)(open - both)));
	len = strlen(*name);
	if (len >= 2 && (*name)[0] == '"' && (*name)[len - 1] == '"')
		*name = arena_text(a, *name + 1, len - 2);
	return mail_is_address(*address) && mail_is_line(*name);
}

const char *
mail_lines(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };

	buf_text(&b, "");
	for (; *text != '\0'; text++) {
		if (*text == '\n' || (*text == '\r' && text[1] != '\n'))
			buf_text(&b, "\r\n");
		else if (*text != '\r')
			buf_add(&b, text, 1);
	}
	return b.text;
}
