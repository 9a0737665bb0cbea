/*
 * run_child.c: starting, watching and ending the programs of a plant.
 *
 * Each gets a session of its own, so that Ctrl-C reaches only the supervisor, which then ends them
 * in order; and the kernel sends each SIGTERM should the supervisor be killed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "base/arena.h"
#include "base/time.h"

enum { DEATHS_ALLOWED = 5, STEP = 50, MS = 1000, GROUP_STEPS = 20 };

/* How long an end may take before it is forced; a database must never be. */
static const int patience[PARTS] = {
	[DATABASE] = 120000,
	[JOBS] = 10000,
	[POOL] = 8000,
	[NGINX] = 3000,
};

static void
into_log(const struct plant *plant, const char *log)
{
	int null = open("/dev/null", O_RDONLY);
	int fd = open(arena_print(plant->arena, "%s/log/%s.log", plant->var, log),
	    O_WRONLY | O_CREAT | O_APPEND, 0600);

	if (null < 0 || fd < 0)
		_exit(126);
	dup2(null, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
}

/* In the child: what every child needs.  log NULL: it keeps our terminal. */
static void
become_child(const struct plant *plant, const char *log, pid_t parent)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(126); /* it died before we asked to be told */
	setenv("MILLWRIGHT_CONF", plant_path(plant, "conf/millwright.conf"), 1);
	if (log == NULL)
		return;
	setsid();
	fcntl(plant->alive, F_SETFD, 0);
	setenv("TMPDIR", plant_path(plant, "run/tmp"), 1);
	into_log(plant, log);
}

static pid_t
spawn(struct plant *plant, const char *log, const char *const *argv)
{
	pid_t parent = getpid();
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid != 0)
		return pid;
	become_child(plant, log, parent);
	if (log != NULL && chdir(plant->var) != 0)
		_exit(126);
	execvp(argv[0], (char *const *)argv);
	fprintf(stderr, "millwright: cannot start %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

bool
child_start(struct plant *plant, enum part part)
{
	struct child *child = &plant->child[part];

	if (child->argv == NULL)
		return true;
	child->again_at = 0;
	child->started = ticks();
	child->pid = spawn(plant, child->name, child->argv);
	if (child->pid > 0)
		return true;
	child->pid = 0;
	say_wrong("cannot start the %s: %s", child->name, strerror(errno));
	return false;
}

static const char *
how_it_ended(struct plant *plant, int status)
{
	if (WIFSIGNALED(status))
		return arena_print(plant->arena, "signal %d", WTERMSIG(status));
	return arena_print(plant->arena, "status %d", WEXITSTATUS(status));
}

static void
note_end(struct plant *plant, pid_t pid, int status)
{
	if (pid == plant->other)
		plant->other_status = status;
	for (enum part p = 0; p < PARTS; p++) {
		struct child *child = &plant->child[p];

		if (child->pid != pid)
			continue;
		child->pid = 0;
		kill(-pid, SIGKILL); /* what it started and did not end */
		if (child->ending)
			continue;
		child->deaths = ticks() - child->started < MINUTE ? child->deaths + 1 : 1;
		child->again_at = ticks() + (SECOND / 4 << (child->deaths - 1));
		if (plant->ended_by == 0)
			say_wrong("the %s has ended (%s); see %s/log/%s.log", child->name,
			    how_it_ended(plant, status), plant->var, child->name);
	}
}

void
child_wait(struct plant *plant, int ms)
{
	struct timespec time = { ms / MS, ms % MS * MS * MS };
	int signal = sigtimedwait(&plant->signals, NULL, &time);
	int status;
	pid_t pid;

	if (signal > 0 && signal != SIGCHLD)
		plant->ended_by = signal;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		note_end(plant, pid, status);
}

void
child_stop(struct plant *plant, enum part part)
{
	struct child *child = &plant->child[part];
	int64_t from = ticks();
	pid_t pid = child->pid;

	child->again_at = 0;
	if (pid == 0)
		return;
	child->ending = true;
	kill(pid, SIGTERM);
	while (child->pid != 0 && ticks() - from < patience[part] * SECOND / MS)
		child_wait(plant, STEP);
	if (child->pid != 0)
		say_wrong("the %s does not end; it is killed", child->name);
	while (child->pid != 0) {
		kill(-pid, SIGKILL);
		child_wait(plant, STEP);
	}
	child->ending = false;
}

bool
child_revive(struct plant *plant)
{
	for (enum part p = 0; p < PARTS; p++) {
		struct child *child = &plant->child[p];

		if (child->again_at == 0 || child->again_at > ticks())
			continue;
		if (child->deaths > DEATHS_ALLOWED) {
			say_wrong("the %s has ended %d times in a row; giving up", child->name,
			    child->deaths);
			file_show_end(
			    arena_print(plant->arena, "%s/log/%s.log", plant->var, child->name),
			    10);
			return false;
		}
		say("Starting the %s again", child->name);
		if (!child_start(plant, p))
			return false;
	}
	return true;
}

/* Waits for the one that is run to its end; true when that was good. */
static bool
finish(struct plant *plant, pid_t pid)
{
	bool killed = false;

	if (pid < 0)
		return false;
	plant->other = pid;
	plant->other_status = -1;
	while (plant->other_status == -1) {
		child_wait(plant, STEP);
		if (plant->ended_by != 0 && !killed)
			killed = kill(-pid, SIGTERM) == 0 || kill(pid, SIGTERM) == 0;
		if (!child_revive(plant))
			return false;
	}
	plant->other = 0;
	/* What it started itself may take a moment longer; nobody is to write here after our end.
	 */
	for (int i = 0; killed && i < GROUP_STEPS && kill(-pid, SIGKILL) == 0; i++)
		usleep(STEP * MS);
	return WIFEXITED(plant->other_status) && WEXITSTATUS(plant->other_status) == 0;
}

bool
child_run(struct plant *plant, const char *log, const char *const *argv)
{
	return finish(plant, spawn(plant, log, argv));
}

bool
child_call(struct plant *plant, const char *log, enum status (*f)(struct plant *))
{
	pid_t parent = getpid();
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		become_child(plant, log, parent);
		exit(f(plant) == OK ? 0 : 1);
	}
	return finish(plant, pid);
}

int
child_command(struct plant *plant, const char *command)
{
	const char *const argv[] = { "/bin/sh", "-c", command, NULL };

	if (finish(plant, spawn(plant, NULL, argv)))
		return 0;
	return WIFEXITED(plant->other_status) ? WEXITSTATUS(plant->other_status) : 1;
}
