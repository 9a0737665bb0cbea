/* command.c: what the sub-commands share: their words, their messages, the database. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/arena.h"
#include "base/config.h"

void
command_wrong(const char *fmt, ...)
{
	va_list ap;

	fputs("millwright: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/* The one that `word` names, "--name" or "--name=…". */
static struct given *
named(const char *word, struct given *list, size_t count)
{
	size_t len = strcspn(word + 2, "=");

	for (size_t i = 0; i < count; i++)
		if (strlen(list[i].name) == len && strncmp(list[i].name, word + 2, len) == 0)
			return &list[i];
	return NULL;
}

static bool
complete(const char **word, const struct given *list, size_t count)
{
	if (word != NULL && *word == NULL) {
		command_wrong("a name is missing");
		return false;
	}
	for (size_t i = 0; i < count; i++)
		if (list[i].must && (list[i].value == NULL || list[i].value[0] == '\0')) {
			command_wrong("--%s is missing", list[i].name);
			return false;
		}
	return true;
}

bool
command_read(int argc, char **argv, const char **word, struct given *list, size_t count)
{
	for (int i = 1; i < argc; i++) {
		const bool option = strncmp(argv[i], "--", 2) == 0;
		const char *equals = strchr(argv[i], '=');
		struct given *g = option ? named(argv[i], list, count) : NULL;

		if (!option && word != NULL && *word == NULL) {
			*word = argv[i];
		} else if (g == NULL || g->value != NULL) {
			command_wrong(g == NULL ? "what is %s?" : "%s is there twice", argv[i]);
			return false;
		} else if (equals != NULL) {
			g->value = equals + 1;
		} else if (i + 1 < argc) {
			g->value = argv[++i];
		} else {
			command_wrong("a value is missing behind %s", argv[i]);
			return false;
		}
	}
	return complete(word, list, count);
}

void
command_open(struct command *c)
{
	const struct config *config;

	*c = (struct command){ .arena = arena_new() };
	config = c->config = config_read(c->arena, NULL);
	c->account = (struct db_config){ .socket = config->db_socket,
		.host = config->db_host,
		.port = config->db_port,
		.user = config->db_user,
		.password = config->db_password,
		.schema = config->directory };
	c->db = db_open(&c->account);
}

void
command_close(struct command *c)
{
	db_close(c->db);
	arena_free(c->arena);
}

bool
command_site(struct command *c, const char *name, struct site *site)
{
	enum status e = site_by_name(c->db, c->arena, name, site);

	if (e == NOT_FOUND) {
		command_wrong("there is no site %s; see: millwright site list", name);
		return false;
	}
	if (!e)
		e = db_use(c->db, site->schema_name);
	if (!e)
		e = db_ready(c->db);
	if (e)
		command_wrong("the database of %s cannot be reached: %s", name, db_message(c->db));
	return e == OK;
}
