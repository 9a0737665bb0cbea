/* run_conf.c: the files that the plant's programs read: secrets, millwright.conf, nginx.conf. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/secret.h"

enum { SECRET_BYTES = 32 };

const char *
conf_secret(struct plant *plant, const char *name)
{
	const char *path = arena_print(plant->arena, "%s/secrets/%s", plant->var, name);
	const char *text = file_read(plant->arena, path);

	if (text != NULL && text[0] != '\0')
		return arena_text(plant->arena, text, strcspn(text, "\n"));
	text = random_text(plant->arena, SECRET_BYTES);
	if (!file_write(path, arena_print(plant->arena, "%s\n", text)))
		return NULL;
	return text;
}

/* The version folder of the static files. */
static const char *
assets(struct plant *plant)
{
	struct arena *a = plant->arena;
	const char *rev = file_read(a, arena_print(a, "%s/rev", plant->pages));

	if (rev == NULL)
		return "/assets";
	return arena_print(a, "/assets/%.*s", (int)strcspn(rev, "\n"), rev);
}

static bool
write_millwright(struct plant *plant)
{
	struct buf b = { .arena = plant->arena };
	size_t host = strcspn(plant->site_host, ",");

	buf_text(&b, "# Written by `millwright run` at each start.\n");
	buf_print(&b, "db_socket = %s/db.sock\n", plant->sockets);
	buf_text(&b, "db_user = millwright_app\n");
	buf_print(&b, "db_password_file = %s/secrets/app_password\n", plant->var);
	buf_text(&b, "db_owner = millwright_owner\n");
	buf_print(&b, "db_owner_password_file = %s/secrets/owner_password\n", plant->var);
	buf_text(&b, "directory = mw_directory\n");
	buf_print(&b, "templates = %s/templates\n", plant->home);
	buf_print(&b, "sql = %s/sql\n", plant->home);
	buf_print(&b, "files = %s/files\n", plant->var);
	buf_print(&b, "base_url = http://%.*s:%d\n", (int)host, plant->site_host, plant->port);
	buf_print(&b, "secret_file = %s/secrets/secret\n", plant->var);
	buf_text(&b, "mail_from = millwright@localhost\n");
	buf_print(&b, "assets = %s\n", assets(plant));
	if (plant->clamd != NULL)
		buf_print(&b, "clamd = %s\n", plant->clamd);
	if (plant->smtp != NULL)
		buf_print(&b, "smtp_url = %s\n", plant->smtp);
	buf_print(&b, "developer = %s\n", plant->developer ? "yes" : "no");
	return conf_secret(plant, "secret") != NULL && conf_secret(plant, "app_password") != NULL &&
	       conf_secret(plant, "owner_password") != NULL &&
	       file_write(plant_path(plant, "conf/millwright.conf"), b.text);
}

struct blank {
	const char *name, *value;
};

/* Replaces @NAME@ by its value. */
static const char *
fill_in(struct arena *arena, const char *text, const struct blank *blanks, size_t count)
{
	struct buf b = { .arena = arena };

	while (*text != '\0') {
		size_t plain = strcspn(text, "@");
		size_t i = 0;

		buf_add(&b, text, plain);
		text += plain;
		while (i < count && strncmp(text, blanks[i].name, strlen(blanks[i].name)) != 0)
			i++;
		if (*text == '\0')
			break;
		buf_text(&b, i < count ? blanks[i].value : "@");
		text += i < count ? strlen(blanks[i].name) : 1;
	}
	return b.text;
}

/*
 * nginx runs inside var and reaches everything by relative paths and two links, so that no name of
 * a folder, however odd, has to be quoted in its configuration.
 */
static bool
write_nginx(struct plant *plant)
{
	struct arena *a = plant->arena;
	const char *text = file_read(a, arena_print(a, "%s/nginx/demo.conf", plant->home));
	bool near = strcmp(plant->sockets, plant_path(plant, "run")) == 0;
	struct blank blanks[] = {
		{ "@PORT@", arena_print(a, "%d", plant->port) },
		{ "@APP@", near ? "run/app.sock" : arena_print(a, "%s/app.sock", plant->sockets) },
		{ "@USER@", geteuid() == 0 ? "user root;" : "" },
	};
	struct {
		const char *link, *to;
	} links[] = {
		{ "run/static", plant->pages },
		{ "conf/millwright", arena_print(a, "%s/nginx", plant->home) },
	};

	if (text == NULL) {
		say_wrong("cannot read %s/nginx/demo.conf", plant->home);
		return false;
	}
	for (size_t i = 0; i < COUNT(links); i++) {
		unlink(plant_path(plant, links[i].link));
		if (symlink(links[i].to, plant_path(plant, links[i].link)) != 0)
			return false;
	}
	return file_write(
	    plant_path(plant, "conf/nginx.conf"), fill_in(a, text, blanks, COUNT(blanks)));
}

/* spawn-fcgi, unlike us, does not look along PATH for what it starts. */
static const char *
find_program(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");

	while (path != NULL && *path != '\0') {
		size_t len = strcspn(path, ":");
		const char *full = arena_print(arena, "%.*s/%s", (int)len, path, name);

		if (access(full, X_OK) == 0)
			return full;
		path += path[len] == ':' ? len + 1 : len;
	}
	return name;
}

static void
set_part(struct plant *plant, enum part part, const char *name, const char **argv)
{
	plant->child[part].name = name;
	plant->child[part].argv = argv;
}

bool
conf_write(struct plant *plant)
{
	struct arena *a = plant->arena;
	const char **pool = NEW_ARRAY(a, const char *, 16);
	const char **jobs = NEW_ARRAY(a, const char *, 2);
	const char **nginx = NEW_ARRAY(a, const char *, 8);
	int n = 0;

	pool[n++] = "spawn-fcgi";
	pool[n++] = "-n";
	pool[n++] = "-M0600";
	pool[n++] = arena_print(a, "-s%s/app.sock", plant->sockets);
	pool[n++] = "--";
	pool[n++] = find_program(a, "multiwatch");
	pool[n++] = "-f";
	pool[n++] = arena_print(a, "%d", plant->workers);
	/* Not 3 ends within 10 s each, as by itself: it would never start that worker again. */
	pool[n++] = "-r";
	pool[n++] = "20";
	pool[n++] = "-t";
	pool[n++] = "2000";
	pool[n++] = "--";
	pool[n++] = plant->app;
	set_part(plant, POOL, "pool", pool);

	jobs[0] = plant->jobs;
	set_part(plant, JOBS, "jobs", plant->jobs != NULL ? jobs : NULL);

	n = 0;
	nginx[n++] = "nginx";
	nginx[n++] = "-p./";
	nginx[n++] = "-cconf/nginx.conf";
	nginx[n++] = "-elog/nginx.log";
	set_part(plant, NGINX, "nginx", nginx);

	db_part(plant, "db");
	return write_millwright(plant) && write_nginx(plant);
}
