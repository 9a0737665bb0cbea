/* skill.h: what people can do or are allowed to do: welding, high voltage. */
#ifndef MODEL_SKILL_H
#define MODEL_SKILL_H

#include "base/shape.h"

struct reg_table;

struct skill {
	int64_t id;
	const char *name;
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape skill_shape;
extern const struct reg_table skill_table;

#endif
