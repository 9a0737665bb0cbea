/* machine_cost.c: see machine_cost.h; lists as in stop_list.c. */
#include "model/machine_cost.h"
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/scope.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct cost_row, id),
	FIELD(struct cost_row, number),
	FIELD_WORD(struct cost_row, kind, &wo_kind_words),
	FIELD_WORD(struct cost_row, state, &wo_state_words),
	FIELD(struct cost_row, machine_id),
	FIELD(struct cost_row, machine_number),
	FIELD(struct cost_row, machine_name),
	FIELD(struct cost_row, problem_name),
	FIELD(struct cost_row, reported_at),
	FIELD(struct cost_row, labour_cost),
	FIELD(struct cost_row, parts_cost),
	FIELD(struct cost_row, other_cost),
	FIELD(struct cost_row, total_cost),
};

const struct shape cost_row_shape = SHAPE(struct cost_row, fields);

static const struct field day_fields[] = {
	FIELD(struct day_off, shift_calendar_id),
	FIELD(struct day_off, day),
};

const struct shape day_off_shape = SHAPE(struct day_off, day_fields);

static void
branch(struct query *q, const struct cost_query *c, int64_t machine_id, int most)
{
	query_put(q,
	    "(SELECT w.id, w.reported_at FROM work_order w FORCE INDEX (work_order_machine)"
	    " WHERE w.machine_id = ?",
	    ARG(machine_id));
	if (c->to.known)
		query_put(q, " AND w.reported_at < ?", ARG(c->to));
	if (c->from.known)
		query_put(q, " AND w.reported_at >= ?", ARG(c->from));
	if (c->kind != NULL)
		query_put(q, " AND w.kind = ?", ARG(c->kind));
	if (c->after_id != 0) {
		query_put(q, " AND w.reported_at <= ?", ARG(c->after_at));
		query_put(q, " AND (w.reported_at < ?", ARG(c->after_at));
		query_put(q, " OR w.id < ?)", ARG(c->after_id));
	}
	query_put(q, " ORDER BY w.reported_at DESC, w.id DESC LIMIT ?)", ARG(most));
}

#define SUM "w.labour_cost + w.parts_cost + w.other_cost AS total_cost"

enum status
cost_rows(const struct actor *by, const struct cost_query *c, int most, struct rows *out)
{
	static const char head[] =
	    "SELECT STRAIGHT_JOIN w.id, w.number, w.kind, w.state, w.machine_id,"
	    " m.number AS machine_number, m.name AS machine_name, ";
	static const char columns[] = " AS problem_name, w.reported_at, w.labour_cost,"
				      " w.parts_cost, w.other_cost, " SUM " FROM (";
	static const char tail[] =
	    ") k JOIN work_order w ON w.id = k.id JOIN machine m ON m.id = w.machine_id"
	    " LEFT JOIN failure_code p ON p.id = w.problem_code_id"
	    " ORDER BY k.reported_at DESC, k.id DESC LIMIT ?";
	const size_t n = id_room(&c->machines);
	struct query q = { .sql = { .arena = by->arena } };

	buf_text(&q.sql, head);
	query_put(&q, CODE_NAME("p"), LANGUAGE(by));
	buf_text(&q.sql, columns);
	for (size_t i = 0; i < n; i++) {
		buf_text(&q.sql, i > 0 ? " UNION ALL " : "");
		branch(&q, c, i < c->machines.count ? c->machines.at[i] : 0, most);
	}
	query_put(&q, tail, ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &cost_row_shape, out);
}

enum status
costs_in(const struct actor *by, const struct id_list *machines, struct instant from,
    struct instant to, struct rows *out)
{
	static const char sql[] =
	    "SELECT w.id, w.number, w.kind, w.state, w.machine_id, NULL AS machine_number,"
	    " NULL AS machine_name, NULL AS problem_name, w.reported_at, w.labour_cost,"
	    " w.parts_cost, w.other_cost, " SUM " FROM work_order w"
	    " FORCE INDEX (work_order_machine) WHERE w.machine_id IN (%s)"
	    " AND w.reported_at >= ? AND w.reported_at < ?";
	struct query q = { .sql = { .arena = by->arena } };

	buf_print(&q.sql, sql, id_marks(by->arena, machines));
	id_args(&q, machines);
	query_arg(&q, ARG(from));
	query_arg(&q, ARG(to));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &cost_row_shape, out);
}

enum status
days_off(const struct actor *by, struct date from, struct date to, struct rows *out)
{
	static const char sql[] = "SELECT shift_calendar_id, day FROM holiday"
				  " WHERE day >= ? AND day <= ? AND archived_at IS NULL";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(from), ARG(to)), &day_off_shape, out);
}
