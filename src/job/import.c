/*
 * import.c: imports in the background: the trial, the real thing, undoing it.
 *
 * The trial reads everything and writes nothing but what it found.  The real thing is one
 * transaction, however many rows: here the rule of batches of a thousand rows is left on purpose,
 * for nobody must ever see half an import, and a database that stops in the middle undoes it by
 * itself.  Progress is told on a second connection, which also keeps the lease; a job that was
 * killed lets its lease run out, and the next one begins again from nothing.  Before the commit the
 * transaction itself looks whether the import is still this job's: one that had been away for
 * longer than its lease undoes what it did.
 */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/secret.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "job/job.h"
#include "model/event.h"
#include "model/import_invite.h"
#include "model/many.h"

enum {
	LEASE_SECONDS = 15,
	MOST_TRIES = 5,
	PASSES = 20,
	SWEPT = 10000,
	KEPT = 100,
	KEPT_COLUMNS = 6
};

static const char *
owner_of(struct arena *a)
{
	return arena_print(a, "%d:%s", (int)getpid(), random_text(a, 16));
}

/* The next one that waits, or whose job has gone; NOT_FOUND. */
static enum status
take(const struct actor *by, const char *owner, struct import *out)
{
	static const char find[] =
	    "SELECT i.id FROM import i LEFT JOIN import_turn t ON t.import_id = i.id"
	    " WHERE i.state IN ('CHECKING','APPLYING','UNDOING')"
	    " AND (t.lease_until IS NULL OR t.lease_until < UTC_TIMESTAMP(6))"
	    " ORDER BY i.id LIMIT 1";
	static const char gone[] =
	    "DELETE FROM import_turn WHERE import_id = ? AND lease_until < UTC_TIMESTAMP(6)";
	static const char turn[] = "INSERT INTO import_turn (import_id, owner, lease_until)"
				   " VALUES (?, ?, UTC_TIMESTAMP(6) + INTERVAL ? SECOND)";
	static const char claim[] = "UPDATE import SET owner = ?, tries = tries + 1 WHERE id = ?"
				    " AND state IN ('CHECKING','APPLYING','UNDOING')";
	int64_t id, found;
	enum status e = db_int(by->db, find, NO_ARGS, &id);

	if (!e)
		e = db_change(by->db, gone, ARGS(ARG(id)), NULL);
	if (!e)
		e = db_change(by->db, turn, ARGS(ARG(id), ARG(owner), ARG(LEASE_SECONDS)), NULL);
	if (!e)
		e = db_change(by->db, claim, ARGS(ARG(owner), ARG(id)), &found);
	if (e == CONFLICT || (!e && found != 1))
		return NOT_FOUND;
	return e ? e : import_find(by, id, out);
}

enum status
load_keep(struct load *l, const struct kept *kept, size_t count)
{
	struct arg args[KEPT * KEPT_COLUMNS];
	struct buf sql = { .arena = l->batch };
	size_t n = 0;

	if (count == 0)
		return OK;
	buf_text(&sql, "INSERT INTO import_record (import_id, seq, kind, record_id, left_version,"
		       " before_values) VALUES ");
	many_rows(&sql, KEPT_COLUMNS, count);
	for (size_t i = 0; i < count; i++) {
		args[n++] = ARG(l->im.id);
		args[n++] = ARG(++l->seq);
		args[n++] = ARG(kept[i].kind);
		args[n++] = ARG(kept[i].record_id);
		args[n++] = ARG(kept[i].version);
		args[n++] = ARG(kept[i].before);
	}
	return db_change(l->by.db, sql.text, (struct args){ args, n }, NULL);
}

static void
count_rows(struct load *l, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!l->apply || !rows[i].later)
			l->counts[rows[i].verdict]++;
}

/* ---- the trial ---- */

/* What the hooks lock is let go at once, and nothing of it stays. */
static enum status
trial_batch(struct load *l, struct row *rows, size_t count)
{
	enum status e = db_begin(l->by.db), judged;

	if (e)
		return e;
	judged = l->kind->judge(l, rows, count);
	e = db_end(l->by.db, judged ? judged : INVALID);
	if (judged)
		return judged;
	if (e != INVALID)
		return e;
	count_rows(l, rows, count);
	return note_lines(l, rows, count);
}

static enum status
forget_lines(struct load *l)
{
	static const char sql[] = "DELETE FROM import_line WHERE import_id = ? LIMIT ?";
	int64_t gone = SWEPT;
	enum status e = OK;

	while (!e && gone == SWEPT)
		e = db_change(l->other.db, sql, ARGS(ARG(l->im.id), ARG((int64_t)SWEPT)), &gone);
	return e;
}

static enum status
trial_end(struct load *l)
{
	static const char sql[] =
	    "UPDATE import SET state = 'CHECKED', owner = '',"
	    " read_count = ?, fresh_count = ?, changed_count = ?, same_count = ?, wrong_count = ?"
	    " WHERE id = ? AND state = 'CHECKING' AND owner = ?";

	return db_change_one(l->other.db, sql,
	    ARGS(ARG(l->rows), ARG(l->counts[V_NEW]), ARG(l->counts[V_CHANGED]),
		ARG(l->counts[V_SAME]), ARG(l->counts[V_WRONG]), ARG(l->im.id), ARG(l->owner)));
}

static enum status
trial(struct load *l)
{
	enum status e = forget_lines(l);

	if (!e)
		e = refs_of_file(l);
	if (!e)
		e = load_rows(l, NULL, trial_batch);
	return e ? e : trial_end(l);
}

/* ---- the real thing ---- */

static void
wait_on(struct load *l, const struct row *row)
{
	l->waiting[row->index / 8] |= (unsigned char)(1 << (row->index % 8));
	l->waits++;
	l->waiting_line = row->line;
}

static enum status
apply_batch(struct load *l, struct row *rows, size_t count)
{
	enum status e = l->kind->judge(l, rows, count);

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == V_WRONG && !l->im.leave_wrong) {
			l->failure =
			    "Something is wrong now that was right before. Check it again.";
			l->failure_line = rows[i].line;
			return INVALID;
		}
		if (rows[i].later && rows[i].verdict != V_WRONG)
			wait_on(l, &rows[i]);
	}
	if (!e)
		e = l->kind->write(l, rows, count);
	if (!e)
		count_rows(l, rows, count);
	return e;
}

/* Those that name others of the file come behind these, however they stand in it. */
static enum status
apply_rows(struct load *l)
{
	const size_t bytes = (size_t)l->im.read_count / 8 + 1;
	unsigned char *wanted = NULL;
	int64_t waited = 0;
	enum status e = OK;

	for (int pass = 0; !e && pass < PASSES; pass++) {
		l->waiting = NEW_ARRAY(l->forever, unsigned char, bytes);
		l->waits = 0;
		e = load_rows(l, wanted, apply_batch);
		if (e || l->waits == 0)
			return e;
		if (pass > 0 && l->waits == waited)
			break;
		waited = l->waits;
		wanted = l->waiting;
	}
	l->failure =
	    e ? l->failure
	      : "It names a record that is not there, or they name each other in a circle.";
	l->failure_line = e ? l->failure_line : l->waiting_line;
	return e ? e : INVALID;
}

/* The last statement: the import must still be this job's. */
static enum status
apply_end(struct load *l)
{
	static const char sql[] =
	    "UPDATE import SET state = 'DONE', owner = '',"
	    " fresh_count = ?, changed_count = ?, same_count = ?, wrong_count = ?,"
	    " applied_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = 'APPLYING' AND owner = ?";
	const char *changes = arena_print(l->batch,
	    "{\"new\":[null,%lld],\"changed\":[null,%lld],\"left_out\":[null,%lld]}",
	    (long long)l->counts[V_NEW], (long long)l->counts[V_CHANGED],
	    (long long)l->counts[V_WRONG]);
	enum status e = import_invite_all(&l->by, l->im.id);

	if (e)
		return e;
	e = event_write(&l->by, &(struct event){ .act = "import.applied",
				    .kind = "import",
				    .record_id = l->im.id,
				    .title = l->im.name,
				    .changes = changes });

	if (e)
		return e;
	return db_change_one(l->by.db, sql,
	    ARGS(ARG(l->counts[V_NEW]), ARG(l->counts[V_CHANGED]), ARG(l->counts[V_SAME]),
		ARG(l->counts[V_WRONG]), ARG(l->im.id), ARG(l->owner)));
}

static enum status
apply(struct load *l)
{
	static const char again[] = "DELETE FROM import_record WHERE import_id = ?";
	enum status e;

	l->apply = true;
	e = refs_of_file(l);
	if (!e)
		e = db_begin(l->by.db);
	if (e)
		return e;
	e = db_change(l->by.db, again, ARGS(ARG(l->im.id)), NULL);
	if (!e)
		e = apply_rows(l);
	if (!e)
		e = apply_end(l);
	return db_end(l->by.db, e);
}

/* ---- one turn ---- */

/* Back to where it came from, with the reason; RETRY: another turn, from nothing. */
static enum status
give_up(struct load *l, enum status why, bool last)
{
	static const char back[] =
	    "UPDATE import SET state = CASE state WHEN 'CHECKING' THEN 'STOPPED'"
	    " WHEN 'APPLYING' THEN 'CHECKED' ELSE 'DONE' END, owner = '',"
	    " failure = ?, failure_line = ? WHERE id = ? AND owner = ?";
	static const char later[] = "UPDATE import SET owner = '' WHERE id = ? AND owner = ?";

	if (why == OK || why == CONFLICT || l->other.db == NULL)
		return OK; /* done; or it was stopped, or is somebody else's */
	if (why == RETRY && !last)
		return db_change(l->other.db, later, ARGS(ARG(l->im.id), ARG(l->owner)), NULL);
	if (l->failure == NULL)
		l->failure = why == RETRY ? "The database was too busy. Try again later."
					  : "It failed; the log says why.";
	return db_change(l->other.db, back,
	    ARGS(ARG(l->failure), ARG(l->failure_line), ARG(l->im.id), ARG(l->owner)), NULL);
}

static enum status
work(struct load *l, const struct job_turn *turn, struct import *im)
{
	enum status e = load_open(l, turn, im);

	if (e)
		return e;
	if (strcmp(im->state, "CHECKING") == 0)
		return trial(l);
	return strcmp(im->state, "APPLYING") == 0 ? apply(l) : load_undo(l);
}

enum status
import_work(const struct job_turn *turn, bool *more)
{
	static const char mine[] = "DELETE FROM import_turn WHERE import_id = ? AND owner = ?";
	struct load l = { .forever = arena_new() };
	struct import im = { 0 };
	enum status e, said = OK;
	int64_t tries = 0;

	l.owner = owner_of(turn->by->arena);
	e = take(turn->by, l.owner, &im);
	if (!e)
		e = db_int(turn->by->db, "SELECT tries FROM import WHERE id = ?", ARGS(ARG(im.id)),
		    &tries);
	if (!e) {
		e = work(&l, turn, &im);
		said = give_up(&l, e, tries >= MOST_TRIES);
		if (!said && l.other.db != NULL)
			said = db_change(l.other.db, mine, ARGS(ARG(im.id), ARG(l.owner)), NULL);
		log_info("import: %s: %s %lld: %s", turn->site, im.state, (long long)im.id,
		    e == OK         ? "done"
		    : e == CONFLICT ? "stopped"
		    : l.failure     ? l.failure
				    : "failed");
		*more = true;
		load_close(&l);
	} else if (e == NOT_FOUND) {
		e = OK;
	}
	arena_free(l.forever);
	return e == RETRY || e == FAILED ? e : said;
}
