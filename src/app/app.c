/* app.c: see app.h. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "http/filetype.h"
#include "model/register.h"

/* How old a site's settings may be before they are read again. */
enum { FRESH_SECONDS = 5 };

static const struct {
	const char *language, *direction, *name;
} spoken[TONGUES] = {
	{ "en", "ltr", "English" },
	{ "fr", "ltr", "Français" },
};

static void
load_tongue(struct app *app, size_t i)
{
	struct tongue *t = &app->tongues[i];

	t->language = spoken[i].language;
	t->direction = spoken[i].direction;
	t->name = spoken[i].name;
	t->catalogue = catalogue_read(app->forever, app->config->templates, t->language);
	t->templates = templates_load(app->config->templates, t->catalogue);
	app->locales[i] = locale_open(t->language, "UTC", "EUR");
}

static struct db_config
account(const struct config *c, const char *schema)
{
	return (struct db_config){ .socket = c->db_socket,
		.host = c->db_host,
		.port = c->db_port,
		.user = c->db_user,
		.password = c->db_password,
		.schema = schema };
}

struct app *
app_open(const struct config *config, struct arena *forever)
{
	struct app *app = NEW(forever, struct app);
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	app->forever = forever;
	app->arena = arena_new();
	app->config = config;
	for (size_t i = 0; i < TONGUES; i++)
		load_tongue(app, i);
	app->routes = routes_all(forever);
	app->filetype = filetype_open();
	app->gate = gate_of(config->files, (int)cores);
	app->directory_config = account(config, config->directory);
	app->directory = db_open(&app->directory_config);
	return app;
}

static void
place_close(struct place *p)
{
	if (p->host == NULL)
		return;
	db_close(p->db);
	for (size_t i = 0; i < TONGUES; i++)
		locale_close(p->locales[i]);
	arena_free(p->arena);
	*p = (struct place){ 0 };
}

void
app_close(struct app *app)
{
	for (size_t i = 0; i < PLACES; i++)
		place_close(&app->places[i]);
	for (size_t i = 0; i < TONGUES; i++) {
		templates_free(app->tongues[i].templates);
		locale_close(app->locales[i]);
	}
	filetype_close(app->filetype);
	db_close(app->directory);
	arena_free(app->arena);
}

/* The place of that host, or the one that is longest unused. */
static struct place *
place_choose(struct app *app, const char *host)
{
	struct place *oldest = &app->places[0];

	for (size_t i = 0; i < PLACES; i++) {
		struct place *p = &app->places[i];

		if (p->host != NULL && strcmp(p->host, host) == 0)
			return p;
		if (p->used_at < oldest->used_at)
			oldest = p;
	}
	return oldest;
}

/* Directory and settings into *site, in the arena of this try. */
static enum status
read_site(struct app *app, const char *host, struct db **db, struct site *site)
{
	struct db_config *config;
	enum status e = db_ready(app->directory);

	if (!e)
		e = site_by_host(app->directory, app->arena, host, site);
	if (e)
		return e;
	if (*db == NULL) {
		config = NEW(app->forever, struct db_config);
		*config = account(app->config,
		    arena_text(app->forever, site->schema_name, strlen(site->schema_name)));
		*db = db_open(config);
	}
	e = db_ready(*db);
	return e ? e : site_settings(*db, app->arena, site);
}

static const char *
keep(struct arena *a, const char *text)
{
	return arena_text(a, text, strlen(text));
}

static struct rows
keep_options(struct arena *a, const struct rows *rows)
{
	struct rows kept = *rows;
	struct option *to = NEW_ARRAY(a, struct option, rows->count);

	for (size_t i = 0; i < rows->count; i++) {
		const struct option *o = row_at(rows, i);

		to[i] = (struct option){ o->id, keep(a, o->name) };
	}
	kept.at = to;
	return kept;
}

/* What was read, kept for as long as it is fresh. */
static void
place_fill(struct place *p, const char *host, const struct site *site, struct db *db)
{
	struct arena *old = p->arena;
	bool same = p->host != NULL && strcmp(p->site.zone, site->zone) == 0 &&
		    strcmp(p->site.currency, site->currency) == 0;

	p->arena = arena_new();
	p->host = keep(p->arena, host);
	p->site = *site;
	p->site.name = keep(p->arena, site->name);
	p->site.schema_name = keep(p->arena, site->schema_name);
	p->site.title = keep(p->arena, site->title);
	p->site.zone = keep(p->arena, site->zone);
	p->site.currency = keep(p->arena, site->currency);
	p->site.language = keep(p->arena, site->language);
	p->site.departments = keep_options(p->arena, &site->departments);
	p->db = db;
	for (size_t i = 0; !same && i < TONGUES; i++) {
		if (p->locales[i] != NULL)
			locale_close(p->locales[i]);
		p->locales[i] = locale_open(spoken[i].language, p->site.zone, p->site.currency);
	}
	if (old != NULL)
		arena_free(old);
}

enum status
app_place(struct app *app, const char *host, struct place **out)
{
	struct place *p = place_choose(app, host);
	bool known = p->host != NULL && strcmp(p->host, host) == 0;
	struct db *db = known ? p->db : NULL;
	struct site site;
	enum status e;

	if (!known || ticks() - p->read_at > FRESH_SECONDS * SECOND) {
		e = read_site(app, host, &db, &site);
		if (e) {
			if (!known && db != NULL)
				db_close(db);
			return e;
		}
		if (!known)
			place_close(p);
		place_fill(p, host, &site, db);
		p->read_at = ticks();
	}
	p->used_at = ticks();
	*out = p;
	return OK;
}

size_t
app_tongue_of(const char *code)
{
	for (size_t i = 0; code != NULL && i < TONGUES; i++)
		if (strncmp(code, spoken[i].language, 2) == 0)
			return i;
	return 0;
}

/* By order alone: who sends q-values sends them in falling order. */
size_t
app_tongue(const char *accept)
{
	while (*accept != '\0') {
		accept += strspn(accept, " ,");
		for (size_t i = 0; i < TONGUES; i++)
			if (strncasecmp(accept, spoken[i].language, 2) == 0)
				return i;
		accept += strcspn(accept, ",");
	}
	return 0;
}
