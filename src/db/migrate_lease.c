/* migrate_lease.c: one runner a schema, by a row and not by a lock: those do not span a cluster. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/migrate_inside.h"

struct lease {
	const char *owner;
	struct instant until;
};

static const struct field lease_fields[] = {
	FIELD(struct lease, owner),
	FIELD(struct lease, until),
};

static const struct shape lease_shape = SHAPE(struct lease, lease_fields);

static const char *
host(struct arena *a)
{
	char name[HOST_NAME_MAX + 1] = { 0 };

	if (gethostname(name, sizeof(name) - 1) != 0)
		return "unknown";
	return arena_text(a, name, strlen(name));
}

/* Whoever holds it ran on this machine and is gone, or had our own number before us. */
static bool
is_dead(const struct migration *m, const char *owner)
{
	const char *here = arena_print(m->arena, "%s:", host(m->arena));
	long pid;

	if (text_same(owner, m->owner))
		return true;
	if (owner == NULL || !text_starts(owner, here))
		return false;
	pid = strtol(owner + strlen(here), NULL, 10);
	return pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static enum status
take(struct migration *m, const char *from, int64_t *taken)
{
	return db_change(m->db,
	    "UPDATE migration_lease SET owner = ?, until = ? "
	    "WHERE id = 1 AND (owner IS NULL OR until IS NULL OR until < ? OR owner = ?)",
	    ARGS(ARG(m->owner), ARG(instant_add(now(), MIGRATE_LEASE_S * SECOND)), ARG(now()),
		ARG(from)),
	    taken);
}

enum status
migrate_lease_take(struct migration *m)
{
	struct lease held = { 0 };
	int64_t taken;
	enum status e;

	m->owner = arena_print(m->arena, "%s:%ld", host(m->arena), (long)getpid());
	e = db_row(m->db, m->arena, "SELECT owner, until FROM migration_lease WHERE id = 1",
	    NO_ARGS, &lease_shape, &held);
	if (!e)
		e = take(m, is_dead(m, held.owner) ? held.owner : NULL, &taken);
	if (e)
		return migrate_say(m, e, "cannot take the lease: %s", db_message(m->db));
	if (taken > 0)
		return OK;
	return migrate_say(m, CONFLICT,
	    "another migration runs (%s, at most until %s); wait for it.  If it is certain that it "
	    "died: UPDATE migration_lease SET owner = NULL",
	    held.owner, instant_iso(m->arena, held.until));
}

void
migrate_lease_give(struct migration *m)
{
	/* Not reached: the lease runs out, or is_dead() frees it. */
	if (db_change(m->db, "UPDATE migration_lease SET owner = NULL WHERE owner = ?",
		ARGS(ARG(m->owner)), NULL) != OK)
		migrate_say(m, OK, "the lease could not be given back");
}
