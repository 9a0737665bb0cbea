/*
 * spelling.h: the words of a text as the search knows them, and which words are a letter apart.
 *
 * A word is a run of letters and digits, folded: small letters, without accents (é is e, œ is oe),
 * compatibility forms as their plain ones (Unicode NFKD; ICU has the tables).  What is joined by
 * - . / _ + # and has a digit in it is a code: it is a word as a whole, without these, and its
 * parts are words, too: 6205-2RS is 62052rs, 6205 and 2rs.  A part of digits is also one without
 * the zeros in front of it.
 */
#ifndef RULE_SPELLING_H
#define RULE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { WORD_CHARS = 40, WORD_BYTES = WORD_CHARS * 4, TYPO_CHARS = 20, ENDING_CHARS = 3 };

struct spelling {
	const char *word; /* folded; 1 to WORD_CHARS characters */
	size_t at, len;   /* where it stands in the text, in bytes */
	bool code;        /* the whole of a code: its parts follow */
	bool part;        /* of the code before it */
};

struct spellings {
	struct spelling *at;
	size_t count;
};

/* The first `most` words of the text, which is UTF-8. */
struct spellings spelling_read(struct arena *, const char *text, size_t most);
/* The word, and each that it becomes without one of its letters; of a word of three letters itself
 * only. */
struct spellings spelling_typos(struct arena *, const char *word);
/* A letter more, less, another, or two neighbours changed about; or the same. */
bool spelling_near(const char *, const char *);

#endif
