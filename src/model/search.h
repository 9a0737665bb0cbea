/*
 * search.h: finds machines, work orders, parts, people and documents by words, codes, parts of
 * words and words with a letter wrong.
 *
 * Only what the actor may see is found and counted: whom a record belongs to stands in the index
 * with its words, and the records themselves are read within the actor's scope once more.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "base/shape.h"

struct actor;

/* As in search_posting.kind. */
enum search_kind {
	SEARCH_ALL,
	SEARCH_MACHINE,
	SEARCH_WORK_ORDER,
	SEARCH_PART,
	SEARCH_PERSON,
	SEARCH_DOCUMENT,
	SEARCH_KINDS
};

extern const struct words search_kind_words; /* MACHINE …; index = enum search_kind - 1 */

struct search_query {
	const char *typed;
	enum search_kind kind; /* SEARCH_ALL: each of them */
	int most;              /* of a kind */
	int64_t after;         /* the last one shown, or 0; of one kind only */
};

/* One that was found, of whatever kind. */
struct search_hit {
	int64_t kind; /* enum search_kind */
	int64_t id;
	const char *path;   /* where it opens */
	const char *number; /* "" for people and documents */
	const char *name;
	const char *detail; /* where it stands, whose it is */
	const char *state;  /* a work order's state, a machine's status; or "" */
	const char *text;   /* where in it the words stand, or "" */
	bool archived;
};

extern const struct shape search_hit_shape;

/* A word of the index, folded: rule/spelling.h. */
struct search_word {
	int64_t id;
	const char *word;
	int64_t uses; /* in about how many records */
};

extern const struct shape search_word_shape;

struct search_group {
	int64_t count;    /* of those that may be seen */
	bool at_least;    /* so many, and perhaps more: too many words begin so */
	bool more;        /* than the hits */
	struct rows hits; /* the most fitting first, then the most used */
};

struct search_found {
	struct search_group groups[SEARCH_KINDS];
	int64_t count;     /* of all groups */
	struct rows words; /* struct search_word: what was looked for, to be marked in texts */
	/* Letters were taken for others: what was looked for instead; else NULL. */
	const char *meant;
	bool sole; /* one record, and it has the very code that was typed */
};

/* Nothing to look for is nothing found. */
enum status search_find(
    const struct actor *, const struct search_query *, struct search_found *) MUST_CHECK;
/* The path of the record that has exactly this number or code; NOT_FOUND when none or several. */
enum status search_exact(const struct actor *, const char *typed, const char **path) MUST_CHECK;

#endif
