/* past_movement.c: stock movements as files have them; see past.h. */
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/past.h"
#include "model/stock.h"

static const struct field fields[] = {
	FIELD(struct past_movement, id),
	FIELD(struct past_movement, part_id),
	FIELD(struct past_movement, part_number),
	FIELD(struct past_movement, at),
	FIELD_WORD(struct past_movement, kind, &movement_words),
	FIELD(struct past_movement, quantity),
	FIELD(struct past_movement, unit_cost),
	FIELD(struct past_movement, work_order_number),
	FIELD(struct past_movement, note),
	FIELD(struct past_movement, part_name),
	FIELD(struct past_movement, on_hand_after),
	FIELD(struct past_movement, user_name),
};

const struct shape past_movement_shape = SHAPE(struct past_movement, fields);

enum status
past_movements(const struct actor *by, const struct past_filter *f,
    const struct past_movement *last, int most, struct rows *out)
{
	static const char columns[] =
	    "SELECT STRAIGHT_JOIN v.id, v.part_id, p.number AS part_number, v.at, v.kind,"
	    " v.quantity, v.unit_cost, w.number AS work_order_number, v.note, p.name AS part_name,"
	    " v.on_hand_after, u.name AS user_name FROM (SELECT x.id, x.at FROM movement x";
	static const char joins[] =
	    ") k JOIN movement v ON v.id = k.id JOIN part p ON p.id = v.part_id"
	    " LEFT JOIN work_order w ON w.id = v.work_order_id"
	    " LEFT JOIN user u ON u.id = v.user_id";
	const char *way = f->oldest_first ? "" : " DESC";
	struct query *q = NEW(by->arena, struct query);

	q->sql.arena = by->arena;
	buf_print(&q->sql, "%s FORCE INDEX (%s) WHERE 1 = 1", columns,
	    f->of != 0 ? "movement_part_at" : "movement_at");
	if (f->of != 0)
		query_put(q, " AND x.part_id = ?", ARG(f->of));
	if (f->from.known)
		query_put(q, " AND x.at >= ?", ARG(f->from));
	if (f->to.known)
		query_put(q, " AND x.at < ?", ARG(f->to));
	if (last != NULL)
		query_behind(q, "x.at", f->oldest_first, last->at, last->id);
	buf_print(&q->sql, " ORDER BY x.at%s, x.id%s", way, way);
	query_put(q, " LIMIT ?", ARG(most));
	buf_print(&q->sql, "%s ORDER BY k.at%s, k.id%s", joins, way, way);
	return db_rows(by->db, by->arena, q->sql.text, query_args(q), &past_movement_shape, out);
}
