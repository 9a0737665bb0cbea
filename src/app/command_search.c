/* command_search.c: reindex: everything that is found is read again. */
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "base/arena.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/search_index.h"

enum { TELL_EVERY = 20000 };

static enum status
walk(struct actor *by)
{
	const struct search_pace pace = { .most = 1000 };
	int64_t read, all = 0, told = 0;
	enum status e;

	do {
		arena_reset(by->arena);
		by->now = now();
		e = search_walk(by, &pace, &read);
		if (e == RETRY)
			e = search_walk(by, &pace, &read);
		all += read;
		if (all - told >= TELL_EVERY) {
			printf("%" PRId64 " records\n", told = all);
			fflush(stdout);
		}
	} while (!e && read > 0);
	if (!e)
		printf("%" PRId64 " records are indexed.\n", all);
	return e;
}

int
reindex_command(int argc, char **argv)
{
	struct given given[] = { { "site", true, NULL } };
	struct actor by = { .arena = arena_new(), .departments = "" };
	struct command c;
	struct site site;
	enum status e = OK;

	if (!command_read(argc, argv, NULL, given, COUNT(given)))
		return WRONG_USAGE;
	command_open(&c);
	if (!command_site(&c, given[0].value, &site)) {
		command_close(&c);
		return 1;
	}
	by.db = c.db;
	e = search_walk_again(&by);
	if (!e)
		e = walk(&by);
	if (e)
		command_wrong(
		    "not everything was indexed: %s; the jobs go on with it", db_message(c.db));
	arena_free(by.arena);
	command_close(&c);
	return e ? 1 : 0;
}
