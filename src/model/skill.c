/* skill.c: see skill.h. */
#include "model/skill.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct skill, id),
	FIELD(struct skill, name),
	FIELD(struct skill, note),
	FIELD(struct skill, version),
	FIELD(struct skill, archived_at),
};

const struct shape skill_shape = SHAPE(struct skill, fields);

static const char *const stored[] = { "name", "note", NULL };
static const char *const like[] = { "name", "note", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, true },
};

const struct reg_table skill_table = {
	.name = "skill",
	.shape = &skill_shape,
	.columns = "r.id, r.name, r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
};
