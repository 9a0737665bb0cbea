/* millwright.c: the operator's command: a table of sub-commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/import.h"
#include "app/run.h"

struct sub {
	const char *words; /* one or two */
	int (*run)(int argc, char **argv);
	const char *usage; /* what may follow */
	const char *what;
	bool tells; /* its usage by itself */
};

static const struct sub subs[] = {
	{ "run", run_command,
	    "[--port N] [--var FOLDER] [--site-host H,…] [--workers N] [--no-demo] "
	    "[--smtp URL] [--developer] [--once-ready COMMAND]",
	    "make and start a plant in a folder", true },
	{ "site create", site_create_command,
	    "NAME --host H[,H2] [--title T] [--zone Europe/Paris] [--currency EUR] "
	    "[--language en|fr]",
	    "a new plant, or more host names for one" },
	{ "site list", site_list_command, "", "name, database and hosts of every plant" },
	{ "migrate", migrate_command, "", "bring all databases up to this version" },
	{ "user create", user_create_command,
	    "--site S --email E --name N --role R [--department D]",
	    "an account; prints role, address and its first password" },
	{ "import", import_command, "--site S [--dry-run] machines|azure-pdm|excavator FILE",
	    "machines and history from CSV files", true },
	{ "demo", demo_command, "--site S", "fill an empty plant; prints the accounts" },
	{ "verify-log", verify_log_command, "--site S", "is the log of events whole?" },
	{ "reindex", reindex_command, "--site S", "read everything again that the search finds" },
	{ "routes", routes_command, "", "every address that the program answers to, and who may" },
	{ "doctor", doctor_command, "", "look whether everything that is needed is there" },
};

static void
usage_of(FILE *f, const struct sub *s)
{
	fprintf(f, "usage: millwright [--config FILE] %s%s%s\n", s->words,
	    s->usage[0] != '\0' ? " " : "", s->usage);
}

static void
help(FILE *f)
{
	fputs("usage: millwright [--config FILE] COMMAND …\n\n", f);
	for (size_t i = 0; i < COUNT(subs); i++)
		fprintf(f, "  %s%s%s\n        %s\n", subs[i].words,
		    subs[i].usage[0] != '\0' ? " " : "", subs[i].usage, subs[i].what);
	fputs("\n  --version, --help\n\nThe configuration is FILE, else $MILLWRIGHT_CONF, else "
	      "/etc/millwright/millwright.conf.\n",
	    f);
}

/* Takes --config FILE out of the words, wherever it stands; every command finds it in
 * MILLWRIGHT_CONF. */
static int
take_config(int argc, char **argv)
{
	static const char name[] = "--config";
	const size_t len = sizeof(name) - 1;
	int n = 1;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], name) == 0 && i + 1 < argc)
			setenv("MILLWRIGHT_CONF", argv[++i], 1);
		else if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
			setenv("MILLWRIGHT_CONF", argv[i] + len + 1, 1);
		else
			argv[n++] = argv[i];
	}
	argv[n] = NULL;
	return n;
}

/* How many of the words name that sub-command; 0 when they do not. */
static int
match(const struct sub *s, int argc, char **argv)
{
	const char *blank = strchr(s->words, ' ');
	const size_t first = strcspn(s->words, " ");

	if (argc < 2 || strlen(argv[1]) != first || strncmp(argv[1], s->words, first) != 0)
		return 0;
	if (blank == NULL)
		return 1;
	return argc > 2 && strcmp(argv[2], blank + 1) == 0 ? 2 : 0;
}

static int
start(const struct sub *s, int words, int argc, char **argv)
{
	int code;

	for (int i = 1 + words; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) {
			usage_of(stdout, s);
			return 0;
		}
	code = s->run(argc - words, argv + words);
	if (code == WRONG_USAGE && !s->tells)
		usage_of(stderr, s);
	return code;
}

/* Only those that begin with that word, when there are any. */
static int
unknown(const char *word)
{
	const size_t len = word != NULL ? strlen(word) : 0;
	bool any = false;

	for (size_t i = 0; i < COUNT(subs) && len > 0; i++)
		if (strcspn(subs[i].words, " ") == len && strncmp(subs[i].words, word, len) == 0) {
			usage_of(stderr, &subs[i]);
			any = true;
		}
	if (any)
		return WRONG_USAGE;
	if (word != NULL)
		command_wrong("there is no command %s", word);
	help(stderr);
	return WRONG_USAGE;
}

int
main(int argc, char **argv)
{
	argc = take_config(argc, argv);
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		puts("millwright " MILLWRIGHT_VERSION);
		return 0;
	}
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
		help(stdout);
		return 0;
	}
	for (size_t i = 0; i < COUNT(subs); i++) {
		int words = match(&subs[i], argc, argv);

		if (words > 0)
			return start(&subs[i], words, argc, argv);
	}
	return unknown(argc > 1 ? argv[1] : NULL);
}
