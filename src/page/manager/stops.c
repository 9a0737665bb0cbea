/* stops.c: the unplanned stops of this week, in the whole plant: what the first page counts. */
#include "base/text.h"
#include "model/stop_list.h"
#include "page/manager/manager.h"
#include "page/page.h"

enum { SHOWN = 500 };

enum status
week_stops_page(struct request *rq)
{
	const char *kind = pairs_get(&rq->query, "kind");
	const bool begun = text_same(kind, "begun");
	struct rows rows;
	enum status e;

	if (!text_empty(kind) && !begun)
		return BAD_REQUEST;
	e = stops_since(rq->by, page_monday(rq), begun, SHOWN + 1, &rows);
	if (e)
		return e;
	view_bool(rq->view, "more", rows.count > SHOWN);
	if (rows.count > SHOWN)
		rows.count = SHOWN;
	view_rows(rq->view, "stops", rows);
	view_bool(rq->view, "any", rows.count > 0);
	view_bool(rq->view, "begun", begun);
	view_int(rq->view, "most", SHOWN);
	return page(rq, "manager/stops");
}
