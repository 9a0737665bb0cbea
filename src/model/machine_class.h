/* machine_class.h: kinds of machines (pump, conveyor): they decide which failure codes are asked
 * for. */
#ifndef MODEL_MACHINE_CLASS_H
#define MODEL_MACHINE_CLASS_H

#include "base/shape.h"

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

#endif
