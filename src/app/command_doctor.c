/* command_doctor.c: doctor: a line a check, with the remedy. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/command.h"
#include "app/setup_check.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "db/migrate.h"
#include "http/clamd.h"
#include "job/picture.h"
#include "view/locale.h"
#include "view/paper.h"

#define STANDARD "/etc/millwright/millwright.conf"

enum { MB = 1024 * 1024, ROOM_BAD = 100, ROOM_LITTLE = 1000, SETTING = 1000, WAITING = 1000 };

enum verdict { FINE, WARN, BAD };

struct doctor {
	struct command c;
	const char *path; /* of the configuration */
	int bad;
};

static void PRINTF(3, 4) say(struct doctor *d, enum verdict v, const char *fmt, ...)
{
	static const char *const words[] = { [FINE] = "ok", [WARN] = "warn", [BAD] = "bad" };
	va_list ap;

	printf("%-5s", words[v]);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	d->bad += v == BAD;
}

/* Secrets are for their owner and group. */
static void
check_mode(struct doctor *d, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		say(d, errno == EACCES ? WARN : BAD, "%s: %s", path, strerror(errno));
	else if (st.st_mode & (S_IROTH | S_IWOTH))
		say(d, BAD, "%s is open to everybody: chmod o= %s", path, path);
	else
		say(d, FINE, "%s is closed to others", path);
}

/* The files that the configuration names with *_file. */
static void
check_secrets(struct doctor *d)
{
	FILE *f = fopen(d->path, "re");
	const char *slash = strrchr(d->path, '/');
	char line[SETTING], name[SETTING], value[SETTING];

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, " %[a-z_] = %999[^ \t\r\n]", name, value) != 2 ||
		    !text_ends(name, "_file"))
			continue;
		if (value[0] == '/' || slash == NULL)
			check_mode(d, value);
		else
			check_mode(d, arena_print(d->c.arena, "%.*s/%s", (int)(slash - d->path),
					  d->path, value));
	}
	if (f != NULL)
		fclose(f);
}

static void
check_readable(struct doctor *d, const char *path, int mode, const char *remedy)
{
	if (access(path, mode) == 0)
		say(d, FINE, "%s", path);
	else
		say(d, BAD, "%s: %s; %s", path, strerror(errno), remedy);
}

static void
check_folders(struct doctor *d)
{
	const struct config *c = d->c.config;
	struct statvfs room;
	unsigned long mb;

	check_readable(d, c->templates, R_OK | X_OK, "set templates to the installed folder");
	check_readable(d, c->sql, R_OK | X_OK, "set sql to the installed folder");
	check_readable(d, c->files, R_OK | W_OK | X_OK,
	    "make it, owned by the account of the workers (systemd-tmpfiles --create)");
	if (statvfs(c->files, &room) != 0)
		return;
	mb = (unsigned long)(room.f_bavail * room.f_frsize / MB);
	say(d,
	    mb < ROOM_BAD      ? BAD
	    : mb < ROOM_LITTLE ? WARN
			       : FINE,
	    "%lu MB are free for uploaded files%s", mb,
	    mb < ROOM_LITTLE ? "; make room or move the folder" : "");
}

static void
check_tools(struct doctor *d)
{
	static const char *const fonts[] = { "DejaVuSans.ttf", "DejaVuSans-Bold.ttf",
		"DejaVuSansMono-Bold.ttf" };

	for (size_t i = 0; i < COUNT(fonts); i++)
		check_readable(d, arena_print(d->c.arena, PAPER_FONTS "/%s", fonts[i]), R_OK,
		    "install fonts-dejavu-core");
	check_readable(d, PICTURE_PROGRAM, X_OK, "install libvips-tools");
	check_readable(d, PICTURE_CLEANER, X_OK, "install libimage-exiftool-perl");
	check_readable(d, PICTURE_PAGES, X_OK, "install poppler-utils");
}

static void
check_scanner(struct doctor *d)
{
	const struct config *c = d->c.config;
	const char *found;

	if (c->clamd == NULL)
		say(d, FINE, "uploaded files are not scanned for malware: clamd is not set");
	else if (clamd_scan(d->c.arena, c->clamd, "millwright", 10, &found) == OK)
		say(d, FINE, "clamd at %s scans uploaded files", c->clamd);
	else
		say(d, c->clamd_required ? BAD : WARN, "clamd at %s does not answer: start it%s",
		    c->clamd, c->clamd_required ? "; until then no file is taken" : "");
}

static void
check_mail(struct doctor *d)
{
	if (d->c.config->smtp_url == NULL)
		say(d, WARN, "mail is kept, not sent: set smtp_url and mail_from");
	else
		say(d, FINE, "mail goes to %s from %s", d->c.config->smtp_url,
		    d->c.config->mail_from);
}

/* MariaDB 10.6, MySQL 8.0. */
static bool
is_new_enough(const char *version)
{
	char *rest;
	long major = strtol(version, &rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;

	if (strstr(version, "MariaDB") == NULL)
		return major >= 8;
	return major > 10 || (major == 10 && minor >= 6);
}

static bool
check_server(struct doctor *d)
{
	const char *version, *flush;
	struct db *db = d->c.db;

	if (db_ready(db) || check_version(db, d->c.arena, &version)) {
		say(d, BAD,
		    "the database cannot be used: %s; look at db_socket, db_user and "
		    "its password, then: millwright site create",
		    db_message(db));
		return false;
	}
	say(d, is_new_enough(version) ? FINE : BAD, "database %s%s", version,
	    is_new_enough(version) ? "" : "; MariaDB 10.6 or MySQL 8.0 is the least");
	if (strstr(version, "MariaDB") != NULL &&
	    check_variable(db, d->c.arena, "INNODB_FLUSH_LOG_AT_TRX_COMMIT", &flush) == OK)
		say(d, strcmp(flush, "1") == 0 ? FINE : WARN,
		    "innodb_flush_log_at_trx_commit = %s%s", flush,
		    strcmp(flush, "1") == 0 ? "" : "; with 1 a power cut loses nothing");
	return true;
}

static void
check_pending(struct doctor *d, const char *schema, const char *folder)
{
	int64_t n;
	enum status e = migrate_pending(
	    d->c.db, d->c.arena, arena_print(d->c.arena, "%s/%s", d->c.config->sql, folder), &n);

	if (e)
		say(d, BAD, "%s: its migrations cannot be read", schema);
	else if (n > 0)
		say(d, BAD, "%s: %" PRId64 " migrations wait: millwright migrate", schema, n);
	else
		say(d, FINE, "%s has all migrations", schema);
}

static void
check_zone(struct doctor *d, const struct site *site, const char *zone)
{
	struct locale *locale = zone != NULL ? locale_open("en", zone, "EUR") : NULL;

	if (locale == NULL)
		say(d, BAD, "%s: the time zone %s is not known: change it in its settings",
		    site->name, zone != NULL ? zone : "is not set, so");
	else
		say(d, FINE, "%s: time zone %s", site->name, zone);
	if (locale != NULL)
		locale_close(locale);
}

static void
check_one_site(struct doctor *d, const struct site *site)
{
	struct site_check s;

	if (db_use(d->c.db, site->schema_name) || check_site(d->c.db, d->c.arena, &s)) {
		say(d, BAD, "%s: %s cannot be used: millwright migrate renews what db_user may do",
		    site->name, site->schema_name);
		return;
	}
	check_pending(d, site->schema_name, "site");
	if (s.may_write == 0 || s.tables < 2)
		say(d, BAD, "%s: db_user may not write: millwright migrate", site->name);
	else if (s.may_change > 0)
		say(d, BAD,
		    "%s: db_user may change or delete events: REVOKE what it was given "
		    "besides, or it can forge the log",
		    site->name);
	else
		say(d, FINE, "%s: db_user may write, and only add events", site->name);
	say(d, s.working > 0 ? FINE : WARN, "%s: %s", site->name,
	    s.working > 0 ? "millwright-jobs is at work"
			  : "millwright-jobs is not at work: start it");
	if (s.waiting > WAITING)
		say(d, WARN, "%s: %" PRId64 " events wait to be sealed", site->name, s.waiting);
	if (s.failed > 0)
		say(d, WARN, "%s: %" PRId64 " letters could not be sent", site->name, s.failed);
	check_zone(d, site, s.zone);
}

static void
check_sites(struct doctor *d)
{
	struct rows sites;

	if (!check_server(d))
		return;
	check_pending(d, d->c.config->directory, "directory");
	if (site_all(d->c.db, d->c.arena, &sites)) {
		say(d, BAD, "the directory cannot be read: millwright migrate");
		return;
	}
	if (sites.count == 0)
		say(d, WARN, "there is no plant yet: millwright site create");
	for (size_t i = 0; i < sites.count; i++)
		check_one_site(d, row_at(&sites, i));
}

int
doctor_command(int argc, char **argv)
{
	struct doctor d = { .path = getenv("MILLWRIGHT_CONF") };

	if (!command_read(argc, argv, NULL, NULL, 0))
		return WRONG_USAGE;
	if (text_empty(d.path))
		d.path = STANDARD;
	command_open(&d.c);
	say(&d, FINE, "%s", d.path);
	check_mode(&d, d.path);
	check_secrets(&d);
	check_folders(&d);
	check_tools(&d);
	check_mail(&d);
	check_scanner(&d);
	check_sites(&d);
	command_close(&d.c);
	printf(d.bad == 0 ? "Nothing is bad.\n" : "%d bad\n", d.bad);
	return d.bad == 0 ? 0 : 1;
}
