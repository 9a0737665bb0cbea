/* tool.h: a scratch folder and other programs, for the tests that need them. */
#ifndef TEST_TOOL_H
#define TEST_TOOL_H

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOOL_PATH = 512 };

/* Runs argv[0], found by PATH, its output into a file when one is named; its exit code. */
static inline int
tool_run(const char *const *argv, const char *output)
{
	posix_spawn_file_actions_t actions;
	extern char **environ;
	int status = -1;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
	    &actions, 1, output == NULL ? "/dev/null" : output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)argv, environ) != 0)
		status = -1;
	else if (waitpid(pid, &status, 0) != pid)
		status = -1;
	posix_spawn_file_actions_destroy(&actions);
	return status == -1 || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

#define TOOL(output, ...) tool_run((const char *const[]){ __VA_ARGS__, NULL }, (output))

/* Says so when a tool is absent, so that a skipped test is seen. */
static inline bool
tool_there(const char *name)
{
	char path[TOOL_PATH];

	snprintf(path, sizeof(path), "/usr/bin/%s", name);
	if (access(path, X_OK) == 0)
		return true;
	printf("skipped: %s is not installed\n", name);
	return false;
}

/* A new folder below $TMPDIR or /tmp; scratch_end() removes it. */
static inline void
scratch_begin(char dir[TOOL_PATH])
{
	const char *in = getenv("TMPDIR");

	snprintf(dir, TOOL_PATH, "%s/millwright-test.XXXXXX", in == NULL ? "/tmp" : in);
	if (mkdtemp(dir) == NULL) {
		perror(dir);
		exit(1);
	}
}

static inline int
scratch_remove(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

static inline void
scratch_end(const char *dir)
{
	nftw(dir, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static inline bool
file_put(const char *path, const void *bytes, size_t len)
{
	FILE *f = fopen(path, "wb");
	bool good = f != NULL && fwrite(bytes, 1, len, f) == len;

	return f != NULL && fclose(f) == 0 && good;
}

/* The file's bytes with a NUL behind, at most room - 1; their number, or -1. */
static inline long
file_get(const char *path, char *into, size_t room)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return -1;
	n = fread(into, 1, room - 1, f);
	into[n] = '\0';
	fclose(f);
	return (long)n;
}

#endif
