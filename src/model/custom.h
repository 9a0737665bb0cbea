/*
 * custom.h: fields that a plant adds to its registers.  What records have in them is extra.h's.
 */
#ifndef MODEL_CUSTOM_H
#define MODEL_CUSTOM_H

#include "model/register.h"

/* A register has at most so many that are in use: a form and one query hold them all. */
enum { CUSTOM_MOST = 24 };

struct custom_field {
	int64_t id;
	const char *kind;    /* a word of custom_kind_words: the register's table */
	const char *name;    /* in imports, exports and the API: paint_colour */
	const char *label;   /* on pages */
	const char *type;    /* a word of custom_type_words */
	const char *choices; /* of a CHOICE: a line each */
	bool required;
	int64_t position;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape custom_field_shape;
extern const struct reg_table custom_field_table;
extern const struct words custom_kind_words;
extern const struct words custom_type_words; /* TEXT, NUMBER, DATE, CHOICE */

/* Those of a register that are in use, in the order of its form; one query. */
enum status custom_fields(const struct actor *, const char *kind, struct rows *) MUST_CHECK;
/* Every one that there is or was: what histories call them. */
enum status custom_fields_all(const struct actor *, struct rows *) MUST_CHECK;
/* A CHOICE's lines as words: code and text are the line. */
const struct words *custom_choices(const struct actor *, const struct custom_field *);

#endif
