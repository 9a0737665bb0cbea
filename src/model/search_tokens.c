/* search_tokens.c: see search_tokens.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/search_tokens.h"
#include "rule/spelling.h"

enum {
	LONGEST = 200,    /* characters typed; what is behind them is not looked at */
	FEW_WORDS = 8,    /* with fewer words that begin so, parts of words are looked for */
	MOST_SETS = 3000, /* rows of the index that one token may cost: keeps it quick */
	SETS = 300,       /* that the most frequent word has */
	LEAST_TYPO = 3,   /* letters */
	TYPOS = 24,
};

struct gathering {
	struct search_tokens *tokens;
	struct search_token *token;
	int64_t sets;
	bool near; /* only words that are a letter apart */
};

static bool
has(const struct search_token *t, int64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].word.id == id)
			return true;
	return false;
}

static enum status
gather(void *with, const void *record)
{
	struct gathering *g = with;
	const struct search_word *w = record;
	struct search_token *t = g->token;

	if (has(t, w->id) || (g->near && !spelling_near(w->word, t->typed)))
		return OK;
	if (t->count == MOST_ALTERNATIVES || g->sets > MOST_SETS) {
		g->tokens->cut = true;
		return OK;
	}
	t->at[t->count++] = (struct search_alternative){ *w, text_starts(w->word, t->typed) };
	g->sets += w->uses < SETS ? w->uses : SETS;
	return OK;
}

static enum status
ask(const struct actor *by, struct gathering *g, const char *sql, struct args args)
{
	struct rows rows;
	enum status e = db_rows(by->db, by->arena, sql, args, &search_word_shape, &rows);

	for (size_t i = 0; !e && i < rows.count; i++)
		e = gather(g, row_at(&rows, i));
	return e;
}

/* The inner limits bound what a letter or two can cost; the word itself comes first of all. */
static enum status
beginning(const struct actor *by, struct gathering *g)
{
	static const char sql[] =
	    "SELECT id, word, uses FROM (SELECT id, word, uses FROM search_word"
	    " WHERE word LIKE ? ORDER BY word LIMIT 1000) x"
	    " ORDER BY word = ? DESC, uses DESC LIMIT 49";

	return ask(by, g, sql,
	    ARGS(ARG(arena_print(by->arena, "%s%%", g->token->typed)), ARG(g->token->typed)));
}

static enum status
inside(const struct actor *by, struct gathering *g)
{
	static const char sql[] =
	    "SELECT STRAIGHT_JOIN w.id, w.word, w.uses FROM (SELECT DISTINCT word_id FROM"
	    " search_ending WHERE ending LIKE ? LIMIT 500) x JOIN search_word w"
	    " ON w.id = x.word_id ORDER BY w.uses DESC LIMIT 49";

	if (g->token->count >= FEW_WORDS || text_length(g->token->typed) < ENDING_CHARS)
		return OK;
	return ask(by, g, sql, ARGS(ARG(arena_print(by->arena, "%s%%", g->token->typed))));
}

static enum status
expand(const struct actor *by, struct search_tokens *tokens, struct search_token *t)
{
	struct gathering g = { .tokens = tokens, .token = t };
	enum status e = beginning(by, &g);

	return e ? e : inside(by, &g);
}

static enum status
nearby(const struct actor *by, struct search_tokens *tokens, struct search_token *t)
{
	static const char head[] = "SELECT w.id, w.word, w.uses FROM search_typo t"
				   " JOIN search_word w ON w.id = t.word_id WHERE t.typo";
	struct gathering g = { .tokens = tokens, .token = t, .near = true };
	struct spellings typos = spelling_typos(by->arena, t->typed);
	struct arg args[TYPOS];
	size_t n = 0;

	if (text_length(t->typed) < LEAST_TYPO)
		return OK;
	for (; n < typos.count && n < TYPOS; n++)
		args[n] = ARG(typos.at[n].word);
	return search_in(by, head, " ORDER BY w.uses DESC LIMIT 200", NO_ARGS, args, n,
	    &search_word_shape, gather, &g);
}

static struct search_token *
add(struct search_tokens *tokens, const char *word)
{
	struct search_token *t = &tokens->at[tokens->count];

	if (tokens->count == MOST_TOKENS)
		return NULL;
	for (size_t i = 0; i < tokens->count; i++)
		if (strcmp(tokens->at[i].typed, word) == 0)
			return NULL;
	*t = (struct search_token){ .typed = word };
	tokens->count++;
	return t;
}

/* The parts of the code at s[0]; of 012 and 12, which stand in one place, the latter. */
static enum status
add_parts(
    const struct actor *by, struct search_tokens *tokens, const struct spellings *s, size_t at)
{
	enum status e = OK;

	for (size_t i = at + 1; !e && i < s->count && s->at[i].part; i++) {
		struct search_token *t;

		if (i + 1 < s->count && s->at[i + 1].part && s->at[i + 1].at == s->at[i].at)
			continue;
		t = add(tokens, s->at[i].word);
		if (t != NULL)
			e = expand(by, tokens, t);
	}
	return e;
}

enum status
search_tokens_read(const struct actor *by, const char *typed, struct search_tokens *out)
{
	const struct spellings s =
	    spelling_read(by->arena, text_cut(by->arena, typed, LONGEST), 4 * MOST_TOKENS);
	enum status e = OK;

	*out =
	    (struct search_tokens){ .at = NEW_ARRAY(by->arena, struct search_token, MOST_TOKENS) };
	for (size_t i = 0; !e && i < s.count; i++) {
		struct search_token *t = s.at[i].part ? NULL : add(out, s.at[i].word);

		if (t == NULL)
			continue;
		e = expand(by, out, t);
		if (e || t->count > 0 || !s.at[i].code)
			continue;
		out->count--;
		e = add_parts(by, out, &s, i);
	}
	out->code = out->count == 1 && strpbrk(out->at[0].typed, "0123456789") != NULL;
	return e;
}

/* What was looked for instead of what was typed. */
static const char *
meant(const struct actor *by, const struct search_tokens *tokens)
{
	struct buf out = { .arena = by->arena };

	for (size_t i = 0; i < tokens->count; i++) {
		const struct search_token *t = &tokens->at[i];

		buf_print(&out, "%s%s", i > 0 ? " " : "",
		    t->count > 0 && spelling_near(t->at[0].word.word, t->typed) ? t->at[0].word.word
										: t->typed);
	}
	return out.text;
}

enum status
search_tokens_correct(const struct actor *by, struct search_tokens *tokens, bool all, bool *more)
{
	enum status e = OK;

	*more = false;
	for (size_t i = 0; !e && i < tokens->count; i++) {
		struct search_token *t = &tokens->at[i];
		const size_t before = t->count;

		if (!all && before > 0)
			continue;
		e = nearby(by, tokens, t);
		*more |= t->count > before;
	}
	if (*more)
		tokens->meant = meant(by, tokens);
	return e;
}
