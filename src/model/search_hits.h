/* search_hits.h: the records that were found, and work orders by their number. */
#ifndef MODEL_SEARCH_HITS_H
#define MODEL_SEARCH_HITS_H

#include "model/search_inside.h"

struct search_tokens;

struct search_ids {
	int64_t *at;
	size_t count;
};

/*
 * struct search_hit of the ids of each kind, in their order, into out[kind].hits; of those that the
 * actor may see.
 */
enum status search_hits(const struct actor *, const struct search_ids ids[SEARCH_KINDS],
    const struct search_tokens *, struct search_group out[SEARCH_KINDS]) MUST_CHECK;
/* Work orders whose number begins so, or is that of some year; 20 at most, the newest first. */
enum status search_numbers(const struct actor *, const char *typed, struct search_ids *) MUST_CHECK;

#endif
