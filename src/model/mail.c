/* mail.c: see mail.h. */
#include "model/mail.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"

/* Over two days: a mail server may be down for a weekend. */
enum { MAX_TRIES = 55, LONGEST_PAUSE = 60 };

static const struct field fields[] = {
	FIELD(struct mail_row, id),
	FIELD(struct mail_row, recipient),
	FIELD(struct mail_row, subject),
	FIELD(struct mail_row, body),
	FIELD(struct mail_row, message_id),
	FIELD(struct mail_row, tries),
};

const struct shape mail_shape = SHAPE(struct mail_row, fields);

enum status
mail_queue(const struct actor *by, const char *recipient, const char *subject, const char *body)
{
	static const char sql[] = "INSERT INTO mail (recipient, subject, body, message_id, next_at)"
				  " VALUES (?, ?, ?, ?, ?)";
	const char *id = arena_print(by->arena, "%s@millwright", random_text(by->arena, 16));

	return db_change(by->db, sql,
	    ARGS(ARG(recipient), ARG(text_cut(by->arena, subject, 200)), ARG(body), ARG(id),
		ARG(by->now)),
	    NULL);
}

enum status
mail_take(const struct actor *by, struct mail_row *out)
{
	static const char next[] = "SELECT id, recipient, subject, body, message_id,"
				   " tries FROM mail WHERE state = 'QUEUED'"
				   " AND next_at <= ? AND (lease_until IS NULL"
				   " OR lease_until < ?) ORDER BY next_at LIMIT 1"
				   " FOR UPDATE SKIP LOCKED";
	static const char lease[] =
	    "UPDATE mail SET lease_until = ?, tries = tries + 1 WHERE id = ?";
	enum status e = db_begin(by->db);

	if (e)
		return e;
	e = db_row(by->db, by->arena, next, ARGS(ARG(by->now), ARG(by->now)), &mail_shape, out);
	if (!e)
		e = db_change_one(
		    by->db, lease, ARGS(ARG(instant_add(by->now, 2 * MINUTE)), ARG(out->id)));
	return db_end(by->db, e);
}

enum status
mail_sent(const struct actor *by, int64_t id)
{
	static const char sql[] =
	    "UPDATE mail SET state = 'SENT', sent_at = ?, lease_until = NULL WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(by->now), ARG(id)));
}

enum status
mail_failed(const struct actor *by, const struct mail_row *m, bool final, const char *why)
{
	static const char sql[] = "UPDATE mail SET state = ?, next_at = ?, last_error = ?,"
				  " lease_until = NULL WHERE id = ?";
	int64_t n = m->tries + 1;
	int64_t pause = n * n < LONGEST_PAUSE ? n * n : LONGEST_PAUSE;
	bool over = final || n >= MAX_TRIES;

	return db_change_one(by->db, sql,
	    ARGS(ARG(over ? "FAILED" : "QUEUED"), ARG(instant_add(by->now, pause * MINUTE)),
		ARG(text_cut(by->arena, why, 400)), ARG(m->id)));
}
