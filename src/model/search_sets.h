/* search_sets.h: which records have what was typed, in the order of their rank. */
#ifndef MODEL_SEARCH_SETS_H
#define MODEL_SEARCH_SETS_H

#include "model/search_hits.h"
#include "rule/chunk.h"

struct search_tokens;

/* Records of one rank in one chunk. */
struct search_tier {
	int rank;
	int64_t chunk;
	struct chunk set;
};

struct search_tiers {
	struct search_tier *at;
	size_t count, room;
};

/* Of each kind; only what the actor may see. */
struct search_sets {
	struct search_tiers tiers[SEARCH_KINDS]; /* the best rank first */
	int64_t counts[SEARCH_KINDS];
};

/* Of the kinds that are wanted.  Nothing when a token has no alternatives. */
enum status search_sets_find(const struct actor *, const struct search_tokens *,
    const bool kinds[SEARCH_KINDS], struct search_sets *) MUST_CHECK;
bool search_sets_have(const struct search_tiers *, int64_t id);
/* Adds the ids behind `after` (0: all) that are not in *ids yet, until it has `most`. */
void search_sets_choose(
    const struct search_tiers *, int64_t after, int most, struct search_ids *ids);

#endif
