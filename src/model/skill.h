/* skill.h: what people can do or are allowed to do: welding, high voltage. */
#ifndef MODEL_SKILL_H
#define MODEL_SKILL_H

#include "base/shape.h"

struct actor;
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

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status skill_options(const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
