/* invite.c: invites whom imports have made (model/import_invite.h), some a turn. */
#include "db/db.h"
#include "job/job.h"
#include "model/actor.h"
#include "model/import_invite.h"

enum { BATCH = 20 /* then letters are sent */ };

enum status
invite_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	int64_t sent = 0, waits = 0;
	/* Without a transaction first: most of the time nobody waits. */
	enum status e =
	    db_int(by->db, "SELECT EXISTS (SELECT 1 FROM invitation LIMIT 1)", NO_ARGS, &waits);

	if (e || waits == 0)
		return e;
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, import_invite_send(by, BATCH, &sent));
	*more = !e && sent == BATCH;
	return e;
}
