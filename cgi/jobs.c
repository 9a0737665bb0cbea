/* jobs.c: millwright-jobs: what happens without a request.  The work is in src/job. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "job/crew.h"
#include "job/end.h"

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	const char *path = argc == 3 && strcmp(argv[1], "--config") == 0 ? argv[2] : NULL;

	if (argc != 1 && path == NULL) {
		fputs("usage: millwright-jobs [--config FILE]\n", stderr);
		return 2;
	}
	end_arm();
	log_info("jobs: begin");
	crew_run(config_read(a, path));
	log_info("jobs: end");
	arena_free(a);
	return 0;
}
