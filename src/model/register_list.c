/*
 * register_list.c: lists of a register, at a million records.
 *
 * The order is always that of an index that ends in id; STRAIGHT_JOIN keeps the register in front,
 * so that no more rows are read than shown.  The place to go on from is the last record's id: its
 * values in the order's columns are looked up in the same statement.
 *
 * A search is answered in tiers, so that a word which many records have need not be sorted: tier 0
 * begins with it in the column of the order, the next ones in another column of `like`, each a
 * range of an index; the last tier is all others, of which a window in order is tried first, and
 * the index of words when too few of that window match.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/extra.h"
#include "model/register_search.h"

enum { MAX_TIERS = 4, FREQUENT = 20000 };
enum { WINDOW = 20, WINDOW_MOST = 200 }; /* records of a window, a record shown */

/* One list that is being read. */
struct reading {
	const struct actor *by;
	const struct reg_table *t;
	const struct reg_query *ask;
	const char *begin; /* LIKE pattern of the tiers, or NULL without them */
	struct reg_words words;
	struct reg_sort tiers[MAX_TIERS]; /* the last one is the order itself */
	size_t tier_count;
	bool frequent[REG_FILTERS]; /* more than FREQUENT records have the filter's value */
	struct rows *out;
	int most;
};

/* Everything but the search. */
static void
put_filters(struct reg_sql *q, const struct reading *r)
{
	const struct reg_query *ask = r->ask;

	/* Nearly all records are in use: as above. */
	buf_text(&q->sql, ask->archived ? " WHERE r.archived_at IS NOT NULL"
					: " WHERE IFNULL(r.archived_at, NULL) IS NULL");
	for (size_t i = 0; i < r->t->filter_count && i < REG_FILTERS; i++)
		if (!text_empty(ask->filter[i]))
			reg_put_value(q, &r->t->filters[i], ask->filter[i], !r->frequent[i]);
	for (size_t i = 0; i < ask->narrow_count; i++) {
		const struct extra_narrow *n = &ask->narrow[i];

		buf_text(&q->sql, n->where);
		for (size_t a = 0; a < n->count; a++)
			reg_put(q, "", n->args[a]);
	}
}

/* The value of that column of the last record seen. */
static void
put_last(struct reg_sql *q, const struct reg_table *t, const char *column, const char *compare,
    int64_t after)
{
	buf_print(
	    &q->sql, "r.%s %s (SELECT %s FROM %s WHERE id = ", column, compare, column, t->name);
	reg_put(q, "?)", ARG(after));
}

/* Behind the last one: a > A OR a = A AND (b > B OR b = B AND id > ?), with a >= A for the index.
 */
static void
put_after(struct reg_sql *q, const struct reg_table *t, const struct reg_sort *s, bool down,
    int64_t after)
{
	size_t open = 0;

	buf_text(&q->sql, " AND ");
	put_last(q, t, s->columns[0], down ? "<=" : ">=", after);
	buf_text(&q->sql, " AND (");
	for (; open < REG_SORT_COLUMNS && s->columns[open] != NULL; open++) {
		put_last(q, t, s->columns[open], down ? "<" : ">", after);
		buf_text(&q->sql, " OR (");
		put_last(q, t, s->columns[open], "=", after);
		buf_text(&q->sql, " AND (");
	}
	if (s->unique)
		buf_text(&q->sql, "FALSE");
	else
		reg_put(q, down ? "r.id < ?" : "r.id > ?", ARG(after));
	for (; open > 0; open--)
		buf_text(&q->sql, "))");
	buf_text(&q->sql, ")");
}

static void
put_order(struct reg_sql *q, const struct reg_sort *s, bool down, int most)
{
	const char *way = down ? " DESC" : "";

	for (size_t i = 0; i < REG_SORT_COLUMNS && s->columns[i] != NULL; i++)
		buf_print(&q->sql, "%s r.%s%s", i > 0 ? "," : " ORDER BY", s->columns[i], way);
	if (!s->unique)
		buf_print(&q->sql, ", r.id%s", way);
	reg_put(q, " LIMIT ?", ARG(most));
}

/* Of tier n: begins with it in its column, and not in one of the tiers before. */
static void
put_tier(struct reg_sql *q, const struct reading *r, size_t n)
{
	for (size_t i = 0; r->begin != NULL && i <= n && i + 1 < r->tier_count; i++) {
		buf_print(
		    &q->sql, " AND r.%s %sLIKE ", r->tiers[i].columns[0], i < n ? "NOT " : "");
		reg_put(q, "?", ARG(r->begin));
	}
}

static enum status
run(const struct reading *r, struct reg_sql *q, struct rows *out)
{
	return db_rows(r->by->db, r->by->arena, q->sql.text, (struct args){ q->args, q->count },
	    r->t->shape, out);
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

enum way { PLAIN, BY_WORDS, BY_WINDOW };

/* window: records of it, BY_WINDOW only. */
static enum status
read_tier(const struct reading *r, size_t n, bool go_on, enum way way, int window, struct rows *out)
{
	const struct reg_sort *s = &r->tiers[n];
	const bool down = r->ask->descending;
	struct reg_sql *q = NEW(r->by->arena, struct reg_sql);

	q->sql.arena = r->by->arena;
	buf_print(&q->sql, "SELECT STRAIGHT_JOIN %s FROM %s", r->t->columns,
	    way != PLAIN ? "(SELECT STRAIGHT_JOIN r.id FROM " : "");
	for (size_t i = 0; i < r->ask->narrow_count; i++)
		buf_text(&q->sql, r->ask->narrow[i].before);
	buf_print(&q->sql, "%s r%s", r->t->name, way != PLAIN ? "" : r->t->joins);
	put_filters(q, r);
	put_tier(q, r, n);
	if (go_on)
		put_after(q, r->t, s, down, r->ask->after);
	if (way != PLAIN) {
		if (way == BY_WORDS)
			reg_put_match(q, r->t, &r->words);
		put_order(q, s, down, way == BY_WINDOW ? window : missing(r));
		buf_print(
		    &q->sql, ") w JOIN %s r ON r.id = w.id%s WHERE TRUE", r->t->name, r->t->joins);
		if (way == BY_WINDOW)
			reg_put_filter(q, r->t, &r->words, 0);
	} else if (r->begin == NULL && !text_empty(r->ask->search))
		reg_put_like(q, r->t, r->ask->search);
	put_order(q, s, down, missing(r));
	return run(r, q, out);
}

/* Was the first window all that there is? */
static enum status
is_shorter(const struct reading *r, bool go_on, int window, bool *is)
{
	const struct reg_sort *s = &r->tiers[r->tier_count - 1];
	struct reg_sql *q = NEW(r->by->arena, struct reg_sql);
	int64_t n = 0;
	enum status e;

	q->sql.arena = r->by->arena;
	buf_text(&q->sql, "SELECT COUNT(*) FROM (SELECT STRAIGHT_JOIN r.id FROM ");
	for (size_t i = 0; i < r->ask->narrow_count; i++)
		buf_text(&q->sql, r->ask->narrow[i].before);
	buf_print(&q->sql, "%s r", r->t->name);
	put_filters(q, r);
	put_tier(q, r, r->tier_count - 1);
	if (go_on)
		put_after(q, r->t, s, r->ask->descending, r->ask->after);
	put_order(q, s, r->ask->descending, window);
	buf_text(&q->sql, ") AS some");
	e = db_int(r->by->db, q->sql.text, (struct args){ q->args, q->count }, &n);
	*is = n < window;
	return e;
}

/* All others that match: how many of a window do decides how they are found. */
static enum status
read_words(struct reading *r, bool go_on)
{
	const size_t last = r->tier_count - 1;
	const int need = missing(r);
	struct rows found = { .shape = r->t->shape };
	int64_t window = (int64_t)WINDOW * need;
	bool all = false;
	enum status e = read_tier(r, last, go_on, BY_WINDOW, (int)window, &found);

	if (!e && (int)found.count < need && found.count > 0) {
		window = window * need * 3 / ((int64_t)found.count * 2);
		if (window <= (int64_t)WINDOW_MOST * need)
			e = read_tier(r, last, go_on, BY_WINDOW, (int)window, &found);
	}
	if (!e && (int)found.count < need)
		e = is_shorter(r, go_on, WINDOW * need, &all);
	if (!e && (int)found.count < need && !all)
		e = read_tier(r, last, go_on, BY_WORDS, 0, &found);
	if (!e)
		append(r->by->arena, r->out, &found);
	return e;
}

/* Which tier the last record seen belongs to. */
static enum status
tier_of_last(const struct reading *r, size_t *tier)
{
	struct reg_sql q = { .sql = { .arena = r->by->arena } };
	int64_t n = 0;
	enum status e;

	buf_text(&q.sql, "SELECT CASE");
	for (size_t i = 0; i + 1 < r->tier_count; i++) {
		buf_print(&q.sql, " WHEN %s LIKE ", r->tiers[i].columns[0]);
		reg_put(&q, "?", ARG(r->begin));
		buf_print(&q.sql, " THEN %zu", i);
	}
	buf_print(&q.sql, " ELSE %zu END FROM %s WHERE id = ", r->tier_count - 1, r->t->name);
	reg_put(&q, "?", ARG(r->ask->after));
	e = db_int(r->by->db, q.sql.text, (struct args){ q.args, q.count }, &n);
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
plan(struct reading *r, const struct reg_sort *sort)
{
	const struct reg_table *t = r->t;
	struct arena *a = r->by->arena;

	if (!text_empty(r->ask->search) && t->words != NULL) {
		r->words = reg_words(a, r->ask->search);
		r->begin = arena_print(a, "%s%%", text_like(a, r->ask->search));
		if (is_text(t, sort->columns[0]))
			r->tiers[r->tier_count++] = *sort;
		for (size_t i = 0; t->like[i] != NULL && r->tier_count < MAX_TIERS - 1; i++)
			if (strcmp(t->like[i], sort->columns[0]) != 0)
				r->tiers[r->tier_count++] = sort_of(t, t->like[i]);
	}
	r->tiers[r->tier_count++] = *sort;
}

/* On later pages only: the first one is at the beginning of any index. */
static enum status
find_frequent(struct reading *r)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < r->t->filter_count && i < REG_FILTERS; i++) {
		const struct reg_filter *f = &r->t->filters[i];
		const char *value = r->ask->filter[i];
		struct arena *a = r->by->arena;
		int64_t n = 0;

		if (r->ask->after == 0 || text_empty(value) || strpbrk(value, ",-") != NULL ||
		    f->through != NULL || (f->kind != REG_WORD && f->kind != REG_REF))
			continue;
		e = db_int(r->by->db,
		    arena_print(a,
			"SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s = ? LIMIT %d) AS some",
			r->t->name, f->column, FREQUENT),
		    ARGS(ARG(value)), &n);
		r->frequent[i] = n == FREQUENT;
	}
	return e;
}

enum status
reg_list(const struct actor *by, const struct reg_table *t, const struct reg_query *ask, int most,
    struct rows *out)
{
	struct reading r = { .by = by, .t = t, .ask = ask, .out = out, .most = most };
	size_t first = 0;
	enum status e;

	*out = (struct rows){ .shape = t->shape };
	plan(&r, ask->sort != NULL ? ask->sort : &t->sorts[0]);
	e = find_frequent(&r);
	if (!e && r.begin != NULL && ask->after > 0)
		e = tier_of_last(&r, &first);
	if (e)
		return e == NOT_FOUND ? OK : e;
	for (size_t n = first; !e && n < r.tier_count && missing(&r) > 0; n++) {
		const bool go_on = ask->after > 0 && n == first;
		struct rows more = { .shape = t->shape };

		if (r.begin != NULL && n + 1 == r.tier_count) {
			if (r.words.count > 0)
				e = read_words(&r, go_on);
			continue;
		}
		e = read_tier(&r, n, go_on, PLAIN, 0, &more);
		if (!e)
			append(by->arena, out, &more);
	}
	return e;
}
