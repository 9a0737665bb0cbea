/* maintenance_type.h: how the plant names its kinds of maintenance. */
#ifndef MODEL_MAINTENANCE_TYPE_H
#define MODEL_MAINTENANCE_TYPE_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct maintenance_type {
	int64_t id;
	const char *name;
	const char *name_fr; /* "": the name */
	const char *kind;    /* a word: wo_kind_words */
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape maintenance_type_shape;
extern const struct reg_table maintenance_type_table;

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status maintenance_type_options(
    const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
