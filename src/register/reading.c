/* reading.c: what meters showed as a history of files. */
#include "base/money.h"
#include "model/past.h"
#include "register/history.h"
#include "rule/meter.h"

static const struct rule rules[] = {
	{ FIELD(struct past_reading, machine_number), RULE_PLAIN, "Machine", "Its number or name.",
	    true, 1, 120, NULL },
	{ FIELD(struct past_reading, meter), RULE_PLAIN, "Meter", "Its name at that machine.", true,
	    1, 80, NULL },
	{ FIELD(struct past_reading, at), RULE_PLAIN, "When",
	    "Of each meter in this order in the file.", true, 0, 0, NULL },
	{ FIELD(struct past_reading, value), RULE_PLAIN, "Reading", NULL, true, -DECIMAL_MOST,
	    DECIMAL_MOST, NULL },
	{ FIELD(struct past_reading, began_again), RULE_CHECK, "It began at 0 again", NULL, false,
	    0, 0, NULL },
	{ FIELD(struct past_reading, sure), RULE_CHECK, "The reading is right",
	    "Although it is much more than usual.", false, 0, 0, NULL },
	{ FIELD(struct past_reading, note), RULE_PLAIN, "Note", NULL, false, 0, 400, NULL },
	{ FIELD(struct past_reading, unit), RULE_PLAIN, "Unit", "Of a meter that is to be added.",
	    false, 0, 12, NULL },
	{ FIELD_WORD(struct past_reading, kind, &meter_kind_words), RULE_CHOICE, "Kind",
	    "Of a meter that is to be added.", true, 0, 0, NULL },
	{ FIELD(struct past_reading, run_hours), RULE_CHECK, "It counts hours at work",
	    "Of a meter that is to be added.", false, 0, 0, NULL },
	{ FIELD(struct past_reading, rollover), RULE_PLAIN, "Begins at 0 again at",
	    "Of a meter that is to be added.", false, 1, DECIMAL_MOST, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_column columns[] = {
	{ "machine_number", "Machine", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "machine_name", "Name", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "meter", "Meter", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "at", "When", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "value", "Reading", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "unit", "Unit", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "user_name", "Read by", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "source", "Source", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "note", "Note", NULL, CELL_PLAIN, false, NO_PERMISSION },
};

static void
defaults(void *record)
{
	((struct past_reading *)record)->kind = "COUNTER";
}

static enum status
list(const struct actor *by, const void *filter, const void *last, int most, struct rows *out)
{
	return past_readings(by, filter, last, most, out);
}

const struct history reading_history = {
	.kind = "meter_reading",
	.base = "/readings",
	.title = "Meter readings",
	.form = &form,
	.shape = &past_reading_shape,
	.columns = columns,
	.column_count = COUNT(columns),
	.view = METER_VIEW,
	.edit = IMPORT_HISTORY,
	.key = { "machine_number", "meter" },
	.probe = "machine_number",
	.defaults = defaults,
	.list = list,
};
