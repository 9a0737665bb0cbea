/* import_invite.c: see import_invite.h. */
#include "model/import_invite.h"
#include "base/arena.h"
#include "base/shape.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/user.h"

enum status
import_invite_want(
    const struct actor *by, int64_t import_id, const char *base_url, const struct mail_text *text)
{
	static const char forget[] = "DELETE FROM import_invite WHERE import_id = ?";
	static const char keep[] = "INSERT INTO import_invite (import_id, base_url, subject, body)"
				   " VALUES (?, ?, ?, ?)";
	enum status e = db_change(by->db, forget, ARGS(ARG(import_id)), NULL);

	if (e || text == NULL)
		return e;
	return db_change(by->db, keep,
	    ARGS(ARG(import_id), ARG(base_url), ARG(text->subject), ARG(text->body)), NULL);
}

#define MADE \
	" FROM import_record r WHERE r.import_id = ? AND r.kind = 'user'" \
	" AND r.before_values IS NULL"

enum status
import_invite_all(const struct actor *by, int64_t import_id)
{
	static const char sql[] =
	    "INSERT IGNORE INTO invitation (user_id, import_id)"
	    " SELECT r.record_id, r.import_id" MADE
	    " AND EXISTS (SELECT 1 FROM import_invite v WHERE v.import_id = r.import_id)";

	return db_change(by->db, sql, ARGS(ARG(import_id)), NULL);
}

enum status
import_invite_void(const struct actor *by, int64_t import_id)
{
	static const char forget[] = "DELETE FROM invitation WHERE import_id = ?";
	static const char void_[] =
	    "UPDATE user_link SET used_at = ? WHERE kind = 'INVITE'"
	    " AND used_at IS NULL AND user_id IN (SELECT r.record_id" MADE ")";
	enum status e = db_change(by->db, forget, ARGS(ARG(import_id)), NULL);

	return e ? e : db_change(by->db, void_, ARGS(ARG(by->now), ARG(import_id)), NULL);
}

struct waiting {
	int64_t user_id;
	bool open; /* there is something to invite to: no password yet, not deactivated */
	int64_t by_id;
	const char *by_name;
	const char *base_url;
	const char *subject;
	const char *body;
};

static const struct field fields[] = {
	FIELD(struct waiting, user_id),
	FIELD(struct waiting, open),
	FIELD(struct waiting, by_id),
	FIELD(struct waiting, by_name),
	FIELD(struct waiting, base_url),
	FIELD(struct waiting, subject),
	FIELD(struct waiting, body),
};

static const struct shape shape = SHAPE(struct waiting, fields);

static enum status
send(const struct actor *by, const struct waiting *w)
{
	static const char done[] = "DELETE FROM invitation WHERE user_id = ?";
	const struct mail_text text = { w->subject, w->body };
	struct actor self = *by;
	enum status e = OK;

	self.user_id = w->by_id;
	self.name = w->by_name;
	if (w->open)
		e = user_send_link(&self, w->user_id, "INVITE", w->base_url, &text);
	return e ? e : db_change(by->db, done, ARGS(ARG(w->user_id)), NULL);
}

enum status
import_invite_send(const struct actor *by, int most, int64_t *sent)
{
	static const char sql[] =
	    "SELECT t.user_id, u.password IS NULL AND u.archived_at IS NULL AS open,"
	    " m.id AS by_id, m.name AS by_name, v.base_url, v.subject, v.body"
	    " FROM invitation t JOIN import_invite v ON v.import_id = t.import_id"
	    " JOIN import i ON i.id = t.import_id JOIN user m ON m.id = i.user_id"
	    " JOIN user u ON u.id = t.user_id ORDER BY t.user_id LIMIT ?"
	    " FOR UPDATE SKIP LOCKED";
	struct rows rows = { .shape = &shape };
	enum status e = db_rows(by->db, by->arena, sql, ARGS(ARG((int64_t)most)), &shape, &rows);

	*sent = 0;
	for (size_t i = 0; !e && i < rows.count; i++, ++*sent)
		e = send(by, row_at(&rows, i));
	return e;
}
