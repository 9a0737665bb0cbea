/* department.h: the plant's departments: what machines and people belong to. */
#ifndef MODEL_DEPARTMENT_H
#define MODEL_DEPARTMENT_H

#include "base/shape.h"

struct reg_table;

struct department {
	int64_t id;
	const char *name;
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape department_shape;
extern const struct reg_table department_table;

#endif
