/* work_order_rows.h: the list of work orders with other columns: what its export shares with it. */
#ifndef MODEL_WORK_ORDER_ROWS_H
#define MODEL_WORK_ORDER_ROWS_H

#include "db/db.h"
#include "model/work_order.h"

/* Of w, its machine m, reporter r, assignee a, problem p, and what joins adds. */
struct work_order_select {
	const char *columns; /* "SELECT …" with marks for args, without FROM */
	struct args args;
	const char *joins;
	const struct shape *shape;
};

enum status work_order_rows(const struct actor *, const struct work_order_filter *,
    const struct work_order_select *, int most, struct rows *) MUST_CHECK;

#endif
