/*
 * merge.h: two records that are the same thing become one.  What refers to the one is moved to the
 * other, its names stay as aliases, it is archived and names the one that was kept.
 *
 * One transaction, up to MERGE_MOST rows a reference; of a reference that has more (a failure code
 * of a hundred thousand work orders) the job `merge` moves the rest in batches, so that nobody
 * waits for its locks.
 */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/register.h"

enum { MERGE_MOST = 10000, MERGE_BATCH = 1000, MERGE_COUNTED = 1001 };

/* A column that refers to the register.  Names are never input. */
struct reg_reference {
	const char *table;
	const char *column;
	const char *text; /* msgid, of the counts: "Work orders" */
	/* Where (column, same) is unique: rows that both have are joined, by `sums` (SQL: k is the
	 * kept one's row, o the other's; NULL: the kept one's stands) and then `join`. */
	const char *same;
	const char *sums;
	enum { MERGE_DROP, MERGE_LEAVE } join; /* drop the other's row, or leave it where it is */
};

struct reg_merge {
	const struct reg_reference *references;
	size_t count;
	const char *const *names; /* NULL-ended: the text members that become aliases */
	/* *why: a msgid when these two cannot be merged.  May be NULL. */
	enum status (*check)(
	    const struct actor *, const void *from, const void *into, const char **why);
	/* After the references were moved: sums, trees.  May be NULL. */
	enum status (*finish)(const struct actor *, const void *from, const void *into);
};

extern const struct reg_merge part_merge, vendor_merge, failure_code_merge, machine_model_merge,
    location_merge;

/* What moves, in the order of the references; the last is what every register has. */
struct merge_count {
	const char *text; /* msgid */
	int64_t n;        /* at most MERGE_COUNTED: that many or more */
};

extern const struct shape merge_count_shape;

enum status merge_counts(
    const struct actor *, const struct reg_table *, int64_t from, struct rows *) MUST_CHECK;
/* Where a merged record went; NOT_FOUND when it was not merged. */
enum status merge_into(
    const struct actor *, const struct reg_table *, int64_t id, int64_t *into) MUST_CHECK;

struct merge_ask {
	int64_t from, into;                 /* ids */
	int64_t from_version, into_version; /* that the person saw */
};

/* CONFLICT: a version is another, or *why, a msgid, says what forbids it. */
enum status reg_merge(const struct actor *, const struct reg_table *, const struct merge_ask *,
    const char **why) MUST_CHECK;
/* At most so many rows of a reference without a unique key; all of one that has it. */
enum status merge_move(const struct actor *, const struct reg_reference *, int64_t from,
    int64_t into, int most, int64_t *moved) MUST_CHECK;
/* A batch of what merges left to the job; *more: there is more. */
enum status merge_rest(const struct actor *, bool *more) MUST_CHECK;

#endif
