/* seal.c: the sealing half of seal.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "job/digest.h"
#include "job/job.h"
#include "job/seal.h"
#include "job/seal_hex.h"
#include "model/actor.h"

enum { BATCH = 500 };

struct head {
	int64_t seq;
	const char *hash;
};

static enum status
find_head(const struct actor *by, int64_t *seq, unsigned char hash[SHA256_BYTES])
{
	static const struct field fields[] = {
		FIELD(struct head, seq),
		FIELD(struct head, hash),
	};
	static const struct shape shape = SHAPE(struct head, fields);
	static const char sql[] =
	    "SELECT seq, HEX(hash) AS hash FROM event_seal ORDER BY seq DESC LIMIT 1";
	struct head head;
	enum status e = db_row(by->db, by->arena, sql, NO_ARGS, &shape, &head);

	*seq = 0;
	memset(hash, 0, SHA256_BYTES);
	if (e)
		return e == NOT_FOUND ? OK : e;
	*seq = head.seq;
	return seal_unhex(head.hash, hash) ? OK : FAILED;
}

static enum status
seal_all(const struct actor *by, const struct rows *events)
{
	static const char seal[] = "INSERT INTO event_seal (seq, event_id, digest, hash, sealed_at)"
				   " VALUES (?, ?, ?, ?, ?)";
	static const char done[] = "DELETE FROM event_unsealed WHERE event_id = ?";
	unsigned char before[SHA256_BYTES], digest[SHA256_BYTES], hash[SHA256_BYTES];
	int64_t seq;
	enum status e = find_head(by, &seq, before);

	for (size_t i = 0; i < events->count && !e; i++) {
		const struct link *event = row_at(events, i);

		seq++;
		event_digest(by->arena, event, digest);
		chain_hash(before, seq, digest, hash);
		e = db_change(by->db, seal,
		    ARGS(ARG(seq), ARG(event->id), arg_bytes(digest, sizeof(digest)),
			arg_bytes(hash, sizeof(hash)), ARG(now())),
		    NULL);
		if (!e)
			e = db_change(by->db, done, ARGS(ARG(event->id)), NULL);
		memcpy(before, hash, sizeof(before));
	}
	/* Another process has taken that seq, or sealed that event. */
	return e == CONFLICT ? RETRY : e;
}

enum status
seal_events(const struct actor *by, int most, int64_t *sealed)
{
	static const char sql[] =
	    "SELECT e.id, e.at, e.user_id, e.user_name, e.address, e.trace, e.act, e.kind,"
	    " e.record_id, e.title, e.work_order_id, e.machine_id, e.department_id, e.changes"
	    " FROM event_unsealed u JOIN event e ON e.id = u.event_id ORDER BY u.event_id LIMIT ?";
	struct rows events;
	enum status e = db_rows(by->db, by->arena, sql, ARGS(ARG(most)), &event_columns, &events);

	*sealed = 0;
	if (e || events.count == 0)
		return e;
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, seal_all(by, &events));
	if (!e)
		*sealed = (int64_t)events.count;
	return e;
}

enum status
seal_work(const struct job_turn *turn, bool *more)
{
	int64_t sealed;
	enum status e = seal_events(turn->by, BATCH, &sealed);

	*more = !e && sealed == BATCH;
	return e;
}
