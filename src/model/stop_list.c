/*
 * stop_list.c: see stop_list.h.
 *
 * A list is a UNION ALL of one branch a machine, each in the order of stop_machine and no
 * longer than the page; their first rows are merged, and names joined to those that are left.
 */
#include "model/stop_list.h"
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/scope.h"

static const struct field fields[] = {
	FIELD(struct stop_row, id),
	FIELD(struct stop_row, machine_id),
	FIELD(struct stop_row, machine_number),
	FIELD(struct stop_row, machine_name),
	FIELD(struct stop_row, work_order_id),
	FIELD(struct stop_row, work_order_number),
	FIELD(struct stop_row, problem_name),
	FIELD(struct stop_row, started_at),
	FIELD(struct stop_row, ended_at),
	FIELD(struct stop_row, planned),
	FIELD(struct stop_row, failure),
	FIELD(struct stop_row, correction),
	FIELD(struct stop_row, seconds),
	FIELD(struct stop_row, accepted_at),
	FIELD(struct stop_row, completed_at),
	FIELD(struct stop_row, version),
};

const struct shape stop_row_shape = SHAPE(struct stop_row, fields);

static const struct word kinds[] = {
	{ "all", "All stops" },
	{ "begun", "Begun in the period" },
	{ "unplanned", "Unplanned" },
	{ "failure", "Failures" },
};

const struct words stop_kind_words = WORDS(kinds);

_Static_assert(COUNT(kinds) == STOP_KINDS, "a word for each kind");

static void
branch(struct query *q, const struct stop_query *s, int64_t machine_id, int most)
{
	static const char *const which[STOP_KINDS] = { "", "", " AND s.planned = 0",
		" AND s.planned = 0 AND s.failure = 1" };

	if (s->all)
		buf_text(&q->sql, "(SELECT s.id, s.started_at FROM stop s FORCE INDEX"
				  " (stop_started) WHERE 1 = 1");
	else
		query_put(q,
		    "(SELECT s.id, s.started_at FROM stop s FORCE INDEX (stop_machine)"
		    " WHERE s.machine_id = ?",
		    ARG(machine_id));
	if (s->to.known)
		query_put(q, " AND s.started_at < ?", ARG(s->to));
	if (s->from.known && s->kind == STOP_ALL)
		query_put(q, " AND (s.ended_at IS NULL OR s.ended_at > ?)", ARG(s->from));
	else if (s->from.known)
		query_put(q, " AND s.started_at >= ?", ARG(s->from));
	buf_text(&q->sql, which[s->kind]);
	if (s->after_id != 0) {
		query_put(q, " AND s.started_at <= ?", ARG(s->after_at));
		query_put(q, " AND (s.started_at < ?", ARG(s->after_at));
		query_put(q, " OR s.id < ?)", ARG(s->after_id));
	}
	query_put(q, " ORDER BY s.started_at DESC, s.id DESC LIMIT ?)", ARG(most));
}

/* The names around the stops of a statement that is open: "(" and k's rows follow. */
static void
put_head(struct query *q, const struct actor *by)
{
	static const char head[] =
	    "SELECT STRAIGHT_JOIN s.id, s.machine_id, m.number AS machine_number,"
	    " m.name AS machine_name, s.work_order_id, w.number AS work_order_number, ";
	static const char columns[] =
	    " AS problem_name, s.started_at, s.ended_at, s.planned, s.failure, s.correction,"
	    " TIMESTAMPDIFF(SECOND, s.started_at, COALESCE(s.ended_at, ?)) AS seconds,"
	    " w.accepted_at, w.completed_at, s.version FROM (";

	buf_text(&q->sql, head);
	query_put(q, CODE_NAME("p"), LANGUAGE(by));
	query_put(q, columns, ARG(by->now));
}

static const char tail[] = ") k JOIN stop s ON s.id = k.id JOIN machine m ON m.id = s.machine_id"
			   " LEFT JOIN work_order w ON w.id = s.work_order_id"
			   " LEFT JOIN failure_code p ON p.id = w.problem_code_id"
			   " ORDER BY k.started_at DESC, k.id DESC LIMIT ?";

/* A machine that is not there fills the number of branches up to a power of two. */
enum status
stop_rows(const struct actor *by, const struct stop_query *s, int most, struct rows *out)
{
	const size_t n = s->all ? 1 : id_room(&s->machines);
	struct query q = { .sql = { .arena = by->arena } };

	put_head(&q, by);
	for (size_t i = 0; i < n; i++) {
		buf_text(&q.sql, i > 0 ? " UNION ALL " : "");
		branch(&q, s, i < s->machines.count ? s->machines.at[i] : 0, most);
	}
	query_put(&q, tail, ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &stop_row_shape, out);
}

/* Those of a week are few: they are sorted. */
enum status
stops_since(const struct actor *by, struct instant from, bool begun, int most, struct rows *out)
{
	struct query q = { .sql = { .arena = by->arena } };

	put_head(&q, by);
	query_put(&q,
	    "SELECT s.id, s.started_at FROM stop s FORCE INDEX (stop_open)"
	    " WHERE s.planned = FALSE AND (s.ended_at IS NULL OR s.ended_at >= ?)",
	    ARG(from));
	if (begun)
		query_put(&q, " AND s.started_at >= ?", ARG(from));
	query_put(&q, " ORDER BY s.started_at DESC, s.id DESC LIMIT ?", ARG(most));
	query_put(&q, tail, ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &stop_row_shape, out);
}

/* Three ranges, each of an index: begun in the period, ended in or after it, still standing. */
static void
put_ranges(struct query *q, const struct actor *by, const struct id_list *machines,
    struct instant from, struct instant to)
{
	static const char columns[] =
	    "SELECT STRAIGHT_JOIN s.id, s.machine_id, NULL AS machine_number, NULL AS machine_name,"
	    " s.work_order_id, w.number AS work_order_number, NULL AS problem_name, s.started_at,"
	    " s.ended_at, s.planned, s.failure, s.correction,"
	    " TIMESTAMPDIFF(SECOND, s.started_at, COALESCE(s.ended_at, ?)) AS seconds,"
	    " w.accepted_at, w.completed_at, s.version FROM stop s FORCE INDEX (%s)"
	    " LEFT JOIN work_order w ON w.id = s.work_order_id WHERE s.machine_id IN (%s) AND %s"
	    " UNION ALL ";
	static const char *const index[] = { "stop_machine", "stop_machine_ended",
		"stop_machine_ended" };
	static const char *const range[] = { "s.started_at >= ? AND s.started_at < ?",
		"s.ended_at > ? AND s.started_at < ?",
		"s.ended_at IS NULL AND s.started_at < ? AND s.started_at < ?" };
	const char *marks = id_marks(by->arena, machines);

	for (size_t i = 0; i < COUNT(range); i++) {
		buf_print(&q->sql, columns, index[i], marks, range[i]);
		query_arg(q, ARG(by->now));
		id_args(q, machines);
		query_arg(q, ARG(from));
		query_arg(q, i == 0 ? ARG(to) : ARG(from));
	}
}

enum status
stops_in(const struct actor *by, const struct id_list *machines, struct instant from,
    struct instant to, struct rows *out)
{
	static const char waits[] =
	    "SELECT STRAIGHT_JOIN 0, s.machine_id, NULL, NULL, r.work_order_id, NULL, NULL,"
	    " r.requested_at, CASE WHEN r.state IN ('REJECTED','CANCELLED') THEN"
	    " COALESCE(r.decided_at, r.requested_at) ELSE (SELECT MAX(v.at) FROM movement v"
	    " WHERE v.work_order_id = r.work_order_id AND v.kind = 'OUT' AND v.at >="
	    " r.requested_at) END, 0, 0, NULL, 0, NULL, NULL, 0"
	    " FROM stop s FORCE INDEX (stop_machine)"
	    " JOIN parts_request r ON r.work_order_id = s.work_order_id"
	    " WHERE s.machine_id IN (%s) AND s.started_at >= ? AND s.started_at < ?"
	    " AND s.failure = 1 AND s.planned = 0";
	struct query q = { .sql = { .arena = by->arena } };

	put_ranges(&q, by, machines, from, to);
	buf_print(&q.sql, waits, id_marks(by->arena, machines));
	id_args(&q, machines);
	query_arg(&q, ARG(from));
	query_arg(&q, ARG(to));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &stop_row_shape, out);
}
