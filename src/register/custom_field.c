/* custom_field.c: the register of the fields that a plant adds to its registers. */
#include "model/custom.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD_WORD(struct custom_field, kind, &custom_kind_words), RULE_CHOICE, "Register",
	    "Whose records have the field.", true, 0, 0, NULL },
	{ FIELD(struct custom_field, label), RULE_PLAIN, "Label", "As people read it on pages.",
	    true, 1, 80, NULL },
	{ FIELD_WORD(struct custom_field, type, &custom_type_words), RULE_CHOICE, "Type", NULL,
	    true, 0, 0, NULL },
	{ FIELD(struct custom_field, choices), RULE_LINES, "Choices",
	    "Of a choice: each on a line of its own.", false, 0, 2000, NULL },
	{ FIELD(struct custom_field, required), RULE_CHECK, "Must be filled in", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct custom_field, position), RULE_PLAIN, "Position",
	    "The fields of a form stand in this order.", false, 0, 9999, NULL },
	{ FIELD(struct custom_field, name), RULE_PLAIN, "Name in files",
	    "In imports, exports and the API; left empty, it is made of the label.", false, 0, 40,
	    NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Custom fields",
	.create = "New custom field",
	.edit = "Edit custom field",
	.empty = "No custom fields yet",
	.empty_help = "What your plant must know of its records and no field here asks for.",
	.archived = "Archived custom fields",
	.archive = "Archive this custom field",
};

static const struct reg_column columns[] = {
	{ "label", "Label", NULL, CELL_LINK },
	{ "kind", "Register", "register", CELL_PLAIN },
	{ "type", "Type", NULL, CELL_PLAIN },
	{ "name", "Name in files", NULL, CELL_PLAIN },
	{ "position", "Position", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "kind", "Register", NULL, CELL_PLAIN },
	{ "type", "Type", NULL, CELL_PLAIN },
	{ "choices", "Choices", NULL, CELL_LINES },
	{ "required", "Must be filled in", NULL, CELL_PLAIN },
	{ "position", "Position", NULL, CELL_PLAIN },
	{ "name", "Name in files", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Register", &custom_kind_words, NULL },
	{ "Type", &custom_type_words, NULL },
};

static void
defaults(void *record)
{
	struct custom_field *f = record;

	f->kind = "machine";
	f->type = "TEXT";
	f->choices = "";
	f->name = "";
}

const struct reg custom_field_register = {
	.base = "/custom-fields",
	.table = &custom_field_table,
	.form = &form,
	.view = CUSTOM_FIELD_EDIT,
	.edit = CUSTOM_FIELD_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.defaults = defaults,
};
