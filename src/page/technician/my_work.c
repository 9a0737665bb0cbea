/* my_work.c: what is mine, and what nobody has: by last day, then by priority. */
#include "model/work_order.h"
#include "page/page.h"
#include "page/technician/technician.h"

enum { SHOWN = 50 };

enum status
my_work_page(struct request *rq)
{
	const struct work_order_filter mine = { .state = "OPEN",
		.assignee_id = rq->by->user_id,
		.oldest_first = true,
		.by_due = true };
	const struct work_order_filter nobodys = {
		.state = "PENDING", .free_only = true, .oldest_first = true, .by_due = true
	};
	struct rows rows, free_rows;
	enum status e = work_order_list(rq->by, &mine, SHOWN, &rows);

	if (!e)
		e = work_order_list(rq->by, &nobodys, SHOWN, &free_rows);
	if (e)
		return e;
	view_rows(rq->view, "mine", rows);
	view_int(rq->view, "mine_count", (int64_t)rows.count);
	view_rows(rq->view, "free", free_rows);
	view_int(rq->view, "free_count", (int64_t)free_rows.count);
	return page(rq, "technician/my_work");
}
