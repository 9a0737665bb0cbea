/* work_order.c: work orders as a history of files: past ones, and those that are open. */
#include "rule/work_order.h"
#include "base/money.h"
#include "model/past.h"
#include "register/history.h"

#define MOST_HOURS (INT64_C(100000) * DECIMAL_ONE)
#define SUM 0, DECIMAL_MOST, NULL

static const struct rule rules[] = {
	{ FIELD(struct past_order, number), RULE_PLAIN, "Number",
	    "Like WO-2026-000123; any other is taken for the other program’s.", false, 0, 60,
	    NULL },
	{ FIELD(struct past_order, key), RULE_PLAIN, "Its number in the other program",
	    "The same file again then changes nothing.", false, 0, 60, NULL },
	{ FIELD_WORD(struct past_order, state, &wo_state_words), RULE_CHOICE, "State",
	    "Without it: completed, or cancelled.", false, 0, 0, NULL },
	{ FIELD(struct past_order, machine_number), RULE_PLAIN, "Machine", "Its number or name.",
	    true, 1, 120, NULL },
	{ FIELD_WORD(struct past_order, kind, &wo_kind_words), RULE_CHOICE, "Kind", NULL, true, 0,
	    0, NULL },
	{ FIELD_WORD(struct past_order, priority, &wo_priority_words), RULE_CHOICE, "Priority",
	    NULL, true, 0, 0, NULL },
	{ FIELD(struct past_order, description), RULE_LINES, "Description", NULL, false, 0, 10000,
	    NULL },
	{ FIELD(struct past_order, reporter), RULE_PLAIN, "Reported by",
	    "A name or e-mail address. Without such an account the name is kept as text.", false, 0,
	    330, NULL },
	{ FIELD(struct past_order, assignee), RULE_PLAIN, "Technician",
	    "A name or e-mail address. Without such an account the name is kept as text.", false, 0,
	    330, NULL },
	{ FIELD(struct past_order, due_on), RULE_PLAIN, "Due", NULL, false, 0, 0, NULL },
	{ FIELD(struct past_order, problem_code), RULE_PLAIN, "Problem", "A failure code.", false,
	    0, 12, NULL },
	{ FIELD(struct past_order, cause_code), RULE_PLAIN, "Cause", "A failure code.", false, 0,
	    12, NULL },
	{ FIELD(struct past_order, remedy_code), RULE_PLAIN, "Remedy", "A failure code.", false, 0,
	    12, NULL },
	{ FIELD(struct past_order, resolution), RULE_LINES, "What was done", NULL, false, 0, 10000,
	    NULL },
	{ FIELD(struct past_order, reported_at), RULE_PLAIN, "Reported", NULL, true, 0, 0, NULL },
	{ FIELD(struct past_order, accepted_at), RULE_PLAIN, "Accepted",
	    "Without it: when it was reported.", false, 0, 0, NULL },
	{ FIELD(struct past_order, completed_at), RULE_PLAIN, "Completed", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct past_order, confirmed_at), RULE_PLAIN, "Confirmed",
	    "Without this column all that are completed are confirmed.", false, 0, 0, NULL },
	{ FIELD(struct past_order, confirmed_by), RULE_PLAIN, "Confirmed by",
	    "Left empty where there is no such account.", false, 0, 330, NULL },
	{ FIELD(struct past_order, signed_name), RULE_PLAIN, "Signed by", NULL, false, 0, 80,
	    NULL },
	{ FIELD(struct past_order, cancelled_at), RULE_PLAIN, "Cancelled", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct past_order, cancel_reason), RULE_LINES, "Why it was cancelled", NULL, false,
	    0, 400, NULL },
	{ FIELD(struct past_order, machine_down), RULE_CHECK, "The machine stood still", NULL,
	    false, 0, 0, NULL },
	{ FIELD(struct past_order, stopped_at), RULE_PLAIN, "Stopped since",
	    "Without it: when it was reported, if it stood still.", false, 0, 0, NULL },
	{ FIELD(struct past_order, runs_at), RULE_PLAIN, "Runs again since",
	    "Without it: by the hours, or when it was completed.", false, 0, 0, NULL },
	{ FIELD(struct past_order, stop_hours), RULE_PLAIN, "Hours that it stood",
	    "Without them: from the report to the completion.", false, 0, MOST_HOURS, NULL },
	{ FIELD(struct past_order, stop_planned), RULE_CHECK, "The stop was planned",
	    "Without this column: of all but corrective ones.", false, 0, 0, NULL },
	{ FIELD(struct past_order, stop_failure), RULE_CHECK, "The machine had lost its function",
	    "Without this column: of corrective ones.", false, 0, 0, NULL },
	{ FIELD(struct past_order, stop_note), RULE_LINES, "Note on the stop", NULL, false, 0, 400,
	    NULL },
	{ FIELD(struct past_order, labour_hours), RULE_PLAIN, "Hours of work", NULL, false, 0,
	    MOST_HOURS, NULL },
	{ FIELD(struct past_order, labour_cost), RULE_PLAIN, "Cost of work", NULL, false, SUM },
	{ FIELD(struct past_order, parts_cost), RULE_PLAIN, "Cost of parts",
	    "Movements of parts that are imported later are in it.", false, SUM },
	{ FIELD(struct past_order, other_cost), RULE_PLAIN, "Other cost",
	    "Or of everything, as one sum.", false, -DECIMAL_MOST, DECIMAL_MOST, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_column columns[] = {
	{ "number", "Number", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "problem", "Problem", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "machine_number", "Machine", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "machine_name", "Name", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "state", "State", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "priority", "Priority", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "assignee_name", "Technician", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "reported_at", "Reported", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "due_on", "Due", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "total_cost", "Cost", NULL, CELL_MONEY, false, WORK_LOG_VIEW },
};

static const char *const costs[] = { "labour_hours", "labour_cost", "parts_cost", "other_cost",
	"total_cost", NULL };

static void
defaults(void *record)
{
	struct past_order *o = record;

	o->kind = "CORRECTIVE";
	o->priority = "MEDIUM";
}

static enum status
list(const struct actor *by, const void *filter, const void *last, int most, struct rows *out)
{
	return past_orders(by, filter, last, most, out);
}

const struct history work_order_history = {
	.kind = "work_order",
	.base = "/work-orders",
	.title = "Work orders",
	.form = &form,
	.shape = &past_order_shape,
	.columns = columns,
	.column_count = COUNT(columns),
	.view = WORK_ORDER_VIEW,
	.edit = IMPORT_HISTORY,
	.closed = costs,
	.closed_to = WORK_LOG_VIEW,
	.key = { "key", NULL },
	.probe = "key",
	.defaults = defaults,
	.list = list,
};
