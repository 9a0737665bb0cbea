/* maintenance_type.c: the register of maintenance types. */
#include "model/maintenance_type.h"
#include "register/register.h"
#include "rule/work_order.h"

static const struct rule rules[] = {
	{ FIELD(struct maintenance_type, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct maintenance_type, name_fr), RULE_PLAIN, "Name in French",
	    "Without one, the name stands in French pages too.", false, 0, 80, NULL },
	{ FIELD_WORD(struct maintenance_type, kind, &wo_kind_words), RULE_CHOICE, "Kind",
	    "The figures are kept by kind.", true, 0, 0, NULL },
	{ FIELD(struct maintenance_type, note), RULE_LINES, "Note", NULL, false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Maintenance types",
	.create = "New maintenance type",
	.edit = "Edit maintenance type",
	.empty = "No maintenance types yet",
	.empty_help = "What the plant calls its work: lubrication round, legal inspection.",
	.archived = "Archived maintenance types",
	.archive = "Archive this maintenance type",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "name_fr", "Name in French", NULL, CELL_PLAIN },
	{ "kind", "Kind", NULL, CELL_MARK },
};

static const struct reg_column details[] = {
	{ "kind", "Kind", NULL, CELL_MARK },
	{ "name_fr", "Name in French", NULL, CELL_PLAIN },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Kind", &wo_kind_words, NULL },
};

static void
defaults(void *record)
{
	struct maintenance_type *r = record;

	r->kind = "CORRECTIVE";
}

const struct reg maintenance_type_register = {
	.base = "/maintenance-types",
	.table = &maintenance_type_table,
	.form = &form,
	.view = TYPE_VIEW,
	.edit = TYPE_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.defaults = defaults,
};
