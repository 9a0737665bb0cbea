/*
 * register_search.c: the words of a search, by the index of words or row by row.
 *
 * InnoDB reads every record that has a word before it answers: a word that many have costs as many
 * reads.  So the index is asked for one word only, the one that looks rarest; the others, and all
 * of them where rows are read in order anyway, are looked for in the row, by the same rules: a word
 * is letters, digits and _, compared as the columns are, found by its beginning.
 */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/register_search.h"

enum { SHORT_WORD = 3 };

void
reg_put(struct reg_sql *q, const char *sql, struct arg arg)
{
	buf_text(&q->sql, sql);
	if (q->count < REG_ARGS)
		q->args[q->count++] = arg;
}

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
	return strlen(word) + (word[strcspn(word, "0123456789")] != '\0' ? 100 : 0);
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

void
reg_put_match(struct reg_sql *q, const struct reg_table *t, const struct reg_words *words)
{
	buf_print(&q->sql, " AND MATCH (%s) AGAINST (", t->words);
	reg_put(q, "? IN BOOLEAN MODE)", ARG(arena_print(q->sql.arena, "+%s*", words->at[0])));
	reg_put_filter(q, t, words, 1);
}

void
reg_put_filter(
    struct reg_sql *q, const struct reg_table *t, const struct reg_words *words, size_t from)
{
	for (size_t i = from; i < words->count; i++) {
		buf_print(&q->sql, " AND CONCAT_WS(' ', %s) LIKE ", t->words);
		reg_put(q, "?",
		    ARG(arena_print(
			q->sql.arena, "%%%s%%", text_like(q->sql.arena, words->at[i]))));
		/* Only then: this takes five times as long. */
		buf_print(&q->sql,
		    " AND REGEXP_REPLACE(CONCAT_WS(' ', '', %s), '[^\\\\pL\\\\pN_]+', ' ') LIKE ",
		    t->words);
		reg_put(q, "?",
		    ARG(arena_print(
			q->sql.arena, "%% %s%%", text_like(q->sql.arena, words->at[i]))));
	}
}

void
reg_put_like(struct reg_sql *q, const struct reg_table *t, const char *search)
{
	const char *like = arena_print(
	    q->sql.arena, "%s%s%%", t->words == NULL ? "%" : "", text_like(q->sql.arena, search));

	buf_text(&q->sql, " AND (");
	for (size_t i = 0; t->like[i] != NULL; i++) {
		buf_print(&q->sql, "%sr.%s LIKE ", i > 0 ? " OR " : "", t->like[i]);
		reg_put(q, "?", ARG(like));
	}
	buf_text(&q->sql, ")");
}
