/* search_index_inside.h: what search_index.c and search_follow.c share. */
#ifndef MODEL_SEARCH_INDEX_INSIDE_H
#define MODEL_SEARCH_INDEX_INSIDE_H

#include "base/shape.h"
#include "model/search.h"

struct actor;

/*
 * In the caller's transaction, which holds the lock of the kind: the records of these ids
 * (ascending) are found by what their sources (struct search_source) say, and those without a
 * source no longer.
 */
enum status search_index(const struct actor *, enum search_kind, const int64_t *ids, size_t count,
    const struct rows *sources) MUST_CHECK;

#endif
