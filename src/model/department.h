/* department.h: the plant's departments: what machines and people belong to. */
#ifndef MODEL_DEPARTMENT_H
#define MODEL_DEPARTMENT_H

#include "base/shape.h"

struct actor;
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

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status department_options(const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
