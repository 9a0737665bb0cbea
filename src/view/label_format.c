/* label_format.c: see label_format.h. */
#include "view/label_format.h"
#include "base/text.h"

#define X "\xc3\x97"
#define A4 210, 297
/* A roll: its label is the whole paper. */
#define ROLL(w, h) true, w, h, 1, 1, 0, 0, w, h, w, h

const struct label_format label_formats[] = {
	{ "a4-3x7", "A4, 3 " X " 7 (63.5 " X " 38.1 mm)", false, A4, 3, 7, 7.2, 15.15, 66.0, 38.1,
	    63.5, 38.1 },
	{ "a4-3x8", "A4, 3 " X " 8 (70 " X " 37 mm)", false, A4, 3, 8, 0, 0.5, 70, 37, 70, 37 },
	{ "a4-3x8-63", "A4, 3 " X " 8 (63.5 " X " 33.9 mm)", false, A4, 3, 8, 7.2, 12.9, 66.0, 33.9,
	    63.5, 33.9 },
	{ "a4-2x5", "A4, 2 " X " 5 (99.1 " X " 57 mm)", false, A4, 2, 5, 4.65, 6, 101.6, 57, 99.1,
	    57 },
	{ "a4-2x4", "A4, 2 " X " 4 (99.1 " X " 67.7 mm)", false, A4, 2, 4, 4.65, 13.1, 101.6, 67.7,
	    99.1, 67.7 },
	{ "50x30", "50 " X " 30 mm", ROLL(50, 30) },
	{ "62x29", "62 " X " 29 mm", ROLL(62, 29) },
	{ "70x37", "70 " X " 37 mm", ROLL(70, 37) },
	{ "85x54", "85.6 " X " 54 mm", ROLL(85.6, 54) }, /* the size of a badge: ISO 7810 ID-1 */
	{ "100x50", "100 " X " 50 mm", ROLL(100, 50) },
};

const size_t label_format_count = COUNT(label_formats);

const struct label_format *
label_format_of(const char *code)
{
	for (size_t i = 0; i < COUNT(label_formats); i++)
		if (text_same(label_formats[i].code, code))
			return &label_formats[i];
	return &label_formats[0];
}

int
label_format_places(const struct label_format *f)
{
	return f->columns * f->rows;
}

struct label_spot
label_spot_of(const struct label_format *f, int n)
{
	return (struct label_spot){ f->left + n % f->columns * f->step_x,
		f->top + n / f->columns * f->step_y };
}
