/*
 * command.h: the operator's command `millwright`: one function a sub-command, called with its own
 * words as argv[0] (argv[0] is "site create").  They answer the program's exit status: 0, 1 when it
 * did not work (said why on stderr), WRONG_USAGE for words that it does not know.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/version.h"
#include "db/db.h"
#include "model/site.h"

enum { WRONG_USAGE = 2 };

int site_create_command(int argc, char **argv);
int site_list_command(int argc, char **argv);
int migrate_command(int argc, char **argv);
int user_create_command(int argc, char **argv);
int demo_command(int argc, char **argv);
int verify_log_command(int argc, char **argv);
int reindex_command(int argc, char **argv);
int routes_command(int argc, char **argv);
int doctor_command(int argc, char **argv);

/* --name VALUE or --name=VALUE. */
struct given {
	const char *name;
	bool must;
	const char *value; /* NULL when it was not given */
};

/* Fills in the values, and *word when it is not NULL: the one word without a name.  False, and said
 * why, for anything else. */
bool command_read(int argc, char **argv, const char **word, struct given *list, size_t count);
/* "millwright: …" and a line end, on stderr. */
void command_wrong(const char *fmt, ...) PRINTF(1, 2);

/* What most commands work with. */
struct command {
	struct arena *arena;
	const struct config *config;
	struct db_config account;
	struct db *db; /* as the workers' account, on the directory */
};

/* Ends the program when the configuration is wrong. */
void command_open(struct command *);
void command_close(struct command *);
/* The connection is on the site's database from now on.  False, and said why, when there is none.
 */
bool command_site(struct command *, const char *name, struct site *);

#endif
