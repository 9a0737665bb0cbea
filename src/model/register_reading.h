/* register_reading.h: one list of a register that is being read; of register_list.c and _plan.c. */
#ifndef MODEL_REGISTER_READING_H
#define MODEL_REGISTER_READING_H

#include "model/register_search.h"

enum { MAX_TIERS = 7 };

/* One list that is being read. */
struct reading {
	const struct actor *by;
	const struct reg_table *t;
	const struct reg_query *ask;
	int64_t after; /* as asked; later what was looked through */
	bool tiered;   /* has a search that is answered in tiers */
	struct reg_words words;
	struct reg_sort tiers[MAX_TIERS]; /* the last one is the order itself, as behind it */
	const char *begins[MAX_TIERS];    /* LIKE pattern of the tier's column; the last has none */
	size_t tier_count, beginnings;    /* how many tiers there are before those of words */
	bool rare;   /* by the index of words: at most RARE records have them */
	bool few;    /* a filter leaves so few that all can be looked through */
	bool hidden; /* then they are sorted: the index of the order would find few of them */
	bool across; /* windows count all records: the order's index knows nothing of the filters */
	struct reg_filter filters[REG_FILTERS]; /* of the table, as they are asked */
	const char *values[REG_FILTERS];
	bool frequent[REG_FILTERS]; /* more than FREQUENT records have the filter's value */
	struct rows *out;
	int most;
};

/* The tiers of beginnings; those of words are asked for when these are not enough. */
void reading_plan_beginnings(struct reading *, const struct reg_sort *);
enum status reading_plan_words(struct reading *, const struct reg_sort *) MUST_CHECK;
/* The filters as they are asked; usual: the order is the table's first one, which indexes of single
 * columns end in. */
enum status reading_plan_filters(struct reading *, bool usual) MUST_CHECK;

/*
 * "FROM … WHERE …" of tier n: what its index knows; go_on: behind r->after.  joins NULL: the order
 * alone, without joins and filters.
 */
void reading_put_from(
    struct query *, const struct reading *, size_t n, bool go_on, const char *joins);
/* In use, and in none of the tiers before: needs the record, where the tier needs its index only.
 */
void reading_put_left(struct query *, const struct reading *, size_t n);
/* That record, or before it. */
void reading_put_until(
    struct query *, const struct reg_table *, const struct reg_sort *, bool down, int64_t id);
/* indexed: by an index; else by sorting what is there. */
void reading_put_order(struct query *, const struct reg_sort *, bool down, bool indexed);

#endif
