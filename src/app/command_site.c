/* command_site.c: site create, site list, migrate, demo. */
#include <stdio.h>

#include "app/command.h"
#include "app/setup.h"
#include "base/arena.h"
#include "base/config.h"

int
site_create_command(int argc, char **argv)
{
	struct given given[] = {
		{ "host", true, NULL },
		{ "title", false, NULL },
		{ "zone", false, NULL },
		{ "currency", false, NULL },
		{ "language", false, NULL },
	};
	struct new_site site = { 0 };
	struct arena *a;
	const struct config *config;
	enum status e;

	if (!command_read(argc, argv, &site.name, given, COUNT(given)))
		return WRONG_USAGE;
	site.hosts = given[0].value;
	site.title = given[1].value;
	site.zone = given[2].value;
	site.currency = given[3].value;
	site.language = given[4].value;
	a = arena_new();
	config = config_read(a, NULL);
	e = setup_directory(config);
	if (!e)
		e = setup_new_site(config, &site);
	if (e)
		command_wrong("the site %s was not made; see above", site.name);
	else
		printf("The site %s is ready at %s.  Its first account:\n"
		       "  millwright user create --site %s --email E --name N --role ADMIN\n",
		    site.name, site.hosts, site.name);
	arena_free(a);
	return e ? 1 : 0;
}

int
site_list_command(int argc, char **argv)
{
	struct command c;
	struct rows sites;
	enum status e;

	if (!command_read(argc, argv, NULL, NULL, 0))
		return WRONG_USAGE;
	command_open(&c);
	e = site_all(c.db, c.arena, &sites);
	for (size_t i = 0; !e && i < sites.count; i++) {
		struct site *site = row_at(&sites, i);
		const char *hosts = "";

		e = site_hosts(c.db, c.arena, site->id, &hosts);
		if (!e)
			printf("%s\t%s\t%s\n", site->name, site->schema_name, hosts);
	}
	if (e)
		command_wrong("the directory cannot be read: %s", db_message(c.db));
	command_close(&c);
	return e ? 1 : 0;
}

int
migrate_command(int argc, char **argv)
{
	struct arena *a;
	enum status e;

	if (!command_read(argc, argv, NULL, NULL, 0))
		return WRONG_USAGE;
	a = arena_new();
	e = setup_migrate(config_read(a, NULL));
	arena_free(a);
	if (e)
		command_wrong("not everything was migrated; see above, then run it again");
	else
		puts("Every database is up to date.");
	return e ? 1 : 0;
}

int
demo_command(int argc, char **argv)
{
	struct given given[] = { { "site", true, NULL } };
	struct arena *a;
	enum status e;

	if (!command_read(argc, argv, NULL, given, COUNT(given)))
		return WRONG_USAGE;
	a = arena_new();
	e = setup_demo(config_read(a, NULL), given[0].value, stdout);
	arena_free(a);
	if (e)
		command_wrong("the demo plant was not made; see above");
	return e ? 1 : 0;
}
