/* chunk.c: see chunk.h. */
#include <string.h>

#include "rule/chunk.h"

enum { ZERO = '0', DIGIT_BITS = 6, DIGITS = 64 };

void
chunk_put(struct chunk *c, int64_t member, bool in)
{
	const uint64_t bit = UINT64_C(1) << (member & 63);

	if (member < 0 || member >= CHUNK_SIZE)
		return;
	if (in)
		c->bits[member >> 6] |= bit;
	else
		c->bits[member >> 6] &= ~bit;
}

bool
chunk_has(const struct chunk *c, int64_t member)
{
	return member >= 0 && member < CHUNK_SIZE && (c->bits[member >> 6] >> (member & 63) & 1);
}

static unsigned
digit(char c)
{
	const unsigned d = (unsigned)(unsigned char)c - ZERO;

	return d < DIGITS ? d : 0;
}

static void
add_map(struct chunk *c, const char *text)
{
	for (size_t i = 0; i < CHUNK_TEXT; i++) {
		const uint64_t d = digit(text[i]);
		const size_t at = i * DIGIT_BITS, word = at >> 6, shift = at & 63;

		c->bits[word] |= d << shift;
		if (shift > 64 - DIGIT_BITS && word + 1 < CHUNK_WORDS)
			c->bits[word + 1] |= d >> (64 - shift);
	}
}

void
chunk_add(struct chunk *c, const char *text)
{
	const size_t len = strlen(text);

	if (len == CHUNK_TEXT) {
		add_map(c, text);
		return;
	}
	for (size_t i = 0; i + 1 < len; i += 2)
		chunk_put(c, digit(text[i]) * DIGITS + digit(text[i + 1]), true);
}

static void
write_map(const struct chunk *c, char *out)
{
	for (size_t i = 0; i < CHUNK_TEXT; i++) {
		const size_t at = i * DIGIT_BITS, word = at >> 6, shift = at & 63;
		uint64_t d = c->bits[word] >> shift;

		if (shift > 64 - DIGIT_BITS && word + 1 < CHUNK_WORDS)
			d |= c->bits[word + 1] << (64 - shift);
		*out++ = (char)(ZERO + (d & (DIGITS - 1)));
	}
	*out = '\0';
}

void
chunk_text(const struct chunk *c, char out[CHUNK_TEXT + 1])
{
	if (chunk_count(c) * 2 >= CHUNK_TEXT) {
		write_map(c, out);
		return;
	}
	for (size_t w = 0; w < CHUNK_WORDS; w++)
		for (uint64_t left = c->bits[w]; left != 0; left &= left - 1) {
			*out++ = (char)(ZERO + w);
			*out++ = (char)(ZERO + __builtin_ctzll(left));
		}
	*out = '\0';
}

void
chunk_and(struct chunk *c, const struct chunk *with)
{
	for (size_t w = 0; w < CHUNK_WORDS; w++)
		c->bits[w] &= with->bits[w];
}

void
chunk_or(struct chunk *c, const struct chunk *with)
{
	for (size_t w = 0; w < CHUNK_WORDS; w++)
		c->bits[w] |= with->bits[w];
}

void
chunk_less(struct chunk *c, const struct chunk *without)
{
	for (size_t w = 0; w < CHUNK_WORDS; w++)
		c->bits[w] &= ~without->bits[w];
}

int64_t
chunk_count(const struct chunk *c)
{
	int64_t n = 0;

	for (size_t w = 0; w < CHUNK_WORDS; w++)
		n += __builtin_popcountll(c->bits[w]);
	return n;
}

int64_t
chunk_last(const struct chunk *c, int64_t below)
{
	for (int64_t w = (below - 1) >> 6; below > 0 && w >= 0; w--) {
		uint64_t left = c->bits[w];

		if (w == below >> 6)
			left &= (UINT64_C(1) << (below & 63)) - 1;
		if (left != 0)
			return w * 64 + 63 - __builtin_clzll(left);
	}
	return -1;
}
