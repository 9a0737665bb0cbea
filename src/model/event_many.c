/* event_many.c: many events in two statements; see event_write_many() in event.h. */
#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/many.h"

enum { COLUMNS = 13 };

static void
put(const struct actor *by, const struct event *ev, struct arg *to)
{
	const struct arg row[COLUMNS] = { ARG(by->now), arg_ref(by->user_id),
		ARG(by->name ? by->name : ""), ARG(by->address ? by->address : ""),
		ARG(by->trace ? by->trace : ""), ARG(ev->act), ARG(ev->kind), ARG(ev->record_id),
		ARG(ev->title ? ev->title : ""), arg_ref(ev->work_order_id),
		arg_ref(ev->machine_id), arg_ref(ev->department_id), ARG(ev->changes) };

	for (size_t i = 0; i < COLUMNS; i++)
		to[i] = row[i];
}

static enum status
mark_unsealed(const struct actor *by, size_t count)
{
	struct buf sql = { .arena = by->arena };
	struct arg args[EVENT_MANY];
	int64_t ids[EVENT_MANY];
	enum status e = many_ids(by, count, ids);

	if (e)
		return e;
	buf_text(&sql, "INSERT INTO event_unsealed (event_id) VALUES ");
	many_rows(&sql, 1, count);
	for (size_t i = 0; i < count; i++)
		args[i] = ARG(ids[i]);
	return db_change(by->db, sql.text, (struct args){ args, count }, NULL);
}

enum status
event_write_many(const struct actor *by, const struct event *events, size_t count)
{
	struct arg *args = NEW_ARRAY(by->arena, struct arg, count * COLUMNS);
	struct buf sql = { .arena = by->arena };
	enum status e;

	if (count == 0)
		return OK;
	buf_text(&sql, "INSERT INTO event (at, user_id, user_name, address, trace, act, kind,"
		       " record_id, title, work_order_id, machine_id, department_id, changes)"
		       " VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++)
		put(by, &events[i], args + i * COLUMNS);
	e = db_change(by->db, sql.text, (struct args){ args, count * COLUMNS }, NULL);
	return e ? e : mark_unsealed(by, count);
}
