/* machine_glance.c: see machine_glance.h. */
#include "model/machine_glance.h"
#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct glance, section),
	FIELD(struct glance, id),
	FIELD(struct glance, number),
	FIELD(struct glance, name),
	FIELD(struct glance, word),
	FIELD(struct glance, unit),
	FIELD(struct glance, place),
	FIELD(struct glance, quantity),
	FIELD(struct glance, available),
	FIELD(struct glance, at),
	FIELD(struct glance, flag),
	FIELD(struct glance, count),
};

const struct shape glance_shape = SHAPE(struct glance, fields);

/* The first branch names the columns and gives them their types. */
static const char sql[] =
    "SELECT section, id, number, name, word, unit, place, quantity, available, at, flag, count"
    " FROM (SELECT 0 AS section, 0 AS id, '' AS number, '' AS name, '' AS word, '' AS unit,"
    " '' AS place, CAST(NULL AS DECIMAL(14,4)) AS quantity,"
    " CAST(NULL AS DECIMAL(14,4)) AS available, CAST(MIN(started_at) AS DATETIME(6)) AS at,"
    " 0 AS flag, 0 AS count FROM stop FORCE INDEX (stop_machine_ended)"
    " WHERE machine_id = ? AND ended_at IS NULL"
    " UNION ALL SELECT 1, l.id, l.number, l.path, '', '', '', NULL, NULL, NULL, 0, 0"
    " FROM machine m JOIN location l ON l.id = m.location_id WHERE m.id = ?"
    " UNION ALL (SELECT 2, t.id, '', t.name, '', '', '', NULL, NULL, NULL, 0, 0"
    " FROM attachment t JOIN file f ON f.id = t.file_id WHERE t.kind = 'machine'"
    " AND t.record_id = ? AND t.removed_at IS NULL AND t.replaced_at IS NULL"
    " AND t.category = 'PHOTO' AND f.picture IN ('MADE','WANTED') ORDER BY t.id LIMIT 1)"
    " UNION ALL (SELECT STRAIGHT_JOIN 3, t.id, '', COALESCE(NULLIF(t.title, ''), t.name), '', '',"
    " '', NULL, NULL, NULL, 0, 0 FROM machine m JOIN attachment t ON t.kind = 'machine_model'"
    " AND t.record_id = m.machine_model_id WHERE m.id = ? AND t.removed_at IS NULL"
    " AND t.replaced_at IS NULL ORDER BY t.category <> 'MANUAL', t.id LIMIT ?)"
    " UNION ALL (SELECT STRAIGHT_JOIN 4, p.id, p.number, p.name, '', p.unit, p.place, k.quantity,"
    " p.on_hand - p.reserved, NULL, p.below_minimum, 0 FROM"
    " (SELECT part_id, quantity FROM machine_part WHERE machine_id = ?"
    " UNION ALL SELECT STRAIGHT_JOIN b.part_id, b.quantity FROM machine m"
    " JOIN machine_model_part b ON b.machine_model_id = m.machine_model_id"
    " LEFT JOIN machine_part o ON o.machine_id = m.id AND o.part_id = b.part_id"
    " WHERE m.id = ? AND o.part_id IS NULL) k JOIN part p ON p.id = k.part_id"
    " ORDER BY p.number LIMIT ?)"
    " UNION ALL SELECT STRAIGHT_JOIN 5, t.id, '', t.name, t.kind, t.unit, '', r.value, NULL, r.at,"
    " t.run_hours, 0 FROM meter t LEFT JOIN meter_reading r ON r.id ="
    " (SELECT l.id FROM meter_reading l WHERE l.meter_id = t.id AND l.replaced_by IS NULL"
    " ORDER BY l.at DESC, l.id DESC LIMIT 1) WHERE t.machine_id = ? AND t.archived_at IS NULL"
    " UNION ALL (SELECT 6, c.id, c.number, c.name, c.status, '', '', NULL, NULL, NULL,"
    " c.stop_rule = 'SERIES', 0 FROM machine c WHERE c.parent_id = ? AND c.archived_at IS NULL"
    " ORDER BY c.name, c.id LIMIT ?)"
    " UNION ALL SELECT 7, 0, '', '', '', '', '',"
    " (SELECT COALESCE(SUM(w.labour_cost + w.parts_cost + w.other_cost), 0) FROM work_order w"
    " FORCE INDEX (work_order_machine) WHERE w.machine_id = ? AND w.reported_at >= ?), NULL, NULL,"
    " 0, (SELECT COUNT(*) FROM (WITH RECURSIVE k (id, depth) AS (SELECT id, 0 FROM machine"
    " WHERE id = ? UNION ALL SELECT c.id, k.depth + 1 FROM k STRAIGHT_JOIN machine c"
    " ON c.parent_id = k.id WHERE c.stop_rule = 'SERIES' AND k.depth < 16) SELECT id FROM k) y"
    " STRAIGHT_JOIN stop s FORCE INDEX (stop_machine) ON s.machine_id = y.id"
    " WHERE s.started_at >= ? AND s.planned = 0 AND s.failure = 1)"
    " UNION ALL SELECT 8, f.id, '', f.label, COALESCE(v.text, ''), '', '', v.number, NULL,"
    " CAST(v.day AS DATETIME(6)), f.archived_at IS NULL, f.position FROM custom_field f"
    " LEFT JOIN custom_value v ON v.record_id = ? AND v.custom_field_id = f.id"
    " WHERE f.kind = 'machine'"
    " UNION ALL SELECT 9, t.id, '', t.name, '', '', '', NULL, NULL, NULL, 0, 0 FROM tagging g"
    " JOIN tag t ON t.id = g.tag_id WHERE g.kind = 'machine' AND g.record_id = ?) g"
    " ORDER BY section, CASE WHEN section = 8 THEN LPAD(count, 9, '0')"
    " WHEN section IN (4, 6) THEN number ELSE name END, id";

enum status
machine_glance(const struct actor *by, int64_t id, struct instant year, struct rows *out)
{
	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(id), ARG(id), ARG(id), ARG(id), ARG((int64_t)GLANCE_FILES + 1), ARG(id),
		ARG(id), ARG((int64_t)GLANCE_PARTS + 1), ARG(id), ARG(id),
		ARG((int64_t)GLANCE_BELOWS + 1), ARG(id), ARG(year), ARG(id), ARG(year), ARG(id),
		ARG(id)),
	    &glance_shape, out);
}

struct rows
glance_of(const struct rows *all, enum glance_section section)
{
	struct rows of = { .shape = &glance_shape };

	for (size_t i = 0; i < all->count; i++) {
		if (((const struct glance *)row_at(all, i))->section != (int64_t)section)
			continue;
		if (of.count++ == 0)
			of.at = row_at(all, i);
	}
	return of;
}
