/* serve.c: the life of a request, as a list of steps; and RETRY, of which handlers know nothing. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/headers.h"
#include "app/identify.h"
#include "app/refuse.h"
#include "app/serve.h"
#include "app/write.h"
#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"

/* At most so many tries in so much time; then 503.  Only who would have to type again waits long.
 */
enum { TRIES = 8 };
static const int64_t write_budget = 10 * SECOND, read_budget = 3 * SECOND;

static struct instant
parse_time(void *locale, const char *text)
{
	return locale_instant_parse(locale, text);
}

static const char *
show_time(void *locale, struct arena *a, struct instant at)
{
	return locale_input(locale, a, at);
}

/* The languages and the locale: of the person, else of the browser. */
static void
speak(struct app *app, struct request *rq, struct locale *const locales[], size_t tongue)
{
	struct form_zone *zone = NEW(rq->arena, struct form_zone);

	rq->kit->tongue = &app->tongues[tongue];
	rq->kit->locale = locales[tongue] != NULL ? locales[tongue] : app->locales[tongue];
	*zone = (struct form_zone){ parse_time, show_time, rq->kit->locale };
	rq->zone = zone;
}

static struct request *
request_new(struct app *app, const struct wire *wire)
{
	struct request *rq = NEW(app->arena, struct request);
	struct actor *by = NEW(app->arena, struct actor);

	rq->arena = app->arena;
	rq->wire = wire;
	rq->path = wire->path;
	rq->view = view_new(app->arena);
	rq->response.headers.arena = rq->response.body.arena = app->arena;
	rq->kit = NEW(app->arena, struct kit);
	rq->kit->config = app->config;
	rq->kit->tongues = app->tongues;
	rq->kit->tongue_count = TONGUES;
	rq->kit->filetype = app->filetype;
	rq->kit->gate = &app->gate;
	rq->kit->directory = app->directory;
	rq->kit->secure = text_starts(app->config->base_url, "https:");
	*by = (struct actor){ .arena = app->arena,
		.address = wire->address,
		.trace = wire->trace,
		.departments = "",
		.now = now() };
	rq->by = by;
	speak(app, rq, app->locales, app_tongue(wire->accept_language));
	return rq;
}

/* Host without port, lower case. */
static const char *
host_name(struct request *rq)
{
	return text_lower(
	    rq->arena, arena_text(rq->arena, rq->wire->host, strcspn(rq->wire->host, ":")));
}

/* The configured address with the name of the plant that was asked for: each has its own. */
static const char *
base_url(struct request *rq, const char *host)
{
	const char *url = rq->kit->config->base_url, *name = strstr(url, "://") + 3;
	size_t len = strcspn(name, ":");

	return arena_print(rq->arena, "%.*s%s%s", (int)(name - url), url, host, name + len);
}

/* Which plant, and is its database there? */
static enum status
find_site(struct app *app, struct request *rq)
{
	const char *chosen = cookie_get(rq, "language", rq->kit->secure);
	struct place *place;
	enum status e = app_place(app, host_name(rq), &place);

	if (e)
		return e;
	rq->site = &place->site;
	rq->kit->base_url = base_url(rq, place->host);
	rq->db = rq->by->db = place->db;
	rq->queries_before = db_count(place->db);
	rq->kit->place_locales = place->locales;
	speak(app, rq, place->locales,
	    chosen != NULL                       ? app_tongue_of(chosen)
	    : *rq->wire->accept_language != '\0' ? app_tongue(rq->wire->accept_language)
						 : app_tongue_of(rq->site->language));
	return db_ready(place->db);
}

/* The plant's day, by the zone that forms are read with. */
static struct date
today(struct request *rq)
{
	const char *local = rq->zone->show(rq->zone->with, rq->arena, rq->by->now);

	return date_parse(text_cut(rq->arena, local, strlen("2026-11-21")));
}

static enum status
authorise(struct request *rq)
{
	if (permission_reach(rq->by->role, (enum permission)rq->route->permission) != REACH_NONE)
		return OK;
	return rq->by->role == VISITOR ? SIGN_IN : FORBIDDEN;
}

/* What somebody signed in chose: in the account, else at the door; else the plant's. */
static const char *
own_language(struct request *rq)
{
	const char *chosen = rq->by->language;

	if (chosen == NULL)
		chosen = cookie_get(rq, "language", rq->kit->secure);
	return chosen != NULL ? chosen : rq->site->language;
}

static enum status
answer(struct app *app, struct request *rq)
{
	const enum status malformed = request_read(rq, rq->wire);
	const enum status missing = route_match(rq, app->routes.at, app->routes.count);
	enum status e;

	if (!malformed && !missing && (rq->route->flags & ROUTE_PLAIN))
		return rq->route->handle(rq);
	e = find_site(app, rq);
	if (!e)
		e = malformed;
	if (!e)
		e = identify(rq);
	if (e)
		return e;
	if (rq->by->user_id != 0)
		speak(app, rq, rq->kit->place_locales, app_tongue_of(own_language(rq)));
	rq->by->spoken = rq->kit->tongue->language;
	rq->by->today = today(rq);
	e = missing ? missing : authorise(rq);
	if (!e && rq->method == POST)
		e = check_origin(rq);
	if (e)
		return e;
	return rq->method == POST ? write_once(rq) : rq->route->handle(rq);
}

/*
 * Longer after each try, and never two workers at the same moment; eight tries last as long as a
 * server that starts again, or a cluster that chooses.
 */
static void
pause_before(int try)
{
	unsigned char r;
	int64_t ms;
	struct timespec t;

	random_bytes(&r, 1);
	ms = ((int64_t)50 << (try < 6 ? try : 6)) * (64 + r) / 256;
	t = (struct timespec){ ms / 1000, (ms % 1000) * 1000000 };
	nanosleep(&t, NULL);
}

static struct request *
try_until_settled(struct app *app, const struct wire *wire, int64_t start, enum status *e)
{
	const int64_t budget = strcmp(wire->method, "POST") == 0 ? write_budget : read_budget;
	struct request *rq;

	for (int try = 1;; try++) {
		arena_reset(app->arena);
		rq = request_new(app, wire);
		*e = answer(app, rq);
		if (*e != RETRY || app->away || try == TRIES || ticks() - start > budget)
			break;
		log_warn("%s %s: try %d of %d", wire->method, wire->path, try + 1, TRIES);
		pause_before(try);
	}
	/* Whoever comes next is not kept waiting as well: they get their 503 at once. */
	if (*e == RETRY)
		app->away = app->away || ticks() - start > read_budget / 2;
	else if (rq->db != NULL)
		app->away = false;
	return rq;
}

struct response
serve(struct app *app, const struct wire *wire)
{
	int64_t start = ticks(), queries;
	struct request *rq;
	enum status e;

	log_trace(wire->trace);
	rq = try_until_settled(app, wire, start, &e);
	if (e)
		refuse(rq, e);
	if (rq->route != NULL && (rq->route->flags & ROUTE_OFFLINE) && rq->response.code == 200)
		header_set(rq, "X-Offline", "keep");
	headers_finish(rq);
	queries = rq->db != NULL ? db_count(rq->db) - rq->queries_before : 0;
	if (app->config->developer)
		header_set(rq, "X-Queries", arena_print(rq->arena, "%" PRId64, queries));
	log_request(wire->trace, wire->method,
	    rq->route != NULL && (rq->route->flags & ROUTE_SECRET) ? rq->route->pattern
								   : wire->path,
	    rq->response.code, ticks() - start, queries, rq->by->user_id, wire->address);
	log_trace(NULL);
	return rq->response;
}
