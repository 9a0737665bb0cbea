/* register_query.c: see register_query.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "model/register_name.h"
#include "page/page.h"
#include "page/register_query.h"

/* No page of ours asks for more; each is a value of one statement. */
enum { ASKED_MOST = 120 };

/* "name", or "-name" downwards; what is not an order of the table is the usual one. */
static void
read_sort(const char *text, const struct reg_table *t, struct reg_query *ask)
{
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

/* What stands around the list: one query. */
static enum status
read_around(struct request *rq, struct list *l)
{
	const char *kind = l->reg->table->name;
	struct reg_ask asks[REG_FILTERS];
	struct list_around *around = NEW(rq->arena, struct list_around);
	size_t n = 0;
	enum status e;

	for (size_t i = 0; i < l->reg->table->filter_count && i < REG_FILTERS; i++)
		if (l->reg->filters[i].of != NULL)
			asks[n++] = (struct reg_ask){ l->reg->filters[i].of, 0, &l->options[i] };
	e = list_around(rq->by, kind, word_index(&custom_kind_words, kind) >= 0, asks, n,
	    LIST_OPTIONS + 1, around);
	l->extra = around->extra;
	l->views = around->views;
	l->tags = around->tags;
	return e;
}

static bool
is_number(const char *text)
{
	return *text != '\0' && strlen(text) < 19 && text[strspn(text, "0123456789")] == '\0';
}

/* An id, or the name of a choice: what was typed where there are too many to choose from. */
static enum status
read_ref(struct request *rq, struct list *l, size_t i, const char *typed, const char **value)
{
	struct rows like = { 0 };
	int64_t id = 0;
	enum status e = OK;

	*value = NULL;
	if (strcmp(typed, "-") == 0 || is_number(typed)) {
		*value = strcmp(typed, "0") == 0 ? NULL : typed;
		return OK;
	}
	for (size_t o = 0; *value == NULL && o < l->options[i].count; o++) {
		const struct option *option = row_at(&l->options[i], o);

		if (strcmp(option->name, typed) == 0)
			*value = arena_print(rq->arena, "%" PRId64, option->id);
	}
	if (*value == NULL && l->reg->filters[i].of != NULL) {
		e = reg_resolve(rq->by, l->reg->filters[i].of, typed, &id, &like);
		if (!e)
			*value = arena_print(rq->arena, "%" PRId64, id);
		e = e == NOT_FOUND ? OK : e;
	}
	if (*value == NULL)
		*value = "9223372036854775807"; /* nothing has that name */
	return e;
}

static enum status
read_value(struct request *rq, struct list *l, size_t i, const char *typed, const char **value)
{
	const struct reg_filter *f = &l->reg->table->filters[i];

	*value = NULL;
	if (f->kind == REG_REF)
		return read_ref(rq, l, i, typed, value);
	if (f->kind == REG_WORD && word_index(l->reg->filters[i].words, typed) >= 0)
		*value = typed;
	if (f->kind == REG_FLAG)
		*value = strcmp(typed, "0") == 0 ? "0" : "1";
	return OK;
}

/* "installed_on_from" and "installed_on_to"; "-" alone for none. */
static const char *
read_dates(struct request *rq, const struct pairs *query, const char *name)
{
	const char *one = pairs_get(query, name);
	const char *from = pairs_get(query, arena_print(rq->arena, "%s_from", name));
	const char *to = pairs_get(query, arena_print(rq->arena, "%s_to", name));

	if (one != NULL && strcmp(one, "-") == 0)
		return one;
	from = from != NULL && date_parse(from).known ? from : "";
	to = to != NULL && date_parse(to).known ? to : "";
	return *from == '\0' && *to == '\0' ? NULL : arena_print(rq->arena, "%s..%s", from, to);
}

static enum status
read_filter(struct request *rq, struct list *l, size_t i)
{
	const struct reg_filter *f = &l->reg->table->filters[i];
	struct buf all = { .arena = rq->arena };
	enum status e = OK;

	if (f->kind == REG_DATE) {
		l->ask.filter[i] = read_dates(rq, l->query, f->name);
		return OK;
	}
	for (size_t p = 0; !e && p < l->query->count; p++) {
		const struct pair *pair = &l->query->at[p];
		const char *value;

		if (strcmp(pair->name, f->name) != 0 || *pair->value == '\0')
			continue;
		e = read_value(rq, l, i, pair->value, &value);
		if (!e && value != NULL && (f->kind != REG_FLAG || all.len == 0)) {
			buf_text(&all, all.len > 0 ? "," : "");
			buf_text(&all, value);
		}
	}
	/* Together with others "none at all" cannot be asked; it then means nothing. */
	l->ask.filter[i] = all.len > 0 ? all.text : NULL;
	return e;
}

static enum status
add_narrow(struct request *rq, struct list *l, const struct pair *p)
{
	struct extra_narrow *to = &l->narrow[l->ask.narrow_count];
	const bool tag = strcmp(p->name, "tag") == 0;
	enum status e;

	for (size_t i = 0; i < l->ask.narrow_count; i++)
		if (strcmp(l->narrowed[i], p->name) == 0)
			return OK;
	for (size_t i = 0; i < l->extra.fields.count; i++)
		if (!tag && strcmp(l->extra.shape->fields[i].name, p->name) == 0) {
			l->narrowed[l->ask.narrow_count++] = p->name;
			return extra_narrow(rq->by, &l->extra, i, p->value, to);
		}
	if (!tag || !is_number(p->value))
		return OK;
	e = extra_narrow_tag(rq->by, l->reg->table->name, strtoll(p->value, NULL, 10), to);
	l->narrowed[l->ask.narrow_count++] = p->name;
	return e;
}

/* By tags and custom fields. */
static enum status
read_extra(struct request *rq, struct list *l)
{
	enum status e = OK;

	if (l->extra.shape == NULL)
		return OK;
	l->ask.narrow = l->narrow;
	for (size_t i = 0; !e && i < l->query->count && l->ask.narrow_count < LIST_NARROWS; i++)
		if (*l->query->at[i].value != '\0')
			e = add_narrow(rq, l, &l->query->at[i]);
	return e;
}

static struct list_column
column_of(const struct request *rq, const struct reg_column *c, bool usual)
{
	return (struct list_column){ c->member, page_text(rq, c->header), c, 0, usual };
}

static const struct list_column *
find_column(const struct list_columns *all, const char *name, size_t len)
{
	for (size_t i = 0; i < all->count; i++)
		if (strlen(all->at[i].name) == len && strncmp(all->at[i].name, name, len) == 0)
			return &all->at[i];
	return NULL;
}

static void
add_column(struct list_columns *to, struct list_column column)
{
	if (to->count < LIST_COLUMNS && find_column(to, column.name, strlen(column.name)) == NULL)
		to->at[to->count++] = column;
}

void
list_all_columns(const struct request *rq, const struct reg *reg, const struct extra *extra,
    struct list_columns *all)
{
	all->count = 0;
	for (size_t i = 0; i < reg->column_count; i++)
		if (register_sees(reg, rq->by->role, reg->columns[i].member))
			add_column(all, column_of(rq, &reg->columns[i], !reg->columns[i].rare));
	for (size_t i = 0; i < reg->detail_count; i++)
		if (register_sees(reg, rq->by->role, reg->details[i].member))
			add_column(all, column_of(rq, &reg->details[i], false));
	for (size_t i = 0; i < extra->fields.count; i++) {
		const struct custom_field *f = row_at(&extra->fields, i);

		add_column(all,
		    (struct list_column){ extra->shape->fields[i].name, f->label, NULL, i, false });
	}
	if (word_index(&custom_kind_words, reg->table->name) >= 0)
		add_column(all, (struct list_column){ "tags", page_text(rq, "Tags"), NULL,
				    extra->fields.count, false });
}

static bool
is_link(const struct list_column *c)
{
	return c->of != NULL && c->of->cell == CELL_LINK;
}

void
list_choose_columns(const struct list_columns *all, const char *names, struct list_columns *out)
{
	bool link = false, chosen;

	out->count = 0;
	for (size_t n; names != NULL && *names != '\0'; names += n + (names[n] == ',')) {
		const struct list_column *c;

		n = strcspn(names, ",");
		c = find_column(all, names, n);
		if (c != NULL)
			add_column(out, *c);
	}
	chosen = out->count > 0;
	for (size_t i = 0; !chosen && i < all->count; i++)
		if (all->at[i].usual)
			out->at[out->count++] = all->at[i];
	for (size_t i = 0; i < out->count; i++)
		link = link || is_link(&out->at[i]);
	for (size_t i = 0; !link && i < all->count && out->count < LIST_COLUMNS; i++)
		if (is_link(&all->at[i])) {
			memmove(out->at + 1, out->at, out->count++ * sizeof(out->at[0]));
			out->at[0] = all->at[i];
			link = true;
		}
}

const char *
list_column_names(struct arena *a, const struct list_columns *columns)
{
	struct buf b = { .arena = a };

	buf_text(&b, "");
	for (size_t i = 0; i < columns->count; i++)
		buf_print(&b, "%s%s", i > 0 ? "," : "", columns->at[i].name);
	return b.text;
}

const char *
list_query(struct arena *a, const struct pairs *query, const char *name, const char *value,
    const char *add)
{
	static const char *const place[] = { "after", "undo" };
	struct buf b = { .arena = a };

	buf_text(&b, "");
	for (size_t i = 0; i < query->count; i++) {
		const struct pair *p = &query->at[i];
		const bool same = name != NULL && strcmp(p->name, name) == 0;

		if (*p->value == '\0' || strcmp(p->name, place[0]) == 0 ||
		    strcmp(p->name, place[1]) == 0 ||
		    (same && (value == NULL || strcmp(p->value, value) == 0)))
			continue;
		buf_print(&b, "%s%s=%s", b.len > 0 ? "&" : "", text_url(a, p->name),
		    text_url(a, p->value));
	}
	if (!text_empty(add))
		buf_print(&b, "%s%s=%s", b.len > 0 ? "&" : "", name, text_url(a, add));
	return b.text;
}

const char *
list_href(struct arena *a, const char *base, const char *query)
{
	return *query != '\0' ? arena_print(a, "%s?%s", base, query) : base;
}

static void
read_views(struct list *l)
{
	const char *open = pairs_get(l->query, "view");
	const int64_t id = open != NULL && is_number(open) ? strtoll(open, NULL, 10) : 0;

	for (size_t i = 0; i < l->views.count; i++) {
		const struct list_view *v = row_at(&l->views, i);

		if (v->id == 0)
			l->setting = v;
		else if (v->id == id)
			l->view = v;
	}
}

static void
read_look(struct request *rq, struct list *l)
{
	const char *names = pairs_get(l->query, "columns");
	const char *density = pairs_get(l->query, "density");
	struct list_columns all;

	if (text_empty(names) && l->setting != NULL)
		names = l->setting->name;
	list_all_columns(rq, l->reg, &l->extra, &all);
	list_choose_columns(&all, names, &l->columns);
	l->compact = density != NULL ? strcmp(density, "compact") == 0
				     : l->setting != NULL && l->setting->compact;
}

enum status
list_read(struct request *rq, const struct reg *reg, const struct pairs *query, struct list *l)
{
	const char *search = pairs_get(query, "search");
	const char *after = pairs_get(query, "after");
	enum status e;

	*l = (struct list){ .reg = reg, .query = query };
	if (query->count > ASKED_MOST)
		return BAD_REQUEST;
	e = read_around(rq, l);
	l->ask.search =
	    search != NULL ? text_cut(rq->arena, text_trim(rq->arena, search), 100) : "";
	l->ask.archived = !text_empty(pairs_get(query, "archived"));
	l->ask.after = after != NULL && is_number(after) ? strtoll(after, NULL, 10) : 0;
	read_sort(pairs_get(query, "sort"), reg->table, &l->ask);
	for (size_t i = 0; !e && i < reg->table->filter_count; i++)
		e = read_filter(rq, l, i);
	if (!e)
		e = read_extra(rq, l);
	if (e)
		return e;
	read_views(l);
	read_look(rq, l);
	return e;
}
