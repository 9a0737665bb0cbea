/* issue.c: what was approved and waits at the counter; issuing it; taking back what was not used.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "http/form.h"
#include "model/parts_request.h"
#include "page/inventory/inventory.h"
#include "page/manager/manager.h"
#include "page/page.h"

enum { SHOWN = 100 };

enum status
to_issue_page(struct request *rq)
{
	struct rows approved, partly;
	enum status e = parts_request_list(rq->by, "APPROVED", SHOWN, &approved);

	if (!e)
		e = parts_request_list(rq->by, "PARTLY_ISSUED", SHOWN, &partly);
	if (e)
		return e;
	view_rows(rq->view, "approved", approved);
	view_rows(rq->view, "partly", partly);
	view_bool(rq->view, "has_approved", approved.count > 0);
	view_bool(rq->view, "has_partly", partly.count > 0);
	view_int(rq->view, "count", (int64_t)(approved.count + partly.count));
	return page(rq, "inventory/to_issue");
}

static enum status
again(struct request *rq, int64_t id, int code, const char *complaint)
{
	rq->response.code = code;
	return parts_request_show(rq, id, complaint);
}

static bool
more_than_open(const struct rows *lines, const struct line_quantity *q)
{
	for (size_t i = 0; i < lines->count; i++)
		if (q[i].quantity.units >
		    ((const struct parts_request_line *)row_at(lines, i))->to_issue.units)
			return true;
	return false;
}

enum status
issue_post(struct request *rq)
{
	static const char *const names[] = { "issue_*", NULL };
	int64_t id = request_id(rq, 0), short_line;
	struct line_quantity *q;
	struct rows lines;
	enum status e = form_only(rq, names);

	if (!e)
		e = parts_request_lines(rq->by, id, &lines);
	if (e)
		return e;
	q = NEW_ARRAY(rq->arena, struct line_quantity, lines.count + 1);
	for (size_t i = 0; i < lines.count; i++) {
		const struct parts_request_line *l = row_at(&lines, i);
		const char *text =
		    pairs_get(&rq->form, arena_print(rq->arena, "issue_%" PRId64, l->id));

		q[i].line_id = l->id;
		q[i].quantity = text_empty(text) ? decimal(0) : decimal_parse(text);
		if (!q[i].quantity.known || q[i].quantity.units < 0)
			return again(rq, id, 422, "A quantity is a number from 0 on.");
	}
	e = parts_request_issue(rq->by, id, q, lines.count, &short_line);
	if (e == INVALID)
		return again(rq, id, 422,
		    short_line == 0 ? "Say how many of at least one part."
		    : more_than_open(&lines, q)
			? "No more can be issued than was approved and is still open."
			: "That costs more than a work order can hold.");
	if (e == CONFLICT)
		return again(rq, id, 409,
		    short_line == 0
			? "Nothing of this request can be issued now."
			: "Fewer are on hand than you want to issue. Nothing was issued.");
	if (e)
		return e;
	flash(rq, "issued", NULL);
	return redirect(rq, "/inventory/to-issue");
}

enum status
return_post(struct request *rq)
{
	static const char *const names[] = { "line", "quantity", NULL };
	int64_t id = request_id(rq, 0);
	const char *line = pairs_get(&rq->form, "line"), *text = pairs_get(&rq->form, "quantity");
	struct decimal q = decimal_parse(text != NULL ? text : "");
	enum status e = form_only(rq, names);

	if (e)
		return e;
	if (!q.known || q.units <= 0)
		return again(rq, id, 422, "A quantity is a number above 0.");
	e = parts_request_return(rq->by, id, line != NULL ? strtoll(line, NULL, 10) : 0, q);
	if (e == CONFLICT)
		return again(rq, id, 409, "No more can come back than was issued.");
	if (e)
		return e;
	flash(rq, "returned", NULL);
	return redirect(rq, "/parts-requests/%" PRId64, id);
}
