/* failure_code.c: the register of failure codes. */
#include "model/failure_code.h"
#include "model/machine_class.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD_WORD(struct failure_code, kind, &failure_kind_words), RULE_CHOICE, "Kind", NULL,
	    true, 0, 0, NULL },
	{ FIELD(struct failure_code, code), RULE_PLAIN, "Code", "Short, like VIB.", true, 1, 12,
	    NULL },
	{ FIELD(struct failure_code, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct failure_code, name_fr), RULE_PLAIN, "Name in French",
	    "Without one, the name stands in French pages too.", false, 0, 80, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Failure codes",
	.create = "New failure code",
	.edit = "Edit failure code",
	.empty = "No failure codes yet",
	.empty_help = "They name what one sees, why it happened and what was done about it.",
	.archived = "Archived failure codes",
	.archive = "Archive this failure code",
};

static const struct reg_column columns[] = {
	{ "code", "Code", "code", CELL_LINK },
	{ "name", "Name", NULL, CELL_PLAIN },
	{ "name_fr", "Name in French", NULL, CELL_PLAIN },
	{ "kind", "Kind", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "kind", "Kind", NULL, CELL_PLAIN },
	{ "code", "Code", NULL, CELL_PLAIN },
	{ "name_fr", "Name in French", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ .label = "Kind", .words = &failure_kind_words },
	{ .label = "Machine class", .of = &machine_class_table },
};

static void
defaults(void *record)
{
	((struct failure_code *)record)->kind = "PROBLEM";
}

const struct reg failure_code_register = {
	.base = "/failure-codes",
	.table = &failure_code_table,
	.form = &form,
	.view = CODE_VIEW,
	.edit = CODE_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.defaults = defaults,
};
