/* machine_model.h: what all machines of a kind share: manuals, spare parts, failure codes. */
#ifndef MODEL_MACHINE_MODEL_H
#define MODEL_MACHINE_MODEL_H

#include "base/shape.h"

struct reg_table;

struct machine_model {
	int64_t id;
	const char *name;
	const char *manufacturer;
	struct number machine_class_id;
	const char *machine_class_name; /* NULL: none */
	struct number vendor_id;
	const char *vendor_name; /* NULL: none */
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape machine_model_shape;
extern const struct reg_table machine_model_table;

#endif
