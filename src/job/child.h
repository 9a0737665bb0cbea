/*
 * child.h: a program of others that reads what anybody has sent: in a process of its own, with
 * limits of time and memory, without a shell, and without a network where the kernel permits that.
 */
#ifndef JOB_CHILD_H
#define JOB_CHILD_H

#include <stdbool.h>

#include "base/status.h"

enum { CHILD_SAID = 400, CHILD_NOT_STARTED = 127 };

struct child_limits {
	int seconds; /* by the clock */
	int cpu_seconds;
	long memory; /* bytes of address space */
	long file;   /* bytes of a file that it writes */
};

struct child {
	struct child_limits limits;
	const char *folder;             /* where it is */
	const char *const *argv;        /* NULL-ended; a whole path first */
	const char *const *environment; /* NULL-ended; all of it */
};

struct child_end {
	bool in_time; /* else it was killed */
	int how;      /* as waitpid() has it; CHILD_NOT_STARTED: the program is not there */
	char said[CHILD_SAID]; /* the beginning of what it said on stderr, on one line */
};

/* FAILED, and logged, when it could not be begun. */
enum status child_run(const struct child *, struct child_end *) MUST_CHECK;

#endif
