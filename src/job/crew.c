/* crew.c: see crew.h. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/time.h"
#include "db/db.h"
#include "job/crew.h"
#include "job/end.h"
#include "job/job.h"
#include "job/lease.h"
#include "model/actor.h"
#include "model/site.h"

enum {
	PAUSE_MS = 300,
	LEASE_SECONDS = 15,
	MOST_JOBS = 16,
	OWNER = 60,
	MACHINE = 20,
};

#define LEASE "jobs"

static const int64_t sites_fresh = 5 * SECOND;
static const int64_t away = 2 * SECOND;
static const int64_t longest_retry = 5 * SECOND; /* it passes */
static const int64_t longest_failed = MINUTE;    /* somebody has to look */

static const struct job quick[] = {
	{ "seal", seal_work, 0, true },
	{ "notify", notify_work, 0, true },
	{ "search", search_work, 0, true },
	{ "sweep", sweep_work, HOUR, true },
	{ "merge", merge_work, 2 * SECOND, true },
	{ "expire", expire_work, 10 * SECOND, true },
};

static const struct job slow[] = {
	{ "invite", invite_work, SECOND / 2, false },
	{ "deliver", deliver_work, 0, false },
	{ "pictures", pictures_work, 0, false },
	{ "texts", texts_work, 0, false },
	{ "print", print_work, 0, false },
};

/* A turn of these may take minutes. */
static const struct job long_ones[] = {
	{ "log check", log_check_work, 2 * SECOND, false },
	{ "log export", log_export_work, SECOND, false },
	{ "import", import_work, SECOND / 2, false },
};

/* The first is this process's own; each of the others has a process. */
struct part {
	const char *name;
	const struct job *jobs;
	size_t count;
};

static const struct part others[] = {
	{ "mail and pictures", slow, COUNT(slow) },
	{ "imports and exports", long_ones, COUNT(long_ones) },
};

struct child {
	pid_t pid;       /* 0: none yet */
	int64_t started; /* ticks() before which no new one is made */
};

/* What the crew remembers of a site. */
struct desk {
	struct desk *next;
	int64_t site_id;
	int64_t leased_until; /* ticks() when the lease has to be renewed; 0: not ours */
	int64_t asked_at;     /* when it was somebody else's */
	struct {
		int64_t due; /* ticks() */
		int failures;
	} jobs[MOST_JOBS];
};

struct crew {
	const struct config *config;
	const struct job *jobs;
	size_t count;
	struct arena *forever;
	struct arena *arena;      /* a job's turn */
	struct arena *site_arena; /* of sites */
	struct arena *spare;
	struct rows sites;
	int64_t sites_at;   /* ticks(): when they are to be read again */
	int64_t away_until; /* and the database to be asked again */
	struct db_config account;
	struct db *db;
	struct desk *desks;
	const char *owner;
};

static struct crew *
crew_open(const struct config *config, const struct job *jobs, size_t count)
{
	struct arena *forever = arena_new();
	struct crew *c = NEW(forever, struct crew);
	char machine[MACHINE + 1] = "";

	gethostname(machine, MACHINE);
	c->forever = forever;
	c->config = config;
	c->jobs = jobs;
	c->count = count;
	c->arena = arena_new();
	c->site_arena = arena_new();
	c->spare = arena_new();
	c->owner =
	    arena_print(forever, "%s:%d:%s", machine, (int)getpid(), random_text(forever, 12));
	c->account = (struct db_config){ .socket = config->db_socket,
		.host = config->db_host,
		.port = config->db_port,
		.user = config->db_user,
		.password = config->db_password,
		.schema = config->directory };
	c->db = db_open(&c->account);
	return c;
}

/* What cannot be read stays as it was. */
static void
read_sites(struct crew *c)
{
	struct arena *a = c->spare;
	struct rows sites;
	enum status e;

	if (ticks() < c->sites_at)
		return;
	c->sites_at = ticks() + sites_fresh;
	arena_reset(a);
	e = db_use(c->db, c->config->directory);
	if (!e)
		e = site_all(c->db, a, &sites);
	if (e) {
		log_warn("jobs: the directory cannot be read; again in 5 s");
		return;
	}
	c->spare = c->site_arena;
	c->site_arena = a;
	c->sites = sites;
}

static struct desk *
desk_of(struct crew *c, int64_t site_id)
{
	struct desk *d = c->desks;

	while (d != NULL && d->site_id != site_id)
		d = d->next;
	if (d != NULL)
		return d;
	d = NEW(c->forever, struct desk);
	d->site_id = site_id;
	d->next = c->desks;
	c->desks = d;
	return d;
}

/* Is the site this process's?  Renewed when a third of the time is over. */
static enum status
hold(struct crew *c, struct desk *d)
{
	int64_t at = ticks();
	enum status e;

	if (at < d->leased_until)
		return OK;
	if (at < d->asked_at + SECOND)
		return CONFLICT;
	e = lease_take(c->db, LEASE, c->owner, LEASE_SECONDS);
	d->leased_until = e ? 0 : at + LEASE_SECONDS * SECOND / 3;
	d->asked_at = e ? at : 0;
	return e;
}

static void
later(struct crew *c, struct desk *d, size_t j, const struct site *site, enum status e)
{
	int64_t most = e == RETRY ? longest_retry : longest_failed;
	int n = d->jobs[j].failures++;
	int64_t wait = SECOND << (n < 6 ? n : 6);

	wait = wait < most ? wait : most;
	d->jobs[j].due = ticks() + wait;
	d->leased_until = 0;
	log_warn("jobs: %s of site %s %s; again in %" PRId64 " s", c->jobs[j].name, site->name,
	    e == RETRY ? "has to wait" : "failed", wait / SECOND);
}

/* One turn of one job; true when there is more to do. */
static bool
work(struct crew *c, struct desk *d, size_t j, const struct site *site)
{
	const struct job *job = &c->jobs[j];
	struct actor by = { .db = c->db, .arena = c->arena, .departments = "", .now = now() };
	struct job_turn turn = {
		.by = &by, .config = c->config, .site = site->name, .schema = site->schema_name
	};
	bool more = false;
	enum status e;

	arena_reset(c->arena);
	e = db_use(c->db, site->schema_name);
	if (!e && job->leased) {
		e = hold(c, d);
		if (e == CONFLICT)
			return false;
	}
	if (!e)
		e = job->work(&turn, &more);
	if (e) {
		later(c, d, j, site, e);
		return false;
	}
	d->jobs[j].failures = 0;
	d->jobs[j].due = more ? 0 : ticks() + job->every;
	return more;
}

/* One line a while, not one a job, when the database is away. */
static bool
is_there(struct crew *c)
{
	if (ticks() < c->away_until)
		return false;
	if (db_ready(c->db) == OK)
		return true;
	c->away_until = ticks() + away;
	for (struct desk *d = c->desks; d != NULL; d = d->next)
		d->leased_until = 0;
	/* The next connection must not depend on one site's schema. */
	if (db_use(c->db, c->config->directory) != OK)
		log_warn("jobs: the directory cannot be reached");
	return false;
}

static bool
go_round(struct crew *c)
{
	bool more = false;

	if (!is_there(c))
		return false;
	read_sites(c);
	for (size_t i = 0; i < c->sites.count; i++) {
		const struct site *site = row_at(&c->sites, i);
		struct desk *d = desk_of(c, site->id);

		for (size_t j = 0; j < c->count && !end_asked(); j++)
			if (ticks() >= d->jobs[j].due)
				more = work(c, d, j, site) || more;
	}
	return more;
}

/* Another process need not wait for the leases to run out. */
static void
give_back(struct crew *c)
{
	for (size_t i = 0; i < c->sites.count; i++) {
		const struct site *site = row_at(&c->sites, i);

		if (desk_of(c, site->id)->leased_until == 0)
			continue;
		if (db_use(c->db, site->schema_name) || lease_drop(c->db, LEASE, c->owner))
			return;
	}
}

static void
crew_close(struct crew *c)
{
	give_back(c);
	db_close(c->db);
	arena_free(c->arena);
	arena_free(c->site_arena);
	arena_free(c->spare);
	arena_free(c->forever);
}

/* In a process of its own until it is told to end. */
static _Noreturn void
work_apart(const struct config *config, const struct part *part)
{
	struct crew *c = crew_open(config, part->jobs, part->count);

	while (!end_asked())
		if (!go_round(c))
			end_pause(PAUSE_MS);
	crew_close(c);
	_exit(0);
}

/* The process of those jobs; a new one when it has died. */
static void
keep(const struct config *config, const struct part *part, struct child *child)
{
	pid_t parent = getpid();

	if (child->pid > 0 && waitpid(child->pid, NULL, WNOHANG) != child->pid)
		return;
	if (child->pid > 0)
		log_error("jobs: the process of %s has died", part->name);
	child->pid = 0;
	if (ticks() < child->started)
		return;
	child->started = ticks() + SECOND;
	child->pid = fork();
	if (child->pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	work_apart(config, part);
}

static void
keep_others(const struct config *config, struct child *children)
{
	for (size_t i = 0; i < COUNT(others); i++)
		keep(config, &others[i], &children[i]);
}

void
crew_run(const struct config *config)
{
	struct child children[COUNT(others)] = { 0 };
	struct crew *c;

	keep_others(config, children);
	c = crew_open(config, quick, COUNT(quick));
	while (!end_asked()) {
		if (!go_round(c))
			end_pause(PAUSE_MS);
		keep_others(config, children);
	}
	for (size_t i = 0; i < COUNT(others); i++)
		if (children[i].pid > 0)
			kill(children[i].pid, SIGTERM);
	crew_close(c);
	for (size_t i = 0; i < COUNT(others); i++)
		if (children[i].pid > 0)
			waitpid(children[i].pid, NULL, 0);
}
