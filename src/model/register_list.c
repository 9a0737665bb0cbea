/*
 * register_list.c: lists of a register, at a million records.
 *
 * The order is always that of an index that ends in id; STRAIGHT_JOIN keeps the register in front,
 * so that no more rows are read than shown.  The place to go on from is the last record's id: its
 * values in the order's columns are looked up in the same statement.
 *
 * A search is answered in tiers, so that a word which many records have need not be sorted: tier 0
 * begins with it in the column of the order, the next ones in another column of `like`, each a
 * range of an index; then, of several words, those that begin with one of them in the column of the
 * order (names are in order: all robots stand together); the last tier is all others.  Of the last
 * two kinds a window in order is tried first, and the index of words when too few of that window
 * match.  A word with digits that few records have is asked of the index of words at once.  Behind
 * them come records that are called so elsewhere: parts by their vendors' numbers.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/register_reading.h"

enum { MAX_BEGINNINGS = 3, MAX_WORD_TIERS = 2, FREQUENT = 20000, RARE = 200 };
enum { ELSEWHERE = 100 };
enum { WINDOW = 20, NEXT = 80, WINDOWS = 6 }; /* records looked through, a record shown */

static enum status
run(const struct reading *r, struct query *q, struct rows *out)
{
	return db_rows(r->by->db, r->by->arena, q->sql.text, query_args(q), r->t->shape, out);
}

/* Behind those that are there already. */
static void
append(struct arena *a, struct rows *out, const struct rows *more)
{
	const size_t size = more->shape->size, have = out->count;
	char *all;

	if (have == 0) {
		*out = *more;
		return;
	}
	if (more->count == 0)
		return;
	all = arena_alloc(a, have + more->count, size);
	memcpy(all, out->at, have * size);
	memcpy(all + have * size, more->at, more->count * size);
	out->at = all;
	out->count = have + more->count;
}

static int
missing(const struct reading *r)
{
	return r->most - (int)r->out->count;
}

/* One record after another, up to that one (0: to the end) and no longer than needed. */
static enum status
read_tier(const struct reading *r, size_t n, bool go_on, int64_t until, struct rows *out)
{
	const bool down = r->ask->descending;
	struct query q = { .sql = { .arena = r->by->arena } };

	buf_print(&q.sql, "SELECT STRAIGHT_JOIN %s", r->t->columns);
	reading_put_from(&q, r, n, go_on, r->t->joins);
	if (until != 0)
		reading_put_until(&q, r->t, &r->tiers[n], down, until);
	reading_put_left(&q, r, n);
	if (r->tiered && n >= r->beginnings)
		reg_put_filter(&q, r->t, &r->words, 0);
	else if (!r->tiered && !text_empty(r->ask->search))
		reg_put_like(&q, r->t, r->ask->search);
	reading_put_order(&q, &r->tiers[n], down);
	query_put(&q, " LIMIT ?", ARG(missing(r)));
	return run(r, &q, out);
}

/* By the index of words: the ids first, then the columns and joins of those that are shown. */
static enum status
read_index(const struct reading *r, size_t n, bool go_on, struct rows *out)
{
	const struct reg_sort *s = &r->tiers[n];
	struct query q = { .sql = { .arena = r->by->arena } };

	buf_print(&q.sql, "SELECT STRAIGHT_JOIN %s FROM (SELECT STRAIGHT_JOIN r.id", r->t->columns);
	reading_put_from(&q, r, n, go_on, "");
	reading_put_left(&q, r, n);
	reg_put_match(&q, r->t, &r->words, true);
	reading_put_order(&q, s, r->ask->descending);
	query_put(&q, " LIMIT ?", ARG(missing(r)));
	buf_print(&q.sql, ") w JOIN %s r ON r.id = w.id%s WHERE TRUE", r->t->name, r->t->joins);
	reading_put_order(&q, s, r->ask->descending);
	query_put(&q, " LIMIT ?", ARG(missing(r)));
	return run(r, &q, out);
}

/* The last record of a window of so many; 0: there are not as many. */
static enum status
end_of(const struct reading *r, size_t n, bool go_on, int window, int64_t *id)
{
	struct query q = { .sql = { .arena = r->by->arena } };
	enum status e;

	buf_text(&q.sql, "SELECT STRAIGHT_JOIN r.id");
	reading_put_from(&q, r, n, go_on, "");
	reading_put_order(&q, &r->tiers[n], r->ask->descending);
	buf_print(&q.sql, " LIMIT 1 OFFSET %d", window);
	*id = 0;
	e = db_int(r->by->db, q.sql.text, query_args(&q), id);
	return e == NOT_FOUND ? OK : e;
}

/* What of the next `size` records behind r->after matches, behind those found; *end when no more.
 */
static enum status
read_window(struct reading *r, size_t n, int size, struct rows *found, bool *end)
{
	const bool go_on = r->after != 0;
	struct rows more = { .shape = r->t->shape };
	int64_t until = 0;
	enum status e = end_of(r, n, go_on, size, &until);

	if (!e)
		e = read_tier(r, n, go_on, until, &more);
	if (!e)
		append(r->by->arena, found, &more);
	r->most -= (int)more.count;
	r->after = until;
	*end = until == 0 || r->most == 0;
	return e;
}

/*
 * All of the tier that match.  A small window says whether they are frequent here (of words with
 * digits it is known); then some larger ones will do, and else the index of words.
 */
static enum status
read_words(const struct reading *r, size_t n, bool go_on, struct rows *found)
{
	struct rows none = { .shape = r->t->shape };
	struct reading part = *r;
	bool end = false;
	enum status e = OK;

	if (r->rare)
		return read_index(r, n, go_on, found);
	part.most = missing(r);
	part.out = &none;
	part.after = go_on ? r->after : 0;
	for (int i = 0; !e && !end && i < WINDOWS; i++) {
		e = read_window(&part, n, (i > 0 ? NEXT : WINDOW) * r->most, found, &end);
		if (found->count == 0 && !r->counted)
			break;
	}
	if (e || end)
		return e;
	part.after = r->after;
	part.most = missing(r);
	return read_index(&part, n, go_on, found);
}

/* Has not got the words. */
static void
put_without_words(struct query *q, const struct reading *r)
{
	if (r->words.count == 0) {
		buf_text(&q->sql, "TRUE");
		return;
	}
	buf_text(&q->sql, "NOT (TRUE");
	reg_put_filter(q, r->t, &r->words, 0);
	buf_text(&q->sql, ")");
}

/* What neither begins with the search nor has its words was found elsewhere. */
static void
put_case_elsewhere(struct query *q, const struct reading *r)
{
	if (r->t->elsewhere == NULL)
		return;
	buf_text(&q->sql, " WHEN ");
	put_without_words(q, r);
	buf_print(&q->sql, " THEN %zu", r->tier_count);
}

/* Those that are called so elsewhere, and were not found before. */
static enum status
read_elsewhere(const struct reading *r, bool go_on, struct rows *out)
{
	const char *like =
	    arena_print(r->by->arena, "%s%%", text_like(r->by->arena, r->ask->search));
	struct query q = { .sql = { .arena = r->by->arena } };
	struct rows ids = { 0 };
	enum status e =
	    db_rows(r->by->db, r->by->arena, r->t->elsewhere, ARGS(ARG(like)), &option_shape, &ids);

	if (e || ids.count == 0)
		return e;
	buf_print(&q.sql, "SELECT STRAIGHT_JOIN %s", r->t->columns);
	reading_put_from(&q, r, r->tier_count, go_on, r->t->joins);
	reading_put_left(&q, r, r->beginnings);
	/* Always as many: one statement for all. */
	for (size_t i = 0; i < ELSEWHERE; i++)
		query_put(&q, i > 0 ? ", ?" : " AND r.id IN (?",
		    ARG(i < ids.count ? ((const struct option *)row_at(&ids, i))->id : (int64_t)0));
	buf_text(&q.sql, ") AND ");
	put_without_words(&q, r);
	reading_put_order(&q, &r->tiers[r->tier_count], r->ask->descending);
	query_put(&q, " LIMIT ?", ARG(missing(r)));
	return run(r, &q, out);
}

/* Which tier the last record seen belongs to. */
static enum status
tier_of_last(const struct reading *r, size_t *tier)
{
	struct query q = { .sql = { .arena = r->by->arena } };
	int64_t n = 0;
	enum status e;

	buf_text(&q.sql, "SELECT CASE");
	for (size_t i = 0; i + 1 < r->tier_count; i++) {
		if (i == r->beginnings)
			put_case_elsewhere(&q, r);
		buf_print(&q.sql, " WHEN %s LIKE ", r->tiers[i].columns[0]);
		query_put(&q, "?", ARG(r->begins[i]));
		buf_print(&q.sql, " THEN %zu", i);
	}
	if (r->beginnings + 1 == r->tier_count)
		put_case_elsewhere(&q, r);
	buf_print(&q.sql, " ELSE %zu END FROM %s r WHERE r.id = ", r->tier_count - 1, r->t->name);
	query_put(&q, "?", ARG(r->after));
	e = db_int(r->by->db, q.sql.text, query_args(&q), &n);
	*tier = (size_t)n;
	return e;
}

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

static enum status
plan(struct reading *r, const struct reg_sort *sort)
{
	const struct reg_table *t = r->t;
	const bool text = is_text(t, sort->columns[0]);
	enum status e = OK;

	r->tiered = !text_empty(r->ask->search) && t->words != NULL;
	if (r->tiered)
		r->words = reg_words(r->by->arena, r->ask->search);
	if (r->tiered)
		e = reg_words_rare(r->by, t, &r->words, RARE, &r->rare);
	r->counted = r->tiered && reg_words_digits(&r->words);
	if (r->tiered && text)
		add_tier(r, *sort, r->ask->search);
	for (size_t i = 0; r->tiered && t->like[i] != NULL && r->tier_count < MAX_BEGINNINGS; i++)
		if (strcmp(t->like[i], sort->columns[0]) != 0)
			add_tier(r, sort_of(t, t->like[i]), r->ask->search);
	r->beginnings = r->tier_count;
	for (size_t i = 0;
	     text && !r->rare && r->words.count > 1 && i < MAX_WORD_TIERS && i < r->words.count;
	     i++)
		add_tier(r, *sort, r->words.at[i]);
	r->tiers[r->tier_count++] = *sort;
	r->tiers[r->tier_count] = *sort;
	return e;
}

/*
 * How often a filter's value is.  Of one value on later pages only: the first one is at the
 * beginning of its index; several are sorted.
 */
static enum status
find_frequent(struct reading *r)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < r->t->filter_count && i < REG_FILTERS; i++) {
		struct reg_filter *f = &r->filters[i];
		bool several;

		*f = r->t->filters[i];
		r->values[i] = r->ask->filter[i];
		if (text_empty(r->values[i]) || (f->kind != REG_WORD && f->kind != REG_REF) ||
		    strcmp(r->values[i], "-") == 0)
			continue;
		e = reg_filter_meant(r->by, f, &r->values[i]);
		several = strchr(r->values[i], ',') != NULL;
		if (!e && f->through == NULL && (several || r->ask->after > 0))
			e = reg_filter_frequent(
			    r->by, r->t, f, r->values[i], FREQUENT, &r->frequent[i]);
	}
	return e;
}

enum status
reg_list(const struct actor *by, const struct reg_table *t, const struct reg_query *ask, int most,
    struct rows *out)
{
	struct reading r = {
		.by = by, .t = t, .ask = ask, .after = ask->after, .out = out, .most = most
	};
	size_t first = 0;
	enum status e;

	*out = (struct rows){ .shape = t->shape };
	e = plan(&r, ask->sort != NULL ? ask->sort : &t->sorts[0]);
	if (!e)
		e = find_frequent(&r);
	if (!e && r.tiered && ask->after > 0)
		e = tier_of_last(&r, &first);
	if (e)
		return e == NOT_FOUND ? OK : e;
	for (size_t n = first; !e && n < r.tier_count && missing(&r) > 0; n++) {
		const bool go_on = ask->after > 0 && n == first;
		struct rows more = { .shape = t->shape };

		if (!r.tiered || n < r.beginnings)
			e = read_tier(&r, n, go_on, 0, &more);
		else if (r.words.count > 0)
			e = read_words(&r, n, go_on, &more);
		if (!e)
			append(by->arena, out, &more);
	}
	if (!e && r.tiered && t->elsewhere != NULL && missing(&r) > 0) {
		struct rows more = { .shape = t->shape };

		e = read_elsewhere(&r, ask->after > 0 && first == r.tier_count, &more);
		if (!e)
			append(by->arena, out, &more);
	}
	return e;
}
