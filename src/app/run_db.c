/* run_db.c: the plant's own MariaDB: made once, reached by a unix socket only. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "app/setup.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"

enum { GREETING = 600 /* tenths of a second; a big plant replays its log first */ };

/* The program's arguments, for a data folder below var. */
void
db_part(struct plant *plant, const char *folder)
{
	struct arena *a = plant->arena;
	const char **argv = NEW_ARRAY(a, const char *, 32);
	int n = 0;

	argv[n++] = "mariadbd";
	argv[n++] = "--no-defaults";
	argv[n++] = arena_print(a, "--datadir=%s", plant_path(plant, folder));
	argv[n++] = arena_print(a, "--socket=%s/db.sock", plant->sockets);
	argv[n++] = arena_print(a, "--pid-file=%s", plant_path(plant, "run/db.pid"));
	/* Its own: one that starts removes #sql* files there and takes a neighbour down. */
	argv[n++] = arena_print(a, "--tmpdir=%s", plant_path(plant, "run/tmp"));
	argv[n++] = arena_print(a, "--init-file=%s", plant_path(plant, "secrets/accounts.sql"));
	argv[n++] = "--skip-networking";
	argv[n++] = "--skip-name-resolve";
	argv[n++] = "--innodb-flush-log-at-trx-commit=1";
	argv[n++] = "--innodb-buffer-pool-size=256M";
	argv[n++] = "--innodb-log-file-size=64M";
	argv[n++] = "--loose-innodb-snapshot-isolation=ON";
	argv[n++] = "--character-set-server=utf8mb4";
	argv[n++] = "--default-time-zone=+00:00";
	argv[n++] = "--max-allowed-packet=64M";
	if (geteuid() == 0)
		argv[n++] = "--user=root"; /* var may lie where no other account can read */
	plant->child[DATABASE].name = "database";
	plant->child[DATABASE].argv = argv;
}

/* Set at every start, so that the accounts always match var/secrets. */
static bool
write_accounts(struct plant *plant)
{
	static const char *const accounts[][2] = {
		{ "millwright_owner", "owner_password" },
		{ "millwright_app", "app_password" },
	};
	struct buf sql = { .arena = plant->arena };

	for (size_t i = 0; i < COUNT(accounts); i++) {
		const char *password = conf_secret(plant, accounts[i][1]);

		if (password == NULL)
			return false;
		buf_print(&sql, "CREATE USER IF NOT EXISTS %s@localhost;\n", accounts[i][0]);
		buf_print(&sql, "ALTER USER %s@localhost IDENTIFIED BY '%s';\n", accounts[i][0],
		    password);
	}
	buf_text(
	    &sql, "GRANT ALL ON `mw\\_%`.* TO millwright_owner@localhost WITH GRANT OPTION;\n");
	return file_write(plant_path(plant, "secrets/accounts.sql"), sql.text);
}

/* True when the server greets on its socket: only then it takes sign-ins. */
static bool
greets(const struct plant *plant)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct timeval limit = { .tv_sec = 2 };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char first;
	bool good;

	if (fd < 0)
		return false;
	snprintf(un.sun_path, sizeof un.sun_path, "%s/db.sock", plant->sockets);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	good = connect(fd, (struct sockaddr *)&un, sizeof un) == 0 && read(fd, &first, 1) == 1;
	close(fd);
	return good;
}

bool
db_start(struct plant *plant)
{
	if (!write_accounts(plant))
		return false;
	unlink(arena_print(plant->arena, "%s/db.sock", plant->sockets));
	if (!child_start(plant, DATABASE))
		return false;
	for (int i = 0; i < GREETING && plant->ended_by == 0; i++) {
		if (plant->child[DATABASE].pid == 0)
			break;
		if (greets(plant))
			return true;
		child_wait(plant, 100);
	}
	if (plant->ended_by != 0)
		return false;
	say_wrong("the database does not start");
	file_show_end(plant_path(plant, "log/database.log"), 10);
	return false;
}

/* By a link beside the sockets, for it is a shell script that takes no blanks in a path. */
static bool
install(struct plant *plant, const char *fresh)
{
	const char *link = arena_print(plant->arena, "%s/db.new", plant->sockets);
	const char *argv[] = { "mariadb-install-db", "--no-defaults", "--skip-test-db",
		"--auth-root-authentication-method=socket",
		arena_print(plant->arena, "--datadir=%s", link), "--innodb-log-file-size=64M",
		geteuid() == 0 ? "--user=root" : NULL, NULL };

	bool good =
	    mkdir(fresh, 0700) == 0 && symlink(fresh, link) == 0 && child_run(plant, "setup", argv);

	unlink(link);
	if (good)
		return true;
	if (plant->ended_by != 0)
		return false;
	say_wrong("the database could not be made");
	file_show_end(plant_path(plant, "log/setup.log"), 10);
	return false;
}

static const struct config *
configuration(struct plant *plant)
{
	return config_read(plant->arena, plant_path(plant, "conf/millwright.conf"));
}

static enum status
make_site(struct plant *plant)
{
	const struct config *config = configuration(plant);
	const char *path = plant_path(plant, "accounts.txt");
	FILE *accounts = fopen(path, "we");
	enum status e;

	if (accounts == NULL)
		return FAILED;
	e = setup_directory(config);
	if (!e)
		e = setup_site(config, "demo", plant->site_host);
	if (!e && plant->demo)
		e = setup_demo(config, "demo", accounts);
	if (fclose(accounts) != 0)
		e = FAILED;
	if (!plant->demo)
		unlink(path);
	return e;
}

static enum status
renew(struct plant *plant)
{
	return setup_migrate(configuration(plant));
}

static bool
call_setup(struct plant *plant, enum status (*f)(struct plant *))
{
	if (child_call(plant, "setup", f))
		return true;
	if (plant->ended_by != 0)
		return false;
	say_wrong("the schemas could not be made or renewed");
	file_show_end(plant_path(plant, "log/setup.log"), 10);
	return false;
}

bool
db_renew(struct plant *plant)
{
	return call_setup(plant, renew);
}

/*
 * Everything happens in db.new, which gets its name when it is complete: there is no half-made
 * database that looks like a whole one, and what an interrupted start left is simply made again.
 */
bool
db_make(struct plant *plant)
{
	const char *fresh = plant_path(plant, "db.new");

	if (file_exists(fresh)) {
		say("An earlier start was interrupted while it made the database; making it anew");
		file_remove(fresh);
		unlink(arena_print(plant->arena, "%s/db.new", plant->sockets));
	}
	say("Making the database …");
	if (!install(plant, fresh))
		return false;
	db_part(plant, "db.new");
	if (!db_start(plant))
		return false;
	say(plant->demo ? "Making the demo plant …" : "Making the schemas …");
	if (!call_setup(plant, make_site))
		return false;
	child_stop(plant, DATABASE);
	if (plant->ended_by != 0)
		return false;
	if (rename(fresh, plant_path(plant, "db")) == 0)
		return true;
	say_wrong("cannot rename %s", fresh);
	return false;
}
