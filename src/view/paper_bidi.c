/*
 * paper_bidi.c: text of both directions on paper.  libharu draws one glyph a character from left to
 * right; so the letters of Arabic are joined (as presentation forms, which DejaVu has) before lines
 * are broken, and each line is put into the order in which it is seen.  ICU does both.
 */
#include <string.h>

#include <unicode/ubidi.h>
#include <unicode/ushape.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "view/paper_inside.h"

/* The lead bytes of U+0590 … U+08FF and U+FB1D … U+FEFC in UTF-8; a few others among them. */
static bool
may_be_rtl(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; *at != '\0'; at++)
		if ((*at >= 0xD6 && *at <= 0xDF) || (*at == 0xE0 && at[1] <= 0xA3) ||
		    (*at == 0xEF && at[1] >= 0xAC))
			return true;
	return false;
}

/* At most as many units as there were bytes: the texts are UTF-8. */
static UChar *
to_units(struct arena *a, const char *text, int32_t *len)
{
	size_t bytes = strlen(text);
	UChar *units = NEW_ARRAY(a, UChar, bytes + 1);
	UErrorCode error = U_ZERO_ERROR;

	u_strFromUTF8(units, (int32_t)bytes + 1, len, text, (int32_t)bytes, &error);
	return U_SUCCESS(error) ? units : NULL;
}

static char *
from_units(struct arena *a, const UChar *units, int32_t len)
{
	int32_t most = len * 3 + 1;
	char *text = arena_alloc(a, (size_t)most, 1);
	UErrorCode error = U_ZERO_ERROR;

	u_strToUTF8(text, most, NULL, units, len, &error);
	return U_SUCCESS(error) ? text : NULL;
}

bool
paper_is_rtl(struct arena *a, const char *text)
{
	int32_t len;
	const UChar *units;

	if (!may_be_rtl(text))
		return false;
	units = to_units(a, text, &len);
	return units != NULL && ubidi_getBaseDirection(units, len) == UBIDI_RTL;
}

char *
paper_shape(struct arena *a, char *text)
{
	const uint32_t how =
	    U_SHAPE_LETTERS_SHAPE | U_SHAPE_TEXT_DIRECTION_LOGICAL | U_SHAPE_LENGTH_GROW_SHRINK;
	UErrorCode error = U_ZERO_ERROR;
	UChar *units, *shaped;
	int32_t len, n;
	char *out;

	if (!may_be_rtl(text))
		return text;
	units = to_units(a, text, &len);
	if (units == NULL)
		return text;
	shaped = NEW_ARRAY(a, UChar, (size_t)len * 2 + 1);
	n = u_shapeArabic(units, len, shaped, len * 2 + 1, how, &error);
	out = U_SUCCESS(error) ? from_units(a, shaped, n) : NULL;
	return out != NULL ? out : text;
}

const char *
paper_order(struct arena *a, const char *line, bool rtl)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar *units, *seen;
	char *out = NULL;
	int32_t len, n;
	UBiDi *bidi;

	if (!rtl && !may_be_rtl(line))
		return line;
	units = to_units(a, line, &len);
	if (units == NULL || len == 0)
		return line;
	bidi = ubidi_open();
	if (bidi == NULL)
		return line;
	seen = NEW_ARRAY(a, UChar, (size_t)len + 1);
	ubidi_setPara(bidi, units, len, rtl ? 1 : 0, NULL, &error);
	n = ubidi_writeReordered(bidi, seen, len + 1, UBIDI_DO_MIRRORING, &error);
	ubidi_close(bidi);
	if (U_SUCCESS(error))
		out = from_units(a, seen, n);
	return out != NULL ? out : line;
}
