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
 * two kinds a window in order is tried first: how many of it match says whether going on so is
 * quicker than the index of words, which reads every record that has them.  A word with digits that
 * few records have is asked of the index of words at once; where a filter leaves few records, those
 * are looked through.  Behind them come records that are called so elsewhere: parts by their
 * vendors' numbers.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/register_name.h"
#include "model/register_reading.h"

enum { ELSEWHERE = 100 };
enum { WINDOW = 20, WINDOWS = 4 }; /* records looked through first, a record shown */
/*
 * Looking a record through takes about as long (5 µs) as the index of words takes for each that it
 * has found, and there may be as many as MANY.  So many are looked through in any case.
 */
enum { MANY = 1000000, LOOK = 20000 };

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
static void
put_one_by_one(struct query *q, const struct reading *r, size_t n, bool go_on, int64_t until)
{
	const bool down = r->ask->descending;
	const bool words = r->tiered && n >= r->beginnings;

	buf_print(&q->sql, "SELECT STRAIGHT_JOIN %s", r->t->columns);
	reading_put_from(q, r, n, go_on, r->t->joins);
	if (until != 0)
		reading_put_until(q, r->t, &r->tiers[n], down, until);
	reading_put_left(q, r, n);
	if (words)
		reg_put_filter(q, r->t, &r->words, 0);
	else if (!r->tiered && !text_empty(r->ask->search))
		reg_put_like(q, r->t, r->ask->search);
	reading_put_order(q, &r->tiers[n], down, !r->hidden);
	query_put(q, " LIMIT ?", ARG(missing(r)));
}

static enum status
read_tier(const struct reading *r, size_t n, bool go_on, int64_t until, struct rows *out)
{
	struct query q = { .sql = { .arena = r->by->arena } };

	put_one_by_one(&q, r, n, go_on, until);
	return run(r, &q, out);
}

/* The tiers of beginnings from that one on, one behind the other in one statement. */
static enum status
read_beginnings(const struct reading *r, size_t from, bool go_on, struct rows *out)
{
	struct query q = { .sql = { .arena = r->by->arena } };

	for (size_t n = from; n < r->beginnings; n++) {
		buf_text(&q.sql, n > from ? " UNION ALL (" : "(");
		put_one_by_one(&q, r, n, go_on && n == from, 0);
		buf_text(&q.sql, ")");
	}
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
	reading_put_order(&q, s, r->ask->descending, true);
	query_put(&q, " LIMIT ?", ARG(missing(r)));
	buf_print(&q.sql, ") w JOIN %s r ON r.id = w.id%s WHERE TRUE", r->t->name, r->t->joins);
	reading_put_order(&q, s, r->ask->descending, true);
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
	reading_put_from(&q, r, n, go_on, r->across ? NULL : "");
	reading_put_order(&q, &r->tiers[n], r->ask->descending, true);
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
 * How many records to look through next, by how many of those so far matched; 0: the index of words
 * is quicker.
 */
static int
next_window(int64_t seen, int64_t matched, int64_t missing)
{
	const int64_t needed = matched > 0 ? missing * seen / matched : INT32_MAX;

	if (needed > LOOK && matched * matched * MANY < missing * seen * seen)
		return 0;
	return (int)(needed * 3 / 2);
}

/* All of the tier that match: window by window as long as that is quicker. */
static enum status
read_words(const struct reading *r, size_t n, bool go_on, struct rows *found)
{
	struct rows none = { .shape = r->t->shape };
	struct reading part = *r;
	bool end = false;
	int64_t seen = 0;
	enum status e = OK;

	if (r->few)
		return read_tier(r, n, go_on, 0, found);
	if (r->rare)
		return read_index(r, n, go_on, found);
	part.most = missing(r);
	part.out = &none;
	part.after = go_on ? r->after : 0;
	for (int i = 0, window = WINDOW * r->most; !e && !end && window > 0 && i < WINDOWS; i++) {
		e = read_window(&part, n, window, found, &end);
		seen += window;
		window = next_window(seen, (int64_t)found->count, part.most);
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
	reading_put_order(&q, &r->tiers[r->tier_count], r->ask->descending, true);
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

/* From that tier on; the tiers of words are planned when they are needed. */
static enum status
read_tiers(struct reading *r, const struct reg_sort *sort, size_t first)
{
	const bool later = r->ask->after > 0;
	struct rows elsewhere = { .shape = r->t->shape };
	enum status e = OK;

	if (first < r->beginnings) {
		e = read_beginnings(r, first, later, r->out);
		if (!e && !later && missing(r) > 0)
			e = reading_plan_words(r, sort);
	} else if (!r->tiered) {
		return read_tier(r, 0, later, 0, r->out);
	}
	for (size_t n = first > r->beginnings ? first : r->beginnings;
	     !e && n < r->tier_count && missing(r) > 0 && r->words.count > 0; n++) {
		struct rows more = { .shape = r->t->shape };

		e = read_words(r, n, later && n == first, &more);
		if (!e)
			append(r->by->arena, r->out, &more);
	}
	if (e || !r->tiered || r->t->elsewhere == NULL || missing(r) <= 0)
		return e;
	e = read_elsewhere(r, later && first == r->tier_count, &elsewhere);
	if (!e)
		append(r->by->arena, r->out, &elsewhere);
	return e;
}

/* Whether anything but the search holds records back. */
static bool
is_narrowed(const struct reg_query *ask)
{
	for (size_t i = 0; i < REG_FILTERS; i++)
		if (!text_empty(ask->filter[i]))
			return true;
	return ask->narrow_count > 0 || ask->archived || ask->after > 0;
}

/* What nothing is called any more may be the name that a merged record had. */
static enum status
read_alias(const struct actor *by, const struct reg_table *t, const struct reg_query *ask,
    struct rows *out)
{
	int64_t id;
	enum status e;

	if (t->merge == NULL || out->count > 0 || text_empty(ask->search) || is_narrowed(ask))
		return OK;
	e = alias_find(by, t->name, ask->search, &id);
	if (!e)
		e = reg_open(by, t, id);
	if (!e)
		e = reg_some(by, t, &id, 1, out);
	return e == NOT_FOUND ? OK : e;
}

enum status
reg_list(const struct actor *by, const struct reg_table *t, const struct reg_query *ask, int most,
    struct rows *out)
{
	const struct reg_sort *sort = ask->sort != NULL ? ask->sort : &t->sorts[0];
	struct reading r = {
		.by = by, .t = t, .ask = ask, .after = ask->after, .out = out, .most = most
	};
	size_t first = 0;
	enum status e;

	*out = (struct rows){ .shape = t->shape };
	reading_plan_beginnings(&r, sort);
	e = reading_plan_filters(&r, sort == &t->sorts[0]);
	if (!e && (!r.tiered || ask->after > 0))
		e = reading_plan_words(&r, sort);
	if (!e && r.tiered && ask->after > 0)
		e = tier_of_last(&r, &first);
	if (e)
		return e == NOT_FOUND ? OK : e;
	e = read_tiers(&r, sort, first);
	return e ? e : read_alias(by, t, ask, out);
}
