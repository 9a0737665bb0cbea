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

static const struct reg_use uses[] = {
	{ REG_USE("machine", "shift_calendar_id"),
	    "Machines run by this calendar. Choose another one there first." },
	{ 0 },
};

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
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.check = check,
	.uses = uses,
};
