/* location_map.c: see location_map.h. */
#include "model/location_map.h"
#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/location.h"
#include "model/register.h"
#include "rule/work_order.h"

static const struct field fields[] = {
	FIELD(struct spot, is_machine),
	FIELD(struct spot, id),
	FIELD(struct spot, number),
	FIELD(struct spot, name),
	FIELD_WORD(struct spot, status, &machine_status_words),
	FIELD(struct spot, here),
	FIELD(struct spot, x),
	FIELD(struct spot, y),
};

const struct shape spot_shape = SHAPE(struct spot, fields);

static const struct field branch_fields[] = {
	FIELD(struct branch, id),
	FIELD(struct branch, number),
	FIELD(struct branch, name),
	FIELD_WORD(struct branch, kind, &location_kind_words),
	FIELD(struct branch, parent_id),
	FIELD(struct branch, down),
};

const struct shape branch_shape = SHAPE(struct branch, branch_fields);

/* The inner queries end at the limit before anything is sorted: a site may have a million machines.
 */
enum status
location_spots(const struct actor *by, const struct location *l, struct rows *out)
{
	static const char sql[] =
	    "SELECT s.is_machine, s.id, s.number, s.name, s.status, s.here, p.x, p.y FROM ("
	    "(SELECT FALSE AS is_machine, c.id, c.number, c.name, IF(EXISTS (SELECT 1"
	    " FROM machine d JOIN location b ON b.id = d.location_id WHERE d.status = 'DOWN'"
	    " AND d.archived_at IS NULL AND b.tree LIKE CONCAT(c.tree, '%')),"
	    " 'DOWN', 'OPERATIONAL') AS status, TRUE AS here FROM location c"
	    " WHERE c.parent_id = ? AND c.archived_at IS NULL ORDER BY c.name, c.id LIMIT ?)"
	    " UNION ALL"
	    " (SELECT TRUE, m.id, m.number, m.name, m.status, m.location_id = ?"
	    " FROM location b STRAIGHT_JOIN machine m ON m.location_id = b.id"
	    " WHERE b.tree LIKE ? AND m.archived_at IS NULL LIMIT ?)) s"
	    " LEFT JOIN location_spot p ON p.location_id = ? AND p.is_machine = s.is_machine"
	    " AND p.record_id = s.id ORDER BY s.is_machine, s.status <> 'DOWN', s.name, s.id";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(l->id), ARG((int)MAP_MOST + 1), ARG(l->id),
		ARG(arena_print(by->arena, "%s%%", l->tree)), ARG((int)MAP_MOST + 1), ARG(l->id)),
	    &spot_shape, out);
}

enum status
location_pictures(const struct actor *by, int64_t id, struct rows *out)
{
	static const char sql[] =
	    "SELECT t.id, t.name FROM attachment t JOIN file f ON f.id = t.file_id"
	    " WHERE t.kind = 'location' AND t.record_id = ? AND t.removed_at IS NULL"
	    " AND f.type LIKE 'image/%' ORDER BY t.id DESC LIMIT 50";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(id)), &option_shape, out);
}

static bool
among(const struct rows *spots, const struct spot_given *g)
{
	for (size_t i = 0; i < spots->count; i++) {
		const struct spot *s = row_at(spots, i);

		if (s->is_machine == g->is_machine && s->id == g->id)
			return true;
	}
	return false;
}

static enum status
place(const struct actor *by, int64_t id, const struct spot_given *g)
{
	static const char put[] =
	    "INSERT INTO location_spot (location_id, is_machine, record_id, x, y)"
	    " VALUES (?, ?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE x = VALUES(x), y = VALUES(y)";
	static const char take[] = "DELETE FROM location_spot"
				   " WHERE location_id = ? AND is_machine = ? AND record_id = ?";

	if (!g->x.known || !g->y.known)
		return db_change(by->db, take, ARGS(ARG(id), ARG(g->is_machine), ARG(g->id)), NULL);
	return db_change(
	    by->db, put, ARGS(ARG(id), ARG(g->is_machine), ARG(g->id), ARG(g->x), ARG(g->y)), NULL);
}

static enum status
check_plan(const struct actor *by, int64_t id, int64_t plan_id)
{
	struct rows pictures;
	enum status e;

	if (plan_id == 0)
		return OK;
	e = location_pictures(by, id, &pictures);
	for (size_t i = 0; !e && i < pictures.count; i++)
		if (((const struct option *)row_at(&pictures, i))->id == plan_id)
			return OK;
	return e ? e : INVALID;
}

enum status
location_map(const struct actor *by, const struct location *l, int64_t plan_id,
    const struct spot_given *given, size_t count)
{
	static const char plan[] =
	    "UPDATE location SET plan_id = ?, version = version + 1 WHERE id = ?";
	int64_t placed = 0;
	struct rows spots;
	enum status e = location_spots(by, l, &spots);

	if (!e)
		e = check_plan(by, l->id, plan_id);
	for (size_t i = 0; !e && i < count; i++) {
		e = among(&spots, &given[i]) ? place(by, l->id, &given[i]) : INVALID;
		placed += given[i].x.known && given[i].y.known;
	}
	if (!e)
		e = db_change_one(by->db, plan, ARGS(arg_ref(plan_id), ARG(l->id)));
	if (e)
		return e;
	return event_write(by, &(struct event){ .act = "location.mapped",
				   .kind = "location",
				   .record_id = l->id,
				   .title = l->number,
				   .changes = event_with(by, NULL, "placed",
				       arena_print(by->arena, "%d", (int)placed)) });
}

#define BRANCH \
	"SELECT l.id, l.number, l.name, l.kind, l.parent_id, (SELECT COUNT(*) FROM machine d" \
	" WHERE d.location_id = l.id AND d.status = 'DOWN' AND d.archived_at IS NULL) AS down" \
	" FROM location l "

enum status
location_below(const struct actor *by, int64_t top, const char *tree, int most, struct rows *out)
{
	static const char sql[] =
	    BRANCH "JOIN (SELECT id FROM location WHERE tree LIKE ? AND id <> ?"
		   " AND archived_at IS NULL LIMIT ?) some ON some.id = l.id ORDER BY l.path, l.id";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(arena_print(by->arena, "%s%%", tree)), ARG(top), ARG(most + 1)), &branch_shape,
	    out);
}

enum status
location_inside(const struct actor *by, int64_t top, int64_t after, int most, struct rows *out)
{
	static const char sql[] =
	    BRANCH "WHERE l.parent_id <=> ? AND l.archived_at IS NULL"
		   " AND (? = 0 OR (l.name, l.id) > (SELECT name, id FROM location WHERE id = ?))"
		   " ORDER BY l.name, l.id LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(arg_ref(top), ARG(after), ARG(after), ARG(most)), &branch_shape, out);
}
