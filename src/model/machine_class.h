/* machine_class.h: kinds of machines (pump, conveyor): they decide which failure codes are asked
 * for. */
#ifndef MODEL_MACHINE_CLASS_H
#define MODEL_MACHINE_CLASS_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct machine_class {
	int64_t id;
	const char *code;
	const char *name;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape machine_class_shape;
extern const struct reg_table machine_class_table;

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status machine_class_options(const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
