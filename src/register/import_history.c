/* import_history.c: the forms of past work orders and of the first stock; see import.h. */
#include "base/money.h"
#include "register/import.h"
#include "rule/work_order.h"

static const struct rule order_rules[] = {
	{ FIELD(struct import_order, key), RULE_PLAIN, "Its number in the other program",
	    "The same file again then changes nothing.", false, 0, 60, NULL },
	{ FIELD(struct import_order, machine_number), RULE_PLAIN, "Machine", "Its number or name.",
	    true, 1, 120, NULL },
	{ FIELD_WORD(struct import_order, kind, &wo_kind_words), RULE_CHOICE, "Kind", NULL, true, 0,
	    0, NULL },
	{ FIELD_WORD(struct import_order, priority, &wo_priority_words), RULE_CHOICE, "Priority",
	    NULL, true, 0, 0, NULL },
	{ FIELD(struct import_order, description), RULE_LINES, "Description", NULL, true, 1, 10000,
	    NULL },
	{ FIELD(struct import_order, resolution), RULE_LINES, "What was done", NULL, false, 0,
	    10000, NULL },
	{ FIELD(struct import_order, reported_at), RULE_PLAIN, "Reported", NULL, true, 0, 0, NULL },
	{ FIELD(struct import_order, completed_at), RULE_PLAIN, "Completed",
	    "Only what is completed is history.", true, 0, 0, NULL },
	{ FIELD(struct import_order, machine_down), RULE_CHECK, "The machine stood still", NULL,
	    false, 0, 0, NULL },
	{ FIELD(struct import_order, stop_hours), RULE_PLAIN, "Hours that it stood",
	    "Without them: from the report to the completion.", false, 0,
	    INT64_C(10000) * DECIMAL_ONE, NULL },
	{ FIELD(struct import_order, problem_code), RULE_PLAIN, "Problem", "A failure code.", false,
	    0, 12, NULL },
	{ FIELD(struct import_order, cause_code), RULE_PLAIN, "Cause", "A failure code.", false, 0,
	    12, NULL },
	{ FIELD(struct import_order, remedy_code), RULE_PLAIN, "Remedy", "A failure code.", false,
	    0, 12, NULL },
	{ FIELD(struct import_order, other_cost), RULE_PLAIN, "Cost", "Of everything, as one sum.",
	    false, 0, DECIMAL_MOST, NULL },
};

const struct form import_order_form = { "entry", order_rules, COUNT(order_rules), NULL };

static const struct rule stock_rules[] = {
	{ FIELD(struct import_stock, part_number), RULE_PLAIN, "Part", "Its number or name.", true,
	    1, 120, NULL },
	{ FIELD(struct import_stock, quantity), RULE_PLAIN, "On hand", NULL, true, 1, DECIMAL_MOST,
	    NULL },
	{ FIELD(struct import_stock, unit_cost), RULE_PLAIN, "Unit cost", NULL, false, 0,
	    DECIMAL_MOST, NULL },
	{ FIELD(struct import_stock, note), RULE_PLAIN, "Note", NULL, false, 0, 200, NULL },
};

const struct form import_stock_form = { "entry", stock_rules, COUNT(stock_rules), NULL };
