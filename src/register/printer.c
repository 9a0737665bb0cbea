/* printer.c: the register of label printers. */
#include "model/printer.h"
#include "base/money.h"
#include "register/register.h"

#define MM DECIMAL_ONE

static const struct rule rules[] = {
	{ FIELD(struct printer, name), RULE_PLAIN, "Name", "Where it stands: Workshop, Store.",
	    true, 1, 80, NULL },
	{ FIELD_WORD(struct printer, kind, &printer_kind_words), RULE_CHOICE, "Kind", NULL, true, 0,
	    0, NULL },
	{ FIELD(struct printer, host), RULE_PLAIN, "Address in the network",
	    "Of a label printer: 192.168.10.20, or its name.", false, 0, 120, NULL },
	{ FIELD(struct printer, port), RULE_PLAIN, "Port", "9100 when left empty.", false, 1, 65535,
	    NULL },
	{ FIELD(struct printer, dpi), RULE_PLAIN, "Dots per inch", "203 when left empty.", false,
	    100, 1200, NULL },
	{ FIELD(struct printer, offset_x), RULE_PLAIN, "Moves everything to the right (mm)",
	    "Below 0: to the left.", false, -30 * MM, 30 * MM, NULL },
	{ FIELD(struct printer, offset_y), RULE_PLAIN, "Moves everything down (mm)", "Below 0: up.",
	    false, -30 * MM, 30 * MM, NULL },
	{ FIELD(struct printer, scale), RULE_PLAIN, "Scale (%)",
	    "100, unless the printer shrinks what it prints.", false, 90 * MM, 110 * MM, NULL },
	{ FIELD(struct printer, note), RULE_LINES, "Note", "Which rolls or sheets lie in it.",
	    false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Label printers",
	.create = "New printer",
	.edit = "Edit printer",
	.empty = "No label printers yet",
	.empty_help = "A printer remembers by how much it is off, or where it is in the network.",
	.archived = "Archived printers",
	.archive = "Archive this printer",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "kind", "Kind", NULL, CELL_PLAIN },
	{ "host", "Address in the network", NULL, CELL_PLAIN },
	{ "note", "Note", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "kind", "Kind", NULL, CELL_PLAIN },
	{ "host", "Address in the network", NULL, CELL_PLAIN },
	{ "port", "Port", NULL, CELL_PLAIN },
	{ "dpi", "Dots per inch", NULL, CELL_PLAIN },
	{ "offset_x", "Moves everything to the right (mm)", NULL, CELL_PLAIN },
	{ "offset_y", "Moves everything down (mm)", NULL, CELL_PLAIN },
	{ "scale", "Scale (%)", NULL, CELL_PLAIN },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static void
defaults(void *record)
{
	struct printer *p = record;

	p->kind = "PAPER";
	p->offset_x = p->offset_y = (struct decimal){ true, 0 };
	p->scale = (struct decimal){ true, 100 * DECIMAL_ONE };
}

const struct reg printer_register = {
	.base = "/printers",
	.table = &printer_table,
	.form = &form,
	.view = LABEL_PRINT,
	.edit = PRINTER_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.defaults = defaults,
};
