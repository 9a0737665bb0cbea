/*
 * run_plant.h: what the parts of the supervisor know about the plant that they start.
 *
 * The folder, called var:
 *	db/		the database; complete, or not there (it is made as db.new and then renamed)
 *	files/		uploaded files
 *	conf/		millwright.conf and nginx.conf, written anew at each start
 *	secrets/	passwords and keys, made once
 *	log/		one file a program
 *	run/		sockets, process ids, temporary files
 *	lock		held while a supervisor works here; its process id inside
 *	alive		held by the programs themselves, so that a new start waits for a killed
 *one's accounts.txt	who may sign in to the demo plant: role, address, password
 */
#ifndef APP_RUN_PLANT_H
#define APP_RUN_PLANT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/status.h"

struct arena;

enum part { DATABASE, JOBS, POOL, NGINX, PARTS }; /* in the order of starting */

struct child {
	const char *name;        /* in messages, and of its log */
	const char *const *argv; /* NULL-ended */
	pid_t pid;               /* 0 when it does not run */
	int64_t started;         /* ticks() */
	int64_t again_at;        /* when to start it again; 0: not planned */
	bool ending;             /* we asked it to end */
	int deaths;              /* in a row, each within a minute of its start */
};

struct plant {
	struct arena *arena;

	/* The options. */
	const char *site_host;
	const char *once_ready;
	int workers;
	bool demo;
	bool developer;    /* strict templates, /patterns, queries counted */
	const char *clamd; /* where clamd listens, or NULL: files are not scanned */
	const char *smtp;  /* smtp://host:port, or NULL: mail stays in the outbox */

	/* Places, absolute. */
	const char *var;
	const char *sockets;    /* var/run, or a private folder when that path is long or odd */
	const char *home;       /* templates/, sql/, nginx/ */
	const char *pages;      /* static files */
	const char *app, *jobs; /* programs */

	int lock, alive; /* file descriptors */
	int port, port_fd;
	sigset_t signals; /* those that the supervisor waits for */
	bool first;       /* the database is to be made */
	struct child child[PARTS];
	pid_t other;      /* a program that is run to its end, and */
	int other_status; /* how it ended, as of waitpid(); -1 before */
	int ended_by;     /* the signal that asks to end everything; 0: none yet */
};

/* run_file.c.  The path of a file below var. */
const char *plant_path(const struct plant *, const char *below);
/* The whole of a small file, or NULL when it cannot be read. */
const char *file_read(struct arena *, const char *path);
/* Through a new file and a rename, so that nobody ever sees half of it.  Mode 0600. */
bool file_write(const char *path, const char *text) MUST_CHECK;
bool file_exists(const char *path);
/* Removes a folder and all in it, without following links. */
void file_remove(const char *path);
/* Copies the last lines of a log to stderr. */
void file_show_end(const char *path, int lines);

/* run_place.c.  Each says what is wrong and answers false. */
bool place_find(struct plant *) MUST_CHECK;
bool place_open(struct plant *, const char *var) MUST_CHECK;
bool place_port(struct plant *) MUST_CHECK;
void place_close(struct plant *);

/* run_conf.c */
bool conf_write(struct plant *) MUST_CHECK;
/* A secret of var/secrets, made when it is not there yet. */
const char *conf_secret(struct plant *, const char *name) MUST_CHECK;

/* run_child.c */
bool child_start(struct plant *, enum part) MUST_CHECK;
/* Ends one and waits for it; returns at once when it does not run. */
void child_stop(struct plant *, enum part);
/* Runs a program to its end, its output into the log; true when it ended well. */
bool child_run(struct plant *, const char *log, const char *const *argv) MUST_CHECK;
/* Forks and calls f there, its output into the log; true when it answered OK. */
bool child_call(struct plant *, const char *log, enum status (*f)(struct plant *)) MUST_CHECK;
/* Runs a shell command at our terminal; its exit status. */
int child_command(struct plant *, const char *command);
/* Waits up to ms for a signal; notes ended children, and whether everything is to end. */
void child_wait(struct plant *, int ms);
/* Starts again what died, when its pause is over; false when it died too often. */
bool child_revive(struct plant *) MUST_CHECK;

/* run_db.c */
void db_part(struct plant *, const char *folder);
/* Makes the database with accounts, schemas and, unless refused, the demo plant. */
bool db_make(struct plant *) MUST_CHECK;
/* Starts it and waits until it greets. */
bool db_start(struct plant *) MUST_CHECK;
/* Migrations that came with a newer program. */
bool db_renew(struct plant *) MUST_CHECK;

/* run_ready.c: true when GET /ready answered 200. */
bool ready_ask(const struct plant *);

/* A line for the person at the terminal; say_wrong goes to stderr with the program's name. */
void say(const char *fmt, ...) PRINTF(1, 2);
void say_wrong(const char *fmt, ...) PRINTF(1, 2);

#endif
