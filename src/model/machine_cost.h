/* machine_cost.h: what work orders of machines cost, and the holidays of their calendars. */
#ifndef MODEL_MACHINE_COST_H
#define MODEL_MACHINE_COST_H

#include "base/shape.h"
#include "model/machine_tree.h"

struct actor;

/* A work order counts in the period in which it was reported. */
struct cost_row {
	int64_t id;
	const char *number;
	const char *kind;
	const char *state;
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	const char *problem_name;
	struct instant reported_at;
	struct decimal labour_cost;
	struct decimal parts_cost;
	struct decimal other_cost;
	struct decimal total_cost;
};

extern const struct shape cost_row_shape;

struct cost_query {
	struct id_list machines;
	struct instant from, to; /* not known: no bound */
	const char *kind;        /* of work orders; NULL: all */
	struct instant after_at; /* the last one seen: reported_at */
	int64_t after_id;        /* and id; 0: from the latest on */
};

/* Latest first, at most most. */
enum status cost_rows(
    const struct actor *, const struct cost_query *, int most, struct rows *) MUST_CHECK;
/* All that were reported in [from, to), in no order, without names. */
enum status costs_in(const struct actor *, const struct id_list *machines, struct instant from,
    struct instant to, struct rows *) MUST_CHECK;

/* Days on which a calendar's machines are not asked to run. */
struct day_off {
	struct number shift_calendar_id; /* not known: of every calendar */
	struct date day;
};

extern const struct shape day_off_shape;

enum status days_off(
    const struct actor *, struct date from, struct date to, struct rows *) MUST_CHECK;

#endif
