/* user_link.c: links that were mailed (invitation, reset) and the passwords set through them. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/mail.h"
#include "model/session.h"
#include "model/user.h"

static struct arg
digest_of(struct arena *a, const char *secret)
{
	unsigned char *digest = arena_alloc(a, SHA256_BYTES, 1);

	sha256(secret, strlen(secret), digest);
	return arg_bytes(digest, SHA256_BYTES);
}

static enum status
say(const struct actor *by, const char *act, int64_t id, const char *name)
{
	return event_write(
	    by, &(struct event){ .act = act, .kind = "user", .record_id = id, .title = name });
}

enum { AGAIN_MINUTES = 10 };
enum { RESETS = 3, RESET_MINUTES = 15 }; /* at most so many mails in so much time */

enum status
user_send_link(const struct actor *by, int64_t id, const char *kind, const char *base_url,
    const struct mail_text *text)
{
	static const char sql[] =
	    "INSERT INTO user_link (digest, user_id, kind, expires_at) VALUES (?, ?, ?, ?)";
	/* Anybody may ask for a reset: a person's mailbox is not to be filled with them. */
	static const char lately[] = "SELECT COUNT(*) FROM user_link WHERE user_id = ?"
				     " AND kind = 'RESET' AND expires_at > ?";
	const bool invite = strcmp(kind, "INVITE") == 0;
	int64_t asked = 0;
	const char *secret = random_text(by->arena, 32), *link;
	struct instant end = instant_add(by->now, invite ? 7 * DAY : HOUR);
	struct user u;
	enum status e;

	if (!invite) {
		e = db_int(by->db, lately,
		    ARGS(ARG(id), ARG(instant_add(end, -RESET_MINUTES * MINUTE))), &asked);
		if (e || asked >= RESETS)
			return e;
	}
	e = user_find(by, id, &u);
	if (!e)
		e = db_change(by->db, sql,
		    ARGS(digest_of(by->arena, secret), ARG(id), ARG(kind), ARG(end)), NULL);
	if (e)
		return e;
	link = arena_print(by->arena, "%s/set-password?link=%s", base_url, secret);
	e = mail_queue(by, u.email, text->subject, text_replace(by->arena, text->body, "%1", link));
	return e ? e : say(by, invite ? "user.invited" : "user.reset_asked", id, u.name);
}

enum status
user_by_link(const struct actor *by, const char *secret, struct user *out)
{
	static const char sql[] =
	    "SELECT l.user_id FROM user_link l JOIN user u ON u.id = l.user_id WHERE l.digest = ?"
	    " AND l.used_at IS NULL AND l.expires_at > ? AND u.archived_at IS NULL";
	int64_t id;
	enum status e;

	e = db_int(by->db, sql, ARGS(digest_of(by->arena, secret), ARG(by->now)), &id);
	return e ? e : user_find(by, id, out);
}

enum status
user_set_password(const struct actor *by, const struct gate *gate, int64_t id, const char *password)
{
	static const char sql[] =
	    "UPDATE user SET password = ?, failures = 0, wait_until = NULL WHERE id = ?";
	const char *hash;
	enum status e = password_hash(gate, by->arena, password, &hash);

	return e ? e : db_change_one(by->db, sql, ARGS(ARG(hash), ARG(id)));
}

enum status
user_take_link(
    const struct actor *by, const struct gate *gate, const char *secret, const char *password)
{
	static const char take[] =
	    "UPDATE user_link SET used_at = ? WHERE digest = ? AND used_at IS NULL";
	struct user u;
	enum status e;

	e = user_by_link(by, secret, &u);
	if (!e)
		e = db_change_one(by->db, take, ARGS(ARG(by->now), digest_of(by->arena, secret)));
	if (!e)
		e = user_set_password(by, gate, u.id, password);
	if (!e)
		e = session_end_all(by, u.id);
	return e ? e : say(by, "user.password_changed", u.id, u.name);
}

enum status
user_took_link(
    const struct actor *by, const struct gate *gate, const char *secret, const char *password)
{
	static const struct field f[] = { FIELD(struct user, name) };
	static const struct shape shape = SHAPE(struct user, f);
	static const char sql[] =
	    "SELECT u.password AS name FROM user_link l JOIN user u ON u.id = l.user_id"
	    " WHERE l.digest = ? AND l.used_at > ? AND u.password IS NOT NULL"
	    " AND u.archived_at IS NULL";
	struct user u;
	bool same = false;
	enum status e = db_row(by->db, by->arena, sql,
	    ARGS(digest_of(by->arena, secret), ARG(instant_add(by->now, -AGAIN_MINUTES * MINUTE))),
	    &shape, &u);

	if (!e)
		e = password_check(gate, by->arena, password, u.name, &same);
	return e ? e : same ? OK : NOT_FOUND;
}

enum status
user_change_password(
    const struct actor *by, const struct gate *gate, const char *old, const char *password)
{
	static const struct field f[] = { FIELD(struct user, name) };
	static const struct shape shape = SHAPE(struct user, f);
	static const char sql[] = "SELECT password AS name FROM user WHERE id = ?";
	static const char others[] = "UPDATE session SET ended_at = ? WHERE user_id = ? AND id <> ?"
				     " AND ended_at IS NULL";
	struct user u;
	bool right;
	enum status e;

	e = db_row(by->db, by->arena, sql, ARGS(ARG(by->user_id)), &shape, &u);
	if (!e)
		e = password_check(gate, by->arena, old, u.name, &right);
	if (!e && !right)
		return INVALID;
	if (!e)
		e = user_set_password(by, gate, by->user_id, password);
	if (!e)
		e = db_change(
		    by->db, others, ARGS(ARG(by->now), ARG(by->user_id), ARG(by->session)), NULL);
	return e ? e : say(by, "user.password_changed", by->user_id, by->name);
}
