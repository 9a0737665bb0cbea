/* machine_model.c: see machine_model.h. */
#include "model/machine_model.h"
#include "model/merge.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct machine_model, id),
	FIELD(struct machine_model, name),
	FIELD(struct machine_model, manufacturer),
	FIELD(struct machine_model, machine_class_id),
	FIELD(struct machine_model, machine_class_name),
	FIELD(struct machine_model, vendor_id),
	FIELD(struct machine_model, vendor_name),
	FIELD(struct machine_model, note),
	FIELD(struct machine_model, version),
	FIELD(struct machine_model, archived_at),
};

const struct shape machine_model_shape = SHAPE(struct machine_model, fields);

static const struct field event_fields[] = {
	FIELD(struct machine_model, name),
	FIELD(struct machine_model, manufacturer),
	FIELD(struct machine_model, machine_class_name),
	FIELD(struct machine_model, vendor_name),
	FIELD(struct machine_model, note),
};

static const struct shape event_shape_of = SHAPE(struct machine_model, event_fields);

static const struct reg_use uses[] = {
	{ REG_USE("machine", "machine_model_id"),
	    "Machines are of this model. Choose another model there first." },
	{ 0 },
};

static const char *const stored[] = { "name", "manufacturer", "machine_class_id", "vendor_id",
	"note", NULL };
static const char *const like[] = { "name", "manufacturer", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "manufacturer", { "manufacturer", "name" }, true },
};
static const struct reg_filter filters[] = {
	{ "class", "machine_class_id", REG_REF },
};

const struct reg_table machine_model_table = {
	.name = "machine_model",
	.shape = &machine_model_shape,
	.columns = "r.id, r.name, r.manufacturer, r.machine_class_id, c.name AS "
		   "machine_class_name, r.vendor_id, v.name AS vendor_name, r.note, "
		   "r.version, r.archived_at",
	.joins = " LEFT JOIN machine_class c ON c.id = r.machine_class_id"
		 " LEFT JOIN vendor v ON v.id = r.vendor_id",
	.stored = stored,
	.events = &event_shape_of,
	.title = "name",
	.key = "CONCAT_WS(' · ', NULLIF(r.manufacturer, ''), r.name)",
	.words = "r.name, r.manufacturer",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.uses = uses,
	.merge = &machine_model_merge,
};
