/* mime.c: see mime.h. */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/mime.h"

/* RFC 9110 §5.6.2. */
static bool
is_token_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

bool
is_token(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_token_char(text[i]))
			return false;
	return len > 0;
}

static void
skip_space(struct params *p)
{
	while (p->at < p->end && (*p->at == ' ' || *p->at == '\t'))
		p->at++;
}

/* Old browsers send C:\new.txt unescaped: a backslash only escapes a quote or another. */
static const char *
quoted_read(struct arena *a, struct params *p)
{
	char *text = arena_alloc(a, (size_t)(p->end - p->at) + 1, 1);
	char *to = text;

	for (p->at++; p->at < p->end && *p->at != '"'; p->at++) {
		if (*p->at == '\\' && p->end - p->at > 1 && (p->at[1] == '"' || p->at[1] == '\\'))
			p->at++;
		*to++ = *p->at;
	}
	if (p->at == p->end)
		return NULL;
	p->at++;
	return text;
}

static const char *
bare_read(struct arena *a, struct params *p)
{
	const char *from = p->at;

	while (p->at < p->end && *p->at != ';' && *p->at != ' ' && *p->at != '\t' && *p->at != '"')
		p->at++;
	return p->at == from ? NULL : arena_text(a, from, (size_t)(p->at - from));
}

enum param_found
param_next(struct arena *a, struct params *p, struct param *out)
{
	const char *from;

	skip_space(p);
	if (p->at == p->end)
		return PARAM_END;
	if (*p->at++ != ';')
		return PARAM_WRONG;
	skip_space(p);
	if (p->at == p->end)
		return PARAM_END; /* a ; at the end is common and harmless */
	for (from = p->at; p->at < p->end && is_token_char(*p->at);)
		p->at++;
	if (p->at == from || p->at == p->end || *p->at != '=')
		return PARAM_WRONG;
	out->name = text_lower(a, arena_text(a, from, (size_t)(p->at - from)));
	p->at++;
	out->quoted = p->at < p->end && *p->at == '"';
	out->value = out->quoted ? quoted_read(a, p) : bare_read(a, p);
	return out->value == NULL ? PARAM_WRONG : PARAM_FOUND;
}

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const char *
base64_decode(struct arena *a, const char *from, size_t len, size_t *out)
{
	char *bytes = arena_alloc(a, len / 4 * 3 + 4, 1);
	uint32_t bits = 0;
	size_t digits = 0, pads = 0, n = 0;

	for (const char *end = from + len; from < end; from++) {
		int digit = base64_digit(*from);

		if (is_space(*from))
			continue;
		pads += *from == '=';
		if ((digit < 0 && *from != '=') || (digit >= 0 && pads > 0))
			return NULL;
		if (digit < 0)
			continue;
		bits = bits << 6 | (uint32_t)digit;
		if (++digits % 4 != 1)
			bytes[n++] = (char)(bits >> (6 - (digits + 3) % 4 * 2) & 0xff);
	}
	if (pads > 2 || (digits + pads) % 4 != 0)
		return NULL;
	*out = n;
	return bytes;
}

static int
hex_digit(char c)
{
	const char *digits = "0123456789ABCDEFabcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	if (at == NULL)
		return -1;
	return at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

const char *
printable_decode(struct arena *a, const char *from, size_t len, size_t *out)
{
	char *bytes = arena_alloc(a, len + 1, 1);
	size_t n = 0;

	for (const char *end = from + len; from < end; from++) {
		if (*from != '=') {
			bytes[n++] = *from;
			continue;
		}
		if (end - from < 3)
			return NULL;
		if (from[1] != '\r' || from[2] != '\n') { /* else a line that goes on */
			int high = hex_digit(from[1]);
			int low = hex_digit(from[2]);

			if (high < 0 || low < 0)
				return NULL;
			bytes[n++] = (char)(high * 16 + low);
		}
		from += 2;
	}
	*out = n;
	return bytes;
}
