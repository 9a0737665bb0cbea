/* maintenance_type.h: how the plant names its kinds of maintenance. */
#ifndef MODEL_MAINTENANCE_TYPE_H
#define MODEL_MAINTENANCE_TYPE_H

#include "base/shape.h"

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

#endif
