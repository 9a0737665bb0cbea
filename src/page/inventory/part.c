/* part.c: a part's own page: stock, who waits for it, movements. */
#include <inttypes.h>

#include "base/arena.h"
#include "model/lines.h"
#include "model/part.h"
#include "model/stock.h"
#include "page/history_export.h"
#include "page/inventory/inventory.h"
#include "page/label/label.h"
#include "page/line/line.h"
#include "page/page.h"

enum { WAITING_SHOWN = 20, MOVEMENTS_SHOWN = 25 };

/* What only the store's own people see is left empty for others. */
enum status
part_more(struct request *rq, const void *record)
{
	const struct part *p = record;
	struct part_lines lines;
	struct rows movements = { .shape = &movement_shape };
	const bool may = permission_reach(rq->by->role, MOVEMENT_VIEW) != REACH_NONE;
	const char *last = NULL;
	enum status e = part_lines(rq->by, p->id, WAITING_SHOWN, &lines);

	if (!e && may)
		e = movement_list(
		    rq->by, p->id, query_id(rq, "after"), MOVEMENTS_SHOWN + 1, &movements);
	if (e)
		return e;
	if (movements.count > MOVEMENTS_SHOWN)
		last = arena_print(rq->arena, "%" PRId64,
		    ((const struct movement *)row_at(&movements, MOVEMENTS_SHOWN - 1))->id);
	page_next(rq, &movements, MOVEMENTS_SHOWN, last);
	offers_show(rq, &lines);
	view_bool(rq->view, "sees_waiting",
	    permission_reach(rq->by->role, PARTS_REQUEST_VIEW) == REACH_ALL);
	view_rows(rq->view, "waiting", lines.waiting);
	downloads_show(rq, &movement_history, "part", arena_print(rq->arena, "%" PRId64, p->id));
	view_bool(rq->view, "has_movements", movements.count != 0);
	view_rows(rq->view, "movements", movements);
	code_card(rq, "part", "/parts", p->id, p->code);
	return OK;
}
