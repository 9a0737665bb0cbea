/* location.c: the register of locations. */
#include "model/location.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct location, number), RULE_PLAIN, "Number", "The plant’s own, as H2-L3.", true,
	    1, 32, NULL },
	{ FIELD(struct location, name), RULE_PLAIN, "Name", NULL, true, 1, 120, NULL },
	{ FIELD_WORD(struct location, kind, &location_kind_words), RULE_CHOICE, "Kind", NULL, true,
	    0, 0, NULL },
	{ FIELD(struct location, parent_id), RULE_REF, "Part of",
	    "The larger place in which it lies.", false, 0, 0, NULL },
	{ FIELD(struct location, note), RULE_LINES, "Note", NULL, false, 0, 400, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Locations",
	.create = "New location",
	.edit = "Edit location",
	.empty = "No locations yet",
	.empty_help = "Site, building, line, cell: where machines stand.",
	.archived = "Archived locations",
	.archive = "Archive this location",
};

static const struct reg_column columns[] = {
	{ "number", "Number", "number", CELL_LINK },
	{ "name", "Name", "name", CELL_PLAIN },
	{ "kind", "Kind", NULL, CELL_PLAIN },
	{ "path", "Where", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "number", "Number", NULL, CELL_PLAIN },
	{ "kind", "Kind", NULL, CELL_PLAIN },
	{ "parent_path", "Part of", NULL, CELL_PLAIN },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Kind", &location_kind_words, NULL },
	{ "Part of", NULL, &location_table },
};

static const struct reg_choice choices[] = {
	{ .member = "parent_id", .of = &location_table },
};

static void
defaults(void *record)
{
	struct location *r = record;

	r->kind = "CELL";
}

const struct reg location_register = {
	.base = "/locations",
	.table = &location_table,
	.form = &form,
	.view = LOCATION_VIEW,
	.edit = LOCATION_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.choices = choices,
	.choice_count = COUNT(choices),
	.defaults = defaults,
};
