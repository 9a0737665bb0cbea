/* department.c: see department.h. */
#include "model/department.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct department, id),
	FIELD(struct department, name),
	FIELD(struct department, note),
	FIELD(struct department, version),
	FIELD(struct department, archived_at),
};

const struct shape department_shape = SHAPE(struct department, fields);

/* Its machines would lose the people who answer for them. */
static const struct reg_use uses[] = {
	{ REG_USE("machine", "department_id"),
	    "It still has machines. Move them to another department first." },
	{ 0 },
};

static void
belongs(const void *record, int64_t *machine_id, int64_t *department_id)
{
	(void)machine_id;
	*department_id = ((const struct department *)record)->id;
}

static const char *const stored[] = { "name", "note", NULL };
static const char *const like[] = { "name", "note", NULL };
static const struct reg_sort sorts[] = { { "name", { "name" }, true } };

const struct reg_table department_table = {
	.name = "department",
	.shape = &department_shape,
	.columns = "r.id, r.name, r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.uses = uses,
	.belongs = belongs,
};
