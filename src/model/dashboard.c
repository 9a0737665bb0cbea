/* dashboard.c: see dashboard.h. */
#include "model/dashboard.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/scope.h"

static const struct field fields[] = {
	FIELD(struct dashboard, machines_down),
	FIELD(struct dashboard, to_approve),
	FIELD(struct dashboard, to_issue),
	FIELD(struct dashboard, below_minimum),
	FIELD(struct dashboard, people),
	FIELD(struct dashboard, invited),
	FIELD(struct dashboard, mail_failed),
};

static const struct shape shape = SHAPE(struct dashboard, fields);

/* People whose departments are all that they look after. */
static bool
by_department(const struct actor *by)
{
	return by->role == SUPERVISOR || by->role == TECHNICIAN;
}

enum status
dashboard_read(const struct actor *by, struct dashboard *out)
{
	static const char sql[] =
	    "SELECT (SELECT COUNT(*) FROM machine m WHERE"
	    " m.status = 'DOWN' AND m.archived_at IS NULL"
	    "  AND (? OR FIND_IN_SET(m.department_id, ?))) AS machines_down,"
	    " (SELECT COUNT(*) FROM parts_request WHERE state = 'REQUESTED') AS to_approve,"
	    " (SELECT COUNT(*) FROM parts_request WHERE state IN ('APPROVED', 'PARTLY_ISSUED'))"
	    "  AS to_issue,"
	    " (SELECT COUNT(*) FROM part WHERE below_minimum = TRUE AND archived_at IS NULL)"
	    "  AS below_minimum,"
	    " (SELECT COUNT(*) FROM user WHERE archived_at IS NULL) AS people,"
	    " (SELECT COUNT(*) FROM user WHERE archived_at"
	    " IS NULL AND password IS NULL) AS invited,"
	    " (SELECT COUNT(*) FROM mail WHERE state = 'FAILED') AS mail_failed";

	return db_row(by->db, by->arena, sql, ARGS(ARG(!by_department(by)), ARG(by->departments)),
	    &shape, out);
}

static const struct field down_fields[] = {
	FIELD(struct down, machine_id),
	FIELD(struct down, machine_number),
	FIELD(struct down, machine_name),
	FIELD(struct down, department_name),
	FIELD(struct down, started_at),
	FIELD(struct down, work_order_id),
	FIELD(struct down, work_order_number),
	FIELD(struct down, assignee_name),
};

const struct shape down_shape = SHAPE(struct down, down_fields);

enum status
dashboard_down(const struct actor *by, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT s.machine_id, m.number AS machine_number, m.name AS machine_name,"
	    " d.name AS department_name, s.started_at, w.id AS work_order_id,"
	    " w.number AS work_order_number, a.name AS assignee_name FROM stop s"
	    " JOIN machine m ON m.id = s.machine_id JOIN department d ON d.id = m.department_id"
	    " LEFT JOIN work_order w ON w.id = s.work_order_id AND " SCOPE
	    " LEFT JOIN user a ON a.id = w.assignee_id WHERE s.ended_at IS NULL"
	    " AND (? OR FIND_IN_SET(m.department_id, ?)) ORDER BY s.started_at LIMIT ?";
	const struct scope sc = scope_of(by, WORK_ORDER_VIEW);

	return db_rows(by->db, by->arena, sql,
	    ARGS(SCOPE_ARGS(sc), ARG(!by_department(by)), ARG(by->departments), ARG(most)),
	    &down_shape, out);
}
