/* register_search.h: what the list of a register is asked for in words; inside of the model only.
 */
#ifndef MODEL_REGISTER_SEARCH_H
#define MODEL_REGISTER_SEARCH_H

#include "db/query.h"
#include "model/register.h"

/*
 * " AND column …": a filter's value.  seen: its index may be used.  Of a value that every second
 * record has, the server would read all of them up to the place in the list where it should begin;
 * without that index it begins there.
 */
void reg_put_value(struct query *, const struct reg_filter *, const char *value, bool seen);

/*
 * A filter that means others (`through`: what lies in a place): *value becomes those, and f one of
 * its own column, unless they are too many.
 */
enum status reg_filter_meant(
    const struct actor *, struct reg_filter *f, const char **value) MUST_CHECK;
/* Have at least so many records the value? */
enum status reg_filter_frequent(const struct actor *, const struct reg_table *,
    const struct reg_filter *, const char *value, int many, bool *is) MUST_CHECK;

/* The words of a search that the index can know, the rarest (by its looks) in front. */
struct reg_words {
	const char *at[8];
	size_t count;
};

struct reg_words reg_words(struct arena *, const char *search);

bool reg_words_digits(const struct reg_words *);
/* Have at most `most` records the word that has digits?  false when none of them has. */
enum status reg_words_rare(const struct actor *, const struct reg_table *, const struct reg_words *,
    int most, bool *is) MUST_CHECK;
/* " AND MATCH (…) AGAINST (…)"; with others the words that it does not ask for as below. */
void reg_put_match(struct query *, const struct reg_table *, const struct reg_words *, bool others);
/* The same question without the index: for rows that are read anyway.  from: the first word asked.
 */
void reg_put_filter(
    struct query *, const struct reg_table *, const struct reg_words *, size_t from);
/* " AND (a LIKE … OR b LIKE …)": what no index of words can know. */
void reg_put_like(struct query *, const struct reg_table *, const char *search);

#endif
