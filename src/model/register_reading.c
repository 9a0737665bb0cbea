/* register_reading.c: see register_reading.h. */
#include "model/register_reading.h"
#include "base/text.h"
#include "model/extra.h"

/* Nearly all records are in use: no index is asked for those. */
static void
put_in_use(struct query *q, const struct reading *r)
{
	buf_text(&q->sql, r->ask->archived ? " AND r.archived_at IS NOT NULL"
					   : " AND IFNULL(r.archived_at, NULL) IS NULL");
}

/* Everything but the search, and whether it is in use. */
static void
put_filters(struct query *q, const struct reading *r)
{
	const struct reg_query *ask = r->ask;

	for (size_t i = 0; i < r->t->filter_count && i < REG_FILTERS; i++)
		if (!text_empty(r->values[i]))
			reg_put_value(q, &r->filters[i], r->values[i], !r->frequent[i]);
	for (size_t i = 0; i < ask->narrow_count; i++) {
		const struct extra_narrow *n = &ask->narrow[i];

		buf_text(&q->sql, n->where);
		for (size_t a = 0; a < n->count; a++)
			query_put(q, "", n->args[a]);
	}
}

/* The value of that column of the last record seen. */
static void
put_last(struct query *q, const struct reg_table *t, const char *column, const char *compare,
    int64_t after)
{
	buf_print(
	    &q->sql, "r.%s %s (SELECT %s FROM %s WHERE id = ", column, compare, column, t->name);
	query_put(q, "?)", ARG(after));
}

/* Is behind that one: a > A OR (a = A AND (b > B OR (b = B AND (id > ?)))). */
static void
put_behind(
    struct query *q, const struct reg_table *t, const struct reg_sort *s, bool down, int64_t id)
{
	size_t open = 0;

	buf_text(&q->sql, "(");
	for (; open < REG_SORT_COLUMNS && s->columns[open] != NULL; open++) {
		put_last(q, t, s->columns[open], down ? "<" : ">", id);
		buf_text(&q->sql, " OR (");
		put_last(q, t, s->columns[open], "=", id);
		buf_text(&q->sql, " AND (");
	}
	if (s->unique)
		buf_text(&q->sql, "FALSE");
	else
		query_put(q, down ? "r.id < ?" : "r.id > ?", ARG(id));
	for (; open > 0; open--)
		buf_text(&q->sql, "))");
	buf_text(&q->sql, ")");
}

/* Behind it, with a >= A for the index. */
static void
put_after(
    struct query *q, const struct reg_table *t, const struct reg_sort *s, bool down, int64_t id)
{
	buf_text(&q->sql, " AND ");
	put_last(q, t, s->columns[0], down ? "<=" : ">=", id);
	buf_text(&q->sql, " AND ");
	put_behind(q, t, s, down, id);
}

/* That one, or before it. */
void
reading_put_until(
    struct query *q, const struct reg_table *t, const struct reg_sort *s, bool down, int64_t id)
{
	buf_text(&q->sql, " AND ");
	put_last(q, t, s->columns[0], down ? ">=" : "<=", id);
	buf_text(&q->sql, " AND NOT ");
	put_behind(q, t, s, down, id);
}

void
reading_put_order(struct query *q, const struct reg_sort *s, bool down, bool indexed)
{
	const char *way = down ? " DESC" : "";

	for (size_t i = 0; i < REG_SORT_COLUMNS && s->columns[i] != NULL; i++)
		buf_print(&q->sql, "%s %sr.%s%s%s", i > 0 ? "," : " ORDER BY",
		    indexed ? "" : "IFNULL(", s->columns[i], indexed ? "" : ", NULL)", way);
	if (!s->unique)
		buf_print(&q->sql, ", r.id%s", way);
}

static void
put_tier(struct query *q, const struct reading *r, size_t n)
{
	if (r->begins[n] == NULL)
		return;
	buf_print(&q->sql, " AND r.%s LIKE ", r->tiers[n].columns[0]);
	query_put(q, "?", ARG(r->begins[n]));
}

/* In use, and in none of the tiers before: needs the record, where the tier needs its index only.
 */
void
reading_put_left(struct query *q, const struct reading *r, size_t n)
{
	put_in_use(q, r);
	for (size_t i = 0; i < n; i++) {
		buf_print(&q->sql, " AND r.%s NOT LIKE ", r->tiers[i].columns[0]);
		query_put(q, "?", ARG(r->begins[i]));
	}
}

/* "FROM … WHERE …" of tier n: what its index knows. */
void
reading_put_from(struct query *q, const struct reading *r, size_t n, bool go_on, const char *joins)
{
	buf_text(&q->sql, " FROM ");
	for (size_t i = 0; joins != NULL && i < r->ask->narrow_count; i++)
		buf_text(&q->sql, r->ask->narrow[i].before);
	buf_print(&q->sql, "%s r%s WHERE TRUE", r->t->name, joins != NULL ? joins : "");
	if (joins != NULL)
		put_filters(q, r);
	put_tier(q, r, n);
	if (go_on)
		put_after(q, r->t, &r->tiers[n], r->ask->descending, r->after);
}
