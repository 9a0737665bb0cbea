/* department.c: see department.h. */
#include "model/department.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct department, id),
	FIELD(struct department, name),
	FIELD(struct department, note),
	FIELD(struct department, version),
	FIELD(struct department, archived_at),
};

const struct shape department_shape = SHAPE(struct department, fields);

static const struct field event_fields[] = {
	FIELD(struct department, name),
	FIELD(struct department, note),
};

static const struct shape event_shape_of = SHAPE(struct department, event_fields);

/* Its machines would lose the people who answer for them. */
static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM machine"
				  " WHERE department_id = ? AND archived_at IS NULL)";
	const struct department *d = record;
	int64_t machines = 0;
	enum status e = db_int(by->db, sql, ARGS(ARG(d->id)), &machines);

	if (!e && machines != 0)
		*why = "It still has machines. Move them to another department first.";
	return e;
}

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
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.archivable = archivable,
	.belongs = belongs,
};
