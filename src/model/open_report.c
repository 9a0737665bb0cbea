/* open_report.c: making, finding and following reports without an account; see open_report.h. */
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/failure_code.h"
#include "model/open_report_inside.h"
#include "model/register.h"
#include "model/scope.h"
#include "model/work_order.h"

enum { LOOKED_BACK = 200 }; /* work orders of the machine, for what is reported most */

static const struct word states[] = {
	{ "WAITING", "Waiting for confirmation" },
	{ "CONFIRMED", "Confirmed" },
	{ "REJECTED", "Rejected" },
};

const struct words open_report_state_words = WORDS(states);

static const struct field fields[] = {
	FIELD(struct open_report, id),
	FIELD_WORD(struct open_report, state, &open_report_state_words),
	FIELD(struct open_report, machine_id),
	FIELD(struct open_report, machine_code),
	FIELD(struct open_report, machine_number),
	FIELD(struct open_report, machine_name),
	FIELD(struct open_report, machine_location),
	FIELD(struct open_report, department_id),
	FIELD(struct open_report, department_name),
	FIELD(struct open_report, said_name),
	FIELD(struct open_report, user_id),
	FIELD(struct open_report, problem_code_id),
	FIELD(struct open_report, problem_name),
	FIELD(struct open_report, description),
	FIELD(struct open_report, machine_down),
	FIELD(struct open_report, work_order_id),
	FIELD(struct open_report, work_order_number),
	FIELD_WORD(struct open_report, work_order_state, &wo_state_words),
	FIELD(struct open_report, accepted_at),
	FIELD(struct open_report, completed_at),
	FIELD(struct open_report, joined),
	FIELD(struct open_report, reason),
	FIELD(struct open_report, reported_at),
	FIELD(struct open_report, decided_at),
	FIELD(struct open_report, decided_name),
	FIELD(struct open_report, open_id),
	FIELD(struct open_report, open_number),
};

const struct shape open_report_shape = SHAPE(struct open_report, fields);

/* clang-format off */
#define COLUMNS \
	"SELECT STRAIGHT_JOIN o.id, o.state, o.machine_id, m.code AS machine_code," \
	" m.number AS machine_number, m.name AS machine_name, m.location AS machine_location," \
	" o.department_id, d.name AS department_name, o.said_name, o.user_id, o.problem_code_id," \
	" " CODE_NAME("c") " AS problem_name, o.description, o.machine_down, o.work_order_id," \
	" w.number AS work_order_number, w.state AS work_order_state, w.accepted_at," \
	" w.completed_at, o.joined, o.reason, o.reported_at, o.decided_at," \
	" u.name AS decided_name," \
	" n.id AS open_id, n.number AS open_number" \
	" FROM open_report o JOIN machine m ON m.id = o.machine_id" \
	" JOIN department d ON d.id = o.department_id" \
	" LEFT JOIN failure_code c ON c.id = o.problem_code_id" \
	" LEFT JOIN work_order w ON w.id = o.work_order_id" \
	" LEFT JOIN user u ON u.id = o.decided_by" \
	" LEFT JOIN work_order n ON n.id = (SELECT x.id FROM work_order x" \
	"  WHERE x.machine_id = o.machine_id" \
	"  AND x.state IN ('PENDING','IN_PROGRESS','WAITING_PARTS')" \
	"  ORDER BY x.id DESC LIMIT 1) "
/* clang-format on */

static const struct field known_fields[] = {
	FIELD_WORD(struct open_known, state, &wo_state_words),
	FIELD(struct open_known, problem_name),
	FIELD(struct open_known, reported_at),
};

const struct shape open_known_shape = SHAPE(struct open_known, known_fields);

enum status
open_report_known(const struct actor *by, int64_t machine_id, struct open_known *out)
{
	static const char sql[] = "SELECT w.state, " CODE_NAME(
	    "c") " AS problem_name, w.reported_at FROM work_order w"
		 " LEFT JOIN failure_code c ON c.id = w.problem_code_id WHERE w.machine_id = ?"
		 " AND w.state IN ('PENDING','IN_PROGRESS','WAITING_PARTS')"
		 " ORDER BY w.id DESC LIMIT 1";

	return db_row(
	    by->db, by->arena, sql, ARGS(LANGUAGE(by), ARG(machine_id)), &open_known_shape, out);
}

enum status
open_report_problems(const struct actor *by, int64_t machine_id, int most, struct rows *out)
{
	static const char sql[] = "SELECT f.id, " CODE_NAME(
	    "f") " AS name FROM failure_code f LEFT JOIN ("
		 " SELECT x.problem_code_id, COUNT(*) AS n FROM (SELECT problem_code_id"
		 "  FROM work_order WHERE machine_id = ?"
		 "  ORDER BY reported_at DESC, id DESC LIMIT ?) x"
		 " GROUP BY x.problem_code_id) y ON y.problem_code_id = f.id"
		 " WHERE f.kind = 'PROBLEM' AND f.archived_at IS NULL"
		 " ORDER BY COALESCE(y.n, 0) DESC, f.code LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(LANGUAGE(by), ARG(machine_id), ARG((int64_t)LOOKED_BACK), ARG(most)),
	    &option_shape, out);
}

enum status
open_report_badge(const struct actor *by, const char *code, struct badge *out)
{
	static const struct field f[] = { FIELD(struct badge, id), FIELD(struct badge, name) };
	static const struct shape shape = SHAPE(struct badge, f);
	static const char sql[] =
	    "SELECT id, name FROM user WHERE code = ? AND archived_at IS NULL";

	return db_row(by->db, by->arena, sql, ARGS(ARG(code)), &shape, out);
}

static struct arg
digest_arg(const struct actor *by, const char *secret)
{
	unsigned char *digest = arena_alloc(by->arena, SHA256_BYTES, 1);

	sha256(secret, strlen(secret), digest);
	return arg_bytes(digest, SHA256_BYTES);
}

enum status
open_report_by_secret(const struct actor *by, const char *secret, struct open_report *out)
{
	static const char sql[] = COLUMNS "WHERE o.digest = ?";

	return db_row(by->db, by->arena, sql, ARGS(LANGUAGE(by), digest_arg(by, secret)),
	    &open_report_shape, out);
}

enum status
open_report_reread(const struct actor *by, int64_t id, struct open_report *out)
{
	static const char sql[] = COLUMNS "WHERE o.id = ?";

	return db_row(by->db, by->arena, sql, ARGS(LANGUAGE(by), ARG(id)), &open_report_shape, out);
}

/* Of the actor's departments; takes SEEN_ARGS. */
#define SEEN "(? OR FIND_IN_SET(o.department_id, ?))"

static struct arg
seen_all(const struct actor *by)
{
	return ARG(permission_reach(by->role, OPEN_REPORT_DECIDE) == REACH_ALL);
}

static struct arg
seen_departments(const struct actor *by)
{
	const enum reach reach = permission_reach(by->role, OPEN_REPORT_DECIDE);

	return ARG(reach == REACH_DEPARTMENT ? by->departments : "");
}

enum status
open_report_find(const struct actor *by, int64_t id, struct open_report *out)
{
	static const char sql[] = COLUMNS "WHERE o.id = ? AND " SEEN;

	return db_row(by->db, by->arena, sql,
	    ARGS(LANGUAGE(by), ARG(id), seen_all(by), seen_departments(by)), &open_report_shape,
	    out);
}

enum status
open_report_list(const struct actor *by, int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE o.state = 'WAITING' AND " SEEN " ORDER BY o.reported_at, o.id LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(LANGUAGE(by), seen_all(by), seen_departments(by), ARG(most)), &open_report_shape,
	    out);
}

enum status
open_report_count(const struct actor *by, int64_t *out)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM open_report o WHERE o.state = 'WAITING' AND " SEEN;

	return db_int(by->db, sql, ARGS(seen_all(by), seen_departments(by)), out);
}

static const struct field told_fields[] = {
	FIELD(struct open_report, machine_number),
	FIELD(struct open_report, said_name),
	FIELD(struct open_report, problem_name),
	FIELD(struct open_report, description),
	FIELD(struct open_report, machine_down),
};

static const struct shape told_shape = SHAPE(struct open_report, told_fields);

enum status
open_report_say(
    const struct actor *by, const struct open_report *o, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "open_report",
				   .record_id = o->id,
				   .title = o->machine_number,
				   .work_order_id = o->work_order_id.known ? o->work_order_id.n : 0,
				   .machine_id = o->machine_id,
				   .department_id = o->department_id,
				   .changes = changes });
}

static enum status
insert(const struct actor *by, const struct open_report_new *r, const char *secret, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO open_report (digest, machine_id, department_id, said_name, user_id,"
	    " problem_code_id, description, machine_down, address, reported_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	return db_insert(by->db, sql,
	    ARGS(digest_arg(by, secret), ARG(r->machine_id), ARG(r->department_id),
		ARG(r->said_name), arg_ref(r->user_id), ARG(r->problem_code_id),
		ARG(r->description), ARG(r->machine_down), ARG(by->address ? by->address : ""),
		ARG(by->now)),
	    id);
}

enum status
open_report_make(const struct actor *by, const struct open_report_new *r, const char *secret,
    int64_t *id, bool *confirmed)
{
	static const char badge[] = "SELECT open_report_badge FROM plant WHERE id = 1";
	struct actor who = *by;
	struct open_report o;
	int64_t trusted = 0;
	enum status e = failure_code_fits(by, "PROBLEM", r->problem_code_id);

	*confirmed = false;
	who.name = r->said_name;
	who.user_id = r->user_id;
	if (!e)
		e = insert(by, r, secret, id);
	if (!e)
		e = open_report_reread(by, *id, &o);
	if (!e)
		e = open_report_say(
		    &who, &o, "open_report.made", event_changes(by, &told_shape, NULL, &o));
	if (!e && r->user_id != 0)
		e = db_int(by->db, badge, NO_ARGS, &trusted);
	*confirmed = trusted != 0;
	return e || !*confirmed ? e : open_report_settle(&who, &o, false);
}

static enum status
add_words(const struct actor *by, const struct open_report *o, const char *text)
{
	static const char sql[] =
	    "UPDATE open_report SET description = LEFT(CONCAT(description, '\n\n', ?), 8000)"
	    " WHERE id = ? AND state = 'WAITING'";

	return db_change_one(by->db, sql, ARGS(ARG(text), ARG(o->id)));
}

enum status
open_report_add_to(const struct actor *by, const struct open_report *o, const char *text)
{
	const bool waiting = text_same(o->state, "WAITING");
	const char *changes = event_with(by, NULL, "added", text);
	struct actor who = *by;
	struct work_order wo;
	enum status e;

	who.name = o->said_name;
	if (waiting) {
		e = add_words(by, o, text);
		return e ? e : open_report_say(&who, o, "open_report.added_to", changes);
	}
	if (!o->work_order_id.known)
		return CONFLICT;
	e = work_order_reread(by, o->work_order_id.n, &wo);
	if (!e && (wo.completed_at.known || wo.cancelled_at.known))
		e = CONFLICT;
	return e ? e
		 : work_order_say(&who, &wo,
		       (struct event){ .act = "work_order.added_to", .changes = changes });
}
