/* machine_class.c: the register of machine classes. */
#include "model/machine_class.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct machine_class, code), RULE_PLAIN, "Code", "Short, like PU.", true, 1, 12,
	    NULL },
	{ FIELD(struct machine_class, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Machine classes",
	.create = "New machine class",
	.edit = "Edit machine class",
	.empty = "No machine classes yet",
	.empty_help = "Pump, conveyor, press: they decide which failure codes are offered first.",
	.archived = "Archived machine classes",
	.archive = "Archive this machine class",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "code", "Code", "code", CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "code", "Code", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg machine_class_register = {
	.base = "/machine-classes",
	.table = &machine_class_table,
	.form = &form,
	.view = MODEL_VIEW,
	.edit = MODEL_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
