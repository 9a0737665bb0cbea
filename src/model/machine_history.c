/*
 * machine_history.c: see machine_history.h.
 *
 * A UNION ALL of one branch a machine (and kind of record), each by an index in the order of ids
 * and no longer than the page; names are joined to the rows that are left.
 */
#include "model/machine_history.h"
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/scope.h"

static const struct field fields[] = {
	FIELD(struct history_row, id),
	FIELD(struct history_row, at),
	FIELD(struct history_row, user_id),
	FIELD(struct history_row, user_name),
	FIELD_WORD(struct history_row, act, &event_act_words),
	FIELD(struct history_row, kind),
	FIELD(struct history_row, record_id),
	FIELD(struct history_row, title),
	FIELD(struct history_row, machine_id),
	FIELD(struct history_row, machine_number),
	FIELD(struct history_row, machine_name),
	FIELD(struct history_row, work_order_id),
	FIELD(struct history_row, work_order_number),
	FIELD(struct history_row, open_to),
	FIELD(struct history_row, problem_name),
	FIELD(struct history_row, cost),
	FIELD(struct history_row, seconds),
	FIELD(struct history_row, changes),
};

const struct shape history_row_shape = SHAPE(struct history_row, fields);

static const struct word words[] = {
	{ "all", "Everything" },
	{ "work", "Work orders" },
	{ "stops", "Stops" },
	{ "parts", "Parts" },
	{ "readings", "Readings" },
	{ "files", "Files" },
	{ "changes", "Changes" },
};

const struct words history_kind_words = WORDS(words);

_Static_assert(COUNT(words) == HISTORY_KINDS, "a word for each kind");

enum { MOST_KINDS = 4 };

/* The kinds of records that events tell of; none: all. */
static const char *const records[HISTORY_KINDS][MOST_KINDS] = {
	[HISTORY_WORK] = { "work_order" },
	[HISTORY_STOPS] = { "stop" },
	[HISTORY_PARTS] = { "parts_request", "part", "machine_part" },
	[HISTORY_READINGS] = { "meter_reading", "meter" },
	[HISTORY_FILES] = { "attachment", "file" },
	[HISTORY_CHANGES] = { "machine" },
};

static bool
sees(const struct actor *by, enum permission permission)
{
	return permission_reach(by->role, permission) != REACH_NONE;
}

/* Work orders: all, of the departments, none. */
static void
put_scope(struct query *q, const struct actor *by)
{
	const enum reach reach = permission_reach(by->role, WORK_ORDER_VIEW);
	const bool departments = reach == REACH_DEPARTMENT || by->role == TECHNICIAN;

	query_put(q, " AND (? OR e.work_order_id IS NULL", ARG(reach == REACH_ALL));
	query_put(
	    q, " OR FIND_IN_SET(e.department_id, ?))", ARG(departments ? by->departments : ""));
	query_put(q, " AND (? OR e.act <> 'work_order.logged')", ARG(sees(by, WORK_LOG_VIEW)));
	query_put(q, " AND (? OR e.kind <> 'parts_request')", ARG(sees(by, PARTS_REQUEST_VIEW)));
	query_put(q, " AND (? OR e.act NOT LIKE 'movement.%')", ARG(sees(by, MOVEMENT_VIEW)));
	query_put(
	    q, " AND (? OR e.kind NOT IN ('meter', 'meter_reading'))", ARG(sees(by, METER_VIEW)));
}

static void
branch(struct query *q, const struct actor *by, const struct history_query *h, int64_t machine_id,
    const char *kind, int most)
{
	buf_print(&q->sql, "(SELECT e.id FROM event e FORCE INDEX (%s)",
	    kind != NULL ? "event_machine_kind" : "event_machine");
	query_put(q, " WHERE e.machine_id = ?", ARG(machine_id));
	if (kind != NULL)
		query_put(q, " AND e.kind = ?", ARG(kind));
	query_put(q, " AND e.id < ?", ARG(h->after > 0 ? h->after : INT64_MAX));
	if (h->from.known)
		query_put(q, " AND e.at >= ?", ARG(h->from));
	if (h->to.known)
		query_put(q, " AND e.at < ?", ARG(h->to));
	if (h->user_id != 0)
		query_put(q, " AND e.user_id = ?", ARG(h->user_id));
	put_scope(q, by);
	query_put(q, " ORDER BY e.id DESC LIMIT ?)", ARG(most));
}

static void
put_branches(struct query *q, const struct actor *by, const struct history_query *h, int most)
{
	const size_t n = id_room(&h->machines);
	bool first = true;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < MOST_KINDS; k++) {
			const char *kind = records[h->kind][k];

			if (kind == NULL && k > 0)
				break;
			buf_text(&q->sql, first ? "" : " UNION ALL ");
			first = false;
			branch(q, by, h, i < h->machines.count ? h->machines.at[i] : 0, kind, most);
		}
}

/* A technician opens what is theirs or free; others in reach of their right. */
enum status
history_rows(const struct actor *by, const struct history_query *h, int most, struct rows *out)
{
	static const char head[] =
	    "SELECT STRAIGHT_JOIN e.id, e.at, e.user_id, e.user_name, e.act, e.kind, e.record_id,"
	    " e.title,"
	    " e.machine_id, m.number AS machine_number, m.name AS machine_name, e.work_order_id,"
	    " w.number AS work_order_number, COALESCE(" SCOPE ", 0) AS open_to, ";
	static const char columns[] =
	    " AS problem_name, CASE WHEN e.act IN ('work_order.reported','work_order.imported')"
	    " THEN w.labour_cost + w.parts_cost + w.other_cost END AS cost,"
	    " TIMESTAMPDIFF(SECOND, s.started_at, COALESCE(s.ended_at, ?)) AS seconds, e.changes"
	    " FROM (";
	static const char tail[] =
	    ") k JOIN event e ON e.id = k.id JOIN machine m ON m.id = e.machine_id"
	    " LEFT JOIN work_order w ON w.id = e.work_order_id"
	    " LEFT JOIN failure_code p ON p.id = w.problem_code_id"
	    " LEFT JOIN stop s ON e.act IN ('stop.started','stop.added') AND s.id = e.record_id"
	    " ORDER BY k.id DESC LIMIT ?";
	const struct scope scope = scope_of(by, WORK_ORDER_VIEW);
	const struct arg scoped[] = { SCOPE_ARGS(scope) };
	struct query q = { .sql = { .arena = by->arena } };

	buf_text(&q.sql, head);
	for (size_t i = 0; i < COUNT(scoped); i++)
		query_arg(&q, scoped[i]);
	query_put(&q, CODE_NAME("p"), LANGUAGE(by));
	query_put(&q, columns, ARG(by->now));
	put_branches(&q, by, h, most);
	query_put(&q, tail, ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &history_row_shape, out);
}
