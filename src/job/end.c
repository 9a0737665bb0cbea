/* end.c: see end.h.  That it was told is kept by the kernel: the alarm runs; so nothing is global.
 */
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "job/end.h"

static void
told(int signal)
{
	(void)signal;
	alarm(1);
}

static void
too_late(int signal)
{
	(void)signal;
	_exit(0);
}

void
end_arm(void)
{
	struct sigaction end = { .sa_handler = told, .sa_flags = SA_RESTART };
	struct sigaction late = { .sa_handler = too_late };

	sigemptyset(&end.sa_mask);
	sigemptyset(&late.sa_mask);
	sigaction(SIGTERM, &end, NULL);
	sigaction(SIGINT, &end, NULL);
	sigaction(SIGALRM, &late, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool
end_asked(void)
{
	struct itimerval left;

	return getitimer(ITIMER_REAL, &left) == 0 &&
	       (left.it_value.tv_sec != 0 || left.it_value.tv_usec != 0);
}

void
end_pause(int ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	if (!end_asked())
		nanosleep(&t, NULL);
}
