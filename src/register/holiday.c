/* holiday.c: the register of holidays. */
#include "model/holiday.h"
#include "model/shift_calendar.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct holiday, day), RULE_PLAIN, "Day", NULL, true, 0, 0, NULL },
	{ FIELD(struct holiday, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct holiday, shift_calendar_id), RULE_REF, "Shift calendar",
	    "None: the whole plant.", false, 0, 0, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Holidays",
	.create = "New holiday",
	.edit = "Edit holiday",
	.empty = "No holidays yet",
	.empty_help = "Days on which nothing is asked to run: they do not count as downtime.",
	.archived = "Archived holidays",
	.archive = "Archive this holiday",
};

static const struct reg_column columns[] = {
	{ "name", "Name", NULL, CELL_LINK },
	{ "day", "Day", "day", CELL_PLAIN },
	{ "shift_calendar_name", "Shift calendar", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "day", "Day", NULL, CELL_PLAIN },
	{ "shift_calendar_name", "Shift calendar", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Shift calendar", NULL, &shift_calendar_table },
};

static const struct reg_choice choices[] = {
	{ .member = "shift_calendar_id", .of = &shift_calendar_table },
};

const struct reg holiday_register = {
	.base = "/holidays",
	.table = &holiday_table,
	.form = &form,
	.view = CALENDAR_VIEW,
	.edit = CALENDAR_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.choices = choices,
	.choice_count = COUNT(choices),
};
