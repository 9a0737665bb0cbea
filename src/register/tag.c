/* tag.c: the register of tags. */
#include "model/tag.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct tag, name), RULE_PLAIN, "Name", NULL, true, 1, TAG_LONGEST, NULL },
	{ FIELD(struct tag, note), RULE_LINES, "Note", "What it is used for.", false, 0, 400,
	    NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Tags",
	.create = "New tag",
	.edit = "Edit tag",
	.empty = "No tags yet",
	.empty_help = "Words that you put on any record, to find together what belongs together.",
	.archived = "Archived tags",
	.archive = "Archive this tag",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "note", "Note", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg tag_register = {
	.base = "/tags",
	.table = &tag_table,
	.form = &form,
	.view = TAG_VIEW,
	.edit = TAG_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
