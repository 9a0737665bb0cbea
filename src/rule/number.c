/* number.c: see number.h. */
#include <string.h>

#include "base/arena.h"
#include "rule/number.h"

enum { CHARACTERS = CODE_BYTES + 1, DASH_AT = 4 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
work_order_number(struct arena *arena, int year, int64_t n)
{
	return arena_print(arena, "WO-%04d-%06lld", year, (long long)n);
}

/*
 * The sum of d x^i over the field of 32 elements (x^5 = x^2 + 1): the 32 characters are its
 * elements, so one wrong character is always found, and two exchanged ones too.  A plain sum modulo
 * 32 misses some.
 */
static unsigned
times_x(unsigned d)
{
	return (d << 1) ^ ((d & 16) ? 0x25 : 0);
}

static char
check_character(const char *seven)
{
	unsigned sum = 0;

	for (int i = 0; i < CODE_BYTES; i++)
		sum = times_x(sum) ^ (unsigned)(strchr(alphabet, seven[i]) - alphabet);
	return alphabet[times_x(sum)];
}

static char *
with_dash(struct arena *arena, const char *eight)
{
	return arena_print(arena, "%.4s-%.4s", eight, eight + DASH_AT);
}

char *
code_from_bytes(struct arena *arena, const unsigned char bytes[CODE_BYTES])
{
	char eight[CHARACTERS];

	for (int i = 0; i < CODE_BYTES; i++)
		eight[i] = alphabet[bytes[i] & 31];
	eight[CODE_BYTES] = check_character(eight);
	return with_dash(arena, eight);
}

/* The character that is meant; 0 for none. */
static char
meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c != '\0' && strchr(alphabet, c) != NULL ? c : '\0';
}

char *
code_normal(struct arena *arena, const char *typed)
{
	char eight[CHARACTERS];
	int n = 0;

	if (typed == NULL)
		return NULL;
	for (; *typed != '\0'; typed++) {
		if (*typed == '-' || *typed == ' ')
			continue;
		if (n == CHARACTERS || meant(*typed) == '\0')
			return NULL;
		eight[n++] = meant(*typed);
	}
	return n == CHARACTERS ? with_dash(arena, eight) : NULL;
}

bool
code_valid(const char *code)
{
	char eight[CHARACTERS];

	if (code == NULL || strlen(code) != CODE_LENGTH || code[DASH_AT] != '-')
		return false;
	memcpy(eight, code, DASH_AT);
	memcpy(eight + DASH_AT, code + DASH_AT + 1, CHARACTERS - DASH_AT);
	for (int i = 0; i < CHARACTERS; i++)
		if (strchr(alphabet, eight[i]) == NULL)
			return false;
	return eight[CODE_BYTES] == check_character(eight);
}

const char *
code_in(struct arena *arena, const char *typed)
{
	const char *at = typed != NULL ? strstr(typed, "/q/") : NULL;
	const char *code = code_normal(arena, at != NULL ? at + 3 : typed);

	return code_valid(code) ? code : NULL;
}
