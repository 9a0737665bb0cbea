/* shift_calendar.c: see shift_calendar.h. */
#include "model/shift_calendar.h"
#include "base/arena.h"
#include "model/actor.h"
#include "model/register.h"
#include "rule/shift.h"

static const struct field fields[] = {
	FIELD(struct shift_calendar, id),
	FIELD(struct shift_calendar, name),
	FIELD(struct shift_calendar, note),
	FIELD(struct shift_calendar, shifts),
	FIELD(struct shift_calendar, version),
	FIELD(struct shift_calendar, archived_at),
};

const struct shape shift_calendar_shape = SHAPE(struct shift_calendar, fields);

static const struct field event_fields[] = {
	FIELD(struct shift_calendar, name),
	FIELD(struct shift_calendar, note),
	FIELD(struct shift_calendar, shifts),
};

static const struct shape event_shape_of = SHAPE(struct shift_calendar, event_fields);

/* The line that cannot be read is named. */
static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	const struct shift_calendar *c = record;
	struct shift_fault fault;
	struct shifts shifts;

	(void)before;
	if (shifts_parse(c->shifts, &shifts, &fault))
		return OK;
	*refused =
	    (struct reg_refusal){ "shifts", fault.text, arena_print(by->arena, "%d", fault.line) };
	return INVALID;
}

static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM machine"
				  " WHERE shift_calendar_id = ? AND archived_at IS NULL)";

	return reg_unused(by, sql, ((const struct shift_calendar *)record)->id,
	    "Machines run by this calendar. Choose another one there first.", why);
}

static const char *const stored[] = { "name", "note", "shifts", NULL };
static const char *const like[] = { "name", "note", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, true },
};

const struct reg_table shift_calendar_table = {
	.name = "shift_calendar",
	.shape = &shift_calendar_shape,
	.columns = "r.id, r.name, r.note, r.shifts, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.check = check,
	.archivable = archivable,
};
