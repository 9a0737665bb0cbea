/* register_filter.c: the filters above a list, and the chips of those that are set. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "model/register_name.h"
#include "model/tag.h"
#include "page/page.h"
#include "page/register_list.h"

/* A choice of more than SUGGEST is typed, with at most SUGGESTED suggestions. */
enum { SUGGEST = 100, SUGGESTED = 1000, AT_HAND = 3 };

static struct view *
add_option(struct view *list, const char *value, const char *text)
{
	struct view *v = view_item(list);

	view_text(v, "value", value);
	view_text(v, "text", text);
	return v;
}

static void
add_chip(struct request *rq, const struct list *l, const char *label, const char *text,
    const char *name, const char *value)
{
	struct view *v = view_item(l->chips);

	view_text(v, "label", label);
	view_text(v, "text", text);
	view_text(v, "remove",
	    list_href(rq->arena, l->reg->base, list_query(rq->arena, l->query, name, value, NULL)));
}

static bool
is_chosen(const char *chosen, const char *value)
{
	const size_t len = strlen(value);

	for (size_t n; chosen != NULL && *chosen != '\0'; chosen += n + (chosen[n] == ',')) {
		n = strcspn(chosen, ",");
		if (n == len && strncmp(chosen, value, len) == 0)
			return true;
	}
	return false;
}

/* A chosen value is a chip, and stays in the form; any other one may be added. */
static void
add_value(struct request *rq, const struct list *l, struct view *filter, struct view *options,
    const char *name, const char *label, const char *value, const char *text, const char *chosen)
{
	if (!is_chosen(chosen, value)) {
		add_option(options, value, text);
		return;
	}
	add_option(filter->last->view, value, text);
	add_chip(rq, l, label, text, name, value);
}

/* One filter, empty; `kept` must be its last list, for add_value(). */
static struct view *
add_filter(struct list *l, const char *name, const char *label, const char *kind, const char *value,
    struct view **options)
{
	static const char *const kinds[] = { "is_choice", "is_suggest", "is_date", "is_text",
		"is_day" };
	struct view *v = view_item(l->filter_count++ < AT_HAND ? l->filters : l->more);

	l->more_on = l->more_on || (l->filter_count > AT_HAND && value != NULL);
	view_text(v, "name", name);
	view_text(v, "label", label);
	view_text(v, "value", value != NULL ? value : "");
	view_bool(v, "on", value != NULL);
	for (size_t i = 0; i < COUNT(kinds); i++)
		view_bool(v, kinds[i], strcmp(kinds[i], kind) == 0);
	*options = view_list(v, "options");
	view_list(v, "kept");
	return v;
}

/* May the column be empty?  The form knows. */
static bool
may_lack(const struct reg *reg, const char *column)
{
	for (size_t i = 0; i < reg->form->count; i++)
		if (strcmp(reg->form->rules[i].field.name, column) == 0)
			return !reg->form->rules[i].required;
	return false;
}

/* One that was chosen and is not among the first ones is a choice, too. */
static enum status
add_chosen(struct request *rq, struct list *l, size_t i)
{
	const struct reg_table *of = l->reg->filters[i].of;
	struct rows *rows = &l->options[i];
	struct option *more;
	const char *name;
	int64_t id;
	enum status e;

	if (of == NULL || l->ask.filter[i] == NULL || !int_read(l->ask.filter[i], &id))
		return OK;
	for (size_t o = 0; o < rows->count; o++)
		if (((const struct option *)row_at(rows, o))->id == id)
			return OK;
	e = reg_title(rq->by, of, id, &name);
	if (e)
		return e == NOT_FOUND ? OK : e;
	more = NEW_ARRAY(rq->arena, struct option, rows->count + 1);
	memcpy(more, rows->at, rows->count * sizeof(*more));
	more[rows->count] = (struct option){ id, name };
	*rows = (struct rows){ &option_shape, more, rows->count + 1 };
	return OK;
}

static enum status
add_refs(struct request *rq, struct list *l, size_t i, const char *label)
{
	const struct reg_filter *f = &l->reg->table->filters[i];
	const char *chosen = l->ask.filter[i];
	struct view *options, *v;
	const size_t count = l->options[i].count;
	enum status e = add_chosen(rq, l, i);

	v = add_filter(
	    l, f->name, label, count > SUGGEST ? "is_suggest" : "is_choice", chosen, &options);
	if (!e && may_lack(l->reg, f->column))
		add_value(rq, l, v, options, f->name, label, "-", page_text(rq, "None"), chosen);
	for (size_t o = 0; !e && o < l->options[i].count; o++) {
		const struct option *option = row_at(&l->options[i], o);
		const char *id = arena_print(rq->arena, "%" PRId64, option->id);

		if (o < SUGGESTED || is_chosen(chosen, id))
			add_value(rq, l, v, options, f->name, label, id, option->name, chosen);
	}
	return e;
}

static void
add_words(struct request *rq, struct list *l, size_t i, const char *label)
{
	const struct reg_filter *f = &l->reg->table->filters[i];
	const struct words *words = l->reg->filters[i].words;
	struct view *options;
	struct view *v = add_filter(l, f->name, label, "is_choice", l->ask.filter[i], &options);

	for (size_t w = 0; w < words->count; w++)
		add_value(rq, l, v, options, f->name, label, words->list[w].code,
		    page_text(rq, words->list[w].text), l->ask.filter[i]);
}

static void
add_flag(struct request *rq, struct list *l, size_t i, const char *label)
{
	const struct reg_filter *f = &l->reg->table->filters[i];
	struct view *options;
	struct view *v = add_filter(l, f->name, label, "is_choice", l->ask.filter[i], &options);

	add_value(rq, l, v, options, f->name, label, "1", page_text(rq, "Yes"), l->ask.filter[i]);
	add_value(rq, l, v, options, f->name, label, "0", page_text(rq, "No"), l->ask.filter[i]);
}

static void
add_dates(struct request *rq, struct list *l, size_t i, const char *label)
{
	const char *name = l->reg->table->filters[i].name, *value = l->ask.filter[i];
	const char *from = pairs_get(l->query, arena_print(rq->arena, "%s_from", name));
	const char *to = pairs_get(l->query, arena_print(rq->arena, "%s_to", name));
	struct view *options;
	struct view *v = add_filter(l, name, label, "is_date", value, &options);

	view_text(v, "from", from != NULL ? from : "");
	view_text(v, "to", to != NULL ? to : "");
	if (value != NULL && strcmp(value, "-") == 0)
		add_chip(rq, l, label, page_text(rq, "None"), name, NULL);
	if (!text_empty(from))
		add_chip(rq, l, page_text_with(rq, "%1 from", label, NULL), from,
		    arena_print(rq->arena, "%s_from", name), NULL);
	if (!text_empty(to))
		add_chip(rq, l, page_text_with(rq, "%1 until", label, NULL), to,
		    arena_print(rq->arena, "%s_to", name), NULL);
}

/* A custom field: its choices, a day, or what was typed. */
static void
add_custom(struct request *rq, struct list *l, size_t i)
{
	const struct custom_field *f = row_at(&l->extra.fields, i);
	const char *name = l->extra.shape->fields[i].name;
	const char *value = pairs_get(l->query, name);
	const struct words *choices =
	    strcmp(f->type, "CHOICE") == 0 ? custom_choices(rq->by, f) : NULL;
	struct view *options, *v;

	value = text_empty(value) ? NULL : value;
	v = add_filter(l, name, f->label,
	    choices != NULL                ? "is_choice"
	    : strcmp(f->type, "DATE") == 0 ? "is_day"
					   : "is_text",
	    value, &options);
	for (size_t c = 0; choices != NULL && c < choices->count; c++)
		if (value == NULL || strcmp(value, choices->list[c].code) != 0)
			add_option(options, choices->list[c].code, choices->list[c].text);
	if (value == NULL)
		return;
	add_chip(rq, l, f->label, value, name, NULL);
	if (choices != NULL)
		add_option(v->last->view, value, value);
}

static void
add_tags(struct request *rq, struct list *l)
{
	const char *label = page_text(rq, "Tag"), *chosen = pairs_get(l->query, "tag");
	struct view *options, *v;

	if (l->extra.shape == NULL || l->tags.count == 0)
		return;
	chosen = text_empty(chosen) ? NULL : chosen;
	v = add_filter(l, "tag", label, "is_choice", chosen, &options);
	for (size_t i = 0; i < l->tags.count; i++) {
		const struct option *tag = row_at(&l->tags, i);

		add_value(rq, l, v, options, "tag", label,
		    arena_print(rq->arena, "%" PRId64, tag->id), tag->name, chosen);
	}
}

enum status
list_filters(struct request *rq, struct list *l)
{
	enum status e = OK;

	l->filters = view_list(rq->view, "filters");
	l->more = view_list(rq->view, "more_filters");
	l->chips = view_list(rq->view, "chips");
	for (size_t i = 0; !e && i < l->reg->table->filter_count; i++) {
		const char *label = page_text(rq, l->reg->filters[i].label);

		switch (l->reg->table->filters[i].kind) {
		case REG_REF:
			e = add_refs(rq, l, i, label);
			break;
		case REG_WORD:
			add_words(rq, l, i, label);
			break;
		case REG_FLAG:
			add_flag(rq, l, i, label);
			break;
		case REG_DATE:
			add_dates(rq, l, i, label);
			break;
		}
	}
	if (!e)
		add_tags(rq, l);
	for (size_t i = 0; !e && i < l->extra.fields.count; i++)
		add_custom(rq, l, i);
	if (!text_empty(l->ask.search))
		add_chip(rq, l, page_text(rq, "Search"), l->ask.search, "search", NULL);
	view_bool(rq->view, "has_more", l->more->first != NULL);
	view_bool(rq->view, "more_on", l->more_on);
	view_bool(rq->view, "has_chips", l->chips->first != NULL);
	return e;
}
