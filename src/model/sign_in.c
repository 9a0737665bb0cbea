/* sign_in.c: e-mail address and password against what is stored; slower after each failure. */
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/session.h"
#include "model/user.h"
#include "rule/password.h"

struct credential {
	int64_t id;
	const char *name;
	const char *password;
	int64_t failures;
	struct instant wait_until;
};

static const struct field fields[] = {
	FIELD(struct credential, id),
	FIELD(struct credential, name),
	FIELD(struct credential, password),
	FIELD(struct credential, failures),
	FIELD(struct credential, wait_until),
};

static const struct shape shape = SHAPE(struct credential, fields);

static enum status
find(const struct actor *by, const char *email, struct credential *out)
{
	static const char sql[] = "SELECT id, name, password, failures, wait_until FROM user"
				  " WHERE email = ? AND archived_at IS NULL FOR UPDATE";
	enum status e = db_row(by->db, by->arena, sql, ARGS(ARG(email)), &shape, out);

	return e == NOT_FOUND ? OK : e;
}

static const struct field address_fields[] = {
	FIELD(struct credential, failures),
	FIELD(struct credential, wait_until),
};

static const struct shape address_shape = SHAPE(struct credential, address_fields);

static enum status
find_address(const struct actor *by, struct credential *out)
{
	static const char sql[] =
	    "SELECT failures, wait_until FROM sign_in_failure WHERE address = ? AND last_at > ?";
	enum status e = db_row(by->db, by->arena, sql,
	    ARGS(ARG(by->address), ARG(instant_add(by->now, -DAY))), &address_shape, out);

	return e == NOT_FOUND ? OK : e;
}

static int64_t
seconds_left(const struct actor *by, struct instant until)
{
	return until.known && until.us > by->now.us ? (until.us - by->now.us) / SECOND + 1 : 0;
}

static struct instant
wait_after(const struct actor *by, int64_t failures)
{
	int64_t wait = signin_wait((int)(failures > 1000 ? 1000 : failures));

	return wait == 0 ? (struct instant){ 0 } : instant_add(by->now, wait * SECOND);
}

/* An address may fail more often than an account: a plant has one for many people. */
enum { ADDRESS_PATIENCE = 20 };

static enum status
refuse(const struct actor *by, const char *email, const struct credential *user,
    const struct credential *address)
{
	static const char of_user[] = "UPDATE user SET failures = ?, wait_until = ? WHERE id = ?";
	static const char of_address[] =
	    "INSERT INTO sign_in_failure (address, failures,"
	    " wait_until, last_at) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE failures = VALUES(failures), wait_until = VALUES(wait_until),"
	    " last_at = VALUES(last_at)";
	int64_t n = user->failures + 1, m = address->failures + 1;
	enum status e = OK;

	if (user->id != 0)
		e = db_change_one(
		    by->db, of_user, ARGS(ARG(n), ARG(wait_after(by, n)), ARG(user->id)));
	if (!e)
		e = db_change(by->db, of_address,
		    ARGS(ARG(by->address), ARG(m), ARG(wait_after(by, m - ADDRESS_PATIENCE)),
			ARG(by->now)),
		    NULL);
	if (!e)
		e = event_write(by, &(struct event){ .act = "user.sign_in_refused",
					.kind = "user",
					.record_id = user->id,
					.title = text_cut(by->arena, email, 160) });
	return e ? e : INVALID;
}

static enum status
welcome(const struct actor *by, const struct gate *gate, const struct credential *user,
    const char *password, const char *user_agent, struct fresh_session *out)
{
	static const char sql[] = "UPDATE user SET failures = 0, wait_until = NULL WHERE id = ?";
	struct actor self = *by;
	enum status e;

	self.user_id = user->id;
	self.name = user->name;
	e = db_change_one(by->db, sql, ARGS(ARG(user->id)));
	if (!e && password_is_old(user->password))
		e = user_set_password(&self, gate, user->id, password);
	if (!e)
		e = session_start(&self, user->id, user_agent, out);
	if (e)
		return e;
	return event_write(&self, &(struct event){ .act = "user.signed_in",
				      .kind = "user",
				      .record_id = user->id,
				      .title = user->name });
}

/* Behind the gate.  TOO_MANY with the seconds in *wait for who is slowed down. */
static enum status
judge(const struct actor *by, const char *email, const char *password, struct credential *user,
    struct credential *address, bool *right, int64_t *wait)
{
	enum status e = find(by, email, user);

	if (!e)
		e = find_address(by, address);
	if (e)
		return e;
	*wait = seconds_left(by, user->wait_until);
	if (*wait == 0)
		*wait = seconds_left(by, address->wait_until);
	if (*wait > 0)
		return TOO_MANY;
	*right = password_matches(by->arena, password, user->password);
	return OK;
}

enum status
session_sign_in(const struct actor *by, const struct gate *gate, const char *email,
    const char *password, const char *user_agent, struct fresh_session *out, int64_t *wait)
{
	struct credential user = { 0 }, address = { 0 };
	bool right = false;
	int place;
	enum status e;

	*wait = 1;
	email = text_lower(by->arena, email);
	/* Before the account's row is locked: many who try one account would wait for each other,
	 * each holding a worker. */
	e = gate_enter(gate, by->arena, &place);
	if (e)
		return e;
	e = judge(by, email, password, &user, &address, &right, wait);
	gate_leave(place);
	if (e)
		return e;
	return right ? welcome(by, gate, &user, password, user_agent, out)
		     : refuse(by, email, &user, &address);
}
