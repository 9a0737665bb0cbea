/* machine_tree.c: see machine_tree.h. */
#include "model/machine_tree.h"
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct tree_machine, id),
	FIELD(struct tree_machine, parent_id),
	FIELD(struct tree_machine, department_id),
	FIELD(struct tree_machine, number),
	FIELD(struct tree_machine, name),
	FIELD_WORD(struct tree_machine, status, &machine_status_words),
	FIELD(struct tree_machine, series),
	FIELD(struct tree_machine, archived),
	FIELD(struct tree_machine, depth),
	FIELD(struct tree_machine, stop_cost),
	FIELD(struct tree_machine, replacement_value),
	FIELD(struct tree_machine, shift_calendar_id),
	FIELD(struct tree_machine, shifts),
	FIELD(struct tree_machine, meter_id),
};

const struct shape tree_machine_shape = SHAPE(struct tree_machine, fields);

/* By parent_id: right whatever the column `tree` holds, and one index range a machine. */
enum status
machine_tree(const struct actor *by, int64_t id, struct rows *out)
{
	static const char sql[] =
	    "WITH RECURSIVE below (id, depth) AS (SELECT id, 0 FROM machine WHERE id = ?"
	    " UNION ALL SELECT c.id, b.depth + 1 FROM below b"
	    " STRAIGHT_JOIN machine c ON c.parent_id = b.id WHERE b.depth < 16)"
	    " SELECT STRAIGHT_JOIN m.id, m.parent_id, m.department_id, m.number, m.name, m.status,"
	    " m.stop_rule = 'SERIES' AS series, m.archived_at IS NOT NULL AS archived, b.depth,"
	    " m.stop_cost, m.replacement_value, m.shift_calendar_id, c.shifts,"
	    " (SELECT MIN(id) FROM meter t WHERE t.machine_id = m.id AND t.archived_at IS NULL"
	    " AND t.run_hours) AS meter_id"
	    " FROM below b JOIN machine m ON m.id = b.id"
	    " LEFT JOIN shift_calendar c ON c.id = m.shift_calendar_id"
	    " ORDER BY b.depth, m.name, m.id LIMIT ?";
	enum status e = db_rows(by->db, by->arena, sql, ARGS(ARG(id), ARG((int64_t)MACHINES_MOST)),
	    &tree_machine_shape, out);

	return e == OK && out->count == 0 ? NOT_FOUND : e;
}

struct id_list
tree_ids(struct arena *arena, const struct rows *tree)
{
	struct id_list list = { NEW_ARRAY(arena, int64_t, tree->count + 1), tree->count };

	for (size_t i = 0; i < tree->count; i++)
		list.at[i] = ((const struct tree_machine *)row_at(tree, i))->id;
	return list;
}

static bool
has(const struct id_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i] == id)
			return true;
	return false;
}

/* Rows come from above to below, so that a parent is decided before its children. */
struct id_list
tree_series(struct arena *arena, const struct rows *tree)
{
	struct id_list list = { NEW_ARRAY(arena, int64_t, tree->count + 1), 0 };

	for (size_t i = 0; i < tree->count; i++) {
		const struct tree_machine *m = row_at(tree, i);

		if (i == 0 || (m->series && m->parent_id.known && has(&list, m->parent_id.n)))
			list.at[list.count++] = m->id;
	}
	return list;
}

size_t
id_room(const struct id_list *list)
{
	size_t n = 1;

	while (n < list->count)
		n *= 2;
	return n;
}

const char *
id_marks(struct arena *arena, const struct id_list *list)
{
	struct buf b = { .arena = arena };
	size_t n = id_room(list);

	for (size_t i = 0; i < n; i++)
		buf_text(&b, i == 0 ? "?" : ",?");
	return b.text;
}

void
id_args(struct query *q, const struct id_list *list)
{
	const size_t n = id_room(list);

	for (size_t i = 0; i < n; i++)
		query_arg(
		    q, ARG(list->count == 0 ? (int64_t)0
					    : list->at[i < list->count ? i : list->count - 1]));
}
