/* pairs.c: names and values of queries and forms, and their percent-encoding. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of the two digits after a %, or -1. */
static int
hex_byte(const char *at, const char *end)
{
	int high, low;

	if (end - at < 2)
		return -1;
	high = hex_digit(at[0]);
	low = hex_digit(at[1]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const char *
url_decode(struct arena *a, const char *from, size_t len, bool plus)
{
	const char *end = from + len;
	char *text = arena_alloc(a, len + 1, 1);
	char *to = text;
	int byte;

	for (; from < end; from++) {
		if (*from == '%') {
			byte = hex_byte(from + 1, end);
			if (byte < 0)
				return NULL;
			*to++ = (char)byte;
			from += 2;
		} else {
			*to++ = plus && *from == '+' ? ' ' : *from;
		}
	}
	len = (size_t)(to - text);
	if (memchr(text, '\0', len) != NULL || !text_is_utf8(text, len))
		return NULL;
	return text;
}

const char *
text_checked(struct arena *a, const char *text, size_t len)
{
	if (len > 0 && (memchr(text, '\0', len) != NULL || !text_is_utf8(text, len)))
		return NULL;
	return arena_text(a, text, len);
}

const char *
text_lines(struct arena *a, const char *text)
{
	char *lines, *to;

	if (strchr(text, '\r') == NULL)
		return text;
	lines = to = arena_text(a, text, strlen(text));
	for (; *text != '\0'; text++) {
		if (*text != '\r')
			*to++ = *text;
		else if (text[1] != '\n')
			*to++ = '\n';
	}
	*to = '\0';
	return lines;
}

bool
int_read(const char *text, int64_t *out)
{
	const bool minus = *text == '-';
	int64_t n = 0;

	text += minus;
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		int digit = *text - '0';

		/* Downwards: INT64_MIN has no positive twin. */
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, digit, &n))
			return false;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*out = minus ? n : -n;
	return true;
}

const char *
pairs_get(const struct pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->at[i].name, name) == 0)
			return pairs->at[i].value;
	return NULL;
}

void
pairs_add(struct arena *a, struct pairs *pairs, const char *name, const char *value)
{
	struct pair *more;

	if (pairs->count == pairs->room) {
		pairs->room = pairs->room == 0 ? 16 : pairs->room * 2;
		more = NEW_ARRAY(a, struct pair, pairs->room);
		if (pairs->count > 0)
			memcpy(more, pairs->at, pairs->count * sizeof(*more));
		pairs->at = more;
	}
	pairs->at[pairs->count++] = (struct pair){ name, value };
}

/* One "name=value"; a name alone has the value "". */
static enum status
pair_read(struct arena *a, struct pairs *pairs, const char *from, size_t len)
{
	const char *equals = memchr(from, '=', len);
	const char *name, *value = "";

	if (pairs->count >= MAX_FIELDS)
		return BAD_REQUEST;
	name = url_decode(a, from, equals == NULL ? len : (size_t)(equals - from), true);
	if (equals != NULL)
		value = url_decode(a, equals + 1, (size_t)(from + len - equals) - 1, true);
	if (name == NULL || value == NULL)
		return BAD_REQUEST;
	pairs_add(a, pairs, name, value);
	return OK;
}

enum status
pairs_read(struct arena *a, struct pairs *pairs, const char *text, size_t len)
{
	const char *end = text + len;
	enum status e = OK;

	while (text < end && e == OK) {
		const char *and = memchr(text, '&', (size_t)(end - text));
		const char *stop = and == NULL ? end : and;

		if (stop > text)
			e = pair_read(a, pairs, text, (size_t)(stop - text));
		text = stop + 1;
	}
	return e;
}
