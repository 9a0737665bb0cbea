/*
 * register_search.c: the words of a search, by the index of words or row by row.
 *
 * InnoDB reads every record that has a word before it answers: a word that many have costs as many
 * reads.  Where records are read in order anyway, words are looked for in them, by the same rules:
 * a word is letters, digits and _, compared as the columns are, found by its beginning.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/register_search.h"

enum { SHORT_WORD = 3, SOME = 100, MEANT_MOST = 50, DIGITS = 1000 };

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Words that InnoDB leaves out of its index; looking for them finds nothing. */
static bool
is_stopword(const char *word)
{
	static const char *const stop[] = { "about", "are", "com", "for", "from", "how", "that",
		"the", "this", "und", "was", "what", "when", "where", "who", "will", "with",
		"www" };

	for (size_t i = 0; i < COUNT(stop); i++)
		if (strcasecmp(stop[i], word) == 0)
			return true;
	return false;
}

/* Digits tell things apart: 0012 is rarer than press.  Then the longer one. */
static size_t
rarity(const char *word)
{
	return strlen(word) + (word[strcspn(word, "0123456789")] != '\0' ? DIGITS : 0);
}

static void
add_word(struct reg_words *words, const char *word)
{
	size_t i = words->count;

	if (i == COUNT(words->at))
		return;
	words->count++;
	for (; i > 0 && rarity(words->at[i - 1]) < rarity(word); i--)
		words->at[i] = words->at[i - 1];
	words->at[i] = word;
}

struct reg_words
reg_words(struct arena *a, const char *search)
{
	struct reg_words words = { 0 };

	for (const char *p = search; *p != '\0';) {
		const char *word;
		size_t len = 0;

		while (is_letter(p[len]))
			len++;
		word = arena_text(a, p, len);
		if (text_length(word) >= SHORT_WORD && !is_stopword(word))
			add_word(&words, word);
		p += len > 0 ? len : 1;
	}
	return words;
}

bool
reg_words_digits(const struct reg_words *words)
{
	return words->count > 0 && rarity(words->at[0]) >= DIGITS;
}

/*
 * A word with digits is rare enough to be asked for alone.  Of others each may be frequent: the
 * index finds what they have in common without reading a record.
 */
void
reg_put_match(
    struct query *q, const struct reg_table *t, const struct reg_words *words, bool others)
{
	const size_t asked = reg_words_digits(words) ? 1 : words->count;
	struct buf all = { .arena = q->sql.arena };

	for (size_t i = 0; i < asked; i++)
		buf_print(&all, "%s+%s*", i > 0 ? " " : "", words->at[i]);
	buf_print(&q->sql, " AND MATCH (%s) AGAINST (", t->words);
	query_put(q, "? IN BOOLEAN MODE)", ARG(all.text));
	if (others)
		reg_put_filter(q, t, words, asked);
}

void
reg_put_filter(
    struct query *q, const struct reg_table *t, const struct reg_words *words, size_t from)
{
	for (size_t i = from; i < words->count; i++) {
		buf_print(&q->sql, " AND CONCAT_WS(' ', %s) LIKE ", t->words);
		query_put(q, "?",
		    ARG(arena_print(
			q->sql.arena, "%%%s%%", text_like(q->sql.arena, words->at[i]))));
		/* Only then: this takes five times as long. */
		buf_print(&q->sql,
		    " AND REGEXP_REPLACE(CONCAT_WS(' ', '', %s), '[^\\\\pL\\\\pN_]+', ' ') LIKE ",
		    t->words);
		query_put(q, "?",
		    ARG(arena_print(
			q->sql.arena, "%% %s%%", text_like(q->sql.arena, words->at[i]))));
	}
}

void
reg_put_like(struct query *q, const struct reg_table *t, const char *search)
{
	const char *like = arena_print(
	    q->sql.arena, "%s%s%%", t->words == NULL ? "%" : "", text_like(q->sql.arena, search));

	buf_text(&q->sql, " AND (");
	for (size_t i = 0; t->like[i] != NULL; i++) {
		buf_print(&q->sql, "%sr.%s LIKE ", i > 0 ? " OR " : "", t->like[i]);
		query_put(q, "?", ARG(like));
	}
	buf_text(&q->sql, ")");
}

static void
put_list(struct query *q, const struct reg_filter *f, const char *value)
{
	struct arena *a = q->sql.arena;
	const char *between = " IN (";

	if (f->through != NULL)
		buf_print(&q->sql, " IN (%s", f->through);
	for (size_t n; *value != '\0'; value += n + (value[n] == ',')) {
		n = strcspn(value, ",");
		if (n == 0)
			continue;
		buf_text(&q->sql, between);
		if (f->kind == REG_REF)
			query_put(q, "?", ARG((int64_t)strtoll(value, NULL, 10)));
		else
			query_put(q, "?", ARG((const char *)arena_text(a, value, n)));
		between = ", ";
	}
	buf_text(&q->sql, *between == ' ' ? " IS NULL AND FALSE" : ")");
	if (f->through != NULL)
		buf_text(&q->sql, ")");
}

static void
put_dates(struct query *q, const struct reg_filter *f, const char *value, bool seen)
{
	const char *column =
	    arena_print(q->sql.arena, seen ? "r.%s" : "IFNULL(r.%s, NULL)", f->column);
	const char *dots = strstr(value, "..");
	const size_t from = dots != NULL ? (size_t)(dots - value) : strlen(value);
	const char *to = dots != NULL ? dots + 2 : value;

	buf_print(&q->sql, " AND %s IS NOT NULL", column);
	if (from > 0) {
		buf_print(&q->sql, " AND %s >= ", column);
		query_put(q, "?", ARG((const char *)arena_text(q->sql.arena, value, from)));
	}
	if (*to != '\0') {
		buf_print(&q->sql, " AND %s < ", column);
		query_put(q, "? + INTERVAL 1 DAY", ARG(to));
	}
}

/*
 * seen: its index helps.  Of a value that every second record has, the server would read all of
 * them up to the place in the list where it should begin; without the index it begins there.
 */
void
reg_put_value(struct query *q, const struct reg_filter *f, const char *value, bool seen)
{
	if (!seen && (f->kind == REG_WORD || f->kind == REG_REF)) {
		buf_print(&q->sql, " AND IFNULL(r.%s, NULL)", f->column);
		put_list(q, f, value);
	} else if (strcmp(value, "-") == 0)
		buf_print(&q->sql, " AND r.%s IS NULL", f->column);
	else if (f->kind == REG_DATE)
		put_dates(q, f, value, seen);
	else if (f->kind == REG_FLAG)
		buf_print(&q->sql, " AND r.%s = %s", f->column,
		    strcmp(value, "0") == 0 ? "FALSE" : "TRUE");
	else {
		buf_print(&q->sql, " AND r.%s", f->column);
		put_list(q, f, value);
	}
}

enum status
reg_words_rare(const struct actor *by, const struct reg_table *t, const struct reg_words *words,
    int most, bool *is)
{
	struct query q = { .sql = { .arena = by->arena } };
	int64_t n = 0;
	enum status e;

	*is = false;
	if (!reg_words_digits(words))
		return OK;
	buf_print(&q.sql, "SELECT COUNT(*) FROM (SELECT 1 FROM %s r WHERE TRUE", t->name);
	reg_put_match(&q, t, words, false);
	buf_print(&q.sql, " LIMIT %d) AS some", most + 1);
	e = db_int(by->db, q.sql.text, query_args(&q), &n);
	*is = n <= most;
	return e;
}

enum status
reg_filter_meant(const struct actor *by, struct reg_filter *f, const char **value)
{
	const struct reg_filter own = { f->name, f->column, f->kind, NULL };
	struct query q = { .sql = { .arena = by->arena } };
	struct buf all = { .arena = by->arena };
	struct rows ids = { 0 };
	enum status e;

	if (f->through == NULL)
		return OK;
	/* As an option: its name is not needed. */
	buf_print(&q.sql, "SELECT x.id, '' AS name FROM (%s", f->through);
	put_list(&q, &own, *value);
	buf_print(&q.sql, " LIMIT %d) AS x", MEANT_MOST + 1);
	e = db_rows(by->db, by->arena, q.sql.text, query_args(&q), &option_shape, &ids);
	if (e || ids.count > MEANT_MOST)
		return e;
	for (size_t i = 0; i < ids.count; i++)
		buf_print(&all, "%s%" PRId64, i > 0 ? "," : "",
		    ((const struct option *)row_at(&ids, i))->id);
	*value = ids.count > 0 ? all.text : "0"; /* no record has it */
	*f = own;
	return OK;
}

enum status
reg_filter_frequent(const struct actor *by, const struct reg_table *t, const struct reg_filter *f,
    const char *value, int many, bool *is)
{
	struct query q = { .sql = { .arena = by->arena } };
	int64_t n = 0;
	enum status e;

	buf_print(&q.sql, "SELECT COUNT(*) FROM (SELECT 1 FROM %s r WHERE TRUE", t->name);
	reg_put_value(&q, f, value, true);
	buf_print(&q.sql, " LIMIT %d) AS some", many);
	e = db_int(by->db, q.sql.text, query_args(&q), &n);
	*is = n == many;
	return e;
}

enum status
reg_some(const struct actor *by, const struct reg_table *t, const int64_t *ids, size_t count,
    struct rows *out)
{
	enum status e = OK;

	*out = (struct rows){ t->shape, arena_alloc(by->arena, count + 1, t->shape->size), 0 };
	for (size_t from = 0; !e && from < count; from += SOME) {
		struct query q = { .sql = { .arena = by->arena } };
		struct rows more = { .shape = t->shape };

		buf_print(
		    &q.sql, "SELECT %s FROM %s r%s WHERE r.id IN (", t->columns, t->name, t->joins);
		/* Always as many: one statement for all. */
		for (size_t i = 0; i < SOME; i++)
			query_put(&q, i > 0 ? ", ?" : "?",
			    ARG(from + i < count ? ids[from + i] : (int64_t)0));
		buf_text(&q.sql, ") ORDER BY r.id");
		e = db_rows(by->db, by->arena, q.sql.text, query_args(&q), t->shape, &more);
		for (size_t i = 0; !e && i < more.count; i++)
			memcpy(row_at(out, out->count++), row_at(&more, i), t->shape->size);
	}
	return e;
}
