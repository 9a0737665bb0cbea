/* import.c: see import.h.  The command, its lists and its summary. */
#include <ctype.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/import.h"
#include "app/import_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/money.h"
#include "base/time.h"
#include "model/event.h"

static void
list(const char *file, int64_t line, const char *fmt, va_list ap)
{
	fprintf(stderr, "%s:", file);
	if (line > 0)
		fprintf(stderr, "%" PRId64 ":", line);
	fputc(' ', stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void
import_error(struct import *im, const char *file, int64_t line, const char *fmt, ...)
{
	va_list ap;

	im->errors++;
	va_start(ap, fmt);
	list(file, line, fmt, ap);
	va_end(ap);
}

void
import_note(const char *file, int64_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	list(file, line, fmt, ap);
	va_end(ap);
}

void *
import_room(struct import *im, void *list_, size_t count, size_t *room, size_t size)
{
	void *more;

	if (count < *room)
		return list_;
	*room = *room > 0 ? *room * 2 : 64;
	more = arena_alloc(im->arena, *room, size);
	if (count > 0)
		memcpy(more, list_, count * size);
	return more;
}

const char *
import_upper(struct import *im, const char *text)
{
	char *copy = arena_text(im->arena, text, strlen(text));

	for (char *c = copy; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

enum status
import_transaction(struct import *im, enum status (*do_it)(struct import *, void *), void *with)
{
	enum { TRIES = 5 };
	enum status e = RETRY;

	for (int i = 0; e == RETRY && i < TRIES; i++) {
		e = db_ready(im->db);
		if (!e)
			e = db_begin(im->db);
		if (!e)
			e = db_end(im->db, do_it(im, with));
	}
	return e;
}

static const char *const labels[WHATS] = { "machines", "failures", "errors", "replacements",
	"work orders", "parts used" };

static int64_t
fresh(const struct import *im)
{
	int64_t n = 0;

	for (int i = 0; i < WHATS; i++)
		n += im->tally[i].fresh;
	return n;
}

static void
summary(const struct import *im, const char *kind)
{
	const char *title = im->errors > 0 ? "there are errors: nothing was changed"
			    : im->dry      ? "dry run: nothing was changed"
					   : "imported";

	printf("%s: %s\n%-14s%9s%9s%9s%9s\n", kind, title, "", "read", "new", "same", "changed");
	for (int i = 0; i < WHATS; i++) {
		const struct tally *t = &im->tally[i];

		if (t->read > 0)
			printf("%-14s%9" PRId64 "%9" PRId64 "%9" PRId64 "%9" PRId64 "\n", labels[i],
			    t->read, t->fresh, t->same, t->changed);
	}
	printf("cost %s\nerrors %" PRId64 "\n", decimal_text(im->arena, im->cost), im->errors);
}

struct made {
	const char *kind;
};

/* One event a run that made anything. */
static enum status
say_made(struct import *im, void *with)
{
	const struct made *made = with;
	struct buf changes = { .arena = im->arena };
	bool first = true;

	buf_text(&changes, "{");
	for (int i = 0; i < WHATS; i++)
		if (im->tally[i].fresh > 0) {
			if (!first)
				buf_text(&changes, ",");
			first = false;
			json_text(&changes, labels[i]);
			buf_print(&changes, ":[null,%" PRId64 "]", im->tally[i].fresh);
		}
	buf_text(&changes, "}");
	return event_write(&im->actor, &(struct event){ .act = "import.made",
					   .kind = "import",
					   .title = made->kind,
					   .changes = changes.text });
}

static const struct {
	const char *name;
	enum status (*run)(struct import *, const char *file);
} kinds[] = {
	{ "machines", import_machines_file },
	{ "azure-pdm", import_azure },
	{ "excavator", import_excavator },
};

static int
run(struct import *im, size_t kind, const char *file)
{
	struct made made = { kinds[kind].name };
	enum status e = kinds[kind].run(im, file);

	if (!e && im->errors == 0 && !im->dry && fresh(im) > 0)
		e = import_transaction(im, say_made, &made);
	if (e)
		fprintf(stderr,
		    "millwright: import: the database did not take it: %s\n"
		    "What was written is whole; run it again for the rest.\n",
		    db_message(im->db));
	else
		summary(im, kinds[kind].name);
	return e || im->errors > 0;
}

static int
usage(void)
{
	fputs("usage: millwright import --site NAME [--config FILE] [--dry-run] KIND FILE\n"
	      "  machines FILE      number, name, department, location, manufacturer, model,\n"
	      "                     serial_number, installed_on, criticality\n"
	      "  azure-pdm FOLDER   PdM_machines, PdM_failures, PdM_errors, PdM_maint .csv\n"
	      "  excavator FILE     BscStartDate, Asset, OriginalShorttext, PMType, Cost\n",
	    stderr);
	return WRONG_USAGE;
}

struct wanted {
	const char *site;
	bool dry;
	size_t kind;
	const char *file;
};

static bool
read_words(struct wanted *w, int argc, char **argv)
{
	static const struct option options[] = {
		{ "site", required_argument, NULL, 's' },
		{ "config", required_argument, NULL, 'c' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ 0 },
	};
	int c;

	optind = 1;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 's')
			w->site = optarg;
		else if (c == 'n')
			w->dry = true;
		else if (c != 'c' || setenv("MILLWRIGHT_CONF", optarg, 1) != 0)
			return false;
	}
	if (w->site == NULL || argc - optind != 2)
		return false;
	while (w->kind < COUNT(kinds) && strcmp(kinds[w->kind].name, argv[optind]) != 0)
		w->kind++;
	w->file = argv[optind + 1];
	return w->kind < COUNT(kinds);
}

int
import_command(int argc, char **argv)
{
	struct wanted w = { 0 };
	struct command c;
	struct site site;
	int code = 1;

	if (!read_words(&w, argc, argv))
		return usage();
	command_open(&c);
	if (command_site(&c, w.site, &site)) {
		struct import im = { .db = c.db,
			.arena = c.arena,
			.dry = w.dry,
			.cost = decimal(0),
			.actor = { .db = c.db, .arena = c.arena, .role = ADMIN, .now = now() } };

		code = run(&im, w.kind, w.file);
	}
	command_close(&c);
	return code;
}
