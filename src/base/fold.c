/* fold.c: see fold.h. */
#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/fold.h"

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static const char *
fold_ascii(struct arena *a, const char *text)
{
	char *out = arena_text(a, text, strlen(text));

	for (char *c = out; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return out;
}

/* Takes the marks away, in place. */
static int32_t
without_marks(UChar *text, int32_t len)
{
	int32_t n = 0;

	for (int32_t i = 0; i < len; i++)
		if (u_charType(text[i]) != U_NON_SPACING_MARK)
			text[n++] = text[i];
	return n;
}

/* by: takes letters and their accents apart. */
static const char *
fold(struct arena *a, const char *text, const UNormalizer2 *by)
{
	const int32_t most = (int32_t)strlen(text) + 1, room = most * 4;
	UChar *wide, *apart; /* the folded text goes back into wide */
	UErrorCode e = U_ZERO_ERROR;
	int32_t len = 0;
	char *out;

	if (is_ascii(text))
		return fold_ascii(a, text);
	wide = arena_room(a, (size_t)room * sizeof(UChar));
	apart = arena_room(a, (size_t)room * sizeof(UChar));
	u_strFromUTF8WithSub(wide, most, &len, text, -1, 0xfffd, NULL, &e);
	len = unorm2_normalize(by, wide, len, apart, room, &e);
	if (U_FAILURE(e))
		return fold_ascii(a, text);
	len = without_marks(apart, len);
	len = u_strToLower(wide, room, apart, len, "", &e);
	if (U_FAILURE(e))
		return fold_ascii(a, text);
	out = arena_room(a, (size_t)len * 3 + 1);
	u_strToUTF8(out, len * 3 + 1, NULL, wide, len, &e);
	return U_FAILURE(e) ? fold_ascii(a, text) : out;
}

const char *
text_fold(struct arena *a, const char *text)
{
	UErrorCode e = U_ZERO_ERROR;

	return fold(a, text, unorm2_getNFDInstance(&e));
}

const char *
text_fold_word(struct arena *a, const char *text)
{
	UErrorCode e = U_ZERO_ERROR;
	const char *folded = fold(a, text, unorm2_getNFKDInstance(&e));
	char *out = arena_text(a, folded, strlen(folded)), *to = out;

	for (const char *c = out; *c != '\0'; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
		    (unsigned char)*c >= 0x80)
			*to++ = *c;
	*to = '\0';
	return out;
}

uint64_t
hash_text(uint64_t hash, const char *text)
{
	hash = hash != 0 ? hash : UINT64_C(14695981039346656037);
	do
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	while (*text++ != '\0');
	return hash != 0 ? hash : 1;
}
