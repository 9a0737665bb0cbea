/*
 * app.h: what a worker keeps between two requests: its languages, its configuration, and for each
 * site that it has served a connection, its statements and its settings (which it reads anew every
 * few seconds).
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/routes.h"
#include "db/db.h"
#include "model/password.h"
#include "model/site.h"
#include "page/page.h"

struct arena;
struct config;
struct filetype;

enum { TONGUES = 2, PLACES = 16 };

/* A site as this worker knows it. */
struct place {
	const char *host;    /* as it was asked for */
	struct arena *arena; /* of host and site */
	struct site site;
	struct db_config db_config;
	struct db *db;
	struct locale *locales[TONGUES];
	int64_t read_at; /* ticks(): when directory and settings were last read */
	int64_t used_at;
};

struct app {
	struct arena *forever; /* lives as long as the worker */
	struct arena *arena;   /* one try of one request */
	const struct config *config;
	struct tongue tongues[TONGUES];
	struct locale *locales[TONGUES]; /* for answers without a site */
	struct route_list routes;
	struct filetype *filetype;
	struct gate gate;
	struct db_config directory_config;
	struct db *directory;
	struct place places[PLACES];
	bool away; /* the last request waited for a database in vain: the next tries once */
};

/* Ends the program with a message when the configuration or a template is wrong.  Needs no
 * database. */
struct app *app_open(const struct config *, struct arena *forever);
void app_close(struct app *);
/* NOT_FOUND for a host that no site has; RETRY when the directory cannot be read and it is not
 * known yet. */
enum status app_place(struct app *, const char *host, struct place **) MUST_CHECK;
/* The nearest language that we speak: "fr-CA,en;q=0.8" → 1. */
size_t app_tongue(const char *accept_language);
size_t app_tongue_of(const char *code); /* 0, English, when unknown */

#endif
