/* import_stock.c: the form of the first stock; see import.h. */
#include "base/money.h"
#include "register/import.h"

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
