/* work_order_report.c: from the words at the machine to a work order. */
#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/failure_code.h"
#include "model/register.h"
#include "model/scope.h"
#include "model/stop.h"
#include "model/work_order.h"
#include "rule/number.h"

/* The machine's row is locked: two reports of one breakdown come one after the other. */
static enum status
lock_machine(const struct actor *by, int64_t machine_id, int64_t *department_id)
{
	static const char sql[] =
	    "SELECT department_id FROM machine WHERE id = ?"
	    " AND archived_at IS NULL AND (? OR FIND_IN_SET(department_id, ?))"
	    " FOR UPDATE";
	enum reach reach = permission_reach(by->role, WORK_ORDER_REPORT);

	return db_int(by->db, sql,
	    ARGS(ARG(machine_id), ARG(reach == REACH_ALL),
		ARG(reach == REACH_DEPARTMENT ? by->departments : "")),
	    department_id);
}

/* Of those that the reporter may see: nobody can follow or add to another. */
static enum status
open_count(const struct actor *by, int64_t machine_id, int64_t *n)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM work_order w WHERE w.machine_id = ?"
	    " AND w.state IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS') AND " SCOPE;
	const struct scope s = scope_of(by, WORK_ORDER_VIEW);

	return db_int(by->db, sql, ARGS(ARG(machine_id), SCOPE_ARGS(s)), n);
}

/* The newest open one, whoever's; 0: none. */
static enum status
open_newest(const struct actor *by, int64_t machine_id, const char *lock, int64_t *id)
{
	const char *sql = arena_print(by->arena,
	    "SELECT id FROM work_order WHERE machine_id = ?"
	    " AND state IN ('PENDING','IN_PROGRESS','WAITING_PARTS')"
	    " ORDER BY id DESC LIMIT 1%s",
	    lock);
	enum status e = db_int(by->db, sql, ARGS(ARG(machine_id)), id);

	if (e == NOT_FOUND)
		*id = 0;
	return e == NOT_FOUND ? OK : e;
}

enum status
work_order_known(const struct actor *by, int64_t machine_id, bool *known)
{
	int64_t newest = 0;
	enum status e = open_newest(by, machine_id, "", &newest);

	*known = newest != 0;
	return e;
}

static enum status
counter_next(const struct actor *by, const char *name, int64_t *value)
{
	static const char next[] = "INSERT INTO counter (name, value) VALUES (?, 1)"
				   " ON DUPLICATE KEY UPDATE value = value + 1";
	static const char read[] = "SELECT value FROM counter WHERE name = ?";
	enum status e = db_change(by->db, next, ARGS(ARG(name)), NULL);

	return e ? e : db_int(by->db, read, ARGS(ARG(name)), value);
}

static enum status
next_number(const struct actor *by, const char **number)
{
	int year = civil_of(by->now).year;
	int64_t n;
	enum status e;

	e = counter_next(by, arena_print(by->arena, "work_order-%d", year), &n);
	if (!e)
		*number = work_order_number(by->arena, year, n);
	return e;
}

/* In the same transaction, whose the counter is: no number is left out. */
static enum status
number_back(const struct actor *by)
{
	static const char sql[] = "UPDATE counter SET value = value - 1 WHERE name = ?";

	return db_change_one(by->db, sql,
	    ARGS(ARG(arena_print(by->arena, "work_order-%d", civil_of(by->now).year))));
}

static enum status
insert(const struct actor *by, const struct report *r, const char *number, int64_t department_id,
    int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO work_order (number, priority, machine_id, department_id, reporter_id,"
	    " reporter_said, problem_code_id, description, machine_down, reported_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	return db_insert(by->db, sql,
	    ARGS(ARG(number), ARG(r->priority), ARG(r->machine_id), ARG(department_id),
		arg_ref(r->reporter_id), ARG(r->reporter_said), ARG(r->problem_code_id),
		ARG(r->description), ARG(r->machine_down), ARG(r->reported_at)),
	    id);
}

static enum status
follow(const struct actor *by, int64_t id)
{
	static const char sql[] =
	    "INSERT IGNORE INTO follower (work_order_id, user_id) VALUES (?, ?)";

	return by->user_id == 0 ? OK
				: db_change(by->db, sql, ARGS(ARG(id), ARG(by->user_id)), NULL);
}

static const struct field reported_fields[] = {
	FIELD(struct work_order, priority),
	FIELD(struct work_order, machine_number),
	FIELD(struct work_order, problem_name),
	FIELD(struct work_order, description),
	FIELD(struct work_order, machine_down),
};

static const struct shape reported_shape = SHAPE(struct work_order, reported_fields);

/* The row, its event, its stop. */
static enum status
put(const struct actor *by, const struct report *r, const char *number, int64_t department_id,
    int64_t *id)
{
	struct work_order wo;
	enum status e = insert(by, r, number, department_id, id);

	if (!e)
		e = work_order_reread(by, *id, &wo);
	if (!e)
		e = work_order_say(by, &wo,
		    (struct event){ .act = "work_order.reported",
			.changes = event_changes(by, &reported_shape, NULL, &wo) });
	if (!e && r->machine_down)
		e = stop_start(by, &wo, r->reported_at);
	return e;
}

/* The words go to the one that is open already, as those of a report without an account do. */
static enum status
join(const struct actor *by, const struct report *r, int64_t id)
{
	static const char code[] = "SELECT " CODE_NAME("c") " AS name FROM failure_code c"
							    " WHERE c.id = ?";
	static const struct field f[] = { FIELD(struct option, name) };
	static const struct shape shape = SHAPE(struct option, f);
	struct option problem = { 0 };
	struct work_order wo;
	const char *words = r->description;
	enum status e = work_order_reread(by, id, &wo);

	if (!e && r->problem_code_id.known)
		e = db_row(by->db, by->arena, code, ARGS(LANGUAGE(by), ARG(r->problem_code_id.n)),
		    &shape, &problem);
	if (problem.name != NULL)
		words = arena_print(by->arena, "%s. %s", problem.name, words);
	if (!e)
		e = work_order_say(by, &wo,
		    (struct event){ .act = "work_order.added_to",
			.changes = event_with(by, NULL, "added", words) });
	if (!e)
		e = follow(by, id);
	return e || !r->machine_down ? e : stop_start(by, &wo, by->now);
}

enum status
work_order_report(const struct actor *by, const struct report *r, int64_t *id, bool *known)
{
	struct report own = *r;
	const char *number;
	int64_t department_id, open;
	enum status e;

	e = lock_machine(by, r->machine_id, &department_id);
	/*
	 * Before anything is read without a lock: who waits here for another report would
	 * find the counter newer than what was read, and had to begin again.
	 */
	if (!e)
		e = next_number(by, &number);
	if (!e)
		e = open_count(by, r->machine_id, &open);
	if (!e)
		e = failure_code_fits(by, "PROBLEM", r->problem_code_id);
	if (e)
		return e;
	if (open > 0 && !r->another)
		return CONFLICT;
	*id = 0;
	if (open == 0 && !r->another)
		e = open_newest(by, r->machine_id, " LOCK IN SHARE MODE", id);
	*known = *id != 0;
	if (!e && *known)
		e = number_back(by);
	if (e || *known)
		return e ? e : join(by, r, *id);
	own.reporter_id = by->user_id;
	own.reporter_said = NULL;
	own.reported_at = by->now;
	e = put(by, &own, number, department_id, id);
	return e ? e : follow(by, *id);
}

enum status
work_order_report_for(const struct actor *by, const struct report *r, int64_t *id)
{
	static const char sql[] = "SELECT department_id FROM machine WHERE id = ? FOR UPDATE";
	const char *number;
	int64_t department_id;
	enum status e = db_int(by->db, sql, ARGS(ARG(r->machine_id)), &department_id);

	if (!e)
		e = next_number(by, &number);
	return e ? e : put(by, r, number, department_id, id);
}

enum status
work_order_add_to(const struct actor *by, int64_t id, const char *text, bool machine_down)
{
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_FOLLOW, &wo, &next);
	if (e)
		return e;
	if (wo.completed_at.known || wo.cancelled_at.known)
		return CONFLICT;
	e = work_order_say(by, &wo,
	    (struct event){
		.act = "work_order.added_to", .changes = event_with(by, NULL, "added", text) });
	if (!e)
		e = follow(by, id);
	if (!e && machine_down)
		e = stop_start(by, &wo, by->now);
	return e;
}

enum status
work_order_follow(const struct actor *by, int64_t id)
{
	struct work_order wo;
	enum wo_state next;
	enum status e;

	e = work_order_begin(by, id, WO_FOLLOW, &wo, &next);
	if (!e)
		e = follow(by, id);
	return e ? e : work_order_say(by, &wo, (struct event){ .act = "work_order.followed" });
}
