/* command_log.c: verify-log. */
#include <inttypes.h>
#include <stdio.h>

#include "app/command.h"
#include "base/arena.h"
#include "base/time.h"
#include "job/seal.h"
#include "model/actor.h"
#include "model/log.h"

static int
tell(struct command *c, const struct verification *v)
{
	printf("%" PRId64 " events, head %s\n", v->count, v->head);
	if (v->fault == FAULT_NONE) {
		puts("The log is whole.  Keep the head elsewhere: with it, cutting off the end is "
		     "seen, too.");
		return 0;
	}
	command_wrong("the log is broken: %s", seal_fault_text(c->arena, v));
	return 1;
}

/* The page of the activity log shows it, too. */
static void
keep(const struct actor *by, const struct verification *v)
{
	struct log_check check = { .checked_at = now(),
		.at_hash = "",
		.fault = seal_fault_code(v->fault),
		.fault_seq = v->seq,
		.fault_event_id = v->event_id,
		.links = v->count,
		.head = v->head };
	enum status e = db_begin(by->db);

	if (!e)
		e = db_end(by->db, log_check_keep(by, &check));
	if (e)
		command_wrong("the result could not be written down: %s", db_message(by->db));
}

int
verify_log_command(int argc, char **argv)
{
	struct given given[] = { { "site", true, NULL } };
	struct command c;
	struct site site;
	struct verification v;
	int code = 1;

	if (!command_read(argc, argv, NULL, given, COUNT(given)))
		return WRONG_USAGE;
	command_open(&c);
	if (command_site(&c, given[0].value, &site)) {
		struct actor by = { .db = c.db, .arena = c.arena, .departments = "", .now = now() };

		if (seal_verify(&by, &v) == OK) {
			code = tell(&c, &v);
			keep(&by, &v);
		} else
			command_wrong("the log cannot be read: %s", db_message(c.db));
	}
	command_close(&c);
	return code;
}
