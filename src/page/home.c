/* home.c: see home.h.  Each role's page is a table of tiles (a count that is a link) and one list.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/dashboard.h"
#include "model/parts_request.h"
#include "model/work_order.h"
#include "page/home.h"
#include "page/page.h"

enum { SHOWN = 10, COUNTED = 1000 };

struct tile {
	const char *text;
	const char *href;
	enum role role;
	struct work_order_filter filter;
	bool mine;        /* of the person themselves */
	const char *tone; /* "", "warning", "danger": how it looks when it is not 0 */
};

static const struct tile tiles[] = {
	{ "Pending in my department", "/work-orders?state=PENDING&sort=oldest", SUPERVISOR,
	    { .state = "PENDING" }, false, "warning" },
	{ "In progress", "/work-orders?state=IN_PROGRESS&sort=oldest", SUPERVISOR,
	    { .state = "IN_PROGRESS" }, false, "" },
	{ "To confirm", "/work-orders?state=CONFIRM&sort=oldest", SUPERVISOR,
	    { .state = "CONFIRM" }, false, "warning" },
	{ "Assigned to me", "/technician/work", TECHNICIAN, { .state = "OPEN" }, true, "" },
	{ "Nobody has it yet", "/work-orders?state=PENDING&free=1&sort=oldest", TECHNICIAN,
	    { .state = "PENDING", .free_only = true }, false, "warning" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&mine=1&sort=oldest", TECHNICIAN,
	    { .state = "WAITING_PARTS" }, true, "" },
	{ "Not accepted yet", "/work-orders?state=PENDING&sort=oldest", MANAGER,
	    { .state = "PENDING" }, false, "warning" },
	{ "In progress", "/work-orders?state=IN_PROGRESS&sort=oldest", MANAGER,
	    { .state = "IN_PROGRESS" }, false, "" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&sort=oldest", MANAGER,
	    { .state = "WAITING_PARTS" }, false, "" },
	{ "To confirm", "/work-orders?state=CONFIRM&sort=oldest", MANAGER, { .state = "CONFIRM" },
	    false, "" },
	{ "Open work orders", "/work-orders?state=OPEN&sort=oldest", ADMIN, { .state = "OPEN" },
	    false, "" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&sort=oldest", INVENTORY,
	    { .state = "WAITING_PARTS" }, false, "" },
	{ "My open reports", "/work-orders?state=OPEN", REQUESTER, { .state = "OPEN" }, false, "" },
};

static void
add_tile(struct request *rq, struct view *list, const char *text, const char *href, int64_t n,
    const char *tone)
{
	struct view *v = view_item(list);

	view_text(v, "text", page_text(rq, text));
	view_text(v, "href", href);
	view_int(v, "count", n < COUNTED ? n : COUNTED);
	view_bool(v, "more", n >= COUNTED);
	view_text(v, "tone", n > 0 ? tone : "");
}

static enum status
work_tiles(struct request *rq, struct view *list)
{
	struct work_order_filter filters[WO_COUNTS];
	int64_t counts[WO_COUNTS];
	size_t n = 0, shown = 0;
	enum status e;

	for (size_t i = 0; i < COUNT(tiles); i++) {
		if (tiles[i].role != rq->by->role || n == WO_COUNTS)
			continue;
		filters[n] = tiles[i].filter;
		filters[n++].assignee_id = tiles[i].mine ? rq->by->user_id : 0;
	}
	if (n == 0)
		return OK;
	e = work_order_counts(rq->by, filters, n, COUNTED, counts);
	for (size_t i = 0; !e && i < COUNT(tiles); i++)
		if (tiles[i].role == rq->by->role && shown < n)
			add_tile(
			    rq, list, tiles[i].text, tiles[i].href, counts[shown++], tiles[i].tone);
	return e;
}

/* What is not work orders, in one query. */
static enum status
other_tiles(struct request *rq, struct view *list)
{
	struct dashboard d;
	enum status e = dashboard_read(rq->by, &d);

	if (e)
		return e;
	if (rq->by->role == SUPERVISOR || rq->by->role == MANAGER || rq->by->role == ADMIN)
		add_tile(
		    rq, list, "Machines down", "/machines?status=DOWN", d.machines_down, "danger");
	if (rq->by->role == MANAGER)
		add_tile(
		    rq, list, "Parts to approve", "/manager/approvals", d.to_approve, "warning");
	if (rq->by->role == INVENTORY) {
		add_tile(rq, list, "To issue", "/inventory/to-issue", d.to_issue, "warning");
		add_tile(rq, list, "Below minimum", "/parts?below=1", d.below_minimum, "danger");
	}
	if (rq->by->role == ADMIN) {
		add_tile(rq, list, "People", "/users", d.people, "");
		add_tile(rq, list, "Not yet signed in", "/users?invited=1", d.invited, "");
		add_tile(rq, list, "Mail that failed", "/activity", d.mail_failed, "danger");
	}
	return OK;
}

/* The list below the tiles: what this role acts on first. */
static enum status
show_list(struct request *rq)
{
	struct work_order_filter f = { .state = "OPEN", .oldest_first = true };
	struct rows rows = { .shape = &work_order_row_shape };
	struct rows requests = { .shape = &parts_request_shape };
	enum status e = OK;

	if (rq->by->role == MANAGER)
		e = parts_request_list(rq->by, "REQUESTED", SHOWN, &requests);
	if (rq->by->role == INVENTORY)
		e = parts_request_list(rq->by, "APPROVED", SHOWN, &requests);
	if (rq->by->role == SUPERVISOR)
		f.state = "CONFIRM";
	if (rq->by->role == TECHNICIAN)
		f.assignee_id = rq->by->user_id;
	if (!e && rq->by->role != INVENTORY)
		e = work_order_list(rq->by, &f, SHOWN, &rows);
	view_rows(rq->view, "work_orders", rows);
	view_rows(rq->view, "parts_requests", requests);
	return e;
}

enum status
home_page(struct request *rq)
{
	struct view *list = view_list(rq->view, "tiles");
	struct view *is = view_group(rq->view, "is");
	struct rows down = { .shape = &down_shape };
	enum status e = other_tiles(rq, list);

	if (!e)
		e = work_tiles(rq, list);
	if (!e)
		e = show_list(rq);
	if (!e && permission_reach(rq->by->role, MACHINE_VIEW) != REACH_NONE)
		e = dashboard_down(rq->by, SHOWN, &down);
	if (e)
		return e;
	view_rows(rq->view, "down", down);
	view_bool(rq->view, "has_down", down.count > 0);
	for (enum role r = ADMIN; r < ROLES; r++)
		view_bool(is, text_lower(rq->arena, role_code(r)), r == rq->by->role);
	return page(rq, "home");
}
