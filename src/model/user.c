/* user.c: see user.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/event.h"
#include "model/session.h"
#include "model/user.h"

static const struct word themes[] = {
	{ "auto", "As the device" },
	{ "light", "Light" },
	{ "dark", "Dark" },
};

const struct words theme_words = WORDS(themes);

static const struct word languages[] = {
	{ "en", "English" },
	{ "fr", "Français" },
};

const struct words language_words = WORDS(languages);

static const struct field fields[] = {
	FIELD(struct user, id),
	FIELD(struct user, code),
	FIELD(struct user, email),
	FIELD(struct user, name),
	FIELD_WORD(struct user, role, &role_words),
	FIELD_WORD(struct user, language, &language_words),
	FIELD_WORD(struct user, theme, &theme_words),
	FIELD(struct user, phone),
	FIELD(struct user, hourly_rate),
	FIELD(struct user, departments),
	FIELD(struct user, department_names),
	FIELD(struct user, skills),
	FIELD(struct user, skill_names),
	FIELD(struct user, invited),
	FIELD(struct user, seen_at),
	FIELD(struct user, version),
	FIELD(struct user, archived_at),
};

const struct shape user_shape = SHAPE(struct user, fields);

static const struct field changed_fields[] = {
	FIELD(struct user, email),
	FIELD(struct user, name),
	FIELD_WORD(struct user, role, &role_words),
	FIELD(struct user, phone),
	FIELD(struct user, hourly_rate),
	FIELD(struct user, department_names),
	FIELD(struct user, skill_names),
	FIELD(struct user, language),
};

static const struct shape changed_shape = SHAPE(struct user, changed_fields);

#define COLUMNS \
	"SELECT u.id, u.code, u.email, u.name, u.role, u.language, u.theme, u.phone," \
	" " USER_RATE " AS hourly_rate," \
	" (SELECT GROUP_CONCAT(ud.department_id ORDER" \
	" BY ud.department_id) FROM user_department ud" \
	"  WHERE ud.user_id = u.id) AS departments," \
	" (SELECT GROUP_CONCAT(d.name ORDER BY d.name SEPARATOR ', ') FROM user_department ud" \
	"  JOIN department d ON d.id = ud.department_id" \
	" WHERE ud.user_id = u.id) AS department_names," \
	" (SELECT GROUP_CONCAT(us.skill_id) FROM user_skill us" \
	"  WHERE us.user_id = u.id) AS skills," \
	" (SELECT GROUP_CONCAT(k.name ORDER BY k.name SEPARATOR ', ') FROM user_skill us" \
	"  JOIN skill k ON k.id = us.skill_id WHERE us.user_id = u.id) AS skill_names," \
	" u.password IS NULL AS invited, u.seen_at, u.version, u.archived_at FROM user u "

enum status
user_find(const struct actor *by, int64_t id, struct user *out)
{
	static const char sql[] = COLUMNS "WHERE u.id = ?";

	return db_row(by->db, by->arena, sql, ARGS(ARG(by->today), ARG(id)), &user_shape, out);
}

enum status
user_by_email(const struct actor *by, const char *email, struct user *out)
{
	static const char sql[] = COLUMNS "WHERE u.email = ? AND u.archived_at IS NULL";

	return db_row(by->db, by->arena, sql, ARGS(ARG(by->today), ARG(email)), &user_shape, out);
}

static enum status
say(const struct actor *by, const char *act, const struct user *u, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = "user",
				   .record_id = u->id,
				   .title = u->name,
				   .changes = changes });
}

/* Exactly these departments: "3,7" as the form gave them. */
static enum status
set_departments(const struct actor *by, int64_t id, const char *list)
{
	static const char clear[] = "DELETE FROM user_department WHERE user_id = ?";
	static const char add[] = "INSERT IGNORE INTO user_department (user_id, department_id)"
				  " SELECT ?, id FROM department WHERE FIND_IN_SET(id, ?)";
	enum status e = db_change(by->db, clear, ARGS(ARG(id)), NULL);

	return e ? e : db_change(by->db, add, ARGS(ARG(id), ARG(list ? list : "")), NULL);
}

static enum status
set_skills(const struct actor *by, int64_t id, const char *list)
{
	static const char clear[] = "DELETE FROM user_skill WHERE user_id = ?";
	static const char add[] = "INSERT IGNORE INTO user_skill (user_id, skill_id)"
				  " SELECT ?, id FROM skill WHERE FIND_IN_SET(id, ?)";
	enum status e = db_change(by->db, clear, ARGS(ARG(id)), NULL);

	return e ? e : db_change(by->db, add, ARGS(ARG(id), ARG(list ? list : "")), NULL);
}

/* What hangs on the row. */
static enum status
set_others(const struct actor *by, int64_t id, const struct user *u)
{
	enum status e = set_departments(by, id, u->departments);

	return e ? e : set_skills(by, id, u->skills);
}

enum status
user_create(const struct actor *by, const struct user *u, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO user (email, name, role, phone, hourly_rate, language, code)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)";
	struct user after;
	enum status e;

	e = db_insert(by->db, sql,
	    ARGS(ARG(text_lower(by->arena, u->email)), ARG(u->name), ARG(u->role),
		ARG(u->phone ? u->phone : ""), ARG(u->hourly_rate), ARG(u->language),
		ARG(code_fresh(by))),
	    id);
	if (e == CONFLICT)
		return INVALID;
	if (!e)
		e = set_others(by, *id, u);
	if (!e)
		e = user_find(by, *id, &after);
	return e ? e
		 : say(by, "user.created", &after, event_changes(by, &changed_shape, NULL, &after));
}

/* The plant keeps at least one administrator who can sign in. */
enum status
user_administrators(const struct actor *by)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM user WHERE role = 'ADMIN' AND archived_at IS NULL";
	int64_t n;
	enum status e = db_int(by->db, sql, NO_ARGS, &n);

	return e ? e : n > 0 ? OK : INVALID;
}

static enum status
set_rate(const struct actor *by, int64_t id, const struct user_rate *r)
{
	static const char set[] = "INSERT INTO user_rate (user_id, from_day, rate) VALUES (?, ?, ?)"
				  " ON DUPLICATE KEY UPDATE rate = VALUES(rate)";
	static const char take[] = "DELETE FROM user_rate WHERE user_id = ? AND from_day = ?";

	if (!r->rate.known)
		return db_change(by->db, take, ARGS(ARG(id), ARG(r->from_day)), NULL);
	return db_change(by->db, set, ARGS(ARG(id), ARG(r->from_day), ARG(r->rate)), NULL);
}

enum status
user_prefer(const struct actor *by, const char *language, const char *theme)
{
	static const char sql[] = "UPDATE user SET language = ?, theme = ? WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(language), ARG(theme), ARG(by->user_id)));
}

static const struct field beside_fields[] = {
	FIELD(struct user_beside, what),
	FIELD(struct user_beside, from_day),
	FIELD(struct user_beside, rate),
	FIELD(struct user_beside, user_agent),
	FIELD(struct user_beside, address),
	FIELD(struct user_beside, rotated_at),
};

const struct shape user_beside_shape = SHAPE(struct user_beside, beside_fields);

enum status
user_beside(const struct actor *by, int64_t id, struct rows *out)
{
	static const char sql[] =
	    "(SELECT 'RATE' AS what, from_day, rate, NULL AS user_agent, NULL AS address,"
	    " CAST(NULL AS DATETIME(6)) AS rotated_at FROM user_rate WHERE user_id = ?"
	    " ORDER BY from_day DESC LIMIT 100) UNION ALL"
	    " (SELECT 'SESSION', NULL, NULL, user_agent, address, rotated_at FROM session"
	    " WHERE user_id = ? AND ended_at IS NULL AND expires_at > ?"
	    " ORDER BY rotated_at DESC LIMIT 50)";

	return db_rows(
	    by->db, by->arena, sql, ARGS(ARG(id), ARG(id), ARG(by->now)), &user_beside_shape, out);
}

enum status
user_rate_set(const struct actor *by, int64_t id, const struct user_rate *r)
{
	static const struct field told[] = { FIELD(struct user_rate, rate) };
	static const struct shape told_shape = SHAPE(struct user_rate, told);
	struct user u;
	const char *changes = event_changes(by, &told_shape, NULL, r);
	enum status e = user_find(by, id, &u);

	if (!e)
		e = set_rate(by, id, r);
	if (e)
		return e;
	changes = event_with(by, changes, "from_day", date_iso(by->arena, r->from_day));
	return say(by, "user.rate_set", &u, changes);
}
