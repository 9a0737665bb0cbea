/* work_order.c: finding, locking and moving one work order; see work_order.h. */
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/scope.h"
#include "model/work_order.h"

static const struct field fields[] = {
	FIELD(struct work_order, id),
	FIELD(struct work_order, number),
	FIELD_WORD(struct work_order, kind, &wo_kind_words),
	FIELD_WORD(struct work_order, state, &wo_state_words),
	FIELD_WORD(struct work_order, priority, &wo_priority_words),
	FIELD(struct work_order, machine_id),
	FIELD(struct work_order, machine_code),
	FIELD(struct work_order, machine_number),
	FIELD(struct work_order, machine_name),
	FIELD(struct work_order, machine_location),
	FIELD_WORD(struct work_order, machine_status, &machine_status_words),
	FIELD(struct work_order, department_id),
	FIELD(struct work_order, department_name),
	FIELD(struct work_order, reporter_id),
	FIELD(struct work_order, reporter_name),
	FIELD(struct work_order, assignee_id),
	FIELD(struct work_order, assignee_name),
	FIELD(struct work_order, problem_code_id),
	FIELD(struct work_order, problem_name),
	FIELD(struct work_order, cause_code_id),
	FIELD(struct work_order, cause_name),
	FIELD(struct work_order, remedy_code_id),
	FIELD(struct work_order, remedy_name),
	FIELD(struct work_order, description),
	FIELD(struct work_order, machine_down),
	FIELD(struct work_order, due_on),
	FIELD(struct work_order, overdue),
	FIELD(struct work_order, resolution),
	FIELD(struct work_order, signed_name),
	FIELD(struct work_order, signature),
	FIELD(struct work_order, reported_at),
	FIELD(struct work_order, accepted_at),
	FIELD(struct work_order, completed_at),
	FIELD(struct work_order, confirmed_at),
	FIELD(struct work_order, confirmed_name),
	FIELD(struct work_order, cancelled_at),
	FIELD(struct work_order, cancel_reason),
	FIELD(struct work_order, labour_minutes),
	FIELD(struct work_order, labour_cost),
	FIELD(struct work_order, parts_cost),
	FIELD(struct work_order, other_cost),
	FIELD(struct work_order, total_cost),
	FIELD(struct work_order, stopped_at),
	FIELD(struct work_order, runs_at),
	FIELD(struct work_order, stop_seconds),
	FIELD(struct work_order, open_seconds),
	FIELD(struct work_order, logs),
	FIELD(struct work_order, files),
	FIELD(struct work_order, requests),
	FIELD(struct work_order, followed),
	FIELD(struct work_order, version),
};

const struct shape work_order_shape = SHAPE(struct work_order, fields);

/* What an act changes: the members of an event's before and after. */
static const struct field moved_fields[] = {
	FIELD(struct work_order, state),
	FIELD(struct work_order, priority),
	FIELD(struct work_order, assignee_name),
	FIELD(struct work_order, problem_name),
	FIELD(struct work_order, description),
	FIELD(struct work_order, due_on),
	FIELD(struct work_order, cause_name),
	FIELD(struct work_order, remedy_name),
	FIELD(struct work_order, resolution),
	FIELD(struct work_order, signed_name),
	FIELD(struct work_order, confirmed_name),
	FIELD(struct work_order, cancel_reason),
};

static const struct shape moved_shape = SHAPE(struct work_order, moved_fields);

/* clang-format off */
#define COLUMNS \
	"SELECT w.id, w.number, w.kind, w.state, w.priority, w.machine_id," \
	" m.code AS machine_code, m.number AS machine_number, m.name AS machine_name," \
	" m.location AS machine_location, m.status AS machine_status," \
	" w.department_id, d.name AS department_name, w.reporter_id," \
	" COALESCE(r.name, w.reporter_said) AS reporter_name," \
	" w.assignee_id, COALESCE(a.name, w.assignee_said) AS assignee_name," \
	" w.problem_code_id, " CODE_NAME("p") " AS problem_name," \
	" w.cause_code_id, " CODE_NAME("c") " AS cause_name," \
	" w.remedy_code_id, " CODE_NAME("y") " AS remedy_name," \
	" w.description, w.machine_down, w.due_on," \
	" w.state IN ('PENDING','IN_PROGRESS','WAITING_PARTS')" \
	" AND COALESCE(w.due_on < ?, FALSE) AS overdue, w.resolution, w.signed_name, w.signature," \
	" w.reported_at, w.accepted_at, w.completed_at, w.confirmed_at," \
	" f.name AS confirmed_name, w.cancelled_at, w.cancel_reason, w.labour_minutes," \
	" w.labour_cost, w.parts_cost, w.other_cost," \
	" w.labour_cost + w.parts_cost + w.other_cost AS total_cost," \
	" st.started_at AS stopped_at, st.ended_at AS runs_at," \
	" TIMESTAMPDIFF(SECOND, st.started_at, COALESCE(st.ended_at, ?)) AS stop_seconds," \
	" TIMESTAMPDIFF(SECOND, w.reported_at, w.completed_at) AS open_seconds," \
	" (SELECT COUNT(*) FROM work_log l WHERE l.work_order_id = w.id) AS logs," \
	" (SELECT COUNT(*) FROM attachment t WHERE t.kind = 'work_order'" \
	"  AND t.record_id = w.id AND t.removed_at IS NULL) AS files," \
	" (SELECT COUNT(*) FROM parts_request q WHERE q.work_order_id = w.id) AS requests," \
	" EXISTS (SELECT 1 FROM follower fo WHERE fo.work_order_id = w.id AND fo.user_id = ?)" \
	" AS followed, w.version FROM work_order w JOIN machine m ON m.id = w.machine_id" \
	" JOIN department d ON d.id = w.department_id" \
	" LEFT JOIN user r ON r.id = w.reporter_id LEFT JOIN user a ON a.id = w.assignee_id" \
	" LEFT JOIN user f ON f.id = w.confirmed_by" \
	" LEFT JOIN failure_code p ON p.id = w.problem_code_id" \
	" LEFT JOIN failure_code c ON c.id = w.cause_code_id" \
	" LEFT JOIN failure_code y ON y.id = w.remedy_code_id" \
	" LEFT JOIN stop st ON st.id =" \
	"  (SELECT MAX(s2.id) FROM stop s2 WHERE s2.work_order_id = w.id)"
/* clang-format on */

/* What the columns ask for. */
#define COLUMN_ARGS(by) \
	LANGUAGE(by), LANGUAGE(by), LANGUAGE(by), ARG((by)->today), ARG((by)->now), \
	    ARG((by)->user_id)

static enum status
find(const struct actor *by, int64_t id, enum permission permission, struct work_order *out)
{
	static const char sql[] = COLUMNS " WHERE w.id = ? AND " SCOPE;
	const struct scope s = scope_of(by, permission);

	return db_row(by->db, by->arena, sql, ARGS(COLUMN_ARGS(by), ARG(id), SCOPE_ARGS(s)),
	    &work_order_shape, out);
}

enum status
work_order_find(const struct actor *by, int64_t id, struct work_order *out)
{
	return find(by, id, WORK_ORDER_VIEW, out);
}

enum status
work_order_holder(const struct actor *by, int64_t id, struct work_order *out)
{
	static const char sql[] = COLUMNS " WHERE w.id = ? AND FIND_IN_SET(w.department_id, ?)";

	return db_row(by->db, by->arena, sql, ARGS(COLUMN_ARGS(by), ARG(id), ARG(by->departments)),
	    &work_order_shape, out);
}

enum status
work_order_lock(
    const struct actor *by, int64_t id, enum permission permission, struct work_order *out)
{
	static const char lock[] = "SELECT version FROM work_order WHERE id = ? FOR UPDATE";
	int64_t version;
	enum status e;

	e = db_int(by->db, lock, ARGS(ARG(id)), &version);
	if (!e)
		e = find(by, id, permission, out);
	/* Read before the lock was ours, by a server without innodb_snapshot_isolation. */
	return !e && out->version != version ? RETRY : e;
}

enum status
work_order_begin(
    const struct actor *by, int64_t id, enum wo_act act, struct work_order *wo, enum wo_state *next)
{
	enum status e;

	e = work_order_lock(by, id, wo_permission(act), wo);
	if (e)
		return e;
	return wo_may(wo_state_of(wo->state), act, by->role, next) ? OK : CONFLICT;
}

enum status
work_order_say(const struct actor *by, const struct work_order *wo, struct event ev)
{
	if (ev.kind == NULL) {
		ev.kind = "work_order";
		ev.record_id = wo->id;
	}
	if (ev.title == NULL)
		ev.title = wo->number;
	ev.work_order_id = wo->id;
	ev.machine_id = wo->machine_id;
	ev.department_id = wo->department_id;
	return event_write(by, &ev);
}

enum status
work_order_set_state(const struct actor *by, const struct work_order *wo, enum wo_state next)
{
	static const char sql[] =
	    "UPDATE work_order SET state = ?, version = version + 1 WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(wo_state_words.list[next].code), ARG(wo->id)));
}

enum status
work_order_move(const struct actor *by, const struct work_order *before, enum wo_state next,
    const char *act, const char *detail)
{
	struct work_order now = { 0 };
	const char *changes;
	enum status e;

	e = work_order_set_state(by, before, next);
	if (!e)
		e = work_order_reread(by, before->id, &now);
	if (e)
		return e;
	changes = event_changes(by, &moved_shape, before, &now);
	if (detail != NULL)
		changes = event_with(by, changes, "detail", detail);
	return work_order_say(by, before, (struct event){ .act = act, .changes = changes });
}

enum status
work_order_reread(const struct actor *by, int64_t id, struct work_order *out)
{
	static const char sql[] = COLUMNS " WHERE w.id = ?";

	return db_row(
	    by->db, by->arena, sql, ARGS(COLUMN_ARGS(by), ARG(id)), &work_order_shape, out);
}
