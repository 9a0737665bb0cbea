/* register_list.c: the list of a register; what it is asked for is read by register_query.c. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/page.h"
#include "page/register_list.h"

enum { FEW_COLUMNS = 5 };

/* Headers; one that sorts leads to its order, or to the other direction of the present one. */
static void
add_columns(struct request *rq, const struct list *l)
{
	struct view *list = view_list(rq->view, "columns");

	for (size_t i = 0; i < l->columns.count; i++) {
		const struct list_column *c = &l->columns.at[i];
		const char *sort = c->of != NULL ? c->of->sort : NULL;
		const bool now = sort != NULL && strcmp(sort, l->ask.sort->name) == 0;
		struct view *v = view_item(list);

		view_text(v, "header", c->header);
		view_bool(v, "is_right",
		    c->of != NULL &&
			shape_field(l->reg->table->shape, c->of->member)->type == TYPE_DECIMAL);
		view_bool(v, "sorts", sort != NULL);
		view_bool(v, "up", now && !l->ask.descending);
		view_bool(v, "down", now && l->ask.descending);
		if (sort == NULL)
			continue;
		sort = now && !l->ask.descending ? arena_print(rq->arena, "-%s", sort) : sort;
		view_text(v, "href",
		    list_href(rq->arena, l->reg->base,
			list_query(rq->arena, l->query, "sort", NULL, sort)));
	}
}

/* As register_cell() adds one. */
static void
extra_cell(struct view *cell, const char *header, const char *text)
{
	static const char *const flags[] = { "is_link", "is_badge", "is_mark", "is_money",
		"is_lines", "is_url", "is_word", "is_number", "is_flag", "is_right" };

	view_text(cell, "header", header);
	view_text(cell, "value", text);
	view_bool(cell, "is_plain", true);
	for (size_t i = 0; i < COUNT(flags); i++)
		view_bool(cell, flags[i], false);
}

const char *
list_extra_text(const struct request *rq, const struct list *l, const struct list_column *c,
    const struct rows *values, size_t i)
{
	return extra_text(rq->by, &l->extra, row_at(values, i), c->extra);
}

bool
list_has_extra(const struct list *l)
{
	for (size_t i = 0; i < l->columns.count; i++)
		if (l->columns.at[i].of == NULL)
			return true;
	return false;
}

static void
add_row(struct request *rq, const struct list *l, struct view *row, const void *record,
    const struct rows *values, size_t i)
{
	const struct shape *shape = l->reg->table->shape;
	struct view *cells = view_list(row, "cells");
	const int64_t id = *(const int64_t *)field_of(shape_field(shape, "id"), record);

	view_int(row, "id", id);
	view_text(row, "href", arena_print(rq->arena, "%s/%" PRId64, l->reg->base, id));
	view_text(row, "title",
	    *(const char *const *)field_of(shape_field(shape, l->reg->table->title), record));
	for (size_t c = 0; c < l->columns.count; c++) {
		const struct list_column *column = &l->columns.at[c];

		if (column->of != NULL)
			register_cell(view_item(cells), rq, l->reg, column->of, record);
		else
			extra_cell(view_item(cells), column->header,
			    list_extra_text(rq, l, column, values, i));
	}
}

static enum status
add_rows(struct request *rq, const struct list *l, const struct rows *rows)
{
	struct view *list = view_list(rq->view, "rows");
	struct rows values = { 0 };
	enum status e = OK;

	if (rows->count > 0 && list_has_extra(l))
		e = extra_list(rq->by, &l->extra, rows, &values);
	for (size_t i = 0; !e && i < rows->count; i++)
		add_row(rq, l, view_item(list), row_at(rows, i), &values, i);
	return e;
}

/* ?undo=7 comes from the act of archiving: offers to restore that one. */
static enum status
add_undo(struct request *rq, const struct reg *reg)
{
	const struct shape *shape = reg->table->shape;
	const int64_t id = query_id(rq, "undo");
	void *record = arena_alloc(rq->arena, 1, shape->size);
	struct view *v;
	enum status e;

	e = id != 0 ? reg_find(rq->by, reg->table, id, record) : NOT_FOUND;
	if (e && e != NOT_FOUND)
		return e;
	if (e ||
	    !((const struct instant *)field_of(shape_field(shape, "archived_at"), record))->known) {
		view_text(rq->view, "undo", NULL);
		return OK;
	}
	v = view_group(rq->view, "undo");
	view_text(v, "title",
	    *(const char *const *)field_of(shape_field(shape, reg->table->title), record));
	view_text(v, "action", arena_print(rq->arena, "%s/%" PRId64 "/restore", reg->base, id));
	return OK;
}

/* What the form of the filters carries along unseen. */
static void
add_carried(struct request *rq, const struct list *l)
{
	static const char *const names[] = { "sort", "archived", "columns", "density", "view" };
	struct view *list = view_list(rq->view, "carried");

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = pairs_get(l->query, names[i]);
		struct view *v;

		if (text_empty(value))
			continue;
		v = view_item(list);
		view_text(v, "name", names[i]);
		view_text(v, "value", value);
	}
}

static void
add_state(struct request *rq, const struct list *l, size_t shown)
{
	bool any = l->ask.narrow_count > 0 || !text_empty(l->ask.search);

	for (size_t i = 0; i < l->reg->table->filter_count; i++)
		any = any || l->ask.filter[i] != NULL;
	view_text(rq->view, "search", l->ask.search);
	view_bool(rq->view, "archived", l->ask.archived);
	view_bool(rq->view, "compact", l->compact);
	view_int(rq->view, "shown", (int64_t)shown);
	view_bool(rq->view, "few", l->columns.count <= FEW_COLUMNS);
	view_bool(rq->view, "none", shown == 0);
	view_bool(
	    rq->view, "first_use", shown == 0 && !any && l->ask.after == 0 && !l->ask.archived);
	view_bool(rq->view, "no_results", shown == 0 && any);
	view_text(rq->view, "archived_href",
	    list_href(rq->arena, l->reg->base,
		list_query(rq->arena, l->query, "archived", NULL, l->ask.archived ? "" : "1")));
	add_carried(rq, l);
}

/* Where the next page goes on; NULL on the last one. */
static const char *
last_key(struct request *rq, const struct reg *reg, const struct rows *rows)
{
	if (rows->count <= LIST_SHOWN)
		return NULL;
	return arena_print(rq->arena, "%" PRId64,
	    *(const int64_t *)field_of(
		shape_field(reg->table->shape, "id"), row_at(rows, LIST_SHOWN - 1)));
}

/* The view that the person's list opens with, when the address asks for nothing. */
static const struct list_view *
usual_view(const struct request *rq, const struct list *l)
{
	for (size_t i = 0; rq->query.count == 0 && i < l->views.count; i++) {
		const struct list_view *v = row_at(&l->views, i);

		if (v->usual)
			return v;
	}
	return NULL;
}

static enum status
show(struct request *rq, struct list *l, struct rows *rows)
{
	const struct reg_page *own = register_page_of(l->reg);
	enum status e = list_filters(rq, l);

	if (!e)
		e = add_undo(rq, l->reg);
	if (e)
		return e;
	page_next(rq, rows, LIST_SHOWN, last_key(rq, l->reg, rows));
	e = add_rows(rq, l, rows);
	if (e)
		return e;
	register_texts(rq, l->reg);
	add_columns(rq, l);
	add_state(rq, l, rows->count);
	list_panels(rq, l);
	return page(rq, own->list != NULL ? own->list : "register/list");
}

enum status
register_list_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct list *l = NEW(rq->arena, struct list);
	const struct list_view *usual;
	struct rows rows = { 0 };
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	e = list_read(rq, reg, &rq->query, l);
	if (e)
		return e;
	usual = usual_view(rq, l);
	if (usual != NULL)
		return redirect(rq, "%s?%s%sview=%" PRId64, reg->base, usual->query,
		    *usual->query != '\0' ? "&" : "", usual->id);
	e = reg_list(rq->by, reg->table, &l->ask, LIST_SHOWN + 1, &rows);
	return e ? e : show(rq, l, &rows);
}
