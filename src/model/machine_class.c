/* machine_class.c: see machine_class.h. */
#include "model/machine_class.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct machine_class, id),
	FIELD(struct machine_class, code),
	FIELD(struct machine_class, name),
	FIELD(struct machine_class, version),
	FIELD(struct machine_class, archived_at),
};

const struct shape machine_class_shape = SHAPE(struct machine_class, fields);

static const struct reg_use uses[] = {
	{ REG_USE("machine_model", "machine_class_id"),
	    "Machine models are of this class. Choose another class there first." },
	{ 0 },
};

static const char *const stored[] = { "code", "name", NULL };
static const char *const like[] = { "code", "name", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "code", { "code" }, true },
};

const struct reg_table machine_class_table = {
	.name = "machine_class",
	.shape = &machine_class_shape,
	.columns = "r.id, r.code, r.name, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.uses = uses,
};
