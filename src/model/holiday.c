/* holiday.c: see holiday.h. */
#include "model/holiday.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct holiday, id),
	FIELD(struct holiday, day),
	FIELD(struct holiday, name),
	FIELD(struct holiday, shift_calendar_id),
	FIELD(struct holiday, shift_calendar_name),
	FIELD(struct holiday, version),
	FIELD(struct holiday, archived_at),
};

const struct shape holiday_shape = SHAPE(struct holiday, fields);

static const struct field event_fields[] = {
	FIELD(struct holiday, day),
	FIELD(struct holiday, name),
	FIELD(struct holiday, shift_calendar_name),
};

static const struct shape event_shape_of = SHAPE(struct holiday, event_fields);

static const char *const stored[] = { "day", "name", "shift_calendar_id", NULL };
static const char *const like[] = { "name", NULL };
static const struct reg_sort sorts[] = {
	{ "day", { "day" }, false },
};
static const struct reg_filter filters[] = {
	{ "calendar", "shift_calendar_id", REG_REF },
};

const struct reg_table holiday_table = {
	.name = "holiday",
	.shape = &holiday_shape,
	.columns = "r.id, r.day, r.name, r.shift_calendar_id, c.name AS "
		   "shift_calendar_name, r.version, r.archived_at",
	.joins = " LEFT JOIN shift_calendar c ON c.id = r.shift_calendar_id",
	.stored = stored,
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
};
