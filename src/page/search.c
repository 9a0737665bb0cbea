/* search.c: see search.h. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/machine.h"
#include "model/part.h"
#include "model/register.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/search.h"

enum { SHOWN = 20 };

static enum status
find_machines(struct request *rq, const char *words, struct rows *rows)
{
	const struct reg_query q = { .search = words };

	return reg_list(rq->by, &machine_table, &q, SHOWN, rows);
}

static enum status
find_parts(struct request *rq, const char *words, struct rows *rows)
{
	const struct reg_query q = { .search = words };

	if (permission_reach(rq->by->role, PART_VIEW) == REACH_NONE)
		return OK;
	return reg_list(rq->by, &part_table, &q, SHOWN, rows);
}

static enum status
find_work_orders(struct request *rq, const char *words, struct rows *rows)
{
	const struct work_order_filter f = {
		.number = arena_print(rq->arena, "%s%%", text_like(rq->arena, words)),
	};

	if (!text_starts(words, "WO-"))
		return OK;
	return work_order_list(rq->by, &f, SHOWN, rows);
}

enum status
search_page(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "q"), *words;
	struct rows machines = { .shape = &machine_shape };
	struct rows parts = { .shape = &part_shape };
	struct rows orders = { .shape = &work_order_row_shape };
	enum status e = OK;

	words = typed != NULL ? text_trim(rq->arena, typed) : "";
	if (*words != '\0') {
		e = find_work_orders(rq, words, &orders);
		if (!e)
			e = find_machines(rq, words, &machines);
		if (!e)
			e = find_parts(rq, words, &parts);
	}
	if (e)
		return e;
	if (orders.count == 1 && machines.count + parts.count == 0)
		return redirect(
		    rq, "/work-orders/%" PRId64, ((struct work_order_row *)row_at(&orders, 0))->id);
	view_text(rq->view, "typed", words);
	view_bool(rq->view, "searched", *words != '\0');
	view_bool(rq->view, "found", machines.count + parts.count + orders.count > 0);
	view_rows(rq->view, "machines", machines);
	view_rows(rq->view, "parts", parts);
	view_rows(rq->view, "work_orders", orders);
	return page(rq, "search");
}
