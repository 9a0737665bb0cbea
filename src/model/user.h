/* user.h: people, and how they prove who they are. */
#ifndef MODEL_USER_H
#define MODEL_USER_H

#include "base/shape.h"
#include "model/password.h"
#include "rule/permission.h"

struct actor;
struct reg_table;
struct arena;
struct db;

struct user {
	int64_t id;
	const char *code; /* on the badge; NULL: none yet */
	const char *email;
	const char *name;
	const char *role;
	const char *language; /* NULL: the plant's */
	const char *theme;
	const char *phone;
	struct decimal hourly_rate;   /* today's */
	const char *departments;      /* ids, "3,7" */
	const char *department_names; /* "Press shop, Assembly" */
	const char *skills;           /* ids */
	const char *skill_names;      /* "Welding, High voltage" */
	bool invited;                 /* has no password yet */
	struct instant seen_at;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape user_shape;
extern const struct words theme_words;
extern const struct words language_words;
extern const struct reg_table user_table;

enum status user_find(const struct actor *, int64_t id, struct user *) MUST_CHECK;
/* INVALID: that e-mail address has an account. */
enum status user_create(const struct actor *, const struct user *, int64_t *id) MUST_CHECK;

/* What an hour of a person costs from a day on; rows are told from by from_day. */
struct user_rate {
	struct date from_day;
	struct decimal rate;
};

/* What belongs to a person beside their own row: a rate, or a device that is signed in. */
struct user_beside {
	const char *what; /* RATE, SESSION */
	struct date from_day;
	struct decimal rate;
	const char *user_agent; /* NULL: unknown */
	const char *address;
	struct instant rotated_at; /* last used */
};

extern const struct shape user_beside_shape;

/* Rates, the latest first, then sessions, the last used first; one query. */
enum status user_beside(const struct actor *, int64_t id, struct rows *) MUST_CHECK;
/* From that day on; replaces what was said of that day.  rate not known: takes it back. */
enum status user_rate_set(const struct actor *, int64_t id, const struct user_rate *) MUST_CHECK;
/* SQL: the rate of `u` on a day, its argument. */
#define USER_RATE \
	"COALESCE((SELECT ur.rate FROM user_rate ur WHERE ur.user_id = u.id AND ur.from_day <= ?" \
	" ORDER BY ur.from_day DESC LIMIT 1), u.hourly_rate)"
/* Language, theme, phone: a person's own. */
enum status user_prefer(const struct actor *, const char *language, const char *theme) MUST_CHECK;

/* INVALID when nobody is an administrator any more who can sign in. */
enum status user_administrators(const struct actor *) MUST_CHECK;

/*
 * Mails a link to set a password: kind INVITE (7 days) or RESET (1 hour); nothing, and OK, when the
 * person was sent several of the latter a moment ago.
 */
struct mail_text {
	const char *subject;
	const char *body; /* %1 in it becomes the link */
};

enum status user_send_link(const struct actor *, int64_t id, const char *kind, const char *base_url,
    const struct mail_text *) MUST_CHECK;
/* The account of an e-mail address that may sign in; NOT_FOUND. */
enum status user_by_email(const struct actor *, const char *email, struct user *) MUST_CHECK;
/* Whose link it is, unused and in time; NOT_FOUND. */
enum status user_by_link(const struct actor *, const char *secret, struct user *) MUST_CHECK;
/* Takes the link: sets the password and ends every session. */
enum status user_take_link(
    const struct actor *, const struct gate *, const char *secret, const char *password) MUST_CHECK;
/*
 * OK when the link was taken a moment ago and set this very password: who never got that answer
 * sends it again.  NOT_FOUND otherwise.
 */
enum status user_took_link(
    const struct actor *, const struct gate *, const char *secret, const char *password) MUST_CHECK;
/* INVALID: the old password is wrong. */
enum status user_change_password(
    const struct actor *, const struct gate *, const char *old, const char *password) MUST_CHECK;
enum status user_set_password(
    const struct actor *, const struct gate *, int64_t id, const char *password) MUST_CHECK;

#endif
