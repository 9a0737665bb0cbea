/* register_look.c: which columns a person sees, how dense, and the views that they keep. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/page.h"
#include "page/register_bulk_beside.h"
#include "page/register_list.h"

enum { NAME_LONGEST = 60, QUERY_LONGEST = 2000, VIEWS_SHOWN = 12 };

bool
list_may_share(const struct request *rq, const struct reg *reg)
{
	return permission_reach(rq->by->role, reg->edit) != REACH_NONE || rq->by->role == MANAGER ||
	       rq->by->role == ADMIN;
}

static bool
may_change(const struct request *rq, const struct reg *reg, const struct list_view *v)
{
	return v->own || (v->shared && list_may_share(rq, reg));
}

/* Those that are shown in their order, then the others. */
static void
add_choosable(struct request *rq, const struct list *l)
{
	struct view *list = view_list(rq->view, "choosable");
	struct list_columns all, rest;

	list_all_columns(rq, l->reg, &l->extra, &all);
	rest = l->columns;
	for (size_t i = 0; i < all.count; i++) {
		bool shown = false;

		for (size_t c = 0; c < l->columns.count; c++)
			shown = shown || strcmp(l->columns.at[c].name, all.at[i].name) == 0;
		if (!shown && rest.count < LIST_COLUMNS)
			rest.at[rest.count++] = all.at[i];
	}
	for (size_t i = 0; i < rest.count; i++) {
		struct view *v = view_item(list);

		view_text(v, "name", rest.at[i].name);
		view_text(v, "header", rest.at[i].header);
		view_bool(v, "checked", i < l->columns.count);
		view_bool(v, "fixed", rest.at[i].of != NULL && rest.at[i].of->cell == CELL_LINK);
		view_int(v, "place", (int64_t)i + 1);
	}
}

static void
add_tab(struct request *rq, const struct list *l, struct view *tabs, const struct list_view *view)
{
	struct view *v = view_item(tabs);
	const char *id = arena_print(rq->arena, "%" PRId64, view->id);

	view_text(v, "name", view->name);
	view_bool(v, "shared", view->shared);
	view_bool(v, "current", l->view == view);
	view_text(v, "href",
	    arena_print(rq->arena, "%s?%s%sview=%s", l->reg->base, view->query,
		*view->query != '\0' ? "&" : "", id));
}

static void
add_view(struct request *rq, const struct list *l)
{
	struct view *v;

	if (l->view == NULL || !may_change(rq, l->reg, l->view)) {
		view_text(rq->view, "open_view", NULL);
		return;
	}
	v = view_group(rq->view, "open_view");
	view_text(v, "name", l->view->name);
	view_bool(v, "shared", l->view->shared);
	view_text(
	    v, "action", arena_print(rq->arena, "%s/views/%" PRId64, l->reg->base, l->view->id));
}

/* The address without tab and place: what a view keeps, what is exported. */
static const char *
query_of(struct request *rq, const struct list *l)
{
	return list_query(rq->arena, l->query, "view", NULL, NULL);
}

static void
add_downloads(struct request *rq, const struct list *l)
{
	const char *query = query_of(rq, l), *base = l->reg->base;
	struct arena *a = rq->arena;

	view_text(rq->view, "csv_href", list_href(a, arena_print(a, "%s/export.csv", base), query));
	view_text(
	    rq->view, "xlsx_href", list_href(a, arena_print(a, "%s/export.xlsx", base), query));
	view_text(rq->view, "plain_href",
	    arena_print(a, "%s/export.csv?%s%splain=1", base, query, *query != '\0' ? "&" : ""));
	view_text(rq->view, "all_href", NULL);
}

/* A column of the table; what an act of its own writes (a rate with its day) is none. */
static bool
is_stored(const struct reg *reg, const char *member)
{
	for (const char *const *s = reg->table->stored; *s != NULL; s++)
		if (strcmp(*s, member) == 0)
			return strcmp(member, "hourly_rate") != 0;
	return false;
}

bool
list_is_bulk(const struct reg *reg, const struct rule *rule)
{
	if (rule->kind == RULE_CHOICE || rule->kind == RULE_REF || rule->kind == RULE_CHECK)
		return true;
	/* What must be there is each record's own: its number, its name. */
	return rule->several ||
	       (rule->kind == RULE_PLAIN && !rule->required && is_stored(reg, rule->field.name));
}

static void
add_acts(struct request *rq, const struct list *l)
{
	static const char *const labelled[] = { "machine", "part", "location", "user" };
	struct view *members = view_list(rq->view, "bulk_members");
	bool labels = false;

	for (size_t i = 0; i < COUNT(labelled); i++)
		labels = labels || strcmp(labelled[i], l->reg->table->name) == 0;
	labels = labels && permission_reach(rq->by->role, LABEL_PRINT) != REACH_NONE;
	view_bool(rq->view, "has_labels", labels);
	view_bool(rq->view, "can_tick",
	    labels || permission_reach(rq->by->role, l->reg->edit) != REACH_NONE);
	for (size_t i = 0; i < l->reg->form->count; i++) {
		const struct rule *rule = &l->reg->form->rules[i];
		struct view *v;

		if (!list_is_bulk(l->reg, rule))
			continue;
		v = view_item(members);
		view_text(v, "name", rule->field.name);
		view_text(v, "label", page_text(rq, rule->label));
	}
	view_bool(rq->view, "can_tag", l->extra.shape != NULL);
	for (size_t i = 0; l->extra.shape != NULL && i < l->extra.fields.count; i++) {
		const struct custom_field *f = row_at(&l->extra.fields, i);
		struct view *v;

		if (!bulk_beside_may(f))
			continue;
		v = view_item(members);
		view_text(v, "name", l->extra.shape->fields[i].name);
		view_text(v, "label", f->label);
	}
}

void
list_panels(struct request *rq, struct list *l)
{
	struct view *tabs = view_list(rq->view, "tabs");

	for (size_t i = 0; i < l->views.count; i++) {
		const struct list_view *v = row_at(&l->views, i);

		if (v->id != 0)
			add_tab(rq, l, tabs, v);
	}
	view_bool(rq->view, "has_tabs", tabs->first != NULL);
	view_bool(rq->view, "no_view", l->view == NULL);
	view_bool(rq->view, "view_is_usual", l->view != NULL && l->view->usual);
	view_text(rq->view, "view_action",
	    l->view != NULL ? arena_print(rq->arena, "%s/views/%" PRId64, l->reg->base, l->view->id)
			    : "");
	view_text(rq->view, "query", query_of(rq, l));
	view_bool(rq->view, "may_share", list_may_share(rq, l->reg));
	add_choosable(rq, l);
	add_view(rq, l);
	add_downloads(rq, l);
	add_acts(rq, l);
}

/* The query that a form carries, as pairs. */
static enum status
carried(struct request *rq, struct pairs *out)
{
	const char *query = pairs_get(&rq->form, "query");

	if (query == NULL || strlen(query) > QUERY_LONGEST)
		return BAD_REQUEST;
	return pairs_read(rq->arena, out, query, strlen(query));
}

struct placed {
	const char *name;
	long place;
	size_t nth;
};

static int
by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->nth < y->nth ? -1 : 1;
}

/* The checked ones, in the order of their numbers. */
static const char *
typed_columns(struct request *rq)
{
	struct placed found[LIST_COLUMNS];
	struct buf names = { .arena = rq->arena };
	size_t n = 0;

	buf_text(&names, "");
	for (size_t i = 0; i < rq->form.count && n < LIST_COLUMNS; i++) {
		const struct pair *p = &rq->form.at[i];
		const char *place;

		if (strcmp(p->name, "column") != 0)
			continue;
		place = pairs_get(&rq->form, arena_print(rq->arena, "place_%s", p->value));
		found[n] = (struct placed){ p->value,
			text_empty(place) ? LIST_COLUMNS : strtol(place, NULL, 10), n };
		n++;
	}
	qsort(found, n, sizeof(found[0]), by_place);
	for (size_t i = 0; i < n; i++)
		buf_print(&names, "%s%s", i > 0 ? "," : "", found[i].name);
	return names.text;
}

/* Only columns that there are. */
static enum status
known_columns(struct request *rq, const struct reg *reg, const char **names)
{
	struct extra extra = { 0 };
	struct list_columns all, chosen;
	enum status e = OK;

	if (word_index(&custom_kind_words, reg->table->name) >= 0)
		e = extra_of(rq->by, reg->table->name, &extra);
	if (e)
		return e;
	list_all_columns(rq, reg, &extra, &all);
	list_choose_columns(&all, *names, &chosen);
	*names = list_column_names(rq->arena, &chosen);
	return OK;
}

enum status
register_columns_post(struct request *rq)
{
	static const char *const names[] = { "query", "column", "place_*", "density", "act", NULL };
	const struct reg *reg = register_of(rq);
	const char *columns = typed_columns(rq), *act, *query;
	const char *density = pairs_get(&rq->form, "density");
	const bool compact = density != NULL && strcmp(density, "compact") == 0;
	struct pairs old = { 0 }, rest = { 0 };
	enum status e = form_only(rq, names);

	if (!e)
		e = carried(rq, &old);
	if (!e)
		e = known_columns(rq, reg, &columns);
	if (e)
		return e;
	query = list_query(rq->arena, &old, "columns", NULL, NULL);
	e = pairs_read(rq->arena, &rest, query, strlen(query));
	if (e)
		return e;
	act = pairs_get(&rq->form, "act");
	query = list_query(rq->arena, &rest, "density", NULL, NULL);
	if (act != NULL && strcmp(act, "show") != 0) {
		const bool keep = strcmp(act, "keep") == 0;

		e = list_setting_save(
		    rq->by, reg->table->name, keep ? columns : "", keep && compact);
		if (e)
			return e;
		flash(rq, "saved", NULL);
		return redirect(rq, "%s?%s", reg->base, *query != '\0' ? query : "view=0");
	}
	return redirect(rq, "%s?%s%scolumns=%s&density=%s", reg->base, query,
	    *query != '\0' ? "&" : "", text_url(rq->arena, columns), compact ? "compact" : "wide");
}

static const char *
typed_name(struct request *rq)
{
	const char *name = pairs_get(&rq->form, "name");

	return name != NULL ? text_cut(rq->arena, text_trim(rq->arena, name), NAME_LONGEST) : "";
}

static const char *const view_names[] = { "query", "name", "shared", "act", NULL };

/* What a form says of a view; BAD_REQUEST for a query that is none. */
static enum status
read_view(struct request *rq, const struct reg *reg, struct list_view *v)
{
	struct pairs pairs = { 0 };
	enum status e = form_only(rq, view_names);

	if (!e)
		e = carried(rq, &pairs);
	if (e)
		return e;
	v->name = typed_name(rq);
	v->query = list_query(rq->arena, &pairs, "view", NULL, NULL);
	v->shared = list_may_share(rq, reg) && !text_empty(pairs_get(&rq->form, "shared"));
	return OK;
}

static enum status
back(struct request *rq, const struct reg *reg, const struct list_view *v)
{
	return redirect(
	    rq, "%s?%s%sview=%" PRId64, reg->base, v->query, *v->query != '\0' ? "&" : "", v->id);
}

enum status
register_views_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct list_view v = { 0 };
	enum status e = read_view(rq, reg, &v);

	if (e)
		return e;
	if (*v.name == '\0') {
		flash(rq, "view_name", NULL);
		return back(rq, reg, &v);
	}
	e = list_view_add(rq->by, reg->table->name, &v, &v.id);
	if (e)
		return e;
	flash(rq, "view_kept", v.name);
	return back(rq, reg, &v);
}

/* An act on one view: change, remove, usual (the list opens with it), unusual. */
enum status
register_view_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	const char *act = pairs_get(&rq->form, "act"), *kind = reg->table->name;
	struct list_view v = { 0 }, now;
	enum status e = read_view(rq, reg, &v);

	if (!e)
		e = list_view_find(rq->by, kind, request_id(rq, 0), &now);
	if (e)
		return e;
	act = act != NULL ? act : "";
	v.id = now.id;
	if (strcmp(act, "usual") == 0 || strcmp(act, "unusual") == 0) {
		e = list_view_usual(rq->by, kind, strcmp(act, "usual") == 0 ? v.id : 0);
	} else if (!may_change(rq, reg, &now)) {
		return FORBIDDEN;
	} else if (strcmp(act, "remove") == 0) {
		e = list_view_remove(rq->by, kind, v.id);
		v.id = 0;
	} else {
		v.name = *v.name != '\0' ? v.name : now.name;
		e = list_view_change(rq->by, kind, &v);
	}
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return back(rq, reg, &v);
}
