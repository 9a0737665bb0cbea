/* machine_model.c: the register of machine models. */
#include "model/machine_model.h"
#include "model/machine_class.h"
#include "model/vendor.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct machine_model, name), RULE_PLAIN, "Model", "As on its plate.", true, 1, 80,
	    NULL },
	{ FIELD(struct machine_model, manufacturer), RULE_PLAIN, "Manufacturer", NULL, false, 0, 80,
	    NULL },
	{ FIELD(struct machine_model, machine_class_id), RULE_REF, "Machine class",
	    "Decides which failure codes are offered first.", false, 0, 0, NULL },
	{ FIELD(struct machine_model, vendor_id), RULE_REF, "Vendor", "Who sells it and its parts.",
	    false, 0, 0, NULL },
	{ FIELD(struct machine_model, note), RULE_LINES, "Note", NULL, false, 0, 1000, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Machine models",
	.create = "New machine model",
	.edit = "Edit machine model",
	.empty = "No machine models yet",
	.empty_help = "What all machines of a kind share: manuals, spare parts and failure codes.",
	.archived = "Archived machine models",
	.archive = "Archive this machine model",
};

static const struct reg_column columns[] = {
	{ "name", "Model", "name", CELL_LINK },
	{ "manufacturer", "Manufacturer", "manufacturer", CELL_PLAIN },
	{ "machine_class_name", "Machine class", NULL, CELL_PLAIN },
	{ "vendor_name", "Vendor", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "manufacturer", "Manufacturer", NULL, CELL_PLAIN },
	{ "machine_class_name", "Machine class", NULL, CELL_PLAIN },
	{ "vendor_name", "Vendor", NULL, CELL_PLAIN },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Machine class", NULL, &machine_class_table },
};

static const struct reg_choice choices[] = {
	{ .member = "machine_class_id", .of = &machine_class_table },
	{ .member = "vendor_id", .of = &vendor_table },
};

const struct reg machine_model_register = {
	.base = "/machine-models",
	.table = &machine_model_table,
	.form = &form,
	.view = MODEL_VIEW,
	.edit = MODEL_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.choices = choices,
	.choice_count = COUNT(choices),
};
