/* part.c: the register of spare parts. */
#include "model/part.h"
#include "model/vendor.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct part, number), RULE_PLAIN, "Number", "As printed on the box.", true, 1, 40,
	    NULL },
	{ FIELD(struct part, name), RULE_PLAIN, "Name", NULL, true, 1, 120, NULL },
	{ FIELD(struct part, description), RULE_LINES, "Description", NULL, false, 0, 4000, NULL },
	{ FIELD(struct part, group_name), RULE_PLAIN, "Group", "Bearings, belts, fuses …", false, 0,
	    80, NULL },
	{ FIELD(struct part, unit), RULE_PLAIN, "Unit", "pc, m, l, kg …", true, 1, 12, NULL },
	{ FIELD(struct part, place), RULE_PLAIN, "Place", "Store, shelf, bin.", false, 0, 60,
	    NULL },
	{ FIELD(struct part, minimum), RULE_PLAIN, "Minimum stock",
	    "The store is told when fewer are on hand.", false, 0, INT64_C(99999999999999), NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Spare parts",
	.create = "New part",
	.edit = "Edit part",
	.empty = "No spare parts yet",
	.empty_help = "What the store keeps, where it lies and how much must always be there.",
	.archived = "Archived parts",
	.archive = "Archive this part",
};

static const struct reg_column columns[] = {
	{ "number", "Number", "number", CELL_LINK },
	{ "name", "Name", "name", CELL_PLAIN },
	{ "place", "Place", NULL, CELL_PLAIN },
	{ "on_hand", "On hand", NULL, CELL_PLAIN },
	{ "available", "Available", NULL, CELL_PLAIN },
	{ "minimum", "Minimum stock", NULL, CELL_PLAIN },
	{ "below_minimum", "Below minimum", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "description", "Description", NULL, CELL_LINES },
	{ "group_name", "Group", NULL, CELL_PLAIN },
	{ "unit", "Unit", NULL, CELL_PLAIN },
	{ "place", "Place", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ .label = "Below minimum" },
	{ .label = "Vendor", .of = &vendor_table },
};

static void
defaults(void *record)
{
	struct part *p = record;

	p->unit = "pc";
	p->minimum = (struct decimal){ true, 0 };
}

const struct reg part_register = {
	.base = "/parts",
	.table = &part_table,
	.form = &form,
	.view = PART_VIEW,
	.edit = PART_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.defaults = defaults,
};
