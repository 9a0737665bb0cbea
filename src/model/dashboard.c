/* dashboard.c: see dashboard.h. */
#include "model/dashboard.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/scope.h"

#define OF_WEEK(m, t) \
	{ \
#m, t, offsetof(struct dashboard, week.m), NULL \
	}

static const struct field fields[] = {
	FIELD(struct dashboard, machines_down),
	FIELD(struct dashboard, to_approve),
	FIELD(struct dashboard, to_issue),
	FIELD(struct dashboard, below_minimum),
	FIELD(struct dashboard, reports_waiting),
	FIELD(struct dashboard, imports_open),
	FIELD(struct dashboard, people),
	FIELD(struct dashboard, invited),
	FIELD(struct dashboard, mail_failed),
	FIELD(struct dashboard, mail_waiting),
	FIELD(struct dashboard, event_waiting),
	FIELD(struct dashboard, jobs_alive),
	FIELD(struct dashboard, log_fault),
	FIELD(struct dashboard, log_checked_at),
	FIELD(struct dashboard, has_departments),
	FIELD(struct dashboard, has_machines),
	OF_WEEK(reported, TYPE_INT),
	OF_WEEK(completed, TYPE_INT),
	OF_WEEK(cost, TYPE_DECIMAL),
	OF_WEEK(stops, TYPE_INT),
	OF_WEEK(downtime_s, TYPE_INT),
};

const struct shape dashboard_shape = SHAPE(struct dashboard, fields);

/* People whose departments are all that they look after. */
static bool
by_department(const struct actor *by)
{
	return by->role == SUPERVISOR || by->role == TECHNICIAN;
}

/* A count that only some roles are shown; the others do not pay for it. */
#define FOR_ROLE(count, name) " IF(?, (SELECT COUNT(*) FROM " count "), 0) AS " name

/*
 * One machine has one open stop at a time, and its stops do not overlap: their lengths, cut to the
 * week, may be added.
 */
enum status
dashboard_read(
    const struct actor *by, struct instant week, const char *imports, struct dashboard *out)
{
	/* clang-format off */
	static const char sql[] =
	    "SELECT (SELECT COUNT(*) FROM machine m WHERE m.status = 'DOWN'"
	    " AND m.archived_at IS NULL AND (? OR FIND_IN_SET(m.department_id, ?)))"
	    " AS machines_down,"
	    FOR_ROLE("parts_request WHERE state = 'REQUESTED'", "to_approve") ","
	    FOR_ROLE("parts_request WHERE state IN ('APPROVED', 'PARTLY_ISSUED')", "to_issue") ","
	    FOR_ROLE("part WHERE below_minimum = TRUE AND archived_at IS NULL", "below_minimum") ","
	    FOR_ROLE("open_report o WHERE o.state = 'WAITING'"
		" AND (? OR FIND_IN_SET(o.department_id, ?))", "reports_waiting") ","
	    FOR_ROLE("import WHERE state IN ('MAPPING', 'CHECKED', 'STOPPED')"
		" AND FIND_IN_SET(kind, ?) AND archived_at IS NULL", "imports_open") ","
	    FOR_ROLE("user WHERE archived_at IS NULL", "people") ","
	    FOR_ROLE("user WHERE archived_at IS NULL AND password IS NULL", "invited") ","
	    FOR_ROLE("mail WHERE state = 'FAILED'", "mail_failed") ","
	    FOR_ROLE("mail WHERE state = 'QUEUED' AND next_at < ?", "mail_waiting") ","
	    FOR_ROLE("event_unsealed", "event_waiting") ","
	    " EXISTS (SELECT 1 FROM lease WHERE name = 'jobs' AND until > ?) AS jobs_alive,"
	    " c.fault AS log_fault, c.checked_at AS log_checked_at,"
	    " EXISTS (SELECT 1 FROM department) AS has_departments,"
	    " EXISTS (SELECT 1 FROM machine) AS has_machines,"
	    FOR_ROLE("work_order WHERE reported_at >= ?", "reported") ","
	    " w.completed, w.cost, s.stops, s.downtime_s FROM log_check c,"
	    " (SELECT COUNT(*) AS completed, CAST(COALESCE(SUM(labour_cost + parts_cost +"
	    " other_cost), 0) AS DECIMAL(14,4)) AS cost FROM work_order"
	    " WHERE ? AND completed_at >= ? AND state = 'COMPLETED') w,"
	    " (SELECT CAST(COALESCE(SUM(started_at >= ?), 0) AS SIGNED) AS stops,"
	    " CAST(COALESCE(SUM(TIMESTAMPDIFF(SECOND, GREATEST(started_at, ?),"
	    " COALESCE(ended_at, ?))), 0) AS SIGNED) AS downtime_s FROM stop"
	    " WHERE ? AND planned = FALSE AND (ended_at IS NULL OR ended_at >= ?)) s"
	    " WHERE c.id = 1";
	/* clang-format on */
	const bool admin = by->role == ADMIN, store = by->role == INVENTORY;
	const bool manager = by->role == MANAGER;
	const bool decides = permission_reach(by->role, OPEN_REPORT_DECIDE) != REACH_NONE;
	const struct arg all = ARG(!by_department(by)), mine = ARG(by->departments);

	return db_row(by->db, by->arena, sql,
	    ARGS(all, mine, ARG(manager), ARG(store), ARG(store), ARG(decides), all, mine,
		ARG(admin), ARG(imports), ARG(admin), ARG(admin), ARG(admin), ARG(admin),
		ARG(instant_add(by->now, -10 * MINUTE)), ARG(admin), ARG(by->now), ARG(manager),
		ARG(week), ARG(manager), ARG(week), ARG(week), ARG(week), ARG(by->now),
		ARG(manager), ARG(week)),
	    &dashboard_shape, out);
}

static const struct field week_fields[] = {
	FIELD(struct dashboard_week, reported),
	FIELD(struct dashboard_week, completed),
	FIELD(struct dashboard_week, cost),
	FIELD(struct dashboard_week, stops),
	FIELD(struct dashboard_week, downtime_s),
};

const struct shape dashboard_week_shape = SHAPE(struct dashboard_week, week_fields);

static const struct field down_fields[] = {
	FIELD(struct down, machine_id),
	FIELD(struct down, machine_number),
	FIELD(struct down, machine_name),
	FIELD(struct down, department_name),
	FIELD(struct down, started_at),
	FIELD(struct down, work_order_id),
	FIELD(struct down, work_order_number),
	FIELD(struct down, assignee_name),
	FIELD(struct down, taken),
};

const struct shape down_shape = SHAPE(struct down, down_fields);

enum status
dashboard_down(const struct actor *by, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT s.machine_id, m.number AS machine_number, m.name AS machine_name,"
	    " d.name AS department_name, s.started_at, w.id AS work_order_id,"
	    " w.number AS work_order_number, a.name AS assignee_name,"
	    " v.assignee_id IS NOT NULL AS taken FROM stop s"
	    " JOIN machine m ON m.id = s.machine_id JOIN department d ON d.id = m.department_id"
	    " LEFT JOIN work_order w ON w.id = s.work_order_id AND " SCOPE
	    " LEFT JOIN user a ON a.id = w.assignee_id"
	    " LEFT JOIN work_order v ON v.id = s.work_order_id WHERE s.ended_at IS NULL"
	    " AND (? OR FIND_IN_SET(m.department_id, ?)) ORDER BY s.started_at LIMIT ?";
	const struct scope sc = scope_of(by, WORK_ORDER_VIEW);

	return db_rows(by->db, by->arena, sql,
	    ARGS(SCOPE_ARGS(sc), ARG(!by_department(by)), ARG(by->departments), ARG(most)),
	    &down_shape, out);
}

static const struct field low_fields[] = {
	FIELD(struct low, id),
	FIELD(struct low, number),
	FIELD(struct low, name),
	FIELD(struct low, unit),
	FIELD(struct low, on_hand),
	FIELD(struct low, minimum),
	FIELD(struct low, waited),
	FIELD(struct low, vendor_id),
	FIELD(struct low, vendor_name),
	FIELD(struct low, expected_on),
};

const struct shape low_shape = SHAPE(struct low, low_fields);

enum status
dashboard_low(const struct actor *by, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT STRAIGHT_JOIN p.id, p.number, p.name, p.unit, p.on_hand, p.minimum,"
	    " p.reserved AS waited, v.id AS vendor_id, v.name AS vendor_name,"
	    " DATE_ADD(?, INTERVAL o.lead_days DAY) AS expected_on FROM (SELECT id FROM part"
	    " WHERE below_minimum = TRUE AND archived_at IS NULL ORDER BY number LIMIT ?) k"
	    " JOIN part p ON p.id = k.id"
	    " LEFT JOIN part_vendor o ON o.part_id = p.id AND o.vendor_id = (SELECT b.vendor_id"
	    " FROM part_vendor b JOIN vendor x ON x.id = b.vendor_id AND x.archived_at IS NULL"
	    " WHERE b.part_id = p.id ORDER BY b.lead_days IS NULL, b.lead_days, b.price,"
	    " b.vendor_id LIMIT 1)"
	    " LEFT JOIN vendor v ON v.id = o.vendor_id ORDER BY p.number";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(by->today), ARG(most)), &low_shape, out);
}
