/* setup_grant.c: what the workers' account may do: no schema changes, events only inserted. */
#include <string.h>

#include "app/setup_inside.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "view/locale.h"

static const struct {
	const char *table;
	const char *may;
} narrow[] = {
	{ "event", "SELECT, INSERT" },
	{ "event_seal", "SELECT, INSERT" },
	{ "migration", "SELECT" },
	{ "migration_lease", "SELECT" },
};

#define WORKERS_MAY "SELECT, INSERT, UPDATE, DELETE"

struct table {
	const char *name;
};

static const struct field fields[] = { FIELD(struct table, name) };
static const struct shape shape = SHAPE(struct table, fields);

static bool
only(const char *text, const char *of)
{
	return text[0] != '\0' && text[strspn(text, of)] == '\0';
}

const char *
setup_worker(const struct config *config, struct arena *a)
{
	static const char fit[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

	if (only(config->db_user, fit))
		return arena_print(
		    a, "'%s'@'%s'", config->db_user, config->db_socket != NULL ? "localhost" : "%");
	log_error("setup: db_user = %s: letters, digits, _ - . only", config->db_user);
	return NULL;
}

/* The password goes by a variable, so that no log of a failed statement has it. */
static enum status
create_worker(struct setup *s, const char *worker)
{
	static const char may[] = "SELECT COUNT(*) FROM information_schema.user_privileges"
				  " WHERE privilege_type = 'CREATE USER'";
	int64_t n;
	enum status e = db_int(s->db, may, NO_ARGS, &n);

	if (e || n == 0 || s->config->db_password == NULL)
		return e;
	e = db_change(s->db, "SET @password = ?", ARGS(ARG(s->config->db_password)), NULL);
	if (e)
		return e;
	return db_script(
	    s->db, arena_print(s->arena,
		       "SET @create = CONCAT(\"CREATE USER IF NOT EXISTS %s IDENTIFIED BY \","
		       " QUOTE(@password)); PREPARE make FROM @create; EXECUTE make;"
		       " DEALLOCATE PREPARE make; SET @create = NULL, @password = NULL",
		       worker));
}

static const char *
may(const char *table, bool site)
{
	if (!site)
		return "SELECT";
	for (size_t i = 0; i < COUNT(narrow); i++)
		if (strcmp(narrow[i].table, table) == 0)
			return narrow[i].may;
	return WORKERS_MAY;
}

enum status
setup_grant(struct setup *s, const char *schema, bool site)
{
	static const char tables[] = "SELECT table_name AS name FROM information_schema.tables"
				     " WHERE table_schema = ? AND table_type = 'BASE TABLE'";
	const char *worker = setup_worker(s->config, s->arena);
	struct rows rows;
	enum status e;

	if (worker == NULL)
		return FAILED;
	e = create_worker(s, worker);
	if (!e)
		e = db_rows(s->db, s->arena, tables, ARGS(ARG(schema)), &shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct table *t = row_at(&rows, i);

		e = db_script(s->db, arena_print(s->arena, "GRANT %s ON `%s`.`%s` TO %s",
					 may(t->name, site), schema, t->name, worker));
		if (e)
			log_error("setup: is there an account %s?  Make it as the example "
				  "configuration says",
			    worker);
	}
	return e;
}

static enum status
refuse(const char *what, const char *value, const char *remedy)
{
	log_error("setup: %s %s: %s", what, value, remedy);
	return INVALID;
}

enum status
setup_check(const struct new_site *new)
{
	static const char fit[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	struct locale *locale;

	if (!only(new->name, fit) || strlen(new->name) > 40 || strcmp(new->name, "directory") == 0)
		return refuse("the site name", new->name,
		    "write at most 40 lower case letters, digits and _; directory is taken");
	if (new->title != NULL && (text_empty(new->title) || text_length(new->title) > 80))
		return refuse("the title", new->title, "write 1 to 80 characters");
	if (new->currency != NULL &&
	    (strlen(new->currency) != 3 || !only(new->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
		return refuse("the currency", new->currency, "write three capitals, as EUR");
	if (new->language != NULL && strcmp(new->language, "en") != 0 &&
	    strcmp(new->language, "fr") != 0)
		return refuse("the language", new->language, "write en or fr");
	if (new->zone == NULL)
		return OK;
	locale = locale_open("en", new->zone, "EUR");
	if (locale == NULL || strlen(new->zone) > 60)
		return refuse("the time zone", new->zone, "write one as Europe/Paris");
	locale_close(locale);
	return OK;
}
