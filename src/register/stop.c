/* stop.c: the stops of machines as a history of files. */
#include "model/stop_list.h"
#include "register/history.h"

static const struct rule rules[] = {
	{ FIELD(struct stop_row, machine_number), RULE_PLAIN, "Machine", "Its number or name.",
	    true, 1, 120, NULL },
	{ FIELD(struct stop_row, started_at), RULE_PLAIN, "Stopped since", NULL, true, 0, 0, NULL },
	{ FIELD(struct stop_row, ended_at), RULE_PLAIN, "Runs again since", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct stop_row, planned), RULE_CHECK, "It was planned", NULL, false, 0, 0, NULL },
	{ FIELD(struct stop_row, failure), RULE_CHECK, "The machine had lost its function",
	    "A failure: it counts for the mean time between failures.", false, 0, 0, NULL },
	{ FIELD(struct stop_row, work_order_number), RULE_PLAIN, "Work order",
	    "Its number. Stops of work orders may overlap; others may not.", false, 0, 60, NULL },
	{ FIELD(struct stop_row, correction), RULE_LINES, "Note", NULL, false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_column columns[] = {
	{ "machine_number", "Machine", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "machine_name", "Name", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "started_at", "Stopped since", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "ended_at", "Runs again since", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "seconds", "Seconds", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "planned", "Planned", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "failure", "Failure", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "work_order_number", "Work order", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "problem_name", "Problem", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "correction", "Note", NULL, CELL_PLAIN, false, NO_PERMISSION },
};

static enum status
list(const struct actor *by, const void *filter, const void *last, int most, struct rows *out)
{
	struct stop_query q = *(const struct stop_query *)filter;
	const struct stop_row *row = last;

	if (row != NULL) {
		q.after_at = row->started_at;
		q.after_id = row->id;
	}
	return stop_rows(by, &q, most, out);
}

const struct history stop_history = {
	.kind = "stop",
	.base = "/stops",
	.title = "Stops of machines",
	.form = &form,
	.shape = &stop_row_shape,
	.columns = columns,
	.column_count = COUNT(columns),
	.view = MACHINE_VIEW,
	.edit = IMPORT_HISTORY,
	.key = { "machine_number", "started_at" },
	.probe = "machine_number",
	.list = list,
};
