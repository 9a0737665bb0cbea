/* import_order.c: past work orders: closed ones, with the stop of their machine. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "model/event.h"
#include "model/many.h"
#include "rule/number.h"

enum { GROUP = 100, COLUMNS = 18, STOP_COLUMNS = 7 };

struct key {
	const char *source_key;
};

static const struct field key_fields[] = { FIELD(struct key, source_key) };
static const struct shape key_shape = SHAPE(struct key, key_fields);

/* What a row stands for, beside its record. */
struct order {
	struct import_order said; /* first: the form fills it */
	const char *source_key;
	int64_t machine_id, department_id, problem_id, cause_id, remedy_id;
	int64_t id;
	const char *number;
};

struct pair_of {
	int64_t id, other;
	const char *text;
};

static const struct field pair_fields[] = {
	FIELD(struct pair_of, id),
	FIELD(struct pair_of, other),
	FIELD(struct pair_of, text),
};

static const struct shape pair_shape = SHAPE(struct pair_of, pair_fields);

static enum status
learn_department(void *with, const void *record)
{
	const struct pair_of *p = record;

	hashes_put(with, (uint64_t)p->id, p->other);
	return OK;
}

static enum status
learn_code(void *with, const void *record)
{
	const struct pair_of *p = record;
	struct hashes *codes = with;
	struct arena *a = arena_new();

	hashes_put(codes, ref_hash(a, p->text), p->id);
	arena_free(a);
	return OK;
}

static enum status
learn(struct load *l)
{
	static const char machines[] = "SELECT id, number AS a, name AS b, '' AS c FROM machine";
	static const char departments[] =
	    "SELECT id, department_id AS other, '' AS text FROM machine";
	static const char codes[] = "SELECT id, 0 AS other, CONCAT(kind, ' ', code) AS text"
				    " FROM failure_code WHERE archived_at IS NULL";
	enum status e = OK;

	if (l->known)
		return OK;
	l->known = true;
	e = names_learn(l, &l->named, machines);
	if (!e)
		e = db_each(l->by.db, l->forever, departments, NO_ARGS, &pair_shape,
		    learn_department, &l->departments);
	if (!e)
		e = db_each(
		    l->by.db, l->forever, codes, NO_ARGS, &pair_shape, learn_code, &l->codes);
	return e;
}

static int64_t
code_of(struct load *l, struct row *row, const char *member, const char *kind, const char *code)
{
	int64_t id;

	if (text_empty(code))
		return 0;
	id = hashes_find(&l->codes, ref_hash(l->batch, arena_print(l->batch, "%s %s", kind, code)));
	if (id == 0)
		load_wrong(row, member, code, "There is none of this name.", NULL, NULL);
	return id;
}

static void
find_machine(struct load *l, struct row *row, struct order *o)
{
	const int64_t id = hashes_find(&l->named, ref_hash(l->batch, o->said.machine_number));

	if (id <= 0)
		load_wrong(row, "machine_number", o->said.machine_number,
		    id == 0 ? "There is none of this name."
			    : "Several have this name: give the number.",
		    NULL, NULL);
	o->machine_id = id;
	o->department_id = id > 0 ? hashes_find(&l->departments, (uint64_t)id) : 0;
}

/* The other program's number; else a digest of what the row says, which is the same next time. */
static const char *
key_of(struct load *l, const struct import_order *said)
{
	uint64_t hash;

	if (!text_empty(said->key))
		return arena_print(l->batch, "file:%s", said->key);
	hash = hash_text(0, said->machine_number);
	hash = hash_text(hash, said->description);
	hash = hash_text(hash, instant_iso(l->batch, said->reported_at));
	return arena_print(l->batch, "file-row:%016llx", (unsigned long long)hash);
}

static void
judge_row(struct load *l, struct row *row)
{
	struct order *o = NEW(l->batch, struct order);
	uint64_t hash;
	int64_t line;

	row->record = o;
	l->target.defaults(&o->said);
	if (row->fault != NULL)
		return;
	load_values(l, row, &o->said, true);
	row->title = text_cut(l->batch, o->said.description != NULL ? o->said.description : "", 80);
	if (row->verdict == V_WRONG)
		return;
	find_machine(l, row, o);
	o->problem_id = code_of(l, row, "problem_code", "PROBLEM", o->said.problem_code);
	o->cause_id = code_of(l, row, "cause_code", "CAUSE", o->said.cause_code);
	o->remedy_id = code_of(l, row, "remedy_code", "REMEDY", o->said.remedy_code);
	if (o->said.completed_at.us < o->said.reported_at.us)
		load_wrong(row, "completed_at", "", "It was completed before it was reported.",
		    NULL, NULL);
	o->source_key = key_of(l, &o->said);
	hash = ref_hash(l->batch, o->source_key);
	line = hashes_find(&l->seen, hash);
	if (line == 0)
		hashes_put(&l->seen, hash, row->line);
	else if (line != row->line)
		load_wrong(row, "key", o->said.key, "Line %1 has it already.",
		    arena_print(l->batch, "%lld", (long long)line), NULL);
}

/* History is not written over: what is there is the same. */
static enum status
find_there(struct load *l, struct row *rows, size_t count)
{
	struct buf sql = { .arena = l->batch };
	struct arg *args = NEW_ARRAY(l->batch, struct arg, BATCH);
	struct hashes there = { .arena = l->batch };
	struct rows found;
	enum status e;

	for (size_t i = 0; i < BATCH; i++) {
		const char *key = i < count ? ((struct order *)rows[i].record)->source_key : NULL;

		args[i] = ARG(key != NULL ? key : "");
	}
	buf_text(&sql, "SELECT source_key FROM work_order WHERE source_key IN (");
	many_marks(&sql, BATCH);
	buf_text(&sql, ")");
	e = db_rows(l->by.db, l->batch, sql.text, (struct args){ args, BATCH }, &key_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++)
		hashes_put(
		    &there, ref_hash(l->batch, ((struct key *)row_at(&found, i))->source_key), 1);
	for (size_t i = 0; !e && i < count; i++)
		if (rows[i].verdict == V_NEW && *args[i].as.text != '\0' &&
		    hashes_find(&there, ref_hash(l->batch, args[i].as.text)) != 0)
			rows[i].verdict = V_SAME;
	return e;
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = learn(l);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		judge_row(l, &rows[i]);
	return find_there(l, rows, count);
}

static enum status
number_it(struct load *l, struct order *o)
{
	static const char add[] = "INSERT INTO counter (name, value) VALUES (?, 1)"
				  " ON DUPLICATE KEY UPDATE value = value + 1";
	static const char get[] = "SELECT value FROM counter WHERE name = ?";
	const int year = civil_of(o->said.reported_at).year;
	const char *name = arena_print(l->batch, "work_order-%d", year);
	int64_t n = 0;
	enum status e = db_change(l->by.db, add, ARGS(ARG(name)), NULL);

	if (!e)
		e = db_int(l->by.db, get, ARGS(ARG(name)), &n);
	o->number = work_order_number(l->batch, year, n);
	return e;
}

static void
put_order(const struct order *o, struct arg *to)
{
	const struct import_order *s = &o->said;
	const struct decimal cost = s->other_cost.known ? s->other_cost : decimal(0);
	const struct arg row[COLUMNS] = { ARG(o->number), ARG(s->kind), ARG("COMPLETED"),
		ARG(s->priority), ARG(o->machine_id), ARG(o->department_id), arg_ref(o->problem_id),
		arg_ref(o->cause_id), arg_ref(o->remedy_id), ARG(s->description),
		ARG(s->machine_down), ARG(s->resolution), ARG(s->reported_at), ARG(s->reported_at),
		ARG(s->completed_at), ARG(s->completed_at), ARG(cost), ARG(o->source_key) };

	memcpy(to, row, sizeof(row));
}

static enum status
insert_orders(struct load *l, struct order **orders, size_t count)
{
	struct arg *args = NEW_ARRAY(l->batch, struct arg, count * COLUMNS);
	struct buf sql = { .arena = l->batch };
	int64_t ids[GROUP];
	enum status e;

	buf_text(&sql, "INSERT INTO work_order (number, kind, state, priority, machine_id,"
		       " department_id, problem_code_id, cause_code_id, remedy_code_id,"
		       " description, machine_down, resolution, reported_at, accepted_at,"
		       " completed_at, confirmed_at, other_cost, source_key) VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++)
		put_order(orders[i], args + i * COLUMNS);
	e = db_change(l->by.db, sql.text, (struct args){ args, count * COLUMNS }, NULL);
	if (!e)
		e = many_ids(&l->by, count, ids);
	for (size_t i = 0; !e && i < count; i++)
		orders[i]->id = ids[i];
	return e == CONFLICT ? RETRY : e;
}

static enum status
insert_stops(struct load *l, struct order **orders, size_t count)
{
	static const char sql[] = "INSERT INTO stop (machine_id, work_order_id, started_at,"
				  " ended_at, planned, failure, source_key)"
				  " VALUES (?, ?, ?, ?, ?, ?, ?)";
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		const struct import_order *s = &orders[i]->said;
		const bool failure = strcmp(s->kind, "CORRECTIVE") == 0;
		struct instant end = s->completed_at;

		if (s->stop_hours.known && s->stop_hours.units > 0)
			end =
			    instant_add(s->reported_at, s->stop_hours.units * (HOUR / DECIMAL_ONE));
		else if (!s->machine_down)
			continue;
		e = db_change(l->by.db, sql,
		    ARGS(ARG(orders[i]->machine_id), ARG(orders[i]->id), ARG(s->reported_at),
			ARG(end), ARG(!failure), ARG(failure), ARG(orders[i]->source_key)),
		    NULL);
	}
	return e == CONFLICT ? RETRY : e;
}

static enum status
say(struct load *l, struct order **orders, size_t count)
{
	struct event *events = NEW_ARRAY(l->batch, struct event, count);

	for (size_t i = 0; i < count; i++)
		events[i] = (struct event){ .act = "work_order.imported",
			.kind = "work_order",
			.record_id = orders[i]->id,
			.title = orders[i]->number,
			.work_order_id = orders[i]->id,
			.machine_id = orders[i]->machine_id,
			.department_id = orders[i]->department_id };
	return event_write_many(&l->by, events, count);
}

static enum status
write_group(struct load *l, struct order **orders, size_t count)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++)
		e = number_it(l, orders[i]);
	if (!e)
		e = insert_orders(l, orders, count);
	if (!e)
		e = insert_stops(l, orders, count);
	return e ? e : say(l, orders, count);
}

static enum status
write_rows(struct load *l, struct row *rows, size_t count)
{
	struct order *group[GROUP];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == V_NEW)
			group[n++] = rows[i].record;
		if (n < GROUP && i + 1 < count)
			continue;
		if (n > 0)
			e = write_group(l, group, n);
		n = 0;
	}
	return e;
}

const struct load_kind load_order = { judge, write_rows };
