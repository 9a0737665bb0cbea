/* machine_class.c: see machine_class.h. */
#include "model/machine_class.h"
#include "model/actor.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct machine_class, id),
	FIELD(struct machine_class, code),
	FIELD(struct machine_class, name),
	FIELD(struct machine_class, version),
	FIELD(struct machine_class, archived_at),
};

const struct shape machine_class_shape = SHAPE(struct machine_class, fields);

static const struct field event_fields[] = {
	FIELD(struct machine_class, code),
	FIELD(struct machine_class, name),
};

static const struct shape event_shape_of = SHAPE(struct machine_class, event_fields);

static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM machine_model"
				  " WHERE machine_class_id = ? AND archived_at IS NULL)";

	return reg_unused(by, sql, ((const struct machine_class *)record)->id,
	    "Machine models are of this class. Choose another class there first.", why);
}

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
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.archivable = archivable,
};
