/* run.c: `millwright run`: the options, and the order in which a plant starts and ends. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/run.h"
#include "app/run_plant.h"
#include "base/arena.h"
#include "base/time.h"

enum { READY_SECONDS = 60, MOST_WORKERS = 256, MOST_PORT = 65535 };

static const char usage[] =
    "usage: millwright run [--port N] [--var FOLDER] [--site-host HOST,...] [--workers N]\n"
    "                      [--no-demo] [--smtp URL] [--clamd WHERE] [--developer]\n"
    "                      [--once-ready COMMAND]\n"
    "\n"
    "Makes a plant in FOLDER (var) when there is none, starts its database, workers, jobs\n"
    "and nginx, and ends them all at Ctrl-C.  Port 0 takes any that is free; --once-ready\n"
    "runs COMMAND with MILLWRIGHT_URL and MILLWRIGHT_VAR set, and ends with its status.\n";

/* A whole number within bounds, or ends the program. */
static int
number(const char *option, const char *text, int least, int most)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text != '\0' && *end == '\0' && n >= least && n <= most)
		return (int)n;
	say_wrong("--%s takes a number from %d to %d, not \"%s\"", option, least, most, text);
	exit(2);
}

static const char *
read_options(struct plant *plant, int argc, char **argv)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' },
		{ "var", required_argument, NULL, 'v' },
		{ "site-host", required_argument, NULL, 's' },
		{ "workers", required_argument, NULL, 'w' },
		{ "once-ready", required_argument, NULL, 'o' },
		{ "no-demo", no_argument, NULL, 'n' },
		{ "smtp", required_argument, NULL, 'm' },
		{ "clamd", required_argument, NULL, 'c' },
		{ "developer", no_argument, NULL, 'd' },
		{ NULL, 0, NULL, 0 },
	};
	const char *var = "var";
	int which;

	optind = 1;
	while ((which = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (which) {
		case 'p':
			plant->port = number("port", optarg, 0, MOST_PORT);
			break;
		case 'v':
			var = optarg;
			break;
		case 's':
			plant->site_host = optarg;
			break;
		case 'w':
			plant->workers = number("workers", optarg, 1, MOST_WORKERS);
			break;
		case 'o':
			plant->once_ready = optarg;
			break;
		case 'n':
			plant->demo = false;
			break;
		case 'c':
			plant->clamd = optarg;
			break;
		case 'm':
			plant->smtp = optarg;
			break;
		case 'd':
			plant->developer = true;
			break;
		default:
			fputs(usage, stderr);
			exit(2);
		}
	}
	if (optind == argc)
		return var;
	fputs(usage, stderr);
	exit(2);
}

/* From now on signals are asked for, not delivered: see child_wait(). */
static void
hold_signals(struct plant *plant)
{
	const char *path = getenv("PATH");

	sigemptyset(&plant->signals);
	sigaddset(&plant->signals, SIGINT);
	sigaddset(&plant->signals, SIGTERM);
	sigaddset(&plant->signals, SIGHUP);
	sigaddset(&plant->signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &plant->signals, NULL);
	signal(SIGINT, SIG_DFL); /* a script's background job ignores it, and cannot be ended */
	signal(SIGPIPE, SIG_IGN);
	umask(077);
	/* Debian keeps servers where an ordinary user's PATH does not look. */
	setenv("PATH",
	    arena_print(plant->arena, "%s:/usr/sbin:/sbin:/usr/bin:/bin",
		path != NULL ? path : "/usr/local/bin"),
	    1);
}

static bool
wait_until_ready(struct plant *plant)
{
	int64_t from = ticks();

	while (ticks() - from < READY_SECONDS * SECOND) {
		if (ready_ask(plant))
			return true;
		child_wait(plant, 100);
		if (plant->ended_by != 0 || !child_revive(plant))
			return false;
	}
	say_wrong("no good answer from /ready in %d seconds", READY_SECONDS);
	file_show_end(plant_path(plant, "log/pool.log"), 10);
	file_show_end(plant_path(plant, "log/nginx.log"), 5);
	return false;
}

static bool
start(struct plant *plant)
{
	if (!place_port(plant) || !conf_write(plant))
		return false;
	if (plant->first && !db_make(plant))
		return false;
	db_part(plant, "db");
	say("Starting the database …");
	if (!db_start(plant) || (!plant->first && !db_renew(plant)))
		return false;
	say("Starting %d workers, jobs and nginx …", plant->workers);
	unlink(arena_print(plant->arena, "%s/app.sock", plant->sockets));
	for (enum part p = DATABASE + 1; p < PARTS; p++)
		if (!child_start(plant, p))
			return false;
	return wait_until_ready(plant);
}

static void
greet(struct plant *plant)
{
	const char *accounts = file_read(plant->arena, plant_path(plant, "accounts.txt"));

	say("\nMillwright is ready: http://%.*s:%d/\n", (int)strcspn(plant->site_host, ","),
	    plant->site_host, plant->port);
	if (accounts != NULL)
		say("Accounts (also in %s/accounts.txt):\n%s", plant->var, accounts);
	else
		say("Make an account:  MILLWRIGHT_CONF=%s/conf/millwright.conf %.*smillwright user"
		    " create --site demo --role admin --email … --name …",
		    plant->var, (int)(strrchr(plant->app, '/') + 1 - plant->app), plant->app);
	say("Logs are in %s/log.  Ctrl-C ends it.", plant->var);
}

static int
serve_until_told(struct plant *plant)
{
	int code = 0;

	if (plant->once_ready != NULL) {
		setenv("MILLWRIGHT_VAR", plant->var, 1);
		setenv("MILLWRIGHT_URL",
		    arena_print(plant->arena, "http://%.*s:%d", (int)strcspn(plant->site_host, ","),
			plant->site_host, plant->port),
		    1);
		return child_command(plant, plant->once_ready);
	}
	greet(plant);
	while (plant->ended_by == 0 && code == 0) {
		child_wait(plant, 500);
		if (plant->ended_by == 0 && !child_revive(plant))
			code = 1;
	}
	return code;
}

static void
end_all(struct plant *plant)
{
	if (plant->once_ready == NULL && plant->ended_by != 0)
		say("\nEnding …");
	for (int p = PARTS - 1; p >= 0; p--)
		child_stop(plant, (enum part)p);
}

int
run_command(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct plant *plant = NEW(arena, struct plant);
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	const char *var;
	int code = 1;

	plant->arena = arena;
	plant->site_host = "localhost,127.0.0.1";
	plant->port = 8080;
	plant->workers = cores > 2 ? (int)cores : 2;
	plant->demo = true;
	plant->port_fd = -1;
	var = read_options(plant, argc, argv);
	hold_signals(plant);
	if (place_find(plant) && place_open(plant, var)) {
		if (start(plant))
			code = serve_until_told(plant);
		else if (plant->ended_by != 0)
			code = 128 + plant->ended_by;
		end_all(plant);
		place_close(plant);
	}
	arena_free(arena);
	return code;
}
