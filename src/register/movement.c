/* movement.c: stock movements as a history of files. */
#include "base/money.h"
#include "model/past.h"
#include "model/stock.h"
#include "register/history.h"

static const struct rule rules[] = {
	{ FIELD(struct past_movement, part_number), RULE_PLAIN, "Part", "Its number or name.", true,
	    1, 120, NULL },
	{ FIELD(struct past_movement, at), RULE_PLAIN, "When",
	    "In this order in the file, behind what the part has already.", true, 0, 0, NULL },
	{ FIELD_WORD(struct past_movement, kind, &movement_words), RULE_CHOICE, "Kind", NULL, true,
	    0, 0, NULL },
	{ FIELD(struct past_movement, quantity), RULE_PLAIN, "Quantity",
	    "What was issued with or without a minus.", true, -DECIMAL_MOST, DECIMAL_MOST, NULL },
	{ FIELD(struct past_movement, unit_cost), RULE_PLAIN, "Unit cost",
	    "Without it: the average of its time.", false, 0, DECIMAL_MOST, NULL },
	{ FIELD(struct past_movement, work_order_number), RULE_PLAIN, "Work order",
	    "Its number. What it was issued for, or what came back unused.", false, 0, 60, NULL },
	{ FIELD(struct past_movement, note), RULE_PLAIN, "Note", NULL, false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_column columns[] = {
	{ "at", "When", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "part_number", "Part", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "part_name", "Name", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "kind", "Kind", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "quantity", "Quantity", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "unit_cost", "Unit cost", NULL, CELL_MONEY, false, NO_PERMISSION },
	{ "on_hand_after", "On hand", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "work_order_number", "Work order", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "note", "Note", NULL, CELL_PLAIN, false, NO_PERMISSION },
	{ "user_name", "By", NULL, CELL_PLAIN, false, NO_PERMISSION },
};

static enum status
list(const struct actor *by, const void *filter, const void *last, int most, struct rows *out)
{
	return past_movements(by, filter, last, most, out);
}

const struct history movement_history = {
	.kind = "movement",
	.base = "/movements",
	.title = "Stock movements",
	.form = &form,
	.shape = &past_movement_shape,
	.columns = columns,
	.column_count = COUNT(columns),
	.view = MOVEMENT_VIEW,
	.edit = MOVEMENT_MAKE,
	.key = { "part_number", NULL },
	.probe = "part_number",
	.list = list,
};
