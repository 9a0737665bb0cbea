/* search_terms.h: what records are found by: their words and whose they are, as terms. */
#ifndef MODEL_SEARCH_TERMS_H
#define MODEL_SEARCH_TERMS_H

#include "model/search_inside.h"

struct search_terms {
	int64_t *at; /* ascending, each once */
	size_t count;
};

/*
 * The terms of each of the sources (struct search_source), one a row.  Words that are new are
 * taken into the dictionary.
 */
enum status search_terms(
    const struct actor *, const struct rows *sources, struct search_terms *out) MUST_CHECK;
/* "1 7 42", and back. */
const char *search_terms_text(const struct actor *, const struct search_terms *);
struct search_terms search_terms_read(const struct actor *, const char *);
/* Sorted, each once. */
void search_terms_sort(struct search_terms *);

#endif
