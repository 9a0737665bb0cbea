/*
 * import_reading.c: what meters showed, of each in the order of its time.
 *
 * A reading stands between what is there before and behind it, as one that a person enters; meters
 * are followed in memory, so that the trial finds what the real thing will find.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_reading.h"
#include "model/meter.h"
#include "view/locale.h"

enum { LOOKED = 100, YEARS = 30000 /* days before 1970 that no reading is older than */ };

#define OF_METER "FROM meter_reading WHERE meter_id = ? AND replaced_by IS NULL AND "

static uint64_t
name_hash(struct arena *a, int64_t machine_id, const char *name)
{
	return ref_hash(a, arena_print(a, "%lld %s", (long long)machine_id, name));
}

static const struct field meter_fields[] = {
	FIELD(struct counted, id),
	FIELD(struct counted, machine_id),
	FIELD(struct counted, name),
	FIELD(struct counted, unit),
	FIELD(struct counted, counter),
	FIELD(struct counted, run_hours),
	FIELD(struct counted, rollover),
};

static const struct shape meter_shape_counted = SHAPE(struct counted, meter_fields);

static enum status
learn(struct load *l)
{
	static const char sql[] = "SELECT id, machine_id, name, unit, kind = 'COUNTER' AS counter,"
				  " run_hours, rollover FROM meter WHERE archived_at IS NULL";
	struct meters *all;
	struct rows rows;
	enum status e = past_learn(l);

	if (e || l->own != NULL)
		return e;
	l->own = all = NEW(l->forever, struct meters);
	all->names.arena = all->times.arena = l->forever;
	e = db_rows(l->by.db, l->forever, sql, NO_ARGS, &meter_shape_counted, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		struct counted *m = row_at(&rows, i);
		const uint64_t hash = name_hash(l->batch, m->machine_id, m->name);

		m->several = hashes_find(&all->names, hash) != 0;
		hashes_put(&all->names, hash, (int64_t)(intptr_t)m);
	}
	return e;
}

/* One that the row says enough of; NULL: it may not be added. */
static struct counted *
new_meter(struct load *l, struct row *row, int64_t machine_id, const struct past_reading *s)
{
	struct counted *m;

	if (!l->im.make_missing || permission_reach(l->by.role, METER_EDIT) != REACH_ALL) {
		load_wrong(row, "meter", s->meter, "There is none of this name.", NULL, NULL);
		return NULL;
	}
	m = NEW(l->forever, struct counted);
	*m = (struct counted){ .machine_id = machine_id,
		.name = arena_text(l->forever, s->meter, strlen(s->meter)),
		.unit = s->unit != NULL ? arena_text(l->forever, s->unit, strlen(s->unit)) : "",
		.counter = strcmp(s->kind, "COUNTER") == 0,
		.run_hours = s->run_hours,
		.rollover = s->rollover,
		.looked = true };
	if (!m->counter && (m->run_hours || m->rollover.known))
		load_wrong(row, m->rollover.known ? "rollover" : "run_hours", "",
		    "Only a counter begins at 0 again.", NULL, NULL);
	return m;
}

static void
find_meter(struct load *l, struct row *row, struct shown *r)
{
	struct meters *all = l->own;
	const struct past_reading *s = &r->said;
	const int64_t machine_id = past_machine(l, row, s->machine_number);
	const uint64_t hash = name_hash(l->batch, machine_id, s->meter);
	struct counted *m = (struct counted *)(intptr_t)hashes_find(&all->names, hash);

	if (machine_id == 0)
		return;
	if (m == NULL) {
		m = new_meter(l, row, machine_id, s);
		if (m != NULL && row->verdict != V_WRONG)
			hashes_put(&all->names, hash, (int64_t)(intptr_t)m);
	} else if (m->several) {
		load_wrong(row, "meter", s->meter, "Several meters of this machine have this name.",
		    NULL, NULL);
		m = NULL;
	}
	r->meter = m;
}

/* By the meter as it is known here: one that is added gets its id on the way. */
static uint64_t
identity(struct load *l, const struct counted *m, struct instant at, struct decimal value)
{
	return past_identity(
	    l->batch, "", (const int64_t[]){ (int64_t)(intptr_t)m, at.us, value.units });
}

static void
read_row(struct load *l, struct row *row)
{
	struct shown *r = NEW(l->batch, struct shown);

	row->record = r;
	if (row->fault != NULL)
		return;
	l->target.defaults(&r->said);
	load_values(l, row, &r->said, true);
	row->title = r->said.meter;
	if (row->verdict == V_WRONG)
		return;
	find_meter(l, row, r);
	if (r->meter != NULL)
		r->identity = identity(l, r->meter, r->said.at, r->said.value);
}

/* ---- what is there ---- */

struct there {
	int64_t meter_id;
	struct instant at;
	struct decimal value;
};

static const struct field there_fields[] = {
	FIELD(struct there, meter_id),
	FIELD(struct there, at),
	FIELD(struct there, value),
};

static const struct shape there_shape = SHAPE(struct there, there_fields);

static const struct counted *
meter_of(const struct row *rows, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		const struct counted *m = ((const struct shown *)rows[i].record)->meter;

		if (m != NULL && m->id == id)
			return m;
	}
	return NULL;
}

static enum status
count_there(struct load *l, const struct row *rows, size_t count, struct hashes *there)
{
	struct buf sql = { .arena = l->batch };
	struct arg args[2 * LOOKED];
	struct rows found;
	enum status e;

	buf_text(&sql, "SELECT STRAIGHT_JOIN r.meter_id, r.at, r.value FROM (");
	for (size_t i = 0; i < LOOKED; i++) {
		const struct shown *r = i < count ? rows[i].record : NULL;
		const bool known = r != NULL && r->identity != 0;

		buf_text(&sql, i == 0 ? "SELECT ? AS meter_id, CAST(? AS DATETIME(6)) AS at"
				      : " UNION SELECT ?, ?");
		args[2 * i] = ARG(known ? r->meter->id : (int64_t)0);
		args[2 * i + 1] = ARG(known ? r->said.at : l->by.now);
	}
	buf_text(&sql, ") k JOIN meter_reading r FORCE INDEX (meter_reading_meter)"
		       " ON r.meter_id = k.meter_id AND r.replaced_by IS NULL AND r.at = k.at");
	e = db_rows(
	    l->by.db, l->batch, sql.text, (struct args){ args, COUNT(args) }, &there_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++) {
		const struct there *t = row_at(&found, i);
		const uint64_t key =
		    identity(l, meter_of(rows, count, t->meter_id), t->at, t->value);

		hashes_put(there, key, hashes_find(there, key) + 1);
	}
	return e;
}

/* ---- what it stands between ---- */

static void
push(struct counted *m, const struct meter_point *p)
{
	memmove(&m->points[1], &m->points[0], (METER_USUAL - 1) * sizeof(*m->points));
	m->points[0] = *p;
	m->count += m->count < METER_USUAL;
}

/* What is there up to that time, behind the rows so far; the time of its last. */
static enum status
look_before(struct load *l, struct counted *m, struct instant at)
{
	static const char last[] =
	    "SELECT at, value, carried " OF_METER "1 = 1 ORDER BY at DESC, id DESC LIMIT 1";
	static const char before[] = "SELECT at, value, carried " OF_METER
				     "at <= ? AND at > ? ORDER BY at DESC, id DESC LIMIT ?";
	const struct instant behind =
	    m->last.known ? m->last : (struct instant){ true, 0 - YEARS * DAY };
	struct meter_point p = { .at = { 0 } };
	struct rows rows;
	enum status e = OK;

	if (!m->looked) {
		e = db_row(l->by.db, l->batch, last, ARGS(ARG(m->id)), &meter_point_shape, &p);
		m->last_there = p.at;
		m->looked = e == OK || e == NOT_FOUND;
		e = e == NOT_FOUND ? OK : e;
	}
	if (e || !m->last_there.known || (m->last.known && m->last_there.us <= m->last.us))
		return e;
	e = db_rows(l->by.db, l->batch, before,
	    ARGS(ARG(m->id), ARG(at), ARG(behind), ARG((int64_t)METER_USUAL)), &meter_point_shape,
	    &rows);
	for (size_t i = rows.count; !e && i > 0; i--)
		push(m, row_at(&rows, i - 1));
	return e;
}

static enum status
look_behind(struct load *l, const struct counted *m, struct instant at, struct meter_point *p)
{
	static const char behind[] =
	    "SELECT at, value, carried " OF_METER "at > ? ORDER BY at, id LIMIT 1";
	enum status e;

	if (!m->last_there.known || m->last_there.us <= at.us)
		return OK;
	e = db_row(l->by.db, l->batch, behind, ARGS(ARG(m->id), ARG(at)), &meter_point_shape, p);
	return e == NOT_FOUND ? OK : e;
}

static enum status
fit(struct load *l, struct row *row, struct shown *r)
{
	struct counted *m = r->meter;
	const struct past_reading *s = &r->said;
	struct meter_around a = {
		.counter = m->counter, .run_hours = m->run_hours, .rollover = m->rollover
	};
	struct meter_point p = { s->at, s->value, { true, 0 } };
	enum meter_doubt doubt;
	enum status e;

	if (m->last.known && s->at.us < m->last.us) {
		load_wrong(row, "at", locale_input(l->locale, l->batch, s->at),
		    "The file has a later one of this meter before it: sort it by time.", NULL,
		    NULL);
		return OK;
	}
	e = look_before(l, m, s->at);
	if (!e)
		e = look_behind(l, m, s->at, &a.behind);
	if (e)
		return e;
	m->last = s->at;
	a.before = m->count > 0 ? m->points[0] : (struct meter_point){ .at = { 0 } };
	a.rate = meter_usual(m->points, m->count);
	doubt = meter_doubt_of(&a, &p, l->by.now, s->began_again, s->sure);
	if (doubt != METER_FINE) {
		load_wrong(row, doubt == METER_FUTURE ? "at" : "value", "", meter_doubt_text(doubt),
		    NULL, NULL);
		return OK;
	}
	if (a.counter && a.before.at.known && p.value.units < a.before.value.units)
		p.carried = meter_carried(&a);
	r->carried = p.carried;
	push(m, &p);
	return OK;
}

static enum status
judge_row(struct load *l, struct row *row, const struct hashes *there)
{
	struct meters *all = l->own;
	struct shown *r = row->record;
	int64_t nth;

	if (r->identity == 0)
		return OK;
	nth = hashes_find(&all->times, r->identity) + 1;
	hashes_put(&all->times, r->identity, nth);
	if (nth <= hashes_find(there, r->identity)) {
		row->verdict = V_SAME;
		row->wrongs = 0;
		return OK;
	}
	return row->verdict == V_WRONG ? OK : fit(l, row, r);
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = learn(l);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		read_row(l, &rows[i]);
	for (size_t from = 0; !e && from < count; from += LOOKED) {
		const size_t n = count - from < LOOKED ? count - from : LOOKED;
		struct hashes there = { .arena = l->batch };

		e = count_there(l, rows + from, n, &there);
		for (size_t i = 0; !e && i < n; i++)
			e = judge_row(l, &rows[from + i], &there);
	}
	return e;
}

const struct load_kind load_reading = { "meter_reading", judge, reading_write, NULL };
