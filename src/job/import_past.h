/* import_past.h: what the imports of histories share: machines, people, what a row stands for. */
#ifndef JOB_IMPORT_PAST_H
#define JOB_IMPORT_PAST_H

#include "job/import_inside.h"
#include "model/past.h"
#include "rule/work_order.h"

/* What a row of work orders stands for, beside what it says. */
struct order {
	struct past_order said; /* first: the form fills it */
	const char *source_key;
	const char *number; /* one of ours, else NULL until it gets one */
	enum wo_state state;
	int64_t machine_id, department_id, problem_id, cause_id, remedy_id;
	int64_t reporter_id, assignee_id, confirmed_by;
	const char *reporter_said, *assignee_said;
	bool stops;
	struct instant stopped_at, runs_at;
	int64_t id, stop_id;
};

/* import_order_write.c */
enum status order_write(struct load *, struct row *, size_t count) MUST_CHECK;
/* The year and number of one of ours; false: it is none. */
bool order_number_read(struct arena *, const char *text, int *year, int64_t *n);

/* ---- import_past.c ---- */

/* Machines, people and failure codes, once an import. */
enum status past_learn(struct load *) MUST_CHECK;
/* Whether the file says something of it. */
bool past_has(const struct load *, const char *member);
/* The machine of that number or name; complains and answers 0. */
int64_t past_machine(struct load *, struct row *, const char *number);
/* An account, by address or name; 0 none, or -1: several.  *name is who it says without address. */
int64_t past_person(struct load *, const char *text, const char **name);
/* Complains of a time that is not over. */
void past_over(struct load *, struct row *, const char *member, struct instant);

/* What is the same of two rows: three numbers and a word; never 0. */
uint64_t past_identity(struct arena *, const char *word, const int64_t numbers[3]);

/* Work orders, by their numbers; of each the id in *out, 0 where there is none. */
enum status past_orders_of(struct load *, const char *const *numbers, size_t count, int64_t *ids,
    int64_t *machines) MUST_CHECK;

#endif
