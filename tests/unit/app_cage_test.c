/* app_cage_test.c: a worker in its cage starts no program and goes on with its work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/cage.h"

enum { NO_FILTER = 77 };

/* Each of them a door that must be shut: 0 when it is. */
static int
doors_open(void)
{
	char name[] = "true", *const words[] = { name, NULL };
	pid_t child;

	if (execv("/bin/true", words) != -1 || errno != EPERM)
		return 1;
	child = fork();
	if (child == 0)
		_exit(0);
	if (child != -1)
		return 2;
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != -1 || errno != EPERM)
		return 3;
	if (chroot("/") != -1 || errno != EPERM)
		return 4;
	if (setuid(getuid()) != -1 || errno != EPERM)
		return 5;
	return 0;
}

/* What a worker needs: files and memory. */
static int
work_fails(void)
{
	char name[] = "/tmp/cage-XXXXXX";
	int fd = mkstemp(name);

	if (fd < 0 || write(fd, "x", 1) != 1 || close(fd) != 0 || unlink(name) != 0)
		return 10;
	return 0;
}

static void
test_cage(void **state)
{
	pid_t child = fork();
	int status, open;

	(void)state;
	if (child == 0) {
		if (!cage_close())
			_exit(NO_FILTER);
		open = doors_open();
		_exit(open != 0 ? open : work_fails());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == NO_FILTER) {
		puts("# this kernel takes no seccomp filter");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cage) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
