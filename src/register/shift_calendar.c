/* shift_calendar.c: the register of shift calendars. */
#include "model/shift_calendar.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct shift_calendar, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct shift_calendar, shifts), RULE_LINES, "Shifts",
	    "A line a span: mon-fri 06:00-22:00. A span may go over midnight: sun-thu 22:00-06:00.",
	    true, 1, 1000, NULL },
	{ FIELD(struct shift_calendar, note), RULE_LINES, "Note", NULL, false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Shift calendars",
	.create = "New shift calendar",
	.edit = "Edit shift calendar",
	.empty = "No shift calendars yet",
	.empty_help =
	    "When machines are asked to run. What stands outside of a shift is no downtime.",
	.archived = "Archived shift calendars",
	.archive = "Archive this shift calendar",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "shifts", "Shifts", NULL, CELL_LINES },
	{ "note", "Note", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "shifts", "Shifts", NULL, CELL_LINES },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg shift_calendar_register = {
	.base = "/shift-calendars",
	.table = &shift_calendar_table,
	.form = &form,
	.view = CALENDAR_VIEW,
	.edit = CALENDAR_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
