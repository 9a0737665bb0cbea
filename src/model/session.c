/* session.c: see session.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/session.h"

/* One row a department; GROUP_CONCAT would double what this costs each request. */
struct membership {
	struct signed_in who;
	struct number department_id;
};

#define OF_WHO(m, t) \
	{ \
#m, t, offsetof(struct membership, who.m), NULL \
	}

static const struct field fields[] = {
	OF_WHO(session, TYPE_TEXT),
	OF_WHO(user_id, TYPE_INT),
	OF_WHO(name, TYPE_TEXT),
	OF_WHO(email, TYPE_TEXT),
	OF_WHO(role, TYPE_TEXT),
	OF_WHO(language, TYPE_TEXT),
	OF_WHO(theme, TYPE_TEXT),
	OF_WHO(unread, TYPE_INT),
	FIELD(struct membership, department_id),
};

static const struct shape membership_shape = SHAPE(struct membership, fields);

enum status
session_find(const struct actor *by, const char *session, struct signed_in *out)
{
	static const char sql[] =
	    "SELECT s.id AS session, s.user_id, u.name, u.email, u.role, u.language, u.theme,"
	    " (SELECT COUNT(*) FROM notification n WHERE n.user_id = u.id AND n.read_at IS NULL)"
	    "  AS unread, d.department_id FROM session s JOIN user u ON u.id = s.user_id"
	    " LEFT JOIN user_department d ON d.user_id = u.id"
	    " WHERE s.id = ? AND s.ended_at IS NULL AND s.expires_at > ? AND u.archived_at IS NULL";
	struct buf departments = { .arena = by->arena };
	struct rows rows;
	enum status e = db_rows(
	    by->db, by->arena, sql, ARGS(ARG(session), ARG(by->now)), &membership_shape, &rows);

	if (e)
		return e;
	if (rows.count == 0)
		return SIGN_IN;
	buf_text(&departments, "");
	for (size_t i = 0; i < rows.count; i++) {
		const struct membership *m = row_at(&rows, i);

		*out = m->who;
		if (m->department_id.known)
			buf_print(&departments, "%s%" PRId64, i > 0 ? "," : "", m->department_id.n);
	}
	out->departments = departments.text;
	return OK;
}

static struct arg
digest_of(struct arena *a, const char *secret)
{
	unsigned char *digest = arena_alloc(a, SHA256_BYTES, 1);

	sha256(secret, strlen(secret), digest);
	return arg_bytes(digest, SHA256_BYTES);
}

static struct instant
refresh_end(const struct actor *by)
{
	return instant_add(by->now, REFRESH_DAYS * DAY);
}

enum status
session_start(
    const struct actor *by, int64_t user_id, const char *user_agent, struct fresh_session *out)
{
	static const char sql[] =
	    "INSERT INTO session (id, user_id, refresh_digest, rotated_at, expires_at, address,"
	    " user_agent, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	static const char seen[] = "UPDATE user SET seen_at = ? WHERE id = ?";
	enum status e;

	out->session = random_text(by->arena, 16);
	out->refresh = random_text(by->arena, 32);
	out->user_id = user_id;
	e = db_change(by->db, sql,
	    ARGS(ARG(out->session), ARG(user_id), digest_of(by->arena, out->refresh), ARG(by->now),
		ARG(refresh_end(by)), ARG(by->address), ARG(text_cut(by->arena, user_agent, 200)),
		ARG(by->now)),
	    NULL);
	return e ? e : db_change_one(by->db, seen, ARGS(ARG(by->now), ARG(user_id)));
}

struct turned {
	const char *id;
	int64_t user_id;
	bool current;
	bool follows; /* the token of now is the successor of the one that was sent */
	struct instant rotated_at;
};

static const struct field turned_fields[] = {
	FIELD(struct turned, id),
	FIELD(struct turned, user_id),
	FIELD(struct turned, current),
	FIELD(struct turned, follows),
	FIELD(struct turned, rotated_at),
};

static const struct shape turned_shape = SHAPE(struct turned, turned_fields);

static enum status
find_by_refresh(const struct actor *by, struct arg digest, struct arg successor, struct turned *out)
{
	static const char sql[] =
	    "SELECT id, user_id, TRUE AS current, FALSE AS follows, rotated_at FROM session"
	    " WHERE refresh_digest = ? AND ended_at IS NULL AND expires_at > ? UNION ALL"
	    " SELECT id, user_id, FALSE, refresh_digest = ?, rotated_at FROM session"
	    " WHERE previous_digest = ? AND ended_at IS NULL AND expires_at > ? LIMIT 1";
	enum status e = db_row(by->db, by->arena, sql,
	    ARGS(digest, ARG(by->now), successor, digest, ARG(by->now)), &turned_shape, out);

	return e == NOT_FOUND ? SIGN_IN : e;
}

static enum status
say(const struct actor *by, const char *act, int64_t user_id, const char *title)
{
	return event_write(by,
	    &(struct event){ .act = act, .kind = "user", .record_id = user_id, .title = title });
}

/* Only one of two that turn the same token at once moves it; the other is within the grace. */
static enum status
rotate(const struct actor *by, struct arg digest, struct arg successor)
{
	static const char sql[] = "UPDATE session SET previous_digest = refresh_digest,"
				  " refresh_digest = ?, rotated_at = ?,"
				  " expires_at = ? WHERE refresh_digest = ? AND ended_at IS NULL";

	return db_change(
	    by->db, sql, ARGS(successor, ARG(by->now), ARG(refresh_end(by)), digest), NULL);
}

/*
 * The next token is made of this one: whoever asks again within the grace gets the same.  A random
 * one would be lost with the answer that carried it, or with a try that had to be made again, and
 * its owner would be taken for a thief.
 */
static const char *
successor_of(const struct actor *by, const char *secret, const char *refresh)
{
	return hmac_text(by->arena, secret, arena_print(by->arena, "refresh:%s", refresh));
}

enum status
session_refresh(
    const struct actor *by, const char *secret, const char *refresh, struct fresh_session *out)
{
	const char *next = successor_of(by, secret, refresh);
	const struct arg digest = digest_of(by->arena, refresh);
	const struct arg successor = digest_of(by->arena, next);
	struct turned s;
	enum status e;

	e = find_by_refresh(by, digest, successor, &s);
	if (e)
		return e;
	*out = (struct fresh_session){ .session = s.id, .user_id = s.user_id };
	if (s.current || s.follows)
		out->refresh = next;
	if (s.current)
		return rotate(by, digest, successor);
	if (by->now.us - s.rotated_at.us <= REFRESH_GRACE_SECONDS * SECOND)
		return OK;
	e = session_end(by, s.id);
	if (!e)
		e = say(by, "user.token_reused", s.user_id, "");
	return e ? e : SIGN_IN;
}

enum status
session_end(const struct actor *by, const char *session)
{
	static const char sql[] =
	    "UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL";

	return db_change(by->db, sql, ARGS(ARG(by->now), ARG(session)), NULL);
}

enum status
session_end_all(const struct actor *by, int64_t user_id)
{
	static const char sql[] =
	    "UPDATE session SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL";

	return db_change(by->db, sql, ARGS(ARG(by->now), ARG(user_id)), NULL);
}

static const struct field row_fields[] = {
	FIELD(struct session_row, id),
	FIELD(struct session_row, address),
	FIELD(struct session_row, user_agent),
	FIELD(struct session_row, created_at),
	FIELD(struct session_row, rotated_at),
	FIELD(struct session_row, current),
};

const struct shape session_shape = SHAPE(struct session_row, row_fields);

enum status
session_list(const struct actor *by, int64_t user_id, struct rows *out)
{
	static const char sql[] =
	    "SELECT id, address, user_agent, created_at, rotated_at, id = ? AS current FROM session"
	    " WHERE user_id = ? AND ended_at IS NULL AND expires_at > ? ORDER BY rotated_at DESC"
	    " LIMIT 50";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(by->session ? by->session : ""), ARG(user_id), ARG(by->now)), &session_shape,
	    out);
}
