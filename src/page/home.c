/* home.c: see home.h.  Each role's page is a table of tiles (a count that is a link) and one list.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "model/dashboard.h"
#include "model/parts_request.h"
#include "model/work_order.h"
#include "page/admin/import_pages.h"
#include "page/home.h"
#include "page/page.h"

enum { SHOWN = 10, COUNTED = 1000 };

struct tile {
	const char *text;
	const char *href;
	enum role role;
	struct work_order_filter filter;
	bool mine;        /* of the person themselves */
	const char *age;  /* work_order_age(), or NULL */
	const char *tone; /* "", "warning", "error": how it looks when it is not 0 */
};

static const struct tile tiles[] = {
	{ "Pending", "/work-orders?state=PENDING&sort=oldest", SUPERVISOR, { .state = "PENDING" },
	    false, NULL, "warning" },
	{ "Open up to 7 days", "/work-orders?state=OPEN&age=week&sort=oldest", SUPERVISOR,
	    { .state = "OPEN" }, false, "week", "" },
	{ "Open 8 to 30 days", "/work-orders?state=OPEN&age=month&sort=oldest", SUPERVISOR,
	    { .state = "OPEN" }, false, "month", "warning" },
	{ "Open over 30 days", "/work-orders?state=OPEN&age=older&sort=oldest", SUPERVISOR,
	    { .state = "OPEN" }, false, "older", "error" },
	{ "To confirm", "/work-orders?state=CONFIRM&sort=oldest", SUPERVISOR,
	    { .state = "CONFIRM" }, false, NULL, "warning" },
	{ "Assigned to me", "/work-orders?state=OPEN&mine=1&sort=oldest", TECHNICIAN,
	    { .state = "OPEN" }, true, NULL, "" },
	{ "Overdue", "/work-orders?state=OPEN&overdue=1&mine=1&sort=oldest", TECHNICIAN,
	    { .state = "OPEN", .overdue = true }, true, NULL, "error" },
	{ "Nobody has it yet", "/work-orders?state=PENDING&free=1&sort=oldest", TECHNICIAN,
	    { .state = "PENDING", .free_only = true }, false, NULL, "warning" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&mine=1&sort=oldest", TECHNICIAN,
	    { .state = "WAITING_PARTS" }, true, NULL, "" },
	{ "Overdue", "/work-orders?state=OPEN&overdue=1&sort=oldest", MANAGER,
	    { .state = "OPEN", .overdue = true }, false, NULL, "error" },
	{ "Not accepted yet", "/work-orders?state=PENDING&sort=oldest", MANAGER,
	    { .state = "PENDING" }, false, NULL, "warning" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&sort=oldest", MANAGER,
	    { .state = "WAITING_PARTS" }, false, NULL, "" },
	{ "To confirm", "/work-orders?state=CONFIRM&sort=oldest", MANAGER, { .state = "CONFIRM" },
	    false, NULL, "" },
	{ "Backlog", "/work-orders?state=OPEN&sort=oldest", MANAGER, { .state = "OPEN" }, false,
	    NULL, "" },
	{ "Open work orders", "/work-orders?state=OPEN&sort=oldest", ADMIN, { .state = "OPEN" },
	    false, NULL, "" },
	{ "Waiting for parts", "/work-orders?state=WAITING_PARTS&sort=oldest", INVENTORY,
	    { .state = "WAITING_PARTS" }, false, NULL, "" },
	{ "My open reports", "/work-orders?state=OPEN", REQUESTER, { .state = "OPEN" }, false, NULL,
	    "" },
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
	view_text(v, "state", NULL);
	view_text(v, "tone", n > 0 ? tone : "");
}

/* A tile that says how something is. */
static void
add_state(struct request *rq, struct view *list, const char *text, const char *href,
    const char *state, const char *tone)
{
	struct view *v = view_item(list);

	view_text(v, "text", page_text(rq, text));
	view_text(v, "href", href);
	view_text(v, "state", page_text(rq, state));
	view_int(v, "count", 0);
	view_bool(v, "more", false);
	view_text(v, "tone", tone);
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
		work_order_age(&filters[n], tiles[i].age, rq->by->now);
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

/* Those of their departments, for people who look after some; of all else. */
static const char *
down_href(struct request *rq)
{
	const bool own = rq->by->role == SUPERVISOR || rq->by->role == TECHNICIAN;
	struct buf href = { .arena = rq->arena };

	buf_text(&href, "/machines?status=DOWN");
	for (size_t i = 0; own && i < rq->by->department_count; i++)
		buf_print(&href, "&department=%" PRId64, rq->by->department[i]);
	return href.text;
}

static void
admin_tiles(struct request *rq, struct view *list, const struct dashboard *d)
{
	const bool ill = !d->jobs_alive || d->mail_waiting > 0 || d->event_waiting > 1000;

	add_tile(rq, list, "People", "/users", d->people, "");
	add_tile(rq, list, "Not yet signed in", "/users?invited=1", d->invited, "");
	add_tile(rq, list, "Imports to finish", "/imports?open=1", d->imports_open, "warning");
	add_tile(rq, list, "Mail that failed", "/deliveries?state=FAILED", d->mail_failed, "error");
	add_state(rq, list, "Activity log", "/activity/log",
	    *d->log_fault != '\0'     ? "Broken"
	    : d->log_checked_at.known ? "Whole"
				      : "Not checked yet",
	    *d->log_fault != '\0' ? "error" : "");
	add_state(
	    rq, list, "Health", "/system", ill ? "Look at it" : "All well", ill ? "error" : "");
}

/* To a tenth. */
static struct decimal
hours(int64_t seconds)
{
	const int64_t tenth = DECIMAL_ONE / 10;

	return decimal((seconds * 10 + 1800) / 3600 * tenth);
}

static void
add_week(struct request *rq, const struct dashboard_week *w)
{
	view_record(rq->view, "week", &dashboard_week_shape, w);
	view_decimal(rq->view, "down_hours", hours(w->downtime_s));
}

/* What is not work orders, in one query. */
static enum status
other_tiles(struct request *rq, struct view *list)
{
	struct dashboard *d = NEW(rq->arena, struct dashboard);
	enum status e = dashboard_read(rq->by, page_monday(rq), import_kinds(rq), d);

	if (e)
		return e;
	if (rq->by->role == MANAGER)
		add_tile(
		    rq, list, "Parts to approve", "/manager/approvals", d->to_approve, "warning");
	if (rq->by->role == SUPERVISOR || rq->by->role == MANAGER || rq->by->role == ADMIN)
		add_tile(rq, list, "Machines down", down_href(rq), d->machines_down, "error");
	if (permission_reach(rq->by->role, OPEN_REPORT_DECIDE) != REACH_NONE &&
	    (d->reports_waiting > 0 || rq->by->role == SUPERVISOR))
		add_tile(rq, list, "Reports without an account", "/open-reports",
		    d->reports_waiting, "warning");
	if (rq->by->role == INVENTORY) {
		add_tile(rq, list, "To issue", "/inventory/to-issue", d->to_issue, "warning");
		add_tile(rq, list, "Below minimum", "/parts?below=1", d->below_minimum, "error");
	}
	if (rq->by->role == ADMIN)
		admin_tiles(rq, list, d);
	/* A plant without machines is being set up: what comes first. */
	view_bool(rq->view, "setting_up", rq->by->role == ADMIN && !d->has_machines);
	view_bool(rq->view, "has_departments", d->has_departments);
	view_bool(rq->view, "has_people", d->people > 1);
	if (rq->by->role == MANAGER)
		add_week(rq, &d->week);
	return OK;
}

/* What nobody has in a technician's departments; what lies low in the store. */
static enum status
show_second_list(struct request *rq)
{
	const struct work_order_filter nobodys = {
		.state = "PENDING", .free_only = true, .oldest_first = true, .by_due = true
	};
	struct rows rows = { .shape = &work_order_row_shape };
	struct rows low = { .shape = &low_shape };
	enum status e = OK;

	if (rq->by->role == TECHNICIAN)
		e = work_order_list(rq->by, &nobodys, SHOWN / 2, &rows);
	if (rq->by->role == INVENTORY)
		e = dashboard_low(rq->by, SHOWN, &low);
	view_rows(rq->view, "free", rows);
	view_rows(rq->view, "low", low);
	view_bool(rq->view, "has_low", low.count > 0);
	return e;
}

/* The list below the tiles: what this role acts on first. */
static enum status
show_list(struct request *rq)
{
	struct work_order_filter f = {
		.state = "OPEN", .oldest_first = true, .by_due = rq->by->role == TECHNICIAN
	};
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
	if (!e)
		e = show_second_list(rq);
	if (!e && permission_reach(rq->by->role, MACHINE_VIEW) != REACH_NONE)
		e = dashboard_down(rq->by, SHOWN, &down);
	if (e)
		return e;
	view_rows(rq->view, "down", down);
	view_bool(rq->view, "has_down", down.count > 0);
	view_text(rq->view, "down_href", down_href(rq));
	for (enum role r = ADMIN; r < ROLES; r++)
		view_bool(is, text_lower(rq->arena, role_code(r)), r == rq->by->role);
	return page(rq, "home");
}
