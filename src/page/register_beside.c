/* register_beside.c: custom fields, tags and merged names on the page of a record. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/beside.h"
#include "model/custom.h"
#include "page/page.h"
#include "page/register.h"

/* A value as a cell, as if it were a column of a register of its own. */
static void
add_value(struct request *rq, struct view *details, const struct beside_row *b)
{
	const enum type type = b->number.known ? TYPE_DECIMAL
			       : b->day.known  ? TYPE_DATE
					       : TYPE_TEXT;
	const size_t at = b->number.known ? offsetof(struct beside_row, number)
			  : b->day.known  ? offsetof(struct beside_row, day)
					  : offsetof(struct beside_row, text);
	const struct field field = { "value", type, at, NULL };
	const struct shape shape = { &field, 1, sizeof(*b) };
	const struct reg_table table = { .shape = &shape };
	const struct reg reg = { .table = &table };
	const struct reg_column column = { "value", b->name, NULL, CELL_PLAIN };

	if (details != NULL && b->shown && (type != TYPE_TEXT || !text_empty(b->text)))
		register_cell(view_item(details), rq, &reg, &column, b);
}

/* What histories on this page call the fields: no second query. */
static void
keep_label(struct request *rq, const struct beside_row *b, size_t room)
{
	struct custom_field *f;

	if (rq->custom_fields == NULL) {
		rq->custom_fields = NEW(rq->arena, struct rows);
		*rq->custom_fields = (struct rows){ &custom_field_shape,
			NEW_ARRAY(rq->arena, struct custom_field, room), 0 };
	}
	f = row_at(rq->custom_fields, rq->custom_fields->count++);
	f->id = b->id;
	f->label = b->name;
}

static void
add_tag(struct request *rq, struct view *tags, const struct reg *reg, const struct beside_row *b)
{
	struct view *v = view_item(tags);

	view_text(v, "tag", b->name);
	view_text(v, "tag_href", arena_print(rq->arena, "%s?tag=%" PRId64, reg->base, b->id));
}

static void
add_merged(struct request *rq, const struct reg *reg, const struct beside_row *b)
{
	struct view *v = view_group(rq->view, "merged");

	view_text(v, "into_title", b->name);
	view_text(v, "into_href", arena_print(rq->arena, "%s/%" PRId64, reg->base, b->id));
}

void
register_beside_show(
    struct request *rq, const struct reg *reg, const struct rows *rows, struct view *details)
{
	struct view *tags = view_list(rq->view, "tags"), *aliases = view_list(rq->view, "aliases");
	bool merged = false;

	for (size_t i = 0; i < rows->count; i++) {
		const struct beside_row *b = row_at(rows, i);

		if (strcmp(b->what, "FIELD") == 0) {
			keep_label(rq, b, rows->count);
			add_value(rq, details, b);
		} else if (strcmp(b->what, "TAG") == 0) {
			add_tag(rq, tags, reg, b);
		} else if (strcmp(b->what, "ALIAS") == 0) {
			view_text(view_item(aliases), "name", b->name);
		} else {
			add_merged(rq, reg, b);
			merged = true;
		}
	}
	if (!merged)
		view_text(rq->view, "merged", NULL);
	view_bool(rq->view, "has_tags", tags->first != NULL);
	view_bool(rq->view, "has_aliases", aliases->first != NULL);
}

enum status
register_beside(struct request *rq, const struct reg *reg, int64_t id, struct view *details)
{
	struct rows rows = { 0 };
	enum status e = word_index(&custom_kind_words, reg->table->name) < 0
			    ? OK
			    : beside_list(rq->by, reg->table, id, &rows);

	if (!e)
		register_beside_show(rq, reg, &rows, details);
	return e;
}
