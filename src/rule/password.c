/* password.c: see password.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rule/password.h"

enum {
	BYTES = PASSWORD_MOST * 4 + 1, /* of UTF-8, with the NUL */
	PATTERN = 8,     /* a pattern of up to so many characters may not be all there is */
	DIFFERENT = 5,   /* as many different characters at least */
	OWN_LEAST = 3,   /* shorter words of a name are not looked for */
	OTHER_LEAST = 4, /* letters that must be left beside one's own words */
	WAIT_FREE = 4,   /* failures without a wait */
	WAIT_MOST = 900  /* seconds */
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of other scripts count as letters. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
lower_copy(char to[BYTES], const char *from)
{
	size_t i;

	for (i = 0; from[i] != '\0' && i < BYTES - 1; i++)
		to[i] = lower(from[i]);
	to[i] = '\0';
}

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

static bool
is_listed(const char *text)
{
	return bsearch(text, password_common, password_common_count, sizeof(*password_common),
		   compare) != NULL;
}

/* The least n such that the text is its first n bytes over and over (the last time perhaps cut). */
static size_t
pattern_length(const char *text, size_t len)
{
	size_t n = 1;

	while (n < len && memcmp(text, text + n, len - n) != 0)
		n++;
	return n;
}

static bool
is_listed_part(const char *from, size_t len)
{
	char part[BYTES];

	memcpy(part, from, len);
	part[len] = '\0';
	return is_listed(part);
}

/* Also repeated, and also between digits and signs: "Password2026!!!!". */
static bool
is_common(const char *text)
{
	size_t from = 0, to = strlen(text), n = pattern_length(text, to);

	if (is_listed(text) || is_listed_part(text, n))
		return true;
	while (from < to && !is_letter(text[from]))
		from++;
	while (to > from && !is_letter(text[to - 1]))
		to--;
	n = pattern_length(text + from, to - from);
	return is_listed_part(text + from, to - from) || is_listed_part(text + from, n);
}

static bool
few_different(const char *text)
{
	bool seen[256] = { false };
	int n = 0;

	for (; *text != '\0'; text++) {
		n += !seen[(unsigned char)*text];
		seen[(unsigned char)*text] = true;
	}
	return n < DIFFERENT;
}

/* Are they neighbours, either way, in the alphabet, among the digits or on a row of keys? */
static bool
neighbours(char a, char b)
{
	static const char *const walks[] = { "abcdefghijklmnopqrstuvwxyz", "01234567890",
		"qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
		"qwertzuiop" };

	for (size_t i = 0; i < COUNT(walks); i++)
		for (const char *c = walks[i]; c[1] != '\0'; c++)
			if ((c[0] == a && c[1] == b) || (c[0] == b && c[1] == a))
				return true;
	return a == b;
}

/* Three steps of four go to a neighbour. */
static bool
is_walk(const char *text)
{
	size_t steps = 0, walked = 0;

	for (; text[0] != '\0' && text[1] != '\0'; text++) {
		steps++;
		walked += neighbours(text[0], text[1]);
	}
	return walked * 4 >= steps * 3;
}

/* Blanks out every occurrence of the word of len bytes. */
static void
strike(char *text, const char *word, size_t len)
{
	if (len < OWN_LEAST)
		return;
	for (char *at = text; *at != '\0'; at++)
		if (strncmp(at, word, len) == 0)
			memset(at, ' ', len);
}

/* Blanks out each of the words that letters and digits make. */
static void
strike_words(char *text, const char *words)
{
	char low[BYTES];
	size_t len;

	lower_copy(low, words == NULL ? "" : words);
	for (const char *at = low; *at != '\0'; at += len) {
		len = 0;
		while (is_letter(at[len]) || is_digit(at[len]))
			len++;
		strike(text, at, len);
		len += len == 0;
	}
}

static bool
is_own(const char *text, const char *email, const char *name)
{
	static const char product[] = "millwright";
	char rest[BYTES];
	size_t letters = 0, struck = 0;

	lower_copy(rest, text);
	strike_words(rest, email);
	strike_words(rest, name);
	strike(rest, product, strlen(product));
	for (size_t i = 0; rest[i] != '\0'; i++) {
		letters += is_letter(rest[i]);
		struck += rest[i] == ' ' && text[i] != ' ';
	}
	return struck > 0 && letters < OTHER_LEAST;
}

const char *
password_fault(const char *password, const char *email, const char *name)
{
	char low[BYTES];
	size_t length;

	if (password == NULL || !text_is_utf8(password, strlen(password)))
		return "This is not valid text.";
	length = text_length(password);
	if (length < PASSWORD_LEAST)
		return "Use at least 15 characters; a few words together are easy to remember.";
	if (length > PASSWORD_MOST)
		return "Use at most 256 characters.";
	lower_copy(low, password);
	if (is_own(low, email, name))
		return "This is too close to your name, your address or the name of this program.";
	if (is_common(low))
		return "This is one of the passwords that are tried first; choose another.";
	if (pattern_length(low, strlen(low)) <= PATTERN || few_different(low) || is_walk(low))
		return "This repeats or follows a simple pattern; choose another.";
	return NULL;
}

int64_t
signin_wait(int failures)
{
	int64_t wait = 1;

	if (failures <= WAIT_FREE)
		return 0;
	for (int i = WAIT_FREE + 1; i < failures && wait < WAIT_MOST; i++)
		wait *= 2;
	return wait < WAIT_MOST ? wait : WAIT_MOST;
}
