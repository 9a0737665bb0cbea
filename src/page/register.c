/* register.c: which register a request means, and the page of one record. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/event.h"
#include "model/extra.h"
#include "model/register_name.h"
#include "page/files.h"
#include "page/page.h"
#include "page/register.h"

enum { HISTORY_SHOWN = 20 };

const struct reg *
register_of(const struct request *rq)
{
	for (size_t i = 0; i < register_count; i++) {
		const size_t len = strlen(registers[i]->base);

		if (strncmp(rq->path, registers[i]->base, len) == 0 &&
		    (rq->path[len] == '/' || rq->path[len] == '\0'))
			return registers[i];
	}
	return NULL;
}

void
register_texts(struct request *rq, const struct reg *reg)
{
	const struct reg_texts *t = reg->texts;
	struct view *v = view_group(rq->view, "reg");

	view_text(v, "base", reg->base);
	view_text(v, "kind", reg->table->name);
	view_bool(v, "tree", reg == &location_register);
	view_text(v, "plural", page_text(rq, t->plural));
	view_text(v, "create", page_text(rq, t->create));
	view_text(v, "edit", page_text(rq, t->edit));
	view_text(v, "empty", page_text(rq, t->empty));
	view_text(v, "empty_help", page_text(rq, t->empty_help));
	view_text(v, "archived", page_text(rq, t->archived));
	view_text(v, "archive", page_text(rq, t->archive));
	view_bool(v, "may_merge",
	    reg->table->merge != NULL && permission_reach(rq->by->role, reg->edit) != REACH_NONE);
	view_bool(v, "may_edit", permission_reach(rq->by->role, reg->edit) != REACH_NONE);
	view_bool(v, "may_view", permission_reach(rq->by->role, reg->view) != REACH_NONE);
}

static void
view_number(struct view *v, const char *name, struct number n)
{
	if (n.known)
		view_int(v, name, n.n);
	else
		view_text(v, name, "");
}

static void
view_member(struct view *v, const char *name, const struct field *f, const void *record)
{
	const void *at = field_of(f, record);

	switch (f->type) {
	case TYPE_INT:
		view_int(v, name, *(const int64_t *)at);
		break;
	case TYPE_BOOL:
		view_bool(v, name, *(const bool *)at);
		break;
	case TYPE_TEXT:
		if (f->words != NULL)
			view_word(v, name, f->words, *(const char *const *)at);
		else
			view_text(v, name, *(const char *const *)at);
		break;
	case TYPE_NUMBER:
		view_number(v, name, *(const struct number *)at);
		break;
	case TYPE_DECIMAL:
		view_decimal(v, name, *(const struct decimal *)at);
		break;
	case TYPE_INSTANT:
		view_instant(v, name, *(const struct instant *)at);
		break;
	case TYPE_DATE:
		view_date(v, name, *(const struct date *)at);
		break;
	}
}

void
register_cell(struct view *cell, const struct request *rq, const struct reg *reg,
    const struct reg_column *column, const void *record)
{
	const struct field *f = shape_field(reg->table->shape, column->member);
	const bool word = f->type == TYPE_TEXT && f->words != NULL;

	view_text(cell, "header", page_text(rq, column->header));
	view_member(cell, "value", f, record);
	view_bool(cell, "is_link", column->cell == CELL_LINK);
	view_bool(cell, "is_badge", column->cell == CELL_BADGE);
	view_bool(cell, "is_mark", column->cell == CELL_MARK);
	view_bool(cell, "is_money", column->cell == CELL_MONEY);
	view_bool(cell, "is_lines", column->cell == CELL_LINES);
	view_bool(cell, "is_word", word && column->cell == CELL_PLAIN);
	view_bool(cell, "is_number", f->type == TYPE_DECIMAL && column->cell == CELL_PLAIN);
	view_bool(cell, "is_plain",
	    column->cell == CELL_PLAIN && !word && f->type != TYPE_DECIMAL && f->type != TYPE_BOOL);
	view_bool(cell, "is_flag", column->cell == CELL_PLAIN && f->type == TYPE_BOOL);
	view_bool(cell, "is_right", f->type == TYPE_DECIMAL);
}

/* Custom fields that have a value, as details. */
static void
add_custom(struct request *rq, const struct extra *x, struct view *details)
{
	const struct reg_table table = { .shape = x->shape };
	const struct reg reg = { .table = &table };

	for (size_t i = 0; i < x->fields.count; i++) {
		const struct custom_field *f = row_at(&x->fields, i);
		const struct reg_column column = { x->shape->fields[i].name, f->label, NULL,
			CELL_PLAIN };

		if (*extra_text(rq->by, x, x->values, i) != '\0')
			register_cell(view_item(details), rq, &reg, &column, x->values);
	}
}

void
register_tags(struct request *rq, struct view *in, const struct reg *reg, const char *tags)
{
	struct view *list = view_list(in, "tags");

	while (*tags != '\0') {
		const size_t len = strcspn(tags, ",");
		const char *name = text_trim(rq->arena, arena_text(rq->arena, tags, len));
		struct view *v = view_item(list);

		view_text(v, "tag", name);
		view_text(v, "tag_href",
		    arena_print(rq->arena, "%s?tag=%s", reg->base, text_url(rq->arena, name)));
		tags += len + (tags[len] != '\0');
	}
}

enum status
register_beside(struct request *rq, const struct reg *reg, int64_t id, struct view *details)
{
	struct rows aliases = { .shape = &option_shape };
	struct extra x = { 0 };
	const char *tags = "";
	enum status e = OK;

	if (word_index(&custom_kind_words, reg->table->name) >= 0) {
		e = extra_of(rq->by, reg->table->name, &x);
		if (!e)
			e = extra_find(rq->by, &x, id);
		if (!e)
			tags = extra_text(rq->by, &x, x.values, x.fields.count);
	}
	if (!e && reg->table->merge != NULL)
		e = alias_list(rq->by, reg->table->name, id, &aliases);
	if (e)
		return e;
	if (x.shape != NULL && details != NULL)
		add_custom(rq, &x, details);
	register_tags(rq, rq->view, reg, tags);
	view_bool(rq->view, "has_tags", *tags != '\0');
	view_rows(rq->view, "aliases", aliases);
	view_bool(rq->view, "has_aliases", aliases.count > 0);
	return OK;
}

static enum status
add_history(struct request *rq, const struct reg *reg, int64_t id)
{
	struct rows *events = NEW(rq->arena, struct rows);
	enum status e = event_list_record(
	    rq->by, reg->table->name, id, query_id(rq, "history"), HISTORY_SHOWN, events);

	if (!e)
		page_history(rq, "history", events);
	return e;
}

enum status
register_show(struct request *rq, const struct reg *reg, const void *record)
{
	const struct reg_page *own = register_page_of(reg);
	const struct shape *shape = reg->table->shape;
	const int64_t id = *(const int64_t *)field_of(shape_field(shape, "id"), record);
	struct view *details = view_list(rq->view, "details");
	enum status e = add_history(rq, reg, id);

	if (!e)
		e = page_files(rq, reg->table->name, id);
	if (!e)
		e = register_merged(rq, reg, id);
	if (!e && own->more != NULL)
		e = own->more(rq, record);
	if (e)
		return e;
	register_texts(rq, reg);
	view_record(rq->view, "record", shape, record);
	if (rq->response.code == 0)
		view_text(rq->view, "refused", NULL);
	view_text(rq->view, "title",
	    *(const char *const *)field_of(shape_field(shape, reg->table->title), record));
	for (size_t i = 0; i < reg->detail_count; i++)
		register_cell(view_item(details), rq, reg, &reg->details[i], record);
	e = register_beside(rq, reg, id, details);
	if (e)
		return e;
	return page(rq, own->show != NULL ? own->show : "register/show");
}

enum status
register_show_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_find(rq->by, reg->table, request_id(rq, 0), record);
	if (e)
		return e;
	return register_show(rq, reg, record);
}
