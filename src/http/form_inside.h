/* form_inside.h: between the table of a form and the reading of one value; inside http only. */
#ifndef HTTP_FORM_INSIDE_H
#define HTTP_FORM_INSIDE_H

#include "http/form.h"
#include "http/request.h"

/* Places in form_texts. */
enum form_text {
	NOTHING_WRONG = -1,
	WRONG_EMPTY,
	WRONG_NO_CHOICE,
	WRONG_UNTICKED,
	WRONG_CHOICE,
	WRONG_INT,
	WRONG_DECIMAL,
	WRONG_LESS,
	WRONG_MORE,
	WRONG_BETWEEN,
	WRONG_SHORT,
	WRONG_LONG,
	WRONG_DATE,
	WRONG_INSTANT,
	WRONG_YEAR,
	WRONG_EMAIL,
	WRONG_LINES,
	WRONG_CHARACTER,
	FORM_TEXTS
};

/* The most characters, or the largest number, that the rule lets pass. */
int64_t rule_most(const struct rule *);
/* Puts what was typed into the record's member; when something is wrong, the member stays. */
enum form_text value_read(struct request *, const struct rule *, const char *typed, void *record);
/* The member as a person would have typed it; never NULL. */
const char *value_show(struct request *, const struct rule *, const void *record);

#endif
