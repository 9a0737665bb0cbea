/* setup.c: see setup.h. */
#include <string.h>

#include "app/demo.h"
#include "app/setup.h"
#include "app/setup_inside.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "db/migrate.h"
#include "job/seal.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/site.h"

enum { SEAL_BATCH = 1000, DEMO_NEWS_DAYS = 3, TRIES = 40 };

bool
setup_open(struct setup *s, const struct config *config)
{
	*s = (struct setup){ .config = config, .arena = arena_new() };
	if (config->db_owner == NULL) {
		log_error("setup: no owner account: set db_owner and db_owner_password_file");
		return false;
	}
	s->account = (struct db_config){ .socket = config->db_socket,
		.host = config->db_host,
		.port = config->db_port,
		.user = config->db_owner,
		.password = config->db_owner_password };
	s->db = db_open(&s->account);
	return true;
}

enum status
setup_close(struct setup *s, enum status e)
{
	if (s->db != NULL)
		db_close(s->db);
	arena_free(s->arena);
	return e;
}

static void
say(void *with, const char *message)
{
	const char *schema = with;

	log_info("setup: %s: %s", schema, message);
}

/* The schema exists, has all files of the folder below sql, and the workers may use it. */
static enum status
make_schema(struct setup *s, const char *schema, const char *folder, bool site)
{
	const char *path = arena_print(s->arena, "%s/%s", s->config->sql, folder);
	struct migrate_log log = { .say = say, .with = (void *)(uintptr_t)schema };
	enum status e;

	e = db_script(
	    s->db, arena_print(s->arena, "CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4",
		       schema));
	if (!e)
		e = db_use(s->db, schema);
	if (!e)
		e = migrate(s->db, s->arena, path, &log);
	if (!e)
		e = setup_grant(s, schema, site);
	if (e)
		log_error("setup: %s could not be made or renewed: %s", schema, db_message(s->db));
	return e;
}

enum status
setup_directory(const struct config *config)
{
	struct setup s;
	enum status e = FAILED;

	if (setup_open(&s, config))
		e = make_schema(&s, config->directory, "directory", false);
	return setup_close(&s, e);
}

static enum status
write_settings(struct setup *s, const struct new_site *site)
{
	static const char sql[] =
	    "INSERT IGNORE INTO plant (id, title, zone, currency, language) VALUES (1, ?, ?, ?, ?)";
	struct actor by = { .db = s->db, .arena = s->arena, .departments = "", .now = now() };
	const char *title = site->title != NULL ? site->title : site->name;
	struct event event = {
		.act = "site.created", .kind = "plant", .record_id = 1, .title = title
	};
	int64_t changed;
	enum status e = db_change(s->db, sql,
	    ARGS(ARG(title), ARG(site->zone ? site->zone : "UTC"),
		ARG(site->currency ? site->currency : "EUR"),
		ARG(site->language ? site->language : "en")),
	    &changed);

	return e || changed == 0 ? e : event_write(&by, &event);
}

static enum status
make_settings(struct setup *s, const struct new_site *site)
{
	enum status e = db_begin(s->db);

	return e ? e : db_end(s->db, write_settings(s, site));
}

/* The next of the names between commas; NULL after the last. */
static const char *
next_host(struct setup *s, const char **rest)
{
	const char *host;
	size_t len;

	do {
		*rest += strspn(*rest, ", ");
		len = strcspn(*rest, ",");
		host = text_lower(s->arena, text_trim(s->arena, arena_text(s->arena, *rest, len)));
		*rest += len;
	} while (len > 0 && *host == '\0');
	return len > 0 ? host : NULL;
}

static enum status
check_hosts(struct setup *s, const struct new_site *new)
{
	const char *rest = new->hosts, *host;
	struct site other;
	enum status e;
	int n = 0;

	for (; (host = next_host(s, &rest)) != NULL; n++) {
		if (strlen(host) > 190 ||
		    host[strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-")] != '\0') {
			log_error("setup: %s is no host name; write it without port or path", host);
			return INVALID;
		}
		e = site_by_host(s->db, s->arena, host, &other);
		if (!e && strcmp(other.name, new->name) != 0) {
			log_error("setup: %s leads to the site %s already", host, other.name);
			return INVALID;
		}
		if (e && e != NOT_FOUND)
			return e;
	}
	if (n > 0)
		return OK;
	log_error("setup: a site needs a host name by which it is reached");
	return INVALID;
}

static enum status
write_site(struct setup *s, const struct new_site *new, const char *schema)
{
	static const char site[] = "INSERT INTO site (name, schema_name) VALUES (?, ?)"
				   " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)";
	static const char add[] = "INSERT IGNORE INTO site_host (host, site_id) VALUES (?, ?)";
	const char *rest = new->hosts, *host;
	int64_t id;
	enum status e = db_insert(s->db, site, ARGS(ARG(new->name), ARG(schema)), &id);

	while (!e && (host = next_host(s, &rest)) != NULL)
		e = db_change(s->db, add, ARGS(ARG(host), ARG(id)), NULL);
	return e;
}

/* The directory's rows come last: what they name is complete. */
static enum status
make_site(struct setup *s, const struct new_site *new)
{
	const char *schema = arena_print(s->arena, "mw_%s", new->name);
	enum status e = setup_check(new);

	if (!e)
		e = db_use(s->db, s->config->directory);
	if (!e)
		e = check_hosts(s, new);
	if (!e)
		e = make_schema(s, schema, "site", true);
	if (!e)
		e = make_settings(s, new);
	if (!e)
		e = db_use(s->db, s->config->directory);
	if (!e)
		e = db_begin(s->db);
	if (!e)
		e = db_end(s->db, write_site(s, new, schema));
	if (e && e != INVALID)
		log_error("setup: the site %s could not be made", new->name);
	return e;
}

enum status
setup_new_site(const struct config *config, const struct new_site *new)
{
	struct setup s;
	enum status e = FAILED;

	if (setup_open(&s, config))
		e = make_site(&s, new);
	return setup_close(&s, e);
}

enum status
setup_site(const struct config *config, const char *name, const char *hosts)
{
	return setup_new_site(config, &(struct new_site){ .name = name, .hosts = hosts });
}

static enum status
migrate_all(struct setup *s)
{
	struct rows sites;
	enum status e = make_schema(s, s->config->directory, "directory", false);

	if (!e)
		e = site_all(s->db, s->arena, &sites);
	for (size_t i = 0; !e && i < sites.count; i++) {
		const struct site *site = row_at(&sites, i);

		e = make_schema(s, site->schema_name, "site", true);
	}
	return e;
}

enum status
setup_migrate(const struct config *config)
{
	struct setup s;
	enum status e = FAILED;

	if (setup_open(&s, config))
		e = migrate_all(&s);
	return setup_close(&s, e);
}

/* The demo's history is sealed at once, and only its last days are news to anybody. */
static enum status
settle_demo(struct setup *s)
{
	static const char told[] =
	    "INSERT INTO reader (name, seq) SELECT 'notify', COALESCE(MAX(l.seq), 0)"
	    " FROM event_seal l JOIN event e ON e.id = l.event_id WHERE e.at < ?"
	    " ON DUPLICATE KEY UPDATE seq = VALUES(seq)";
	struct actor by = { .db = s->db, .arena = arena_new(), .departments = "", .now = now() };
	struct instant news = instant_add(by.now, -DEMO_NEWS_DAYS * DAY);
	int64_t sealed = 0;
	int tries = 0;
	enum status e;

	do {
		arena_reset(by.arena);
		e = seal_events(&by, SEAL_BATCH, &sealed);
		tries += e == RETRY;
	} while ((!e && sealed == SEAL_BATCH) || (e == RETRY && tries < TRIES));
	if (!e)
		e = db_change(s->db, told, ARGS(ARG(news)), NULL);
	arena_free(by.arena);
	return e;
}

static enum status
fill_demo(struct setup *s, const char *name, FILE *accounts)
{
	struct site site;
	enum status e = db_use(s->db, s->config->directory);

	if (!e)
		e = site_by_name(s->db, s->arena, name, &site);
	if (e == NOT_FOUND)
		log_error("setup: there is no site %s", name);
	if (!e)
		e = db_use(s->db, site.schema_name);
	if (!e)
		e = demo_plant(s->db, s->arena, accounts);
	/* Where jobs run already, they seal and index at the same time. */
	for (int i = 0; !e && i < TRIES; i++) {
		e = demo_files(s->db, s->arena, s->config->files);
		if (e != RETRY)
			break;
		e = i + 1 < TRIES ? OK : e;
	}
	return e ? e : settle_demo(s);
}

enum status
setup_demo(const struct config *config, const char *name, FILE *accounts)
{
	struct setup s;
	enum status e = FAILED;

	if (setup_open(&s, config))
		e = fill_demo(&s, name, accounts);
	return setup_close(&s, e);
}
