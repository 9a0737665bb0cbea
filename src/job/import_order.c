/*
 * import_order.c: work orders of a file, past and open ones: what each is, and whether it can be.
 *
 * What is there stays as it is: by its number, by the other program's, or by what the row says.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_past.h"
#include "model/many.h"
#include "rule/number.h"

struct there {
	const char *number;
	const char *source_key;
	int64_t machine_id;
	struct instant reported_at;
};

static const struct field there_fields[] = {
	FIELD(struct there, number),
	FIELD(struct there, source_key),
	FIELD(struct there, machine_id),
	FIELD(struct there, reported_at),
};

static const struct shape there_shape = SHAPE(struct there, there_fields);

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

/* An account, or a name that is kept as text. */
static int64_t
person_of(struct load *l, struct row *row, const char *member, const char *text, const char **said)
{
	enum { MOST = 80 };
	const char *name;
	const int64_t id = past_person(l, text, &name);

	*said = id == 0 && !text_empty(name) ? text_cut(l->batch, name, MOST) : NULL;
	if (id < 0)
		load_wrong(row, member, text, "Several have this name: give the e-mail address.",
		    NULL, NULL);
	return id > 0 ? id : 0;
}

static void
find_others(struct load *l, struct row *row, struct order *o)
{
	const struct past_order *s = &o->said;
	const char *name;

	o->machine_id = past_machine(l, row, s->machine_number);
	o->department_id = hashes_find(&l->departments, (uint64_t)o->machine_id);
	o->problem_id = code_of(l, row, "problem_code", "PROBLEM", s->problem_code);
	o->cause_id = code_of(l, row, "cause_code", "CAUSE", s->cause_code);
	o->remedy_id = code_of(l, row, "remedy_code", "REMEDY", s->remedy_code);
	o->reporter_id = person_of(l, row, "reporter", s->reporter, &o->reporter_said);
	o->assignee_id = person_of(l, row, "assignee", s->assignee, &o->assignee_said);
	o->confirmed_by = past_person(l, s->confirmed_by, &name);
	if (o->confirmed_by < 0)
		o->confirmed_by = 0;
}

static void
wrong(struct row *row, const char *member, const char *text)
{
	load_wrong(row, member, "", text, NULL, NULL);
}

/* Only what the table of states could have led to. */
static void
judge_open(const struct load *l, struct row *row, const struct order *o)
{
	const struct past_order *s = &o->said;

	if (s->completed_at.known || s->cancelled_at.known)
		wrong(row, s->completed_at.known ? "completed_at" : "cancelled_at",
		    "It is open, and yet it has an end.");
	if (hashes_find(&l->away, (uint64_t)o->machine_id) != 0)
		wrong(
		    row, "machine_number", "The machine is archived: no work order of it is open.");
	if (o->state == WO_WAITING_PARTS)
		wrong(row, "state",
		    "Its parts requests do not come with it: let it be in progress, and ask"
		    " again.");
	if (o->state == WO_PENDING && (o->assignee_id != 0 || o->assignee_said != NULL))
		wrong(row, "assignee", "Nobody has one that is pending: let it be in progress.");
	if (o->state == WO_IN_PROGRESS &&
	    hashes_find(&l->technicians, (uint64_t)o->assignee_id) == 0)
		wrong(
		    row, "assignee", "One in progress is a technician’s who has an account here.");
}

static void
judge_state(struct load *l, struct row *row, struct order *o)
{
	struct past_order *s = &o->said;

	o->state = !text_empty(s->state)   ? wo_state_of(s->state)
		   : s->cancelled_at.known ? WO_CANCELLED
					   : WO_COMPLETED;
	if (wo_is_open(o->state)) {
		judge_open(l, row, o);
	} else if (o->state == WO_CANCELLED) {
		if (!s->cancelled_at.known)
			s->cancelled_at = s->completed_at;
		if (!s->cancelled_at.known)
			wrong(row, "cancelled_at", "Say when it was cancelled.");
		s->completed_at = s->confirmed_at = (struct instant){ 0 };
	} else {
		if (!s->completed_at.known)
			wrong(row, "completed_at",
			    "Say when it was completed; or give its state, if it is open.");
		if (s->cancelled_at.known)
			wrong(row, "cancelled_at", "It was completed, and yet cancelled.");
		if (!past_has(l, "confirmed_at"))
			s->confirmed_at = s->completed_at;
	}
	if (!s->accepted_at.known && (o->state == WO_COMPLETED || o->state == WO_IN_PROGRESS))
		s->accepted_at = s->reported_at;
}

static void
judge_times(struct load *l, struct row *row, const struct order *o)
{
	const struct past_order *s = &o->said;
	const struct {
		const char *member, *text;
		struct instant first, then;
	} pairs[] = {
		{ "accepted_at", "It was accepted before it was reported.", s->reported_at,
		    s->accepted_at },
		{ "completed_at", "It was completed before it was reported.", s->reported_at,
		    s->completed_at },
		{ "confirmed_at", "It was confirmed before it was completed.", s->completed_at,
		    s->confirmed_at },
		{ "cancelled_at", "It was cancelled before it was reported.", s->reported_at,
		    s->cancelled_at },
		{ "runs_at", "It ends before it begins.", o->stopped_at, o->runs_at },
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (pairs[i].first.known && pairs[i].then.known &&
		    pairs[i].then.us < pairs[i].first.us)
			wrong(row, pairs[i].member, pairs[i].text);
	past_over(l, row, "reported_at", s->reported_at);
	past_over(l, row, "accepted_at", s->accepted_at);
	past_over(l, row, "completed_at", s->completed_at);
	past_over(l, row, "confirmed_at", s->confirmed_at);
	past_over(l, row, "cancelled_at", s->cancelled_at);
	past_over(l, row, "stopped_at", o->stopped_at);
	past_over(l, row, "runs_at", o->runs_at);
}

/* Where the file tells of stops, what it says; else from the report to the end. */
static void
find_stop(const struct load *l, struct order *o)
{
	struct past_order *s = &o->said;
	const bool timed = s->stop_hours.known && s->stop_hours.units > 0;
	const bool corrective = strcmp(s->kind, "CORRECTIVE") == 0;

	o->stops = s->stopped_at.known || timed || (s->machine_down && !past_has(l, "stopped_at"));
	if (!o->stops)
		return;
	o->stopped_at = s->stopped_at.known ? s->stopped_at : s->reported_at;
	o->runs_at = s->runs_at.known ? s->runs_at
		     : timed
			 ? instant_add(o->stopped_at, s->stop_hours.units * (HOUR / DECIMAL_ONE))
		     : s->completed_at.known ? s->completed_at
					     : s->cancelled_at;
	if (!past_has(l, "stop_planned"))
		s->stop_planned = !corrective;
	if (!past_has(l, "stop_failure"))
		s->stop_failure = corrective;
	s->stop_failure = s->stop_failure && !s->stop_planned;
}

/* Our number; else the other program's, or a digest of what the row says, the same next time. */
static void
name_it(struct load *l, struct order *o)
{
	const struct past_order *s = &o->said;
	const char *key = s->key;
	int64_t n;
	uint64_t hash;
	int year;

	if (order_number_read(l->batch, s->number, &year, &n))
		o->number = s->number;
	else if (text_empty(key))
		key = s->number;
	if (!text_empty(key)) {
		o->source_key = arena_print(l->batch, "file:%s", key);
	} else if (o->number == NULL) {
		hash = hash_text(0, s->machine_number);
		hash = hash_text(hash, s->description != NULL ? s->description : "");
		hash = hash_text(hash, instant_iso(l->batch, s->reported_at));
		o->source_key = arena_print(l->batch, "file-row:%016llx", (unsigned long long)hash);
	}
}

static void
refuse_twice(
    struct load *l, struct row *row, const char *member, const char *typed, const char *name)
{
	const uint64_t hash = name != NULL ? ref_hash(l->batch, name) : 0;
	const int64_t line = hash != 0 ? hashes_find(&l->seen, hash) : 0;

	if (hash == 0)
		return;
	if (line == 0)
		hashes_put(&l->seen, hash, row->line);
	else if (line != row->line)
		load_wrong(row, member, typed, "Line %1 has it already.",
		    arena_print(l->batch, "%lld", (long long)line), NULL);
}

static void
judge_row(struct load *l, struct row *row)
{
	struct order *o = NEW(l->batch, struct order);
	const struct past_order *s = &o->said;

	row->record = o;
	l->target.defaults(&o->said);
	if (row->fault != NULL)
		return;
	load_values(l, row, &o->said, true);
	row->title = text_cut(l->batch,
	    !text_empty(s->number)   ? s->number
	    : s->description != NULL ? s->description
				     : "",
	    80);
	if (row->verdict == V_WRONG)
		return;
	find_others(l, row, o);
	judge_state(l, row, o);
	find_stop(l, o);
	judge_times(l, row, o);
	name_it(l, o);
	refuse_twice(l, row, "number", s->number, o->number);
	refuse_twice(l, row, "key", s->key, o->source_key);
}

static void
judge_there(struct load *l, struct row *row, const struct rows *found, const struct hashes *there)
{
	const struct order *o = row->record;
	const int64_t by_number =
	    o->number != NULL ? hashes_find(there, ref_hash(l->batch, o->number)) : 0;
	const struct there *t = by_number > 0 ? row_at(found, (size_t)by_number - 1) : NULL;

	if (o->source_key != NULL && hashes_find(there, ref_hash(l->batch, o->source_key)) != 0)
		row->verdict = V_SAME;
	else if (t != NULL && t->machine_id == o->machine_id &&
		 t->reported_at.us == o->said.reported_at.us)
		row->verdict = V_SAME;
	else if (t != NULL)
		load_wrong(
		    row, "number", o->number, "Another work order has this number.", NULL, NULL);
}

static enum status
find_there(struct load *l, struct row *rows, size_t count)
{
	static const char select[] =
	    "SELECT number, COALESCE(source_key, '') AS source_key, machine_id, reported_at"
	    " FROM work_order WHERE ";
	struct buf sql = { .arena = l->batch };
	struct arg *args = NEW_ARRAY(l->batch, struct arg, 2 * BATCH);
	struct hashes there = { .arena = l->batch };
	struct rows found;
	enum status e;

	for (size_t i = 0; i < BATCH; i++) {
		const struct order *o = i < count ? rows[i].record : NULL;

		args[i] = ARG(o != NULL && o->number != NULL ? o->number : "");
		args[BATCH + i] = ARG(o != NULL && o->source_key != NULL ? o->source_key : "");
	}
	buf_print(&sql, "%snumber IN (", select);
	many_marks(&sql, BATCH);
	buf_print(&sql, ") UNION ALL %ssource_key IN (", select);
	many_marks(&sql, BATCH);
	buf_text(&sql, ")");
	e = db_rows(
	    l->by.db, l->batch, sql.text, (struct args){ args, 2 * BATCH }, &there_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++) {
		const struct there *t = row_at(&found, i);

		hashes_put(&there, ref_hash(l->batch, t->number), (int64_t)i + 1);
		if (*t->source_key != '\0')
			hashes_put(&there, ref_hash(l->batch, t->source_key), (int64_t)i + 1);
	}
	for (size_t i = 0; !e && i < count; i++)
		if (rows[i].verdict == V_NEW)
			judge_there(l, &rows[i], &found, &there);
	return e;
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = past_learn(l);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		judge_row(l, &rows[i]);
	return find_there(l, rows, count);
}

/* The highest of our numbers of each year: those that rows without one get come behind. */
static enum status
look(struct load *l, struct row *rows, size_t count)
{
	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < l->target.own; i++) {
			int64_t n;
			int year;

			if (strcmp(l->target.form->rules[i].field.name, "number") != 0 ||
			    !order_number_read(l->batch, load_text(l, &rows[r], i), &year, &n))
				continue;
			if (hashes_find(&l->numbers, (uint64_t)year) < n)
				hashes_put(&l->numbers, (uint64_t)year, n);
		}
	return OK;
}

const struct load_kind load_order = { "work_order", judge, order_write, look };
