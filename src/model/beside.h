/*
 * beside.h: all that the page of a record shows beside its columns, in one query: custom fields
 * with its values, tags, the names of records that were merged into it, and where it was merged
 * itself.
 */
#ifndef MODEL_BESIDE_H
#define MODEL_BESIDE_H

#include "model/register.h"

struct beside_row {
	const char *what; /* FIELD, TAG, ALIAS, MERGED */
	int64_t id;       /* of the field, the tag, the merged record, the one that was kept */
	const char *name; /* label, tag, alias, title */
	bool shown;       /* FIELD: it is in use */
	const char *text; /* FIELD: at most one of text, number and day is there */
	struct decimal number;
	struct date day;
};

extern const struct shape beside_shape;

/* Fields come in their order, archived ones too (histories name them); tags by name. */
enum status beside_list(
    const struct actor *, const struct reg_table *, int64_t id, struct rows *) MUST_CHECK;

#endif
