/* money.c: see money.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"

enum { PLACES = 4 };

static const struct decimal unknown = { false, 0 };

/* Bytes of the grouping blank that begins there: a space, or a no-break, thin or narrow one. */
static size_t
blank_at(const char *text)
{
	static const char *const blanks[] = { " ", "\u00a0", "\u2009", "\u202f" };

	for (size_t i = 0; i < COUNT(blanks); i++)
		if (text_starts(text, blanks[i]))
			return strlen(blanks[i]);
	return 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
add_digit(int64_t *units, char c)
{
	*units = *units * 10 + (c - '0');
	return *units <= DECIMAL_MOST;
}

/* Digits with single blanks between them; false when there are too many. */
static bool
take_whole(const char **at, int64_t *units)
{
	while (is_digit(**at)) {
		size_t blank;

		if (!add_digit(units, *(*at)++))
			return false;
		blank = blank_at(*at);
		if (blank > 0 && is_digit((*at)[blank]))
			*at += blank;
	}
	return true;
}

static bool
take_places(const char **at, int64_t *units)
{
	int places = 0;

	if (**at == '.' || **at == ',') {
		(*at)++;
		if (!is_digit(**at))
			return false;
		for (; is_digit(**at) && places < PLACES; places++)
			if (!add_digit(units, *(*at)++))
				return false;
		/* Further places are what other programs pad with. */
		*at += strspn(*at, "0");
	}
	for (; places < PLACES; places++)
		if (!add_digit(units, '0'))
			return false;
	return **at == '\0';
}

struct decimal
decimal_parse(const char *text)
{
	bool negative;
	int64_t units = 0;

	if (text == NULL)
		return unknown;
	negative = *text == '-';
	text += negative;
	if (!is_digit(*text) || !take_whole(&text, &units) || !take_places(&text, &units))
		return unknown;
	return decimal(negative ? -units : units);
}

char *
decimal_sql(struct arena *a, struct decimal d)
{
	uint64_t size = d.units < 0 ? 0 - (uint64_t)d.units : (uint64_t)d.units;

	if (!d.known)
		return NULL;
	return arena_print(a, "%s%llu.%04llu", d.units < 0 ? "-" : "",
	    (unsigned long long)(size / DECIMAL_ONE), (unsigned long long)(size % DECIMAL_ONE));
}

char *
decimal_text(struct arena *a, struct decimal d)
{
	char *text = decimal_sql(a, d);
	size_t len;

	if (text == NULL)
		return NULL;
	len = strlen(text);
	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	text[len] = '\0';
	return text;
}

/* over / under, half away from zero. */
static struct decimal
rounded(__int128 over, __int128 under)
{
	bool negative = (over < 0) != (under < 0);
	__int128 units;

	over = over < 0 ? -over : over;
	under = under < 0 ? -under : under;
	units = over / under + (over % under >= under - over % under);
	if (units > DECIMAL_MOST)
		return unknown;
	return decimal((int64_t)(negative ? -units : units));
}

struct decimal
decimal_times(struct decimal a, struct decimal b)
{
	if (!a.known || !b.known)
		return unknown;
	return rounded((__int128)a.units * b.units, DECIMAL_ONE);
}

struct decimal
decimal_over(struct decimal a, struct decimal b)
{
	if (!a.known || !b.known || b.units == 0)
		return unknown;
	return rounded((__int128)a.units * DECIMAL_ONE, b.units);
}
