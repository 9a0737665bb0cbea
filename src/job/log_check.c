/* log_check.c: looks once a day, and when somebody asks, whether the log's chain still holds. */
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "job/job.h"
#include "job/seal.h"
#include "job/seal_hex.h"
#include "model/actor.h"
#include "model/log.h"

enum { THOUSANDS = 20 /* links a turn: imports have their turns, too */ };

static bool
is_due(const struct log_check *c, struct instant at)
{
	return c->started_at.known || c->wanted_at.known || !c->checked_at.known ||
	       at.us - c->checked_at.us >= DAY;
}

static void
finish(struct log_check *c, const struct verification *v)
{
	c->started_at = c->wanted_at = (struct instant){ 0 };
	c->at_seq = 0;
	c->at_hash = "";
	c->checked_at = now();
	c->fault = seal_fault_code(v->fault);
	c->fault_seq = v->seq;
	c->fault_event_id = v->event_id;
	c->links = v->count;
	c->head = v->head;
}

static enum status
go_on(const struct actor *by, struct log_check *c, struct verification *v, bool *end)
{
	struct seal_walk w = { .seq = c->at_seq };
	enum status e;

	if (!c->started_at.known || (c->at_seq > 0 && !seal_unhex(c->at_hash, w.hash)))
		w = (struct seal_walk){ 0 };
	e = seal_verify_some(by, &w, THOUSANDS, v, end);
	if (!e && *end)
		e = seal_verify_beside(by, v);
	if (e)
		return e;
	if (!c->started_at.known)
		c->started_at = by->now;
	c->at_seq = w.seq;
	c->at_hash = w.seq > 0 ? arena_text(by->arena, v->head, strlen(v->head)) : "";
	if (*end)
		finish(c, v);
	return OK;
}

enum status
log_check_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct verification v = { 0 };
	struct log_check check;
	bool end = false;
	enum status e = log_check_find(by, &check);

	if (e || !is_due(&check, by->now))
		return e;
	e = go_on(by, &check, &v, &end);
	if (!e)
		e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, log_check_keep(by, &check));
	*more = !e && !end;
	return e;
}
