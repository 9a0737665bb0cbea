/*
 * register_list.c: lists of a register, at a million records.
 *
 * The order is always that of an index that ends in id; STRAIGHT_JOIN keeps the register in front,
 * so that no more rows are read than shown.  The place to go on from is the last record's id: its
 * values in the order's columns are looked up in the same statement.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/register.h"

enum { MAX_ARGS = 32, SHORT_WORD = 3 };

struct query {
	struct buf sql;
	struct arg args[MAX_ARGS];
	size_t count;
};

static void
put(struct query *q, const char *sql, struct arg arg)
{
	buf_text(&q->sql, sql);
	if (q->count < MAX_ARGS)
		q->args[q->count++] = arg;
}

static void
put_filters(struct query *q, const struct reg_table *t, const struct reg_query *ask)
{
	for (size_t i = 0; i < t->filter_count && i < REG_FILTERS; i++) {
		const struct reg_filter *f = &t->filters[i];
		const char *value = ask->filter[i];

		if (text_empty(value))
			continue;
		buf_print(&q->sql, " AND r.%s = ", f->column);
		if (f->kind == REG_FLAG)
			buf_text(&q->sql, "TRUE");
		else if (f->kind == REG_REF)
			put(q, "?", ARG((int64_t)strtoll(value, NULL, 10)));
		else
			put(q, "?", ARG(value));
	}
}

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Words that InnoDB leaves out of its index; looking for them finds nothing. */
static bool
is_stopword(const char *word, size_t len)
{
	static const char *const stop[] = { "about", "are", "com", "for", "from", "how", "that",
		"the", "this", "und", "was", "what", "when", "where", "who", "will", "with",
		"www" };

	for (size_t i = 0; i < COUNT(stop); i++)
		if (strlen(stop[i]) == len && strncasecmp(stop[i], word, len) == 0)
			return true;
	return false;
}

/* "+press* +0012*" of "press PRS-0012": every word that the index can know.  "" when there is none.
 */
static const char *
boolean_words(struct arena *a, const char *search)
{
	struct buf out = { .arena = a };

	for (const char *p = search; *p != '\0';) {
		size_t len = 0;

		while (is_letter(p[len]))
			len++;
		if (text_length(arena_text(a, p, len)) >= SHORT_WORD && !is_stopword(p, len)) {
			buf_text(&out, out.len > 0 ? " +" : "+");
			buf_add(&out, p, len);
			buf_text(&out, "*");
		}
		p += len > 0 ? len : 1;
	}
	return out.len > 0 ? out.text : "";
}

static void
put_like(struct query *q, const struct reg_table *t, const char *search, bool anywhere)
{
	const char *like = arena_print(
	    q->sql.arena, "%s%s%%", anywhere ? "%" : "", text_like(q->sql.arena, search));

	buf_text(&q->sql, " AND (");
	for (size_t i = 0; t->like[i] != NULL; i++) {
		buf_print(&q->sql, "%sr.%s LIKE ", i > 0 ? " OR " : "", t->like[i]);
		put(q, "?", ARG(like));
	}
	buf_text(&q->sql, ")");
}

static void
put_search(struct query *q, const struct reg_table *t, const char *search)
{
	const char *words;

	if (text_empty(search))
		return;
	words = t->words != NULL ? boolean_words(q->sql.arena, search) : "";
	if (*words == '\0') {
		put_like(q, t, search, t->words == NULL);
		return;
	}
	buf_print(&q->sql, " AND MATCH (%s) AGAINST (", t->words);
	put(q, "? IN BOOLEAN MODE)", ARG(words));
}

/* The value of that column of the last record seen. */
static void
put_last(struct query *q, const struct reg_table *t, const char *column, const char *compare,
    int64_t after)
{
	buf_print(
	    &q->sql, "r.%s %s (SELECT %s FROM %s WHERE id = ", column, compare, column, t->name);
	put(q, "?)", ARG(after));
}

/* Behind the last one: a > A OR a = A AND (b > B OR b = B AND id > ?), with a >= A for the index.
 */
static void
put_after(
    struct query *q, const struct reg_table *t, const struct reg_sort *s, bool down, int64_t after)
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
		put(q, down ? "r.id < ?" : "r.id > ?", ARG(after));
	for (; open > 0; open--)
		buf_text(&q->sql, "))");
	buf_text(&q->sql, ")");
}

static void
put_order(struct query *q, const struct reg_sort *s, bool down, int most)
{
	const char *way = down ? " DESC" : "";

	for (size_t i = 0; i < REG_SORT_COLUMNS && s->columns[i] != NULL; i++)
		buf_print(&q->sql, "%s r.%s%s", i > 0 ? "," : " ORDER BY", s->columns[i], way);
	if (!s->unique)
		buf_print(&q->sql, ", r.id%s", way);
	put(q, " LIMIT ?", ARG(most));
}

enum status
reg_list(const struct actor *by, const struct reg_table *t, const struct reg_query *ask, int most,
    struct rows *out)
{
	const struct reg_sort *sort = ask->sort != NULL ? ask->sort : &t->sorts[0];
	struct query q = { .sql = { .arena = by->arena } };

	buf_print(&q.sql, "SELECT STRAIGHT_JOIN %s FROM %s r%s WHERE r.archived_at IS %s",
	    t->columns, t->name, t->joins, ask->archived ? "NOT NULL" : "NULL");
	put_filters(&q, t, ask);
	put_search(&q, t, ask->search);
	if (ask->after > 0)
		put_after(&q, t, sort, ask->descending, ask->after);
	put_order(&q, sort, ask->descending, most);
	return db_rows(
	    by->db, by->arena, q.sql.text, (struct args){ q.args, q.count }, t->shape, out);
}
