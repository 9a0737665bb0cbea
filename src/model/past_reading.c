/* past_reading.c: what meters showed, as files have it; see past.h. */
#include "base/arena.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/meter.h"
#include "model/past.h"

static const struct field fields[] = {
	FIELD(struct past_reading, id),
	FIELD(struct past_reading, meter_id),
	FIELD(struct past_reading, machine_number),
	FIELD(struct past_reading, meter),
	FIELD(struct past_reading, at),
	FIELD(struct past_reading, value),
	FIELD(struct past_reading, began_again),
	FIELD(struct past_reading, sure),
	FIELD(struct past_reading, note),
	FIELD(struct past_reading, unit),
	FIELD_WORD(struct past_reading, kind, &meter_kind_words),
	FIELD(struct past_reading, run_hours),
	FIELD(struct past_reading, rollover),
	FIELD(struct past_reading, machine_name),
	FIELD(struct past_reading, user_name),
	FIELD_WORD(struct past_reading, source, &reading_source_words),
};

const struct shape past_reading_shape = SHAPE(struct past_reading, fields);

static void
put_range(struct query *q, const struct past_filter *f, const char *of, int64_t meter_id)
{
	buf_text(&q->sql, "(SELECT x.id, x.meter_id, x.at FROM meter_reading x FORCE INDEX"
			  " (meter_reading_meter) WHERE x.replaced_by IS NULL");
	query_put(q, of, ARG(meter_id));
	if (f->machine_id != 0)
		query_put(q, " AND x.meter_id IN (SELECT t.id FROM meter t WHERE t.machine_id = ?)",
		    ARG(f->machine_id));
	if (f->from.known)
		query_put(q, " AND x.at >= ?", ARG(f->from));
	if (f->to.known)
		query_put(q, " AND x.at < ?", ARG(f->to));
}

static void
one_meter(struct query *q, const struct past_filter *f, int64_t meter_id,
    const struct past_reading *last, int most)
{
	const char *way = f->oldest_first ? "" : " DESC";

	put_range(q, f, " AND x.meter_id = ?", meter_id);
	if (last != NULL)
		query_behind(q, "x.at", f->oldest_first, last->at, last->id);
	buf_print(&q->sql, " ORDER BY x.at%s, x.id%s", way, way);
	query_put(q, " LIMIT ?)", ARG(most));
}

/* In the order of the index, which is by meter and time. */
static void
next_meters(struct query *q, const struct past_filter *f, int64_t after, int most)
{
	const char *way = f->oldest_first ? "" : " DESC";

	put_range(q, f, " AND x.meter_id > ?", after);
	buf_print(&q->sql, " ORDER BY x.meter_id, x.at%s, x.id%s", way, way);
	query_put(q, " LIMIT ?)", ARG(most));
}

enum status
past_readings(const struct actor *by, const struct past_filter *f, const struct past_reading *last,
    int most, struct rows *out)
{
	static const char columns[] =
	    "SELECT STRAIGHT_JOIN r.id, r.meter_id, m.number AS machine_number, t.name AS meter,"
	    " r.at, r.value, r.carried > 0 AS began_again, 1 AS sure, r.note, t.unit, t.kind,"
	    " t.run_hours, t.rollover, m.name AS machine_name, u.name AS user_name, r.source"
	    " FROM (";
	static const char joins[] =
	    ") k JOIN meter_reading r ON r.id = k.id JOIN meter t ON t.id = r.meter_id"
	    " JOIN machine m ON m.id = t.machine_id LEFT JOIN user u ON u.id = r.user_id";
	const char *way = f->oldest_first ? "" : " DESC";
	struct query *q = NEW(by->arena, struct query);

	q->sql.arena = by->arena;
	buf_text(&q->sql, columns);
	if (f->of != 0 || last != NULL) {
		one_meter(q, f, f->of != 0 ? f->of : last->meter_id, last, most);
		buf_text(&q->sql, f->of == 0 ? " UNION ALL " : "");
	}
	if (f->of == 0)
		next_meters(q, f, last != NULL ? last->meter_id : 0, most);
	buf_print(&q->sql, "%s ORDER BY k.meter_id, k.at%s, k.id%s", joins, way, way);
	query_put(q, " LIMIT ?", ARG(most));
	return db_rows(by->db, by->arena, q->sql.text, query_args(q), &past_reading_shape, out);
}
