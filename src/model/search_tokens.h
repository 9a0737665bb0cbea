/* search_tokens.h: what was typed, as words that stand in the index. */
#ifndef MODEL_SEARCH_TOKENS_H
#define MODEL_SEARCH_TOKENS_H

#include "model/search_inside.h"

enum { MOST_TOKENS = 6, MOST_ALTERNATIVES = 48 };

struct search_alternative {
	struct search_word word;
	bool begins; /* as what was typed; else it has that in it, or nearly */
};

/* One word that was typed; a record has it when it has one of the alternatives. */
struct search_token {
	const char *typed; /* folded */
	struct search_alternative at[MOST_ALTERNATIVES];
	size_t count;
};

struct search_tokens {
	struct search_token *at; /* at most MOST_TOKENS */
	size_t count;
	bool code;         /* a single one, with a digit in it */
	bool cut;          /* more words begin so than were taken */
	const char *meant; /* see struct search_found */
};

/* What begins so or has it in it.  A code that is unknown as a whole is looked for by its parts. */
enum status search_tokens_read(
    const struct actor *, const char *typed, struct search_tokens *) MUST_CHECK;
/*
 * Adds words with a letter wrong: to those without alternatives, or to all.  *more: it has found
 * some.
 */
enum status search_tokens_correct(
    const struct actor *, struct search_tokens *, bool all, bool *more) MUST_CHECK;

#endif
