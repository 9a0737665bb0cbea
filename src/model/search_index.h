/*
 * search_index.h: keeps the tables of the search (sql/site/0010_search.sql) as the records are.
 *
 * Who follows the changes is a reader of the sealed events, as of notifications: a write costs
 * nothing more, what was rolled back is never seen, and a record is found within a second of its
 * commit.  Triggers would make every write slower and bulk imports very slow, and need a right that
 * binary logging denies to ordinary accounts.  What was written without events (before this
 * version, or by hand) is met by a walk over all ids, which is also how everything is made anew.
 *
 * One writes at a time: the row of search_progress is the lock.
 */
#ifndef MODEL_SEARCH_INDEX_H
#define MODEL_SEARCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "model/search.h"

struct actor;

/* Notes what the sealed events after the reader's place are about; *more: not all of them yet. */
enum status search_follow(const struct actor *, bool *more) MUST_CHECK;
/* Reads again some of what was noted; *more: not all of it yet. */
enum status search_catch_up(const struct actor *, bool *more) MUST_CHECK;
/* How the walk goes. */
struct search_pace {
	int most;    /* records in one transaction */
	bool yields; /* nothing is done while another process writes the index */
};

/*
 * Reads the next records that the walk has not met, of the first kind that has some.  *read: how
 * many; 0: nothing is left, or it has yielded.
 */
enum status search_walk(const struct actor *, const struct search_pace *, int64_t *read) MUST_CHECK;
/* The walk begins anew. */
enum status search_walk_again(const struct actor *) MUST_CHECK;
/* Notes one record. */
enum status search_note(const struct actor *, enum search_kind, int64_t id) MUST_CHECK;

#endif
