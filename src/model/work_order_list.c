/*
 * work_order_list.c: lists of work orders, newest or oldest first, at a million rows.
 *
 * A list is a UNION ALL of branches.  Each branch fixes by equality the columns in front of an
 * index that ends in (reported_at, id), so that it reads no more rows than it shows; the branches'
 * first rows are merged.  Only then are names joined to the few rows that are left.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/query.h"
#include "model/scope.h"
#include "model/work_order.h"
#include "model/work_order_rows.h"

static const struct field fields[] = {
	FIELD(struct work_order_row, id),
	FIELD(struct work_order_row, number),
	FIELD_WORD(struct work_order_row, kind, &wo_kind_words),
	FIELD_WORD(struct work_order_row, state, &wo_state_words),
	FIELD_WORD(struct work_order_row, priority, &wo_priority_words),
	FIELD(struct work_order_row, machine_id),
	FIELD(struct work_order_row, machine_number),
	FIELD(struct work_order_row, machine_name),
	FIELD(struct work_order_row, machine_location),
	FIELD_WORD(struct work_order_row, machine_status, &machine_status_words),
	FIELD(struct work_order_row, department_name),
	FIELD(struct work_order_row, reporter_name),
	FIELD(struct work_order_row, assignee_name),
	FIELD(struct work_order_row, problem_name),
	FIELD(struct work_order_row, description),
	FIELD(struct work_order_row, machine_down),
	FIELD(struct work_order_row, due_on),
	FIELD(struct work_order_row, overdue),
	FIELD(struct work_order_row, reported_at),
	FIELD(struct work_order_row, completed_at),
	FIELD(struct work_order_row, total_cost),
};

const struct shape work_order_row_shape = SHAPE(struct work_order_row, fields);

/* A list that is being asked for: the branches of its statement. */
struct listing {
	struct query query;
	size_t branches;
	bool counting; /* in no order */
	struct date today;
};

/* What a branch begins with. */
static const char of_department[] = "w.department_id = ?";
static const char of_reporter[] = "w.reporter_id = ?";
static const char of_assignee[] = "w.assignee_id = ?";
static const char of_nobody[] = "w.assignee_id IS NULL AND w.department_id = ?";

static void
put_filter(struct query *q, const struct work_order_filter *f, struct date today)
{
	if (f->priority != NULL)
		query_put(q, " AND w.priority = ?", ARG(f->priority));
	if (f->machine_id != 0)
		query_put(q, " AND w.machine_id = ?", ARG(f->machine_id));
	if (f->assignee_id != 0)
		query_put(q, " AND w.assignee_id = ?", ARG(f->assignee_id));
	if (f->free_only)
		buf_text(&q->sql, " AND w.assignee_id IS NULL");
	if (f->overdue)
		query_put(q, " AND w.due_on < ?", ARG(today));
	if (f->from.known)
		query_put(q, " AND w.reported_at >= ?", ARG(f->from));
	if (f->until.known)
		query_put(q, " AND w.reported_at < ?", ARG(f->until));
	if (f->completed.known)
		query_put(q, " AND w.completed_at >= ?", ARG(f->completed));
	if (f->number != NULL)
		query_put(q, " AND w.number LIKE ?", ARG(f->number));
	if (f->state != NULL && strcmp(f->state, "CONFIRM") == 0)
		buf_text(&q->sql, " AND w.confirmed_at IS NULL");
	if (!f->after_at.known)
		return;
	query_put(q, f->oldest_first ? " AND w.reported_at >= ?" : " AND w.reported_at <= ?",
	    ARG(f->after_at));
	query_put(q, f->oldest_first ? " AND (w.reported_at > ?" : " AND (w.reported_at < ?",
	    ARG(f->after_at));
	query_put(q, f->oldest_first ? " OR w.id > ?)" : " OR w.id < ?)", ARG(f->after_id));
}

/*
 * The index whose order the list has.  By itself the server often walks all work orders in order
 * of time instead, in the hope of meeting enough that fit: many times as many rows.
 */
static const char *
index_for(const struct work_order_filter *f, const char *where, const char *state)
{
	if (f->number != NULL)
		return NULL;
	if (f->completed.known && where == NULL)
		return "work_order_completed";
	if (f->state != NULL && strcmp(f->state, "CONFIRM") == 0)
		return "work_order_unconfirmed";
	if (f->overdue && where == NULL && f->department_id == 0)
		return "work_order_due";
	if (f->machine_id != 0)
		return state != NULL ? "work_order_machine_state" : "work_order_machine";
	if (where == of_nobody || (f->free_only && state != NULL && where == of_department))
		return "work_order_department";
	if (f->assignee_id != 0 || f->free_only || where == of_assignee)
		return state != NULL ? "work_order_assignee" : "work_order_assignee_newest";
	if (where == of_reporter)
		return state != NULL ? "work_order_reporter_state" : "work_order_reporter";
	if (f->department_id != 0 || where == of_department)
		return state != NULL ? "work_order_department" : "work_order_department_newest";
	if (state != NULL)
		return "work_order_state";
	return f->priority != NULL ? "work_order_priority" : "work_order_newest";
}

/* One branch: `where` holds one column by equality, or everything when it is NULL. */
static void
branch(struct listing *l, const struct work_order_filter *f, const char *where, int64_t value,
    const char *state, int most)
{
	const char *index = index_for(f, where, state);

	buf_text(&l->query.sql, l->branches++ > 0 ? " UNION ALL (" : "(");
	buf_text(&l->query.sql, "SELECT w.id, w.reported_at FROM work_order w");
	if (index != NULL)
		buf_print(&l->query.sql, " FORCE INDEX (%s)", index);
	buf_text(&l->query.sql, " WHERE ");
	if (where != NULL)
		query_put(&l->query, where, ARG(value));
	else
		buf_text(&l->query.sql, "1 = 1");
	if (f->department_id != 0)
		query_put(&l->query, " AND w.department_id = ?", ARG(f->department_id));
	if (state != NULL)
		query_put(&l->query, " AND w.state = ?", ARG(state));
	put_filter(&l->query, f, l->today);
	query_put(&l->query,
	    l->counting       ? " LIMIT ?)"
	    : f->oldest_first ? " ORDER BY w.reported_at, w.id LIMIT ?)"
			      : " ORDER BY w.reported_at DESC, w.id DESC LIMIT ?)",
	    ARG(most));
}

/* What the actor may see, in that state. */
static void
branches_of_state(struct listing *l, const struct actor *by, const struct work_order_filter *f,
    const char *state, int most)
{
	const bool free_fits = state == NULL || strcmp(state, "PENDING") == 0;

	switch (permission_reach(by->role, WORK_ORDER_VIEW)) {
	case REACH_ALL:
		branch(l, f, NULL, 0, state, most);
		break;
	case REACH_DEPARTMENT:
		for (size_t i = 0; i < by->department_count; i++)
			branch(l, f, of_department, by->department[i], state, most);
		break;
	case REACH_OWN:
		if (by->role != TECHNICIAN) {
			branch(l, f, of_reporter, by->user_id, state, most);
			break;
		}
		if (!f->free_only)
			branch(l, f, of_assignee, by->user_id, state, most);
		for (size_t i = 0; free_fits && i < by->department_count; i++)
			branch(l, f, of_nobody, by->department[i], "PENDING", most);
		break;
	case REACH_NONE:
		break;
	}
}

static void
branches(struct listing *l, const struct actor *by, const struct work_order_filter *f, int most)
{
	static const char *const open[] = { "PENDING", "IN_PROGRESS", "WAITING_PARTS" };

	if (f->state != NULL && strcmp(f->state, "OPEN") == 0)
		for (size_t i = 0; i < COUNT(open); i++)
			branches_of_state(l, by, f, open[i], most);
	else if (f->state != NULL && strcmp(f->state, "CONFIRM") == 0)
		branches_of_state(l, by, f, "COMPLETED", most);
	else
		branches_of_state(l, by, f, f->state, most);
}

/* So many of each branch are looked at where the order is no index's. */
enum { BY_DUE_READ = 300 };

static const char *
order_of(const struct work_order_filter *f)
{
	if (f->by_due)
		return "w.due_on IS NULL, w.due_on, FIELD(w.priority, 'CRITICAL', 'HIGH',"
		       " 'MEDIUM', 'LOW'), w.machine_down DESC, k.reported_at, k.id LIMIT ?";
	return f->oldest_first ? "k.reported_at, k.id LIMIT ?"
			       : "k.reported_at DESC, k.id DESC LIMIT ?";
}

enum status
work_order_rows(const struct actor *by, const struct work_order_filter *f,
    const struct work_order_select *as, int most, struct rows *out)
{
	struct listing l = { .query.sql.arena = by->arena, .today = by->today };
	struct query *q = &l.query;

	buf_text(&q->sql, as->columns);
	for (size_t i = 0; i < as->args.count; i++)
		query_arg(q, as->args.at[i]);
	buf_text(&q->sql, " FROM (");
	branches(&l, by, f, f->by_due ? BY_DUE_READ : most);
	*out = (struct rows){ .shape = as->shape };
	if (l.branches == 0)
		return OK;
	buf_print(&q->sql,
	    ") k JOIN work_order w ON w.id = k.id JOIN machine m ON m.id = w.machine_id"
	    " LEFT JOIN user r ON r.id = w.reporter_id LEFT JOIN user a ON a.id = w.assignee_id"
	    " LEFT JOIN failure_code p ON p.id = w.problem_code_id%s ORDER BY ",
	    as->joins);
	query_put(q, order_of(f), ARG(most));
	return db_rows(by->db, by->arena, q->sql.text, query_args(q), as->shape, out);
}

enum status
work_order_list(
    const struct actor *by, const struct work_order_filter *f, int most, struct rows *out)
{
	static const char columns[] =
	    "SELECT STRAIGHT_JOIN w.id, w.number, w.kind, w.state, w.priority, w.machine_id,"
	    " m.number AS machine_number, m.name AS machine_name, m.location AS machine_location,"
	    " m.status AS machine_status, d.name AS department_name, r.name AS reporter_name,"
	    " COALESCE(a.name, w.assignee_said) AS assignee_name, " CODE_NAME(
		"p") " AS problem_name,"
		     " LEFT(w.description, 160) AS description,"
		     " w.machine_down, w.due_on, w.state IN ('PENDING','IN_PROGRESS',"
		     "'WAITING_PARTS') AND COALESCE(w.due_on < ?, FALSE) AS overdue,"
		     " w.reported_at, w.completed_at,"
		     " w.labour_cost + w.parts_cost + w.other_cost AS total_cost";

	return work_order_rows(by, f,
	    &(struct work_order_select){ columns, ARGS(LANGUAGE(by), ARG(by->today)),
		" JOIN department d ON d.id = w.department_id", &work_order_row_shape },
	    most, out);
}

struct counts {
	int64_t c0, c1, c2, c3, c4, c5;
};

static const struct field count_fields[] = {
	FIELD(struct counts, c0),
	FIELD(struct counts, c1),
	FIELD(struct counts, c2),
	FIELD(struct counts, c3),
	FIELD(struct counts, c4),
	FIELD(struct counts, c5),
};

static const struct shape count_shape = SHAPE(struct counts, count_fields);

enum status
work_order_counts(const struct actor *by, const struct work_order_filter *f, size_t count, int most,
    int64_t out[WO_COUNTS])
{
	struct listing l = { .query.sql.arena = by->arena, .today = by->today, .counting = true };
	struct counts row;
	enum status e;

	for (size_t i = 0; i < WO_COUNTS; i++) {
		buf_text(&l.query.sql, i == 0 ? "SELECT " : ", ");
		l.branches = 0;
		if (i < count) {
			buf_text(&l.query.sql, "(SELECT COUNT(*) FROM (");
			branches(&l, by, &f[i], most);
			/* Who may see nothing counts nothing. */
			buf_text(&l.query.sql,
			    l.branches > 0 ? ") k)" : "SELECT 1 FROM plant WHERE 1 = 0) k)");
		} else {
			buf_text(&l.query.sql, "0");
		}
		buf_print(&l.query.sql, " AS c%zu", i);
	}
	e = db_row(by->db, by->arena, l.query.sql.text, query_args(&l.query), &count_shape, &row);
	if (!e)
		memcpy(out, &row, sizeof(row));
	return e;
}

/* Whole days back from now: 7 days and 30. */
void
work_order_age(struct work_order_filter *f, const char *age, struct instant now)
{
	const struct instant week = instant_add(now, -7 * DAY), month = instant_add(now, -30 * DAY);

	if (text_same(age, "week"))
		f->from = week;
	if (text_same(age, "month")) {
		f->from = month;
		f->until = week;
	}
	if (text_same(age, "older"))
		f->until = month;
}

enum status
work_order_open_of(const struct actor *by, int64_t machine_id, struct rows *out)
{
	return work_order_list(
	    by, &(struct work_order_filter){ .state = "OPEN", .machine_id = machine_id }, 20, out);
}
