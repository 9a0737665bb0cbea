/* notify.c: tells people of sealed events (model/notification.h), each of them once, in order. */
#include <inttypes.h>

#include "base/log.h"
#include "db/db.h"
#include "job/job.h"
#include "model/actor.h"
#include "model/notification.h"

enum { BATCH = 200 };

#define READER "notify"

struct sealed {
	int64_t seq;
	int64_t event_id;
};

static const struct field fields[] = {
	FIELD(struct sealed, seq),
	FIELD(struct sealed, event_id),
};

static const struct shape shape = SHAPE(struct sealed, fields);

static enum status
find_cursor(const struct actor *by, int64_t *seq)
{
	static const char find[] = "SELECT seq FROM reader WHERE name = ?";
	static const char first[] = "INSERT IGNORE INTO reader (name, seq) VALUES (?, 0)";
	enum status e = db_int(by->db, find, ARGS(ARG(READER)), seq);

	if (e != NOT_FOUND)
		return e;
	*seq = 0;
	return db_change(by->db, first, ARGS(ARG(READER)), NULL);
}

static enum status
tell(const struct actor *by, const struct rows *events, int64_t from)
{
	static const char moved[] = "UPDATE reader SET seq = ? WHERE name = ? AND seq = ?";
	const struct sealed *last = row_at(events, events->count - 1);
	enum status e = OK;

	for (size_t i = 0; i < events->count && !e; i++) {
		const struct sealed *s = row_at(events, i);

		e = notification_make(by, s->event_id);
		if (e == NOT_FOUND) {
			log_error("notify: the event %" PRId64 " of seq %" PRId64
				  " is gone; see millwright verify-log",
			    s->event_id, s->seq);
			e = OK;
		}
	}
	if (!e)
		e = db_change_one(by->db, moved, ARGS(ARG(last->seq), ARG(READER), ARG(from)));
	return e == CONFLICT ? RETRY : e; /* another process was quicker */
}

enum status
notify_work(const struct job_turn *turn, bool *more)
{
	static const char sql[] =
	    "SELECT seq, event_id FROM event_seal WHERE seq > ? ORDER BY seq LIMIT ?";
	const struct actor *by = turn->by;
	struct rows events;
	int64_t seq;
	enum status e = find_cursor(by, &seq);

	if (!e)
		e = db_rows(
		    by->db, by->arena, sql, ARGS(ARG(seq), ARG((int64_t)BATCH)), &shape, &events);
	if (e || events.count == 0)
		return e;
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, tell(by, &events, seq));
	*more = !e && events.count == BATCH;
	return e;
}
