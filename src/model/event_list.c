/* event_list.c: the whole log, filtered, at millions of events. */
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"

/*
 * No transaction is open for longer.  An event's time is the one at which its act began, its id is
 * given when it is written: ids follow times but for this.
 */
static const int64_t longest = 10 * MINUTE;

/*
 * The order is that of the ids, whatever the filter, so that one list goes on behind another; a
 * span of time is first turned into the ids that can lie in it, by the index of times.
 */
static void
put_span(struct query *q, const struct event_filter *f)
{
	if (f->from.known) {
		query_put(q, " AND at >= ?", ARG(f->from));
		query_put(q,
		    " AND id > COALESCE((SELECT id FROM event WHERE at < ? ORDER BY at DESC, id"
		    " DESC LIMIT 1), 0)",
		    ARG(instant_add(f->from, -longest)));
	}
	if (f->to.known) {
		query_put(q, " AND at < ?", ARG(f->to));
		query_put(q,
		    " AND id < COALESCE((SELECT id FROM event WHERE at >= ? ORDER BY at, id LIMIT"
		    " 1), 9223372036854775807)",
		    ARG(instant_add(f->to, longest)));
	}
}

enum status
event_list(const struct actor *by, const struct event_filter *f, int most, struct rows *out)
{
	struct query q = { .sql = { .arena = by->arena } };

	buf_text(&q.sql, "SELECT id, at, user_id, user_name, address, act, kind, record_id, title,"
			 " work_order_id, changes FROM event WHERE id < ");
	query_put(&q, "?", ARG(f->after > 0 ? f->after : INT64_MAX));
	if (f->user_id != 0)
		query_put(&q, " AND user_id = ?", ARG(f->user_id));
	if (!text_empty(f->act))
		query_put(&q, " AND act = ?", ARG(f->act));
	if (!text_empty(f->kind))
		query_put(&q, " AND kind = ?", ARG(f->kind));
	if (!text_empty(f->kind) && f->record_id != 0)
		query_put(&q, " AND record_id = ?", ARG(f->record_id));
	if (!text_empty(f->address))
		query_put(&q, " AND address = ?", ARG(f->address));
	put_span(&q, f);
	query_put(&q, " ORDER BY id DESC LIMIT ?", ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &event_shape, out);
}
