/* migrate_inside.h: what the files of migrate share. */
#ifndef DB_MIGRATE_INSIDE_H
#define DB_MIGRATE_INSIDE_H

#include "base/buf.h"
#include "base/shape.h"
#include "db/db_inside.h"
#include "db/migrate.h"

/* An ALTER TABLE of a big table takes its time; the lease is longer than any statement may be. */
enum { MIGRATE_PATIENCE_S = 3600, MIGRATE_LEASE_S = 3700 };

struct migration {
	struct db *db;
	struct arena *arena;
	const char *folder;
	const struct migrate_log *log;
	const char **names;
	size_t count;
	const char *owner; /* of the lease: host:pid */
};

/* A row of `migration`. */
struct applied {
	const char *name;
	const char *sha256;
	bool finished;
	int64_t statement_done;
	int64_t statement_begun; /* one more than done when the run broke off in the middle */
};

struct migration_file {
	const char *name;
	int number;
	const char *text;
	size_t len;
	bool known; /* there is a row */
	struct applied applied;
};

/* Tells people and hands e on. */
enum status migrate_say(const struct migration *, enum status e, const char *fmt, ...) PRINTF(3, 4);

/* migrate_file.c */

/* How much of the file's text was applied so far. */
size_t migrate_applied_len(const struct migration_file *);
/* Applies what is left of the file. */
enum status migrate_file(struct migration *, struct migration_file *) MUST_CHECK;

/* migrate_lease.c */
enum status migrate_lease_take(struct migration *) MUST_CHECK;
void migrate_lease_give(struct migration *);

#endif
