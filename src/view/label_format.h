/*
 * label_format.h: the labels that one can buy: where they lie on their sheet, in millimetres, as
 * their makers give it; a roll is a sheet of one.
 */
#ifndef VIEW_LABEL_FORMAT_H
#define VIEW_LABEL_FORMAT_H

#include "base/shape.h"

struct label_format {
	const char *code; /* "A4-3x7" */
	const char *text; /* "A4, 3 × 7 labels of 63.5 × 38.1 mm"; the same in every language but
			     for `roll` */
	bool roll;
	double paper_width, paper_height;
	int columns, rows;
	double left, top;      /* of the first label */
	double step_x, step_y; /* from one label to the next */
	double width, height;  /* of a label */
};

extern const struct label_format label_formats[];
extern const size_t label_format_count;

/* By its code; the first one when there is none such. */
const struct label_format *label_format_of(const char *code);
/* Labels on a sheet. */
int label_format_places(const struct label_format *);

/* The left top corner of place n, from 0, row by row; y counts downwards. */
struct label_spot {
	double x, y;
};

struct label_spot label_spot_of(const struct label_format *, int n);

#endif
