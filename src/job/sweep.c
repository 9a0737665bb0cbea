/* sweep.c: removes what nobody needs any more. */
#include <inttypes.h>

#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "job/job.h"
#include "model/actor.h"

enum { BATCH = 1000 };

static const struct {
	const char *what;
	const char *sql; /* its arguments: older than, at most so many */
	int64_t days;
} heaps[] = {
	{ "answers of sent forms",
	    "DELETE FROM once WHERE created_at < ? ORDER BY created_at LIMIT ?", 30 },
	{ "sessions", "DELETE FROM session WHERE expires_at < ? ORDER BY expires_at LIMIT ?", 30 },
	{ "links", "DELETE FROM user_link WHERE expires_at < ? ORDER BY digest LIMIT ?", 30 },
	{ "sign-in failures",
	    "DELETE FROM sign_in_failure WHERE last_at < ? ORDER BY last_at LIMIT ?", 30 },
	{ "counts of visitors", "DELETE FROM rate WHERE until < ? ORDER BY until LIMIT ?", 1 },
	{ "printed labels",
	    "DELETE FROM label_print WHERE state = 'SENT' AND next_at < ? ORDER BY next_at LIMIT ?",
	    90 },
	{ "sent letters",
	    "DELETE FROM mail WHERE state = 'SENT' AND sent_at < ? ORDER BY next_at, id LIMIT ?",
	    90 },
};

/* One batch of each heap. */
enum status
sweep_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;

	for (size_t i = 0; i < COUNT(heaps); i++) {
		struct instant before = instant_add(by->now, -heaps[i].days * DAY);
		int64_t gone;
		enum status e =
		    db_change(by->db, heaps[i].sql, ARGS(ARG(before), ARG((int64_t)BATCH)), &gone);

		if (e)
			return e;
		if (gone > 0)
			log_info("sweep: %s: removed %" PRId64 " old %s", turn->site, gone,
			    heaps[i].what);
		*more = *more || gone == BATCH;
	}
	return OK;
}
