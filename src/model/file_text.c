/* file_text.c: see file_text.h. */
#include "model/file_text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"

static const struct field fields[] = {
	FIELD(struct file_text, id),
	FIELD(struct file_text, sha256),
	FIELD(struct file_text, type),
};

static const struct shape shape = SHAPE(struct file_text, fields);

enum status
file_text_take(const struct actor *by, struct file_text *out)
{
	static const char next[] =
	    "SELECT f.id, f.sha256, f.type FROM file_text t JOIN file f ON f.id = t.file_id"
	    " WHERE t.state = 'WANTED' AND (t.lease_until IS NULL OR t.lease_until < ?)"
	    " ORDER BY t.file_id LIMIT 1 FOR UPDATE SKIP LOCKED";
	static const char lease[] = "UPDATE file_text SET lease_until = ? WHERE file_id = ?";
	enum status e = db_begin(by->db);

	if (e)
		return e;
	e = db_row(by->db, by->arena, next, ARGS(ARG(by->now)), &shape, out);
	if (!e)
		e = db_change_one(
		    by->db, lease, ARGS(ARG(instant_add(by->now, 5 * MINUTE)), ARG(out->id)));
	return db_end(by->db, e);
}

enum status
file_text_done(const struct actor *by, int64_t id, const char *text)
{
	static const char done[] =
	    "UPDATE file_text SET state = ?, body = ?, lease_until = NULL WHERE file_id = ?";
	static const char note[] = "INSERT IGNORE INTO search_todo (kind, record_id)"
				   " SELECT 5, id FROM attachment WHERE file_id = ?";
	enum status e = db_change_one(by->db, done,
	    ARGS(ARG(text != NULL ? "MADE" : "FAILED"), ARG(text != NULL ? text : ""), ARG(id)));

	return e ? e : db_change(by->db, note, ARGS(ARG(id)), NULL);
}
