/* maintenance_type.c: see maintenance_type.h. */
#include "model/maintenance_type.h"
#include "model/register.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct maintenance_type, id),
	FIELD(struct maintenance_type, name),
	FIELD(struct maintenance_type, name_fr),
	FIELD_WORD(struct maintenance_type, kind, &wo_kind_words),
	FIELD(struct maintenance_type, note),
	FIELD(struct maintenance_type, version),
	FIELD(struct maintenance_type, archived_at),
};

const struct shape maintenance_type_shape = SHAPE(struct maintenance_type, fields);

static const char *const stored[] = { "name", "name_fr", "kind", "note", NULL };
static const char *const like[] = { "name", "name_fr", "note", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, true },
};
static const struct reg_filter filters[] = {
	{ "kind", "kind", REG_WORD },
};

const struct reg_table maintenance_type_table = {
	.name = "maintenance_type",
	.shape = &maintenance_type_shape,
	.columns = "r.id, r.name, r.name_fr, r.kind, r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
};
