/* machine_model.h: what all machines of a kind share: manuals, spare parts, failure codes. */
#ifndef MODEL_MACHINE_MODEL_H
#define MODEL_MACHINE_MODEL_H

#include "base/shape.h"

struct actor;
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

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status machine_model_options(const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
