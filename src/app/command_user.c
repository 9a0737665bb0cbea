/* command_user.c: user create. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/department.h"
#include "model/register.h"
#include "model/user.h"

enum { PASSWORD_BYTES = 15 /* 20 characters */ };

static const char *
role_in(struct arena *a, const char *word)
{
	char *role = arena_text(a, word, strlen(word));

	for (char *c = role; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	return role;
}

static bool
check(struct arena *a, struct user *u)
{
	const char *at = strchr(u->email, '@');

	u->role = role_in(a, u->role);
	if (role_of(u->role) == VISITOR)
		command_wrong("there is no role %s; ADMIN, SUPERVISOR, TECHNICIAN, MANAGER, "
			      "INVENTORY and REQUESTER are",
		    u->role);
	else if (at == NULL || at == u->email || at[1] == '\0' || strpbrk(u->email, " \t\"<>,;") ||
		 strlen(u->email) > 254)
		command_wrong("%s is no e-mail address", u->email);
	else if (!text_is_utf8(u->name, strlen(u->name)) || text_length(u->name) > 80)
		command_wrong("the name may have at most 80 characters");
	else
		return true;
	return false;
}

static enum status
create(const struct actor *by, const struct gate *gate, struct user *u, const char *department,
    const char *password)
{
	struct department d;
	int64_t id;
	enum status e = OK;

	if (department != NULL) {
		e = reg_find_by(by, &department_table, "name", department, &d);
		if (e == NOT_FOUND)
			command_wrong("there is no department %s", department);
		if (e)
			return e;
		u->departments = arena_print(by->arena, "%" PRId64, d.id);
	}
	e = user_create(by, u, &id);
	if (e == INVALID)
		command_wrong("%s has an account already", u->email);
	return e ? e : user_set_password(by, gate, id, password);
}

/* In a folder of our own: a lock file of root's in the workers' folder would shut them out. */
static enum status
create_gated(struct command *c, struct user *u, const char *department, const char *password)
{
	struct actor by = { .db = c->db, .arena = c->arena, .departments = "", .now = now() };
	const char *tmp = getenv("TMPDIR");
	char *folder = arena_print(c->arena, "%s/millwright.XXXXXX", tmp != NULL ? tmp : "/tmp");
	struct gate gate = { mkdtemp(folder), 1 };
	enum status e;

	if (gate.folder == NULL) {
		command_wrong("no temporary folder %s", folder);
		return FAILED;
	}
	e = db_begin(c->db);
	if (!e)
		e = db_end(c->db, create(&by, &gate, u, department, password));
	unlink(arena_print(c->arena, "%s/.password-0", folder));
	rmdir(folder);
	return e;
}

int
user_create_command(int argc, char **argv)
{
	struct given given[] = {
		{ "site", true, NULL },
		{ "email", true, NULL },
		{ "name", true, NULL },
		{ "role", true, NULL },
		{ "department", false, NULL },
	};
	struct command c;
	struct site site;
	struct user u = { 0 };
	const char *password;
	bool good;

	if (!command_read(argc, argv, NULL, given, COUNT(given)))
		return WRONG_USAGE;
	command_open(&c);
	u.email = given[1].value;
	u.name = given[2].value;
	u.role = given[3].value;
	password = random_text(c.arena, PASSWORD_BYTES);
	good = check(c.arena, &u) && command_site(&c, given[0].value, &site) &&
	       create_gated(&c, &u, given[4].value, password) == OK;
	if (good)
		printf("%s\t%s\t%s\n", u.role, u.email, password);
	else
		command_wrong("the account was not made");
	command_close(&c);
	return good ? 0 : 1;
}
