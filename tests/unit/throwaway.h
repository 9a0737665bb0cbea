/*
 * throwaway.h: a database for one test program: $MILLWRIGHT_TEST_SOCKET names a server whose root
 * has no password, else one of its own is made in a temporary folder and ends with the program.
 */
#ifndef UNIT_THROWAWAY_H
#define UNIT_THROWAWAY_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"

enum { THROWAWAY_PATH = 200, THROWAWAY_TRIES = 600 };

struct throwaway {
	char folder[THROWAWAY_PATH]; /* "" when the server is somebody else's */
	char socket[THROWAWAY_PATH + 16];
	char schema[64]; /* this program's own */
	pid_t server;
	struct db_config root; /* without a schema */
	struct db_config config;
};

/* Starts a program that dies with us, its output in <folder>/log. */
static inline pid_t
throwaway_start(const struct throwaway *t, const char *const argv[])
{
	char log[THROWAWAY_PATH + 16];
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	snprintf(log, sizeof(log), "%s/log", t->folder);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || !freopen(log, "a", stdout) ||
	    dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		_exit(126);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static inline void
throwaway_run(const struct throwaway *t, const char *const argv[])
{
	int status;
	pid_t pid = throwaway_start(t, argv);

	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		die("%s did not work; see %s/log", argv[0], t->folder);
}

static inline void
throwaway_server(struct throwaway *t)
{
	const char *tmp = getenv("TMPDIR");
	const char *user = geteuid() == 0 ? "--user=root" : NULL;
	char data[THROWAWAY_PATH + 32], at[THROWAWAY_PATH + 32], scratch[THROWAWAY_PATH + 32];
	const char *install[] = { "mariadb-install-db", "--no-defaults", data, "--skip-test-db",
		"--auth-root-authentication-method=normal", user, NULL };
	const char *server[] = { "mariadbd", "--no-defaults", data, at, scratch,
		"--skip-networking", "--innodb-flush-log-at-trx-commit=0",
		"--innodb-buffer-pool-size=32M", "--character-set-server=utf8mb4", user, NULL };

	/* The path of a socket may have 107 bytes. */
	if (tmp == NULL || strlen(tmp) > 60)
		tmp = "/tmp";
	snprintf(t->folder, sizeof(t->folder), "%s/mw-db.XXXXXX", tmp);
	if (mkdtemp(t->folder) == NULL)
		die("no temporary folder below %s", tmp);
	snprintf(t->socket, sizeof(t->socket), "%s/s", t->folder);
	snprintf(data, sizeof(data), "--datadir=%s/data", t->folder);
	snprintf(at, sizeof(at), "--socket=%s", t->socket);
	snprintf(scratch, sizeof(scratch), "--tmpdir=%s/tmp", t->folder);
	if (mkdir(scratch + strlen("--tmpdir="), 0700) != 0)
		die("no folder %s", scratch);
	throwaway_run(t, install);
	t->server = throwaway_start(t, server);
}

static inline void
throwaway_end(struct throwaway *t)
{
	const char *const argv[] = { "rm", "-rf", t->folder, NULL };

	if (t->folder[0] == '\0')
		return;
	kill(t->server, SIGKILL);
	waitpid(t->server, NULL, 0);
	throwaway_run(t, argv);
}

/* A connection that is known to live. */
static inline struct db *
throwaway_connect(const struct db_config *config)
{
	struct db *db = db_open(config);

	for (int i = 0; i < THROWAWAY_TRIES; i++) {
		if (db_ready(db) == OK)
			return db;
		usleep(100 * 1000);
	}
	die("the database does not answer at %s", config->socket);
}

/* name: of the test program's schema, made anew. */
static inline void
throwaway_begin(struct throwaway *t, const char *name)
{
	const char *given = getenv("MILLWRIGHT_TEST_SOCKET");
	char sql[256];
	struct db *db;

	if (given != NULL && given[0] != '\0')
		snprintf(t->socket, sizeof(t->socket), "%s", given);
	else
		throwaway_server(t);
	for (int i = 0; i < THROWAWAY_TRIES && access(t->socket, F_OK) != 0; i++)
		usleep(50 * 1000);
	snprintf(t->schema, sizeof(t->schema), "t_%s_%ld", name, (long)getpid());
	t->root = (struct db_config){ .socket = t->socket, .user = "root" };
	t->config = t->root;
	t->config.schema = t->schema;
	db = throwaway_connect(&t->root);
	snprintf(sql, sizeof(sql),
	    "DROP DATABASE IF EXISTS %s; CREATE DATABASE %s CHARACTER SET utf8mb4", t->schema,
	    t->schema);
	if (db_script(db, sql) != OK)
		die("no schema %s", t->schema);
	db_close(db);
}

#endif
