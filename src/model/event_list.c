/*
 * event_list.c: the whole log, filtered, at millions of events.
 *
 * The order is that of the ids, in which events were written; of a span of time it is that of the
 * times: an import's events are older than their ids.  Each has an index that begins with what is
 * asked for and ends in the order, so that a list reads no more rows than it shows, but for those
 * that a second filter leaves out.  The server by itself walks all of the span instead, in the hope
 * of meeting enough that fit.
 */
#include "base/text.h"
#include "db/query.h"
#include "model/actor.h"
#include "model/event.h"

static bool
has_span(const struct event_filter *f)
{
	return f->from.known || f->to.known;
}

/* By what is the rarest, most likely.  A record has few events: those are sorted. */
static const char *
index_for(const struct event_filter *f)
{
	const bool span = has_span(f);

	if (!text_empty(f->kind))
		return "event_record";
	if (f->user_id != 0)
		return span ? "event_user_at" : "event_user";
	if (!text_empty(f->address))
		return span ? "event_address_at" : "event_address";
	if (!text_empty(f->act))
		return span ? "event_act_at" : "event_act";
	return span ? "event_at" : "PRIMARY";
}

static void
put_filter(struct query *q, const struct event_filter *f)
{
	if (f->user_id != 0)
		query_put(q, " AND user_id = ?", ARG(f->user_id));
	if (!text_empty(f->act))
		query_put(q, " AND act = ?", ARG(f->act));
	if (!text_empty(f->kind)) {
		query_put(q, " AND kind = ?", ARG(f->kind));
		query_put(q, " AND record_id = ?", ARG(f->record_id));
	}
	if (!text_empty(f->address))
		query_put(q, " AND address = ?", ARG(f->address));
	if (f->from.known)
		query_put(q, " AND at >= ?", ARG(f->from));
	if (f->to.known)
		query_put(q, " AND at < ?", ARG(f->to));
}

/* Behind the last one seen; the first line of times is for the index. */
static void
put_after(struct query *q, const struct event_filter *f)
{
	if (f->after <= 0)
		return;
	if (has_span(f)) {
		query_put(q, " AND at <= (SELECT at FROM event WHERE id = ?)", ARG(f->after));
		query_put(q, " AND (at < (SELECT at FROM event WHERE id = ?)", ARG(f->after));
		query_put(q, " OR id < ?)", ARG(f->after));
	} else {
		query_put(q, " AND id < ?", ARG(f->after));
	}
}

enum status
event_list(const struct actor *by, const struct event_filter *f, int most, struct rows *out)
{
	struct query q = { .sql = { .arena = by->arena } };

	buf_print(&q.sql,
	    "SELECT id, at, user_id, user_name, address, act, kind, record_id, title,"
	    " work_order_id, changes FROM event FORCE INDEX (%s) WHERE TRUE",
	    index_for(f));
	put_filter(&q, f);
	put_after(&q, f);
	query_put(&q,
	    has_span(f) ? " ORDER BY at DESC, id DESC LIMIT ?" : " ORDER BY id DESC LIMIT ?",
	    ARG(most));
	return db_rows(by->db, by->arena, q.sql.text, query_args(&q), &event_shape, out);
}
