/* notification.c: see notification.h. */
#include <string.h>

#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/notification.h"

static const struct field fields[] = {
	FIELD(struct notification, id),
	FIELD_WORD(struct notification, act, &event_act_words),
	FIELD(struct notification, actor_name),
	FIELD(struct notification, kind),
	FIELD(struct notification, record_id),
	FIELD(struct notification, title),
	FIELD(struct notification, detail),
	FIELD(struct notification, created_at),
	FIELD(struct notification, unread),
};

const struct shape notification_shape = SHAPE(struct notification, fields);

#define COLUMNS \
	"SELECT id, act, actor_name, kind, record_id, title, detail, created_at," \
	" read_at IS NULL AS unread FROM notification "

enum status
notification_list(const struct actor *by, int64_t after, int most, struct rows *out)
{
	static const char sql[] = COLUMNS "WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(by->user_id), ARG(after > 0 ? after : INT64_MAX), ARG(most)),
	    &notification_shape, out);
}

enum status
notification_open(const struct actor *by, int64_t id, struct notification *out)
{
	static const char find[] = COLUMNS "WHERE id = ? AND user_id = ?";
	static const char read[] =
	    "UPDATE notification SET read_at = COALESCE(read_at, ?) WHERE id = ?";
	enum status e;

	e = db_row(
	    by->db, by->arena, find, ARGS(ARG(id), ARG(by->user_id)), &notification_shape, out);
	return e ? e : db_change_one(by->db, read, ARGS(ARG(by->now), ARG(id)));
}

enum status
notification_read_all(const struct actor *by)
{
	static const char sql[] =
	    "UPDATE notification SET read_at = ? WHERE user_id = ? AND read_at IS NULL";

	return db_change(by->db, sql, ARGS(ARG(by->now), ARG(by->user_id)), NULL);
}

/* Whom an act concerns.  Nobody is told of what they did themselves. */
enum audience {
	TECHNICIANS = 1, /* of the department, when nobody has the work order */
	ASSIGNEE = 2,
	FOLLOWERS = 4,   /* who reported it, or follows it */
	SUPERVISORS = 8, /* of the department */
	MANAGERS = 16,
	INVENTORIES = 32,
	REQUESTER_OF_PARTS = 64,
};

static const struct {
	const char *act;
	unsigned audience;
} rules[] = {
	{ "work_order.reported", TECHNICIANS | SUPERVISORS },
	{ "work_order.added_to", TECHNICIANS | ASSIGNEE | FOLLOWERS },
	{ "work_order.accepted", FOLLOWERS },
	{ "work_order.released", TECHNICIANS | FOLLOWERS },
	{ "work_order.completed", FOLLOWERS | SUPERVISORS },
	{ "work_order.confirmed", ASSIGNEE | FOLLOWERS },
	{ "work_order.reopened", ASSIGNEE | FOLLOWERS },
	{ "work_order.cancelled", ASSIGNEE | FOLLOWERS },
	{ "parts_request.created", MANAGERS },
	{ "parts_request.approved", INVENTORIES | REQUESTER_OF_PARTS },
	{ "parts_request.partly_approved", INVENTORIES | REQUESTER_OF_PARTS },
	{ "parts_request.rejected", REQUESTER_OF_PARTS },
	{ "parts_request.issued", REQUESTER_OF_PARTS },
	{ "parts_request.partly_issued", REQUESTER_OF_PARTS },
	{ "parts_request.cancelled", INVENTORIES },
	{ "part.below_minimum", INVENTORIES },
	{ "open_report.made", SUPERVISORS },
	{ "open_report.added_to", SUPERVISORS },
};

static unsigned
audience_of(const char *act)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].act, act) == 0)
			return rules[i].audience;
	return 0;
}

/* What lies further back is history that was imported, not news. */
enum { NEWS_DAYS = 2 };

struct told {
	const char *act;
};

static const struct field told_fields[] = { FIELD(struct told, act) };
static const struct shape told_shape = SHAPE(struct told, told_fields);

enum status
notification_make(const struct actor *by, int64_t event_id)
{
	static const char find[] = "SELECT act FROM event WHERE id = ?";
	static const char sql[] =
	    "INSERT IGNORE INTO notification (user_id,"
	    " event_id, act, actor_name, kind, record_id, title,"
	    " detail, created_at)"
	    " SELECT u.id, e.id, e.act, e.user_name, e.kind, e.record_id, e.title,"
	    "  LEFT(COALESCE(CONCAT(m.number, ' ', m.name), (SELECT p.name FROM part p"
	    "   WHERE e.kind = 'part' AND p.id = e.record_id), ''), 160), e.at"
	    " FROM event e JOIN user u ON u.archived_at IS NULL AND u.id <> COALESCE(e.user_id, 0)"
	    " LEFT JOIN machine m ON m.id = e.machine_id"
	    " LEFT JOIN work_order w ON w.id = e.work_order_id"
	    " WHERE e.id = ? AND e.at > ? AND ("
	    "  (? AND u.role = 'TECHNICIAN' AND w.assignee_id IS NULL AND EXISTS (SELECT 1 FROM"
	    "   user_department ud WHERE ud.user_id = u.id AND ud.department_id = e.department_id))"
	    "  OR (? AND u.id = w.assignee_id)"
	    "  OR (? AND EXISTS (SELECT 1 FROM follower f WHERE f.work_order_id = w.id"
	    "   AND f.user_id = u.id))"
	    "  OR (? AND u.role = 'SUPERVISOR' AND EXISTS (SELECT 1 FROM user_department ud"
	    "   WHERE ud.user_id = u.id AND ud.department_id = e.department_id))"
	    "  OR (? AND u.role = 'MANAGER') OR (? AND u.role = 'INVENTORY')"
	    "  OR (? AND e.kind = 'parts_request' AND u.id"
	    " = (SELECT q.requested_by FROM parts_request q"
	    "   WHERE q.id = e.record_id)))";
	struct told t;
	unsigned who;
	enum status e;

	e = db_row(by->db, by->arena, find, ARGS(ARG(event_id)), &told_shape, &t);
	if (e)
		return e;
	who = audience_of(t.act);
	if (who == 0)
		return OK;
	return db_change(by->db, sql,
	    ARGS(ARG(event_id), ARG(instant_add(by->now, -NEWS_DAYS * DAY)),
		ARG((who & TECHNICIANS) != 0), ARG((who & ASSIGNEE) != 0),
		ARG((who & FOLLOWERS) != 0), ARG((who & SUPERVISORS) != 0),
		ARG((who & MANAGERS) != 0), ARG((who & INVENTORIES) != 0),
		ARG((who & REQUESTER_OF_PARTS) != 0)),
	    NULL);
}
