/* department.c: the register of departments. */
#include "model/department.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct department, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct department, note), RULE_LINES, "Note", "What it does, whom to call.", false,
	    0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Departments",
	.create = "New department",
	.edit = "Edit department",
	.empty = "No departments yet",
	.empty_help = "Machines and people belong to departments. Begin with the first one.",
	.archived = "Archived departments",
	.archive = "Archive this department",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "note", "Note", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg department_register = {
	.base = "/departments",
	.table = &department_table,
	.form = &form,
	.view = DEPARTMENT_VIEW,
	.edit = DEPARTMENT_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
