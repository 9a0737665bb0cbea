/* skill.c: the register of skills. */
#include "model/skill.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct skill, name), RULE_PLAIN, "Name", NULL, true, 1, 80, NULL },
	{ FIELD(struct skill, note), RULE_LINES, "Note", "Who certifies it, how often.", false, 0,
	    400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Skills",
	.create = "New skill",
	.edit = "Edit skill",
	.empty = "No skills yet",
	.empty_help = "What people can do or are allowed to do: welding, high voltage, forklift.",
	.archived = "Archived skills",
	.archive = "Archive this skill",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "note", "Note", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg skill_register = {
	.base = "/skills",
	.table = &skill_table,
	.form = &form,
	.view = SKILL_VIEW,
	.edit = SKILL_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
