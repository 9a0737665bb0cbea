/* meter_reading.c: what meters showed; see meter.h. */
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/machine_tree.h"
#include "model/meter.h"

static const struct word sources[] = {
	{ "PERSON", "Read by a person" },
	{ "IMPORT", "Imported" },
	{ "SENSOR", "Sensor" },
};

const struct words reading_source_words = WORDS(sources);

static const struct field fields[] = {
	FIELD(struct reading, id),
	FIELD(struct reading, meter_id),
	FIELD(struct reading, at),
	FIELD(struct reading, value),
	FIELD(struct reading, carried),
	FIELD(struct reading, user_name),
	FIELD_WORD(struct reading, source, &reading_source_words),
	FIELD(struct reading, note),
	FIELD(struct reading, corrects_id),
	FIELD(struct reading, corrected_value),
	FIELD(struct reading, reason),
};

const struct shape reading_shape = SHAPE(struct reading, fields);

static const struct field point_fields[] = {
	FIELD(struct meter_point, at),
	FIELD(struct meter_point, value),
	FIELD(struct meter_point, carried),
};

const struct shape meter_point_shape = SHAPE(struct meter_point, point_fields);

/* What an event tells. */
struct told {
	const char *meter;
	struct instant at;
	struct decimal value;
	const char *note;
};

static const struct field told_fields[] = {
	FIELD(struct told, meter),
	FIELD(struct told, at),
	FIELD(struct told, value),
	FIELD(struct told, note),
};

static const struct shape told_shape = SHAPE(struct told, told_fields);

#define COLUMNS \
	"SELECT STRAIGHT_JOIN r.id, r.meter_id, r.at, r.value, r.carried, u.name AS user_name," \
	" r.source, r.note, r.corrects_id, c.value AS corrected_value, r.reason" \
	" FROM meter_reading r LEFT JOIN user u ON u.id = r.user_id" \
	" LEFT JOIN meter_reading c ON c.id = r.corrects_id WHERE "

enum status
reading_list(const struct actor *by, int64_t meter_id, struct instant after_at, int64_t after_id,
    int most, struct rows *out)
{
	static const char first[] = COLUMNS "r.meter_id = ? AND r.replaced_by IS NULL"
					    " ORDER BY r.at DESC, r.id DESC LIMIT ?";
	static const char next[] = COLUMNS "r.meter_id = ? AND r.replaced_by IS NULL AND r.at <= ?"
					   " AND (r.at < ? OR r.id < ?)"
					   " ORDER BY r.at DESC, r.id DESC LIMIT ?";

	if (after_id == 0)
		return db_rows(
		    by->db, by->arena, first, ARGS(ARG(meter_id), ARG(most)), &reading_shape, out);
	return db_rows(by->db, by->arena, next,
	    ARGS(ARG(meter_id), ARG(after_at), ARG(after_at), ARG(after_id), ARG(most)),
	    &reading_shape, out);
}

enum status
reading_find(const struct actor *by, int64_t id, struct reading *out)
{
	return db_row(by->db, by->arena, COLUMNS "r.id = ? AND r.replaced_by IS NULL",
	    ARGS(ARG(id)), &reading_shape, out);
}

#define OF_METER "FROM meter_reading WHERE meter_id = ? AND replaced_by IS NULL AND "

/* What a counter carried is added to all that follows: the answer's carried is 0. */
enum status
reading_points(const struct actor *by, int64_t meter_id, struct instant from, struct instant to,
    int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT at, CAST(value AS DECIMAL(14,4)) AS value,"
	    " CAST(0 AS DECIMAL(14,4)) AS carried FROM"
	    " (SELECT at, id, value,"
	    " ROW_NUMBER() OVER (PARTITION BY span ORDER BY at, id) AS early,"
	    " ROW_NUMBER() OVER (PARTITION BY span ORDER BY at DESC, id DESC) AS late,"
	    " ROW_NUMBER() OVER (PARTITION BY span ORDER BY value, id) AS low,"
	    " ROW_NUMBER() OVER (PARTITION BY span ORDER BY value DESC, id) AS high FROM"
	    " (SELECT at, id, value + SUM(carried) OVER (ORDER BY at, id) AS value,"
	    " FLOOR(TIMESTAMPDIFF(SECOND, ?, at) / ?) AS span FROM"
	    " ((SELECT at, id, value, carried " OF_METER "at < ? ORDER BY at DESC, id DESC LIMIT 1)"
	    " UNION ALL (SELECT at, id, value, carried " OF_METER "at >= ? AND at < ?)"
	    " UNION ALL (SELECT at, id, value, carried " OF_METER "at >= ? ORDER BY at, id LIMIT 1)"
	    ") k) n) s WHERE early = 1 OR late = 1 OR low = 1 OR high = 1 ORDER BY at, id";
	int64_t span = (to.us - from.us) / SECOND / (most > 0 ? most : 1);

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(from), ARG(span > 0 ? span : (int64_t)1), ARG(meter_id), ARG(from),
		ARG(meter_id), ARG(from), ARG(to), ARG(meter_id), ARG(to)),
	    &meter_point_shape, out);
}

static const struct field metered_fields[] = {
	FIELD(struct metered, meter_id),
	FIELD(struct metered, at),
	FIELD(struct metered, value),
};

static const struct shape metered_shape = SHAPE(struct metered, metered_fields);

#define COUNTED "r.meter_id, r.at, r.id, r.value, r.carried FROM "

enum status
reading_days(const struct actor *by, const struct id_list *meters, struct instant from,
    struct instant to, struct rows *out)
{
	static const char sql[] =
	    "SELECT meter_id, at, CAST(value AS DECIMAL(14,4)) AS value FROM (SELECT meter_id, at,"
	    " id, value + SUM(carried) OVER (PARTITION BY meter_id ORDER BY at, id) AS value,"
	    " ROW_NUMBER() OVER (PARTITION BY meter_id, DATE(at) ORDER BY at DESC, id DESC) AS late"
	    " FROM (SELECT " COUNTED "meter_reading r WHERE r.meter_id IN (%s)"
	    " AND r.replaced_by IS NULL AND r.at >= ? AND r.at < ?"
	    " UNION ALL SELECT STRAIGHT_JOIN " COUNTED "meter t JOIN meter_reading r ON r.id ="
	    " (SELECT b.id FROM meter_reading b WHERE b.meter_id = t.id AND b.replaced_by IS NULL"
	    " AND b.at < ? ORDER BY b.at DESC, b.id DESC LIMIT 1) WHERE t.id IN (%s)"
	    " UNION ALL SELECT STRAIGHT_JOIN " COUNTED "meter t JOIN meter_reading r ON r.id ="
	    " (SELECT b.id FROM meter_reading b WHERE b.meter_id = t.id AND b.replaced_by IS NULL"
	    " AND b.at >= ? ORDER BY b.at, b.id LIMIT 1) WHERE t.id IN (%s)) k) s"
	    " WHERE late = 1 ORDER BY meter_id, at, id";
	const char *marks = id_marks(by->arena, meters);
	struct query q = { .sql = { .arena = by->arena } };

	buf_print(&q.sql, sql, marks, marks, marks);
	id_args(&q, meters);
	query_arg(&q, ARG(from));
	query_arg(&q, ARG(to));
	query_arg(&q, ARG(from));
	id_args(&q, meters);
	query_arg(&q, ARG(to));
	id_args(&q, meters);
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &metered_shape, out);
}

/* Without the reading `but`, which is being corrected. */
static enum status
look_around(const struct actor *by, const struct meter *m, struct instant at, int64_t but,
    struct meter_around *a)
{
	static const char before[] = "SELECT at, value, carried " OF_METER
				     "at <= ? AND id <> ? ORDER BY at DESC, id DESC LIMIT ?";
	static const char behind[] =
	    "SELECT at, value, carried " OF_METER "at > ? AND id <> ? ORDER BY at, id LIMIT 1";
	struct rows rows;
	enum status e;

	*a = (struct meter_around){ .counter = text_same(m->kind, "COUNTER"),
		.run_hours = m->run_hours,
		.rollover = m->rollover };
	e = db_rows(by->db, by->arena, before,
	    ARGS(ARG(m->id), ARG(at), ARG(but), ARG((int64_t)METER_USUAL)), &meter_point_shape,
	    &rows);
	if (e)
		return e;
	if (rows.count > 0)
		a->before = *(const struct meter_point *)row_at(&rows, 0);
	a->rate = meter_usual(rows.at, rows.count);
	e = db_row(by->db, by->arena, behind, ARGS(ARG(m->id), ARG(at), ARG(but)),
	    &meter_point_shape, &a->behind);
	return e == NOT_FOUND ? OK : e;
}

/* One after the other, so that each looks at what the other left. */
static enum status
hold(const struct actor *by, const struct meter *m)
{
	int64_t id;

	return db_int(
	    by->db, "SELECT id FROM meter WHERE id = ? FOR UPDATE", ARGS(ARG(m->id)), &id);
}

static enum status
insert(const struct actor *by, const struct meter *m, const struct reading_entry *r, int64_t but,
    const char *reason, int64_t *id, enum meter_doubt *doubt)
{
	static const char sql[] =
	    "INSERT INTO meter_reading (meter_id, at, value, carried, user_id, note, corrects_id,"
	    " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	struct meter_point p = { r->at, r->value, decimal(0) };
	struct meter_around a;
	enum status e = look_around(by, m, r->at, but, &a);

	if (e)
		return e;
	*doubt = meter_doubt_of(&a, &p, by->now, r->began_again, r->sure);
	if (*doubt != METER_FINE)
		return INVALID;
	if (a.counter && a.before.at.known && p.value.units < a.before.value.units)
		p.carried = meter_carried(&a);
	return db_insert(by->db, sql,
	    ARGS(ARG(m->id), ARG(p.at), ARG(p.value), ARG(p.carried), arg_ref(by->user_id),
		ARG(r->note != NULL ? r->note : ""), arg_ref(but), ARG(reason)),
	    id);
}

static enum status
say(const struct actor *by, const struct meter *m, int64_t id, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "meter_reading",
				   .record_id = id,
				   .title = m->name,
				   .machine_id = m->machine_id,
				   .department_id = m->department_id,
				   .changes = changes });
}

enum status
reading_add(const struct actor *by, const struct meter *m, const struct reading_entry *r,
    int64_t *id, enum meter_doubt *doubt)
{
	const struct told told = { m->name, r->at, r->value, r->note };
	enum status e = hold(by, m);

	if (!e)
		e = insert(by, m, r, 0, NULL, id, doubt);
	return e ? e : say(by, m, *id, "meter.read", event_changes(by, &told_shape, NULL, &told));
}

enum status
reading_correct(const struct actor *by, const struct meter *m, int64_t id,
    const struct reading_entry *r, const char *reason, enum meter_doubt *doubt)
{
	static const char sql[] = "UPDATE meter_reading SET replaced_by = ?, reason ="
				  " COALESCE(reason, ?) WHERE id = ? AND replaced_by IS NULL";
	struct reading was;
	struct told before, after = { m->name, r->at, r->value, r->note };
	const char *changes;
	int64_t in_place = id;
	enum status e = hold(by, m);

	if (!e)
		e = reading_find(by, id, &was);
	if (e)
		return e == NOT_FOUND ? CONFLICT : e;
	if (was.meter_id != m->id)
		return NOT_FOUND;
	if (r->value.known)
		e = insert(by, m, r, id, reason, &in_place, doubt);
	if (!e)
		e = db_change_one(
		    by->db, sql, ARGS(ARG(in_place), ARG(r->value.known ? NULL : reason), ARG(id)));
	if (e)
		return e;
	before = (struct told){ m->name, was.at, was.value, was.note };
	if (!r->value.known)
		after = (struct told){ .meter = m->name };
	changes = event_changes(by, &told_shape, &before, &after);
	return say(by, m, in_place, "meter.corrected",
	    event_with(by, changes, "reason", reason != NULL ? reason : ""));
}
