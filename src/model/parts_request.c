/* parts_request.c: reading parts requests; see parts_request.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/part.h"
#include "model/parts_request.h"
#include "model/scope.h"
#include "rule/number.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct parts_request, id),
	FIELD(struct parts_request, work_order_id),
	FIELD(struct parts_request, work_order_number),
	FIELD_WORD(struct parts_request, priority, &wo_priority_words),
	FIELD(struct parts_request, machine_number),
	FIELD(struct parts_request, machine_name),
	FIELD(struct parts_request, department_name),
	FIELD(struct parts_request, machine_down),
	FIELD_WORD(struct parts_request, state, &pr_state_words),
	FIELD(struct parts_request, requested_by),
	FIELD(struct parts_request, requested_name),
	FIELD(struct parts_request, requested_at),
	FIELD(struct parts_request, note),
	FIELD(struct parts_request, decided_name),
	FIELD(struct parts_request, decided_at),
	FIELD(struct parts_request, reason),
	FIELD(struct parts_request, lines),
	FIELD(struct parts_request, cost),
	FIELD(struct parts_request, version),
};

const struct shape parts_request_shape = SHAPE(struct parts_request, fields);

static const struct field line_fields[] = {
	FIELD(struct parts_request_line, id),
	FIELD(struct parts_request_line, parts_request_id),
	FIELD(struct parts_request_line, part_id),
	FIELD(struct parts_request_line, part_number),
	FIELD(struct parts_request_line, part_name),
	FIELD(struct parts_request_line, unit),
	FIELD(struct parts_request_line, place),
	FIELD(struct parts_request_line, asked),
	FIELD(struct parts_request_line, approved),
	FIELD(struct parts_request_line, issued),
	FIELD(struct parts_request_line, returned),
	FIELD(struct parts_request_line, to_issue),
	FIELD(struct parts_request_line, on_hand),
	FIELD(struct parts_request_line, reserved),
	FIELD(struct parts_request_line, available),
	FIELD(struct parts_request_line, waiting),
	FIELD(struct parts_request_line, unit_cost),
	FIELD(struct parts_request_line, cost),
	FIELD(struct parts_request_line, closed),
};

const struct shape parts_request_line_shape = SHAPE(struct parts_request_line, line_fields);

/* What no column holds is shown as the most that one does: an absurd quantity of something dear
 * must not cost everybody the page. */
#define AT_MOST(sum) "LEAST(" sum ", 9999999999.9999)"

/* clang-format off */
#define REQUESTS \
	"SELECT q.id, q.work_order_id, w.number AS work_order_number, w.priority," \
	" m.number AS machine_number, m.name AS machine_name, d.name AS department_name," \
	" m.status = 'DOWN' AS machine_down, q.state, q.requested_by, u.name AS requested_name," \
	" q.requested_at, q.note, v.name AS decided_name, q.decided_at, q.reason," \
	" (SELECT COUNT(*) FROM parts_request_line l WHERE l.parts_request_id = q.id) AS `lines`," \
	" (SELECT " AT_MOST("SUM(ROUND(COALESCE(l.approved, l.asked) * p.average_cost, 4))") \
	"  FROM parts_request_line l JOIN part p ON p.id = l.part_id" \
	"  WHERE l.parts_request_id = q.id) AS cost, q.version" \
	" FROM parts_request q JOIN work_order w ON w.id = q.work_order_id" \
	" JOIN machine m ON m.id = w.machine_id JOIN department d ON d.id = w.department_id" \
	" JOIN user u ON u.id = q.requested_by LEFT JOIN user v ON v.id = q.decided_by "

#define LINE_COST "ROUND(COALESCE(l.approved, l.asked) * COALESCE(l.unit_cost, p.average_cost), 4)"

#define LINES \
	"SELECT l.id, l.parts_request_id, l.part_id," \
	" p.number AS part_number, p.name AS part_name," \
	" p.unit, p.place, l.asked, l.approved, l.issued, l.returned," \
	" CASE WHEN l.closed THEN 0 ELSE COALESCE(l.approved, 0) - l.issued END AS to_issue," \
	" p.on_hand, p.reserved, p.on_hand - p.reserved AS available," \
	" (SELECT " AT_MOST("COALESCE(SUM(o.asked), 0)") \
	"  FROM parts_request_line o WHERE o.part_id = l.part_id AND o.closed = FALSE" \
	"  AND o.approved IS NULL AND o.parts_request_id <> l.parts_request_id) AS waiting," \
	" p.average_cost AS unit_cost, " AT_MOST(LINE_COST) " AS cost, l.closed" \
	" FROM parts_request_line l JOIN part p ON p.id = l.part_id "
/* clang-format on */

#define VISIBLE " AND " SCOPE

enum status
parts_request_list(const struct actor *by, const char *state, int most, struct rows *out)
{
	static const char sql[] = REQUESTS
	    "WHERE q.state = ?" VISIBLE " ORDER BY m.status = 'DOWN' DESC,"
	    " FIELD(w.priority, 'CRITICAL', 'HIGH', 'MEDIUM', 'LOW'), q.requested_at LIMIT ?";
	const struct scope s = scope_of(by, PARTS_REQUEST_VIEW);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(state), SCOPE_ARGS(s), ARG(most)),
	    &parts_request_shape, out);
}

enum status
parts_request_count(const struct actor *by, const char *state, int64_t *out)
{
	static const char sql[] = "SELECT COUNT(*) FROM parts_request q"
				  " JOIN work_order w ON w.id = q.work_order_id"
				  " WHERE q.state = ?" VISIBLE;
	const struct scope s = scope_of(by, PARTS_REQUEST_VIEW);

	return db_int(by->db, sql, ARGS(ARG(state), SCOPE_ARGS(s)), out);
}

enum status
parts_request_find(const struct actor *by, int64_t id, struct parts_request *out)
{
	static const char sql[] = REQUESTS "WHERE q.id = ?" VISIBLE;
	const struct scope s = scope_of(by, PARTS_REQUEST_VIEW);

	return db_row(
	    by->db, by->arena, sql, ARGS(ARG(id), SCOPE_ARGS(s)), &parts_request_shape, out);
}

enum status
parts_request_lines(const struct actor *by, int64_t id, struct rows *out)
{
	static const char sql[] = LINES "WHERE l.parts_request_id = ? ORDER BY l.part_id";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(id)), &parts_request_line_shape, out);
}

enum status
parts_request_of_work_order(
    const struct actor *by, int64_t work_order_id, struct rows *requests, struct rows *lines)
{
	static const char of_requests[] =
	    REQUESTS "WHERE q.work_order_id = ?" VISIBLE " ORDER BY q.id";
	static const char of_lines[] =
	    LINES "JOIN parts_request q ON q.id = l.parts_request_id WHERE q.work_order_id = ?"
		  " ORDER BY l.parts_request_id, l.part_id";
	const struct scope s = scope_of(by, PARTS_REQUEST_VIEW);
	enum status e;

	*lines = (struct rows){ .shape = &parts_request_line_shape };
	e = db_rows(by->db, by->arena, of_requests, ARGS(ARG(work_order_id), SCOPE_ARGS(s)),
	    &parts_request_shape, requests);
	if (e || requests->count == 0)
		return e;
	return db_rows(by->db, by->arena, of_lines, ARGS(ARG(work_order_id)),
	    &parts_request_line_shape, lines);
}

static const struct field choice_fields[] = {
	FIELD(struct part_choice, id),
	FIELD(struct part_choice, number),
	FIELD(struct part_choice, name),
	FIELD(struct part_choice, unit),
	FIELD(struct part_choice, place),
	FIELD(struct part_choice, on_hand),
	FIELD(struct part_choice, available),
	FIELD(struct part_choice, average_cost),
};

const struct shape part_choice_shape = SHAPE(struct part_choice, choice_fields);

#define CHOICES \
	"SELECT p.id, p.number, p.name, p.unit, p.place, p.on_hand," \
	" p.on_hand - p.reserved AS available, p.average_cost FROM part p "

/* What this machine used last; for a machine that used nothing, the first of the list. */
static enum status
usual_parts(const struct actor *by, int64_t machine_id, int most, struct rows *out)
{
	static const char used[] =
	    CHOICES "JOIN (SELECT l.part_id, MAX(l.id) AS last FROM work_order w"
		    " JOIN parts_request q ON q.work_order_id = w.id"
		    " JOIN parts_request_line l ON l.parts_request_id = q.id"
		    " WHERE w.machine_id = ? GROUP BY l.part_id) k ON k.part_id = p.id"
		    " WHERE p.archived_at IS NULL ORDER BY k.last DESC LIMIT ?";
	static const char first[] =
	    CHOICES "WHERE p.archived_at IS NULL ORDER BY p.name, p.id LIMIT ?";
	enum status e = db_rows(
	    by->db, by->arena, used, ARGS(ARG(machine_id), ARG(most)), &part_choice_shape, out);

	if (e || out->count > 0)
		return e;
	return db_rows(by->db, by->arena, first, ARGS(ARG(most)), &part_choice_shape, out);
}

/* "seal kit 40" as +seal* +kit* +40*: the words of a full-text search, without its operators. */
static const char *
boolean_words(struct arena *a, const char *search)
{
	char *out = arena_alloc(a, strlen(search) * 3 + 4, 1), *to = out;
	bool in_word = false;

	for (const unsigned char *c = (const unsigned char *)search; *c != '\0'; c++) {
		bool word = *c >= 0x80 || (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
			    (*c >= 'a' && *c <= 'z') || *c == '_';

		if (word && !in_word)
			*to++ = '+';
		if (!word && in_word) {
			*to++ = '*';
			*to++ = ' ';
		}
		if (word)
			*to++ = (char)*c;
		in_word = word;
	}
	if (in_word)
		*to++ = '*';
	*to = '\0';
	return out;
}

enum status
part_choices(
    const struct actor *by, const char *search, int64_t machine_id, int most, struct rows *out)
{
	static const char sql[] = CHOICES
	    "WHERE p.archived_at IS NULL AND (p.number LIKE ? OR p.id IN (SELECT f.id FROM part f"
	    " WHERE MATCH (f.number, f.name, f.group_name) AGAINST (? IN BOOLEAN MODE)))"
	    " ORDER BY p.name, p.id LIMIT ?";
	const char *prefix;
	struct part part;

	if (text_empty(search))
		return usual_parts(by, machine_id, most, out);
	/* Scanned in the store: exactly that one. */
	if (code_in(by->arena, search) != NULL && part_find_by_number(by, search, &part) == OK)
		search = part.number;
	prefix = arena_print(by->arena, "%s%%", text_like(by->arena, search));
	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(prefix), ARG(boolean_words(by->arena, search)), ARG(most)), &part_choice_shape,
	    out);
}
