/* child.c: see child.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "job/child.h"

enum { NICE = 10 };

static void
limit(int which, long most)
{
	const struct rlimit r = { (rlim_t)most, (rlim_t)most };

	setrlimit((__rlimit_resource_t)which, &r);
}

/*
 * In the child: only calls that are safe after fork().  A user namespace of its own is what lets an
 * ordinary user have a network namespace, an empty one; root needs none and would lose its rights.
 */
static void
confine(const struct child_limits *l)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)!unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET);
	limit(RLIMIT_CPU, l->cpu_seconds);
	limit(RLIMIT_AS, l->memory);
	limit(RLIMIT_FSIZE, l->file);
	limit(RLIMIT_CORE, 0);
	setpriority(PRIO_PROCESS, 0, NICE);
	umask(027);
}

static void
begin(const struct child *c, int said)
{
	static const int faults[] = { SIGPIPE, SIGXCPU, SIGXFSZ, SIGTERM };
	int null = open("/dev/null", O_RDWR);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (size_t i = 0; i < COUNT(faults); i++)
		signal(faults[i], SIG_DFL);
	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(said, 2) < 0 ||
	    chdir(c->folder) != 0)
		_exit(CHILD_NOT_STARTED);
	close_range(3, ~0U, 0);
	confine(&c->limits);
	execve(c->argv[0], (char *const *)c->argv, (char *const *)c->environment);
	_exit(CHILD_NOT_STARTED);
}

/* False when the time was up; then it is killed.  Its wait status in *how. */
static bool
await(pid_t pid, int seconds, int *how)
{
	struct pollfd end = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int n;

	do
		n = poll(&end, 1, seconds * 1000);
	while (n < 0 && errno == EINTR);
	if (n != 1)
		kill(pid, SIGKILL);
	close(end.fd);
	while (waitpid(pid, how, 0) < 0)
		if (errno != EINTR)
			return false;
	return n == 1;
}

/* The last words of the program, on one line. */
static void
listen_to(int said, char text[CHILD_SAID])
{
	ssize_t n = read(said, text, CHILD_SAID - 1);

	text[n > 0 ? n : 0] = '\0';
	for (char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
}

enum status
child_run(const struct child *c, struct child_end *end)
{
	int pipes[2];
	pid_t pid;

	*end = (struct child_end){ 0 };
	/* A full pipe must not hold the child up: what it cannot say is lost. */
	if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK) != 0) {
		log_error("child: no pipe: %s", strerror(errno));
		return FAILED;
	}
	pid = fork();
	if (pid == 0)
		begin(c, pipes[1]);
	close(pipes[1]);
	if (pid < 0) {
		log_error("child: cannot fork: %s", strerror(errno));
		close(pipes[0]);
		return FAILED;
	}
	end->in_time = await(pid, c->limits.seconds, &end->how);
	listen_to(pipes[0], end->said);
	close(pipes[0]);
	return OK;
}
