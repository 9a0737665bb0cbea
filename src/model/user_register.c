/* user_register.c: people as a register: lists, export, import, acts on many. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/department.h"
#include "model/register.h"
#include "model/session.h"
#include "model/skill.h"
#include "model/user.h"

/* In the name of a department or skill. */
enum { COMMAS = 3 };

static const struct field event_fields[] = {
	FIELD(struct user, email),
	FIELD(struct user, name),
	FIELD_WORD(struct user, role, &role_words),
	FIELD(struct user, phone),
	FIELD(struct user, hourly_rate),
	FIELD(struct user, department_names),
	FIELD(struct user, skill_names),
	FIELD_WORD(struct user, language, &language_words),
};

static const struct shape events = SHAPE(struct user, event_fields);

/* Names between commas, into the rows that belong to the person. */
struct names {
	const struct reg_table *of;
	const char *member;
	const char *clear;
	const char *add;
	const char *unknown; /* msgid */
};

static const struct names departments = {
	.of = &department_table,
	.member = "department_names",
	.clear = "DELETE FROM user_department WHERE user_id = ?",
	.add = "INSERT IGNORE INTO user_department (user_id, department_id) VALUES (?, ?)",
	.unknown = "There is no department %s.",
};

static const struct names skills = {
	.of = &skill_table,
	.member = "skill_names",
	.clear = "DELETE FROM user_skill WHERE user_id = ?",
	.add = "INSERT IGNORE INTO user_skill (user_id, skill_id) VALUES (?, ?)",
	.unknown = "There is no skill %s.",
};

/* Where a piece ends that begins at p: at the comma number `more`, or at the end. */
static size_t
piece(const char *p, int more)
{
	size_t len = strcspn(p, ",");

	for (; more > 0 && p[len] != '\0'; more--)
		len += 1 + strcspn(p + len + 1, ",");
	return len;
}

/* The record of the longest name at p, for names may have commas; *len is what it took. */
static enum status
find_name(const struct actor *by, const struct names *n, const char *p, size_t *len, void *record)
{
	enum status e = NOT_FOUND;

	for (int more = COMMAS; e == NOT_FOUND && more >= 0; more--) {
		if (more > 0 && piece(p, more) == piece(p, more - 1))
			continue;
		*len = piece(p, more);
		e = reg_find_by(by, n->of, "name",
		    text_trim(by->arena, arena_text(by->arena, p, *len)), record);
	}
	return e;
}

static enum status
add_name(const struct actor *by, const struct names *n, int64_t id, const char *p, size_t *len,
    struct reg_refusal *refused)
{
	void *record = arena_alloc(by->arena, 1, n->of->shape->size);
	enum status e = find_name(by, n, p, len, record);

	if (e == NOT_FOUND) {
		*refused = (struct reg_refusal){ n->member, n->unknown,
			text_trim(by->arena, arena_text(by->arena, p, *len)) };
		return INVALID;
	}
	if (e)
		return e;
	return db_change(by->db, n->add,
	    ARGS(ARG(id), ARG(*(const int64_t *)field_of(shape_field(n->of->shape, "id"), record))),
	    NULL);
}

static enum status
set_names(const struct actor *by, const struct names *n, int64_t id, const char *list,
    struct reg_refusal *refused)
{
	enum status e = db_change(by->db, n->clear, ARGS(ARG(id)), NULL);

	for (const char *p = list != NULL ? list : ""; !e && *p != '\0';) {
		size_t len = strspn(p, ", ");

		p += len;
		if (*p != '\0')
			e = add_name(by, n, id, p, &len, refused);
		else
			len = 0;
		p += e ? 0 : len;
	}
	return e;
}

/* A new rate holds from today on: what was said before is dated, too, and so stays. */
static enum status
date_rate(const struct actor *by, const struct user *was, const struct user *is)
{
	static const char sql[] =
	    "INSERT INTO user_rate (user_id, from_day, rate) SELECT u.id, DATE(u.created_at), ?"
	    " FROM user u WHERE u.id = ? AND DATE(u.created_at) < UTC_DATE()"
	    " AND NOT EXISTS (SELECT 1 FROM user_rate h WHERE h.user_id = u.id)";

	if (!was->hourly_rate.known || !is->hourly_rate.known ||
	    was->hourly_rate.units == is->hourly_rate.units)
		return OK;
	return db_change(by->db, sql, ARGS(ARG(was->hourly_rate), ARG(was->id)), NULL);
}

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	struct user *u = record;

	(void)refused;
	u->email = text_lower(by->arena, u->email);
	return before != NULL ? date_rate(by, before, u) : OK;
}

/* Not among those stored: NULL is the plant's language. */
static enum status
keep_language(const struct actor *by, int64_t id, const char *language)
{
	static const char sql[] = "UPDATE user SET language = NULLIF(?, '') WHERE id = ?"
				  " AND NOT language <=> NULLIF(?, '')";
	const char *text = language != NULL ? language : "";

	return db_change(by->db, sql, ARGS(ARG(text), ARG(id), ARG(text)), NULL);
}

/* Where rates are dated, one that was said without a day holds from today on. */
static enum status
keep_rate(const struct actor *by, int64_t id, struct decimal rate)
{
	static const char sql[] =
	    "INSERT INTO user_rate (user_id, from_day, rate) SELECT u.id, UTC_DATE(), ? FROM user u"
	    " WHERE u.id = ? AND EXISTS (SELECT 1 FROM user_rate h WHERE h.user_id = u.id)"
	    " AND NOT ? <=> (SELECT n.rate FROM user_rate n WHERE n.user_id = u.id"
	    " AND n.from_day <= UTC_DATE() ORDER BY n.from_day DESC LIMIT 1)"
	    " ON DUPLICATE KEY UPDATE rate = VALUES(rate)";

	if (!rate.known)
		return OK;
	return db_change(by->db, sql, ARGS(ARG(rate), ARG(id), ARG(rate)), NULL);
}

static enum status
saved(const struct actor *by, int64_t id, const void *record, struct reg_refusal *refused)
{
	const struct user *u = record;
	enum status e = set_names(by, &departments, id, u->department_names, refused);

	if (!e)
		e = set_names(by, &skills, id, u->skill_names, refused);
	if (!e)
		e = keep_language(by, id, u->language);
	if (!e)
		e = keep_rate(by, id, u->hourly_rate);
	if (e)
		return e;
	e = user_administrators(by);
	if (e == INVALID)
		*refused = (struct reg_refusal){ "role",
			"The plant needs at least one administrator.", NULL };
	return e;
}

/* Who is deactivated is signed out at once. */
static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	static const char others[] = "SELECT COUNT(*) FROM user WHERE role = 'ADMIN'"
				     " AND archived_at IS NULL AND id <> ?";
	const struct user *u = record;
	int64_t left = 1;
	enum status e = OK;

	if (u->id == by->user_id) {
		*why = "Nobody deactivates their own account.";
		return OK;
	}
	if (strcmp(u->role, "ADMIN") == 0)
		e = db_int(by->db, others, ARGS(ARG(u->id)), &left);
	if (!e && left == 0) {
		*why = "The plant needs at least one administrator.";
		return OK;
	}
	return e ? e : session_end_all(by, u->id);
}

static void
fill(const struct actor *by, void *record)
{
	((struct user *)record)->code = code_fresh(by);
}

static const char *const given[] = { "code", NULL };
static const char *const stored[] = { "email", "name", "role", "phone", "hourly_rate", NULL };
static const char *const like[] = { "name", "email", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "email", { "email" }, true },
};
static const struct reg_filter filters[] = {
	{ .name = "role", .column = "role", .kind = REG_WORD },
	{ .name = "department",
	    .column = "id",
	    .kind = REG_REF,
	    .through = "SELECT user_id AS id FROM user_department WHERE department_id" },
	{ .name = "skill",
	    .column = "id",
	    .kind = REG_REF,
	    .through = "SELECT user_id AS id FROM user_skill WHERE skill_id" },
	{ .name = "invited", .column = "invited", .kind = REG_FLAG },
};

const struct reg_table user_table = {
	.name = "user",
	.shape = &user_shape,
	.columns =
	    "r.id, r.code, r.email, r.name, r.role, r.language, r.theme, r.phone,"
	    " COALESCE((SELECT ur.rate FROM user_rate ur WHERE ur.user_id = r.id AND"
	    " ur.from_day <= UTC_DATE() ORDER BY ur.from_day DESC LIMIT 1), r.hourly_rate)"
	    " AS hourly_rate,"
	    " (SELECT GROUP_CONCAT(ud.department_id ORDER BY ud.department_id)"
	    " FROM user_department ud WHERE ud.user_id = r.id) AS departments,"
	    " (SELECT GROUP_CONCAT(d.name ORDER BY d.name SEPARATOR ', ') FROM user_department ud"
	    " JOIN department d ON d.id = ud.department_id WHERE ud.user_id = r.id)"
	    " AS department_names,"
	    " (SELECT GROUP_CONCAT(us.skill_id) FROM user_skill us WHERE us.user_id = r.id)"
	    " AS skills,"
	    " (SELECT GROUP_CONCAT(k.name ORDER BY k.name SEPARATOR ', ') FROM user_skill us"
	    " JOIN skill k ON k.id = us.skill_id WHERE us.user_id = r.id) AS skill_names,"
	    " r.invited, r.seen_at, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.given = given,
	.events = &events,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.fill = fill,
	.check = check,
	.saved = saved,
	.archivable = archivable,
};
