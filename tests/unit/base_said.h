/* base_said.h: what a function says on stderr, run in a process of its own. */
#ifndef TEST_BASE_SAID_H
#define TEST_BASE_SAID_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID = 16384 };

/* Fills said; the exit code, 0 when f() came back. */
static inline int
said_by(void (*f)(void *with), void *with, char said[SAID])
{
	size_t len = 0;
	ssize_t n;
	int ends[2], status;
	pid_t pid;

	if (pipe(ends) != 0)
		abort();
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		f(with);
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], said + len, SAID - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
