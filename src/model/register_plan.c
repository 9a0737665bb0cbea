/* register_plan.c: which tiers a list is read in, and what its filters leave of the register. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/register_reading.h"

enum { MAX_BEGINNINGS = 3, MAX_WORD_TIERS = 2, FREQUENT = 20000, RARE = 200 };

static bool
is_text(const struct reg_table *t, const char *column)
{
	const struct field *f = shape_field(t->shape, column);

	return f != NULL && f->type == TYPE_TEXT;
}

/* The order of a column of `like`: an order of the table when there is one, for it knows its index.
 */
static struct reg_sort
sort_of(const struct reg_table *t, const char *column)
{
	for (size_t i = 0; i < t->sort_count; i++)
		if (strcmp(t->sorts[i].columns[0], column) == 0)
			return t->sorts[i];
	return (struct reg_sort){ column, { column }, false };
}

static void
add_tier(struct reading *r, struct reg_sort sort, const char *begin)
{
	r->begins[r->tier_count] =
	    arena_print(r->by->arena, "%s%%", text_like(r->by->arena, begin));
	r->tiers[r->tier_count++] = sort;
}

void
reading_plan_beginnings(struct reading *r, const struct reg_sort *sort)
{
	const struct reg_table *t = r->t;

	r->tiered = !text_empty(r->ask->search) && t->words != NULL;
	if (!r->tiered)
		return;
	r->words = reg_words(r->by->arena, r->ask->search);
	if (is_text(t, sort->columns[0]))
		add_tier(r, *sort, r->ask->search);
	for (size_t i = 0; t->like[i] != NULL && r->tier_count < MAX_BEGINNINGS; i++)
		if (strcmp(t->like[i], sort->columns[0]) != 0)
			add_tier(r, sort_of(t, t->like[i]), r->ask->search);
	r->beginnings = r->tier_count;
}

enum status
reading_plan_words(struct reading *r, const struct reg_sort *sort)
{
	enum status e = OK;

	if (r->tiered && !r->few)
		e = reg_words_rare(r->by, r->t, &r->words, RARE, &r->rare);
	for (size_t i = 0; is_text(r->t, sort->columns[0]) && !r->rare && !r->few &&
			   r->words.count > 1 && i < MAX_WORD_TIERS && i < r->words.count;
	     i++)
		add_tier(r, *sort, r->words.at[i]);
	r->tiers[r->tier_count++] = *sort;
	r->tiers[r->tier_count] = *sort;
	return e;
}

/*
 * How often a filter's value is.  Without a search, of one value on later pages only: the first one
 * is at the beginning of its index; several are sorted.  No index has dates and then the order.
 */
static enum status
find_frequent(struct reading *r, size_t i, bool usual)
{
	struct reg_filter *f = &r->filters[i];
	const bool date = f->kind == REG_DATE, later = r->ask->after > 0;
	bool several, frequent = true;
	enum status e;

	if (text_empty(r->values[i]))
		return OK;
	r->across |= r->tiered && (!usual || date || f->kind == REG_FLAG);
	if (f->kind == REG_FLAG || strcmp(r->values[i], "-") == 0)
		return OK;
	e = reg_filter_meant(r->by, f, &r->values[i]);
	several = !date && strchr(r->values[i], ',') != NULL;
	if (e || f->through != NULL || !(several || later || date || r->tiered))
		return e;
	e = reg_filter_frequent(r->by, r->t, f, r->values[i], FREQUENT, &frequent);
	r->frequent[i] = frequent && (several || later || date || !usual);
	r->across |= r->tiered && r->frequent[i]; /* the index of both is not asked */
	r->few |= r->tiered && !frequent;
	r->hidden |= !frequent && (date || (r->tiered && (several || !usual)));
	return e;
}

enum status
reading_plan_filters(struct reading *r, bool usual)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < r->t->filter_count && i < REG_FILTERS; i++) {
		r->filters[i] = r->t->filters[i];
		r->values[i] = r->ask->filter[i];
		e = find_frequent(r, i, usual);
	}
	r->across &= r->ask->narrow_count == 0;
	return e;
}
