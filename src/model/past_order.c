/* past_order.c: work orders as files have them; see past.h. */
#include "model/actor.h"
#include "model/past.h"
#include "model/scope.h"
#include "model/work_order_rows.h"

static const struct field fields[] = {
	FIELD(struct past_order, id),
	FIELD(struct past_order, number),
	FIELD(struct past_order, key),
	FIELD_WORD(struct past_order, state, &wo_state_words),
	FIELD(struct past_order, machine_number),
	FIELD_WORD(struct past_order, kind, &wo_kind_words),
	FIELD_WORD(struct past_order, priority, &wo_priority_words),
	FIELD(struct past_order, description),
	FIELD(struct past_order, reporter),
	FIELD(struct past_order, assignee),
	FIELD(struct past_order, due_on),
	FIELD(struct past_order, problem_code),
	FIELD(struct past_order, cause_code),
	FIELD(struct past_order, remedy_code),
	FIELD(struct past_order, resolution),
	FIELD(struct past_order, reported_at),
	FIELD(struct past_order, accepted_at),
	FIELD(struct past_order, completed_at),
	FIELD(struct past_order, confirmed_at),
	FIELD(struct past_order, confirmed_by),
	FIELD(struct past_order, signed_name),
	FIELD(struct past_order, cancelled_at),
	FIELD(struct past_order, cancel_reason),
	FIELD(struct past_order, machine_down),
	FIELD(struct past_order, stopped_at),
	FIELD(struct past_order, runs_at),
	FIELD(struct past_order, stop_hours),
	FIELD(struct past_order, stop_planned),
	FIELD(struct past_order, stop_failure),
	FIELD(struct past_order, stop_note),
	FIELD(struct past_order, labour_hours),
	FIELD(struct past_order, labour_cost),
	FIELD(struct past_order, parts_cost),
	FIELD(struct past_order, other_cost),
	FIELD(struct past_order, problem),
	FIELD(struct past_order, machine_name),
	FIELD(struct past_order, assignee_name),
	FIELD(struct past_order, total_cost),
};

const struct shape past_order_shape = SHAPE(struct past_order, fields);

/* A name, and the address behind it for whoever (?) may see that: two people may have one name. */
#define PERSON(u) "IF(?, CONCAT(" u ".name, ' <', " u ".email, '>'), " u ".name)"

enum status
past_orders(const struct actor *by, const struct work_order_filter *filter,
    const struct past_order *last, int most, struct rows *out)
{
	/* clang-format off */
	static const char columns[] =
	    "SELECT STRAIGHT_JOIN w.id, w.number,"
	    " IF(w.source_key LIKE 'file:%', SUBSTRING(w.source_key, 6), NULL) AS `key`, w.state,"
	    " m.number AS machine_number, w.kind, w.priority, w.description,"
	    " COALESCE(" PERSON("r") ", w.reporter_said) AS reporter,"
	    " COALESCE(" PERSON("a") ", w.assignee_said) AS assignee, w.due_on,"
	    " p.code AS problem_code, c.code AS cause_code, y.code AS remedy_code, w.resolution,"
	    " w.reported_at, w.accepted_at, w.completed_at, w.confirmed_at,"
	    " " PERSON("f") " AS confirmed_by, w.signed_name, w.cancelled_at, w.cancel_reason,"
	    " w.machine_down, s.started_at AS stopped_at, s.ended_at AS runs_at,"
	    " CAST(TIMESTAMPDIFF(SECOND, s.started_at, s.ended_at) / 3600 AS DECIMAL(14,4))"
	    " AS stop_hours, COALESCE(s.planned, 0) AS stop_planned,"
	    " COALESCE(s.failure, 0) AS stop_failure, s.correction AS stop_note,"
	    " CAST(w.labour_minutes / 60 AS DECIMAL(14,4)) AS labour_hours, w.labour_cost,"
	    " w.parts_cost, w.other_cost, COALESCE(" CODE_NAME("p") ","
	    " LEFT(w.description, 160)) AS problem, m.name AS machine_name,"
	    " COALESCE(a.name, w.assignee_said) AS assignee_name,"
	    " w.labour_cost + w.parts_cost + w.other_cost AS total_cost";
	/* clang-format on */
	static const char joins[] = " LEFT JOIN user f ON f.id = w.confirmed_by"
				    " LEFT JOIN failure_code c ON c.id = w.cause_code_id"
				    " LEFT JOIN failure_code y ON y.id = w.remedy_code_id"
				    " LEFT JOIN stop s ON s.id ="
				    " (SELECT MAX(x.id) FROM stop x WHERE x.work_order_id = w.id)";
	const struct arg mail = ARG(permission_reach(by->role, USER_VIEW) != REACH_NONE);
	struct work_order_filter f = *filter;

	if (last != NULL) {
		f.after_at = last->reported_at;
		f.after_id = last->id;
	}
	return work_order_rows(by, &f,
	    &(struct work_order_select){
		columns, ARGS(mail, mail, mail, LANGUAGE(by)), joins, &past_order_shape },
	    most, out);
}
