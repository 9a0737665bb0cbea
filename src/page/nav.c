/* nav.c: see nav.h.  The order is the one of the screen; a phone's bar shows the first four. */
#include <string.h>

#include "base/text.h"
#include "page/nav.h"
#include "page/page.h"
#include "page/register.h"

static const struct {
	const char *href;
	const char *text;
	const char *icon;
	enum permission permission;
} places[] = {
	{ "/", "Home", "house", SIGNED_IN },
	{ "/technician/work", "My work", "wrench", WORK_ORDER_WORK },
	{ "/scan", "Scan", "qr-code", MACHINE_VIEW },
	{ "/manager/approvals", "Approvals", "stamp", PARTS_REQUEST_APPROVE },
	{ "/inventory/to-issue", "To issue", "package-check", PARTS_REQUEST_ISSUE },
	{ "/work-orders", "Work orders", "clipboard-list", WORK_ORDER_VIEW },
	{ "/machines", "Machines", "factory", MACHINE_VIEW },
	{ "/parts", "Spare parts", "package", PART_VIEW },
	{ "/locations", "Locations", "places", LOCATION_VIEW },
	{ "/registers", "Registers", "registers", DEPARTMENT_VIEW },
	{ "/open-reports", "Reports to confirm", "report", OPEN_REPORT_DECIDE },
	{ "/labels", "Labels", "print", LABEL_PRINT },
	{ "/users", "People", "users", USER_VIEW },
	{ "/imports", "Imports", "upload", IMPORT },
	{ "/activity", "Activity", "scroll-text", EVENT_VIEW },
	{ "/settings", "Settings", "settings", USER_EDIT },
};

static bool
is_current(const char *path, const char *href)
{
	size_t len = strlen(href);

	if (strcmp(href, "/") == 0)
		return strcmp(path, "/") == 0;
	return strncmp(path, href, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

/* A register without a line of its own is found among all registers. */
static size_t
current_place(struct request *rq)
{
	size_t at = COUNT(places);

	for (size_t i = 0; i < COUNT(places); i++)
		if (is_current(rq->path, places[i].href) ||
		    (at == COUNT(places) && strcmp(places[i].href, "/registers") == 0 &&
			register_of(rq) != NULL))
			at = i;
	return at;
}

void
nav_show(struct request *rq)
{
	struct view *nav = view_list(rq->view, "nav");
	const size_t current = current_place(rq);

	if (rq->by->user_id == 0)
		return;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct view *v;

		if (permission_reach(rq->by->role, places[i].permission) == REACH_NONE)
			continue;
		v = view_item(nav);
		view_text(v, "href", places[i].href);
		view_text(v, "text", page_text(rq, places[i].text));
		view_text(v, "icon", places[i].icon);
		view_bool(v, "current", i == current);
		view_int(v, "count", 0);
	}
}
