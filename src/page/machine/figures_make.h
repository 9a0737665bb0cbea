/* figures_make.h: the figures of a machine, or of it and all below it, in a period. */
#ifndef PAGE_MACHINE_FIGURES_MAKE_H
#define PAGE_MACHINE_FIGURES_MAKE_H

#include "model/machine_tree.h"
#include "page/machine/machine.h"
#include "rule/figures.h"

struct cost_sum {
	struct decimal labour, parts, other;
	struct decimal corrective, preventive, rest;
	struct decimal total;
	int64_t orders;
};

struct month_figures {
	struct date first; /* its day of the period */
	struct instant from, to;
	struct figures figures;
	struct cost_sum cost;
};

struct machine_figures {
	struct rows tree;       /* struct tree_machine: the machine, then what is below it */
	struct id_list stopped; /* the machines whose stops count */
	struct id_list costed;  /* the machines whose work orders count */
	struct figures sum;
	struct cost_sum cost;
	struct decimal stop_cost;         /* of the unplanned hours; not known: no rate is */
	struct decimal replacement_value; /* not known: none is */
	bool metered;                     /* operating time is by a meter, wholly or in part */
	bool always;                      /* without a shift calendar */
	struct month_figures *months;
	size_t month_count;
};

/*
 * Of a machine and what machine_tree() found below it.  Alone: stops of parts by the rule SERIES
 * are the machine's, too, and an instant counts once. With all below: each machine by its own
 * stops, sums added up; each stop is counted once.
 */
enum status figures_make(struct request *, const struct rows *tree, const struct period_shown *,
    struct machine_figures *) MUST_CHECK;

#endif
