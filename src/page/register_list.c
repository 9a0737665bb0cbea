/* register_list.c: the list of a register: search, filters as chips, order, pages by key. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/page.h"
#include "page/register.h"

enum { LIST_SHOWN = 50, FEW_COLUMNS = 5 };

/* "name", or "-name" downwards; what is not an order of the table is the usual one. */
static void
read_sort(const struct request *rq, const struct reg_table *t, struct reg_query *ask)
{
	const char *text = pairs_get(&rq->query, "sort");

	ask->sort = &t->sorts[0];
	if (text_empty(text))
		return;
	ask->descending = *text == '-';
	text += ask->descending;
	for (size_t i = 0; i < t->sort_count; i++)
		if (strcmp(t->sorts[i].name, text) == 0) {
			ask->sort = &t->sorts[i];
			return;
		}
	ask->descending = false;
}

static const char *
read_filter(const struct request *rq, const struct reg *reg, size_t i)
{
	const struct reg_filter *f = &reg->table->filters[i];
	const char *value = pairs_get(&rq->query, f->name);

	if (text_empty(value))
		return NULL;
	if (f->kind == REG_WORD && word_index(reg->filters[i].words, value) < 0)
		return NULL;
	if (f->kind == REG_REF && query_id(rq, f->name) == 0)
		return NULL;
	return value;
}

static void
read_query(const struct request *rq, const struct reg *reg, struct reg_query *ask)
{
	const char *search = pairs_get(&rq->query, "search");

	ask->search = search != NULL ? text_cut(rq->arena, text_trim(rq->arena, search), 100) : "";
	ask->archived = !text_empty(pairs_get(&rq->query, "archived"));
	ask->after = query_id(rq, "after");
	for (size_t i = 0; i < reg->table->filter_count; i++)
		ask->filter[i] = read_filter(rq, reg, i);
	read_sort(rq, reg->table, ask);
}

static void
add_option(struct view *list, const char *value, const char *text, const char *chosen)
{
	struct view *v = view_item(list);

	view_text(v, "value", value);
	view_text(v, "text", text);
	view_bool(v, "selected", chosen != NULL && strcmp(chosen, value) == 0);
}

/* The choices of one filter; *text is what the chosen one is called. */
static enum status
add_options(struct request *rq, struct view *list, const struct reg_filter_text *f,
    const char *chosen, const char **text)
{
	struct rows rows = { 0 };
	enum status e;

	for (size_t i = 0; f->words != NULL && i < f->words->count; i++) {
		const char *name = page_text(rq, f->words->list[i].text);

		add_option(list, f->words->list[i].code, name, chosen);
		if (chosen != NULL && strcmp(chosen, f->words->list[i].code) == 0)
			*text = name;
	}
	if (f->rows == NULL)
		return OK;
	e = f->rows(rq->by, 0, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct option *o = row_at(&rows, i);
		const char *id = arena_print(rq->arena, "%" PRId64, o->id);

		add_option(list, id, o->name, chosen);
		if (chosen != NULL && strcmp(chosen, id) == 0)
			*text = o->name;
	}
	return e;
}

static void
add_chip(
    struct request *rq, struct view *chips, const char *label, const char *text, const char *name)
{
	struct view *v = view_item(chips);

	view_text(v, "label", label);
	view_text(v, "text", text);
	view_text(v, "remove", page_query(rq, name, ""));
}

static enum status
add_filters(struct request *rq, const struct reg *reg, const struct reg_query *ask)
{
	struct view *filters = view_list(rq->view, "filters");
	struct view *chips = view_list(rq->view, "chips");
	enum status e = OK;

	for (size_t i = 0; !e && i < reg->table->filter_count; i++) {
		const struct reg_filter *f = &reg->table->filters[i];
		const char *label = page_text(rq, reg->filters[i].label);
		struct view *v = view_item(filters);
		const char *text = f->kind == REG_FLAG ? page_text(rq, "Yes") : ask->filter[i];

		view_text(v, "name", f->name);
		view_text(v, "label", label);
		view_bool(v, "is_flag", f->kind == REG_FLAG);
		view_bool(v, "is_choice", f->kind != REG_FLAG);
		view_bool(v, "on", ask->filter[i] != NULL);
		e = add_options(
		    rq, view_list(v, "options"), &reg->filters[i], ask->filter[i], &text);
		if (!e && ask->filter[i] != NULL)
			add_chip(rq, chips, label, text, f->name);
	}
	if (!text_empty(ask->search))
		add_chip(rq, chips, page_text(rq, "Search"), ask->search, "search");
	view_bool(rq->view, "has_chips", chips->first != NULL);
	return e;
}

/* Headers; one that sorts leads to its order, or to the other direction of the present one. */
static void
add_columns(struct request *rq, const struct reg *reg, const struct reg_query *ask)
{
	struct view *list = view_list(rq->view, "columns");

	for (size_t i = 0; i < reg->column_count; i++) {
		const struct reg_column *c = &reg->columns[i];
		const struct field *f = shape_field(reg->table->shape, c->member);
		struct view *v = view_item(list);
		const bool now = c->sort != NULL && strcmp(c->sort, ask->sort->name) == 0;

		view_text(v, "header", page_text(rq, c->header));
		view_bool(v, "is_right", f->type == TYPE_DECIMAL);
		view_bool(v, "sorts", c->sort != NULL);
		view_bool(v, "up", now && !ask->descending);
		view_bool(v, "down", now && ask->descending);
		if (c->sort == NULL)
			continue;
		view_text(v, "href",
		    page_query(rq, "sort",
			now && !ask->descending ? arena_print(rq->arena, "-%s", c->sort)
						: c->sort));
	}
}

static void
add_rows(struct request *rq, const struct reg *reg, const struct rows *rows)
{
	struct view *list = view_list(rq->view, "rows");
	const struct field *id = shape_field(reg->table->shape, "id");

	for (size_t i = 0; i < rows->count; i++) {
		const void *record = row_at(rows, i);
		struct view *row = view_item(list);
		struct view *cells = view_list(row, "cells");

		view_text(row, "href",
		    arena_print(rq->arena, "%s/%" PRId64, reg->base,
			*(const int64_t *)field_of(id, record)));
		for (size_t c = 0; c < reg->column_count; c++)
			register_cell(view_item(cells), rq, reg, &reg->columns[c], record);
	}
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

static void
add_state(struct request *rq, const struct reg *reg, const struct reg_query *ask, size_t shown)
{
	const char *sort = pairs_get(&rq->query, "sort");
	bool any = false;

	for (size_t i = 0; i < reg->table->filter_count; i++)
		any = any || ask->filter[i] != NULL;
	view_text(rq->view, "search", ask->search);
	view_text(rq->view, "sort", sort != NULL ? sort : "");
	view_bool(rq->view, "archived", ask->archived);
	view_int(rq->view, "shown", (int64_t)shown);
	view_bool(rq->view, "few", reg->column_count <= FEW_COLUMNS);
	view_bool(rq->view, "none", shown == 0);
	view_bool(rq->view, "first_use",
	    shown == 0 && !any && text_empty(ask->search) && ask->after == 0 && !ask->archived);
	view_bool(rq->view, "no_results", shown == 0 && (any || !text_empty(ask->search)));
	view_text(rq->view, "archived_href", page_query(rq, "archived", ask->archived ? "" : "1"));
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

enum status
register_list_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct reg_query ask = { 0 };
	const struct reg_page *own;
	struct rows rows = { 0 };
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	read_query(rq, reg, &ask);
	e = reg_list(rq->by, reg->table, &ask, LIST_SHOWN + 1, &rows);
	if (!e)
		e = add_filters(rq, reg, &ask);
	if (!e)
		e = add_undo(rq, reg);
	if (e)
		return e;
	page_next(rq, &rows, LIST_SHOWN, last_key(rq, reg, &rows));
	register_texts(rq, reg);
	add_columns(rq, reg, &ask);
	add_rows(rq, reg, &rows);
	add_state(rq, reg, &ask, rows.count);
	own = register_page_of(reg);
	return page(rq, own->list != NULL ? own->list : "register/list");
}
