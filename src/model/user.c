/* user.c: see user.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/session.h"
#include "model/user.h"

static const struct word themes[] = {
	{ "auto", "As the device" },
	{ "light", "Light" },
	{ "dark", "Dark" },
};

const struct words theme_words = WORDS(themes);

static const struct field fields[] = {
	FIELD(struct user, id),
	FIELD(struct user, email),
	FIELD(struct user, name),
	FIELD_WORD(struct user, role, &role_words),
	FIELD(struct user, language),
	FIELD_WORD(struct user, theme, &theme_words),
	FIELD(struct user, phone),
	FIELD(struct user, hourly_rate),
	FIELD(struct user, departments),
	FIELD(struct user, department_names),
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
};

static const struct shape changed_shape = SHAPE(struct user, changed_fields);

#define COLUMNS \
	"SELECT u.id, u.email, u.name, u.role, u.language, u.theme, u.phone, u.hourly_rate," \
	" (SELECT GROUP_CONCAT(ud.department_id ORDER" \
	" BY ud.department_id) FROM user_department ud" \
	"  WHERE ud.user_id = u.id) AS departments," \
	" (SELECT GROUP_CONCAT(d.name ORDER BY d.name SEPARATOR ', ') FROM user_department ud" \
	"  JOIN department d ON d.id = ud.department_id" \
	" WHERE ud.user_id = u.id) AS department_names," \
	" u.password IS NULL AS invited, u.seen_at, u.version, u.archived_at FROM user u "

enum status
user_list(const struct actor *by, const struct user_filter *f, int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE (? IS NULL OR u.role = ?) AND (? = (u.archived_at IS NOT NULL))"
		    " AND (u.name LIKE ? OR u.email LIKE ?)"
		    " AND (u.name > ? OR (u.name = ? AND u.id > ?)) ORDER BY u.name, u.id LIMIT ?";
	const char *like = arena_print(
	    by->arena, "%%%s%%", text_empty(f->search) ? "" : text_like(by->arena, f->search));
	const char *after = f->after_name ? f->after_name : "";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(f->role), ARG(f->role), ARG(f->archived), ARG(like),
		ARG(text_lower(by->arena, like)), ARG(after), ARG(after), ARG(f->after_id),
		ARG(most)),
	    &user_shape, out);
}

enum status
user_find(const struct actor *by, int64_t id, struct user *out)
{
	static const char sql[] = COLUMNS "WHERE u.id = ?";

	return db_row(by->db, by->arena, sql, ARGS(ARG(id)), &user_shape, out);
}

enum status
user_by_email(const struct actor *by, const char *email, struct user *out)
{
	static const char sql[] = COLUMNS "WHERE u.email = ? AND u.archived_at IS NULL";

	return db_row(by->db, by->arena, sql, ARGS(ARG(email)), &user_shape, out);
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

enum status
user_create(const struct actor *by, const struct user *u, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO user (email, name, role, phone, hourly_rate, language)"
	    " VALUES (?, ?, ?, ?, ?, ?)";
	struct user after;
	enum status e;

	e = db_insert(by->db, sql,
	    ARGS(ARG(text_lower(by->arena, u->email)), ARG(u->name), ARG(u->role),
		ARG(u->phone ? u->phone : ""), ARG(u->hourly_rate), ARG(u->language)),
	    id);
	if (e == CONFLICT)
		return INVALID;
	if (!e)
		e = set_departments(by, *id, u->departments);
	if (!e)
		e = user_find(by, *id, &after);
	return e ? e
		 : say(by, "user.created", &after, event_changes(by, &changed_shape, NULL, &after));
}

/* The plant keeps at least one administrator who can sign in. */
static enum status
check_administrator(const struct actor *by)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM user WHERE role = 'ADMIN' AND archived_at IS NULL";
	int64_t n;
	enum status e = db_int(by->db, sql, NO_ARGS, &n);

	return e ? e : n > 0 ? OK : INVALID;
}

enum status
user_edit(const struct actor *by, const struct user *u)
{
	static const char sql[] =
	    "UPDATE user SET email = ?, name = ?, role = ?, phone = ?,"
	    " hourly_rate = ?, version = version + 1 WHERE id = ? AND version = ?";
	struct user before, after;
	int64_t changed;
	enum status e;

	e = user_find(by, u->id, &before);
	if (e)
		return e;
	e = db_change(by->db, sql,
	    ARGS(ARG(text_lower(by->arena, u->email)), ARG(u->name), ARG(u->role),
		ARG(u->phone ? u->phone : ""), ARG(u->hourly_rate), ARG(u->id), ARG(u->version)),
	    &changed);
	if (e)
		return e == CONFLICT ? INVALID : e;
	if (changed == 0)
		return CONFLICT;
	e = set_departments(by, u->id, u->departments);
	if (!e)
		e = check_administrator(by);
	if (!e)
		e = user_find(by, u->id, &after);
	return e ? e
		 : say(by, "user.changed", &after,
		       event_changes(by, &changed_shape, &before, &after));
}

enum status
user_archive(const struct actor *by, int64_t id, bool archived)
{
	static const char sql[] =
	    "UPDATE user SET archived_at = ?, version = version + 1 WHERE id = ?";
	struct instant at = archived ? by->now : (struct instant){ 0 };
	struct user u;
	enum status e;

	e = user_find(by, id, &u);
	if (!e)
		e = db_change_one(by->db, sql, ARGS(ARG(at), ARG(id)));
	if (!e)
		e = check_administrator(by);
	if (!e && archived)
		e = session_end_all(by, id);
	return e ? e : say(by, archived ? "user.archived" : "user.restored", &u, NULL);
}

enum status
user_prefer(const struct actor *by, const char *language, const char *theme)
{
	static const char sql[] = "UPDATE user SET language = ?, theme = ? WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(language), ARG(theme), ARG(by->user_id)));
}
