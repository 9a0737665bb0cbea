/*
 * migrate.h: brings a schema up to date by numbered files, NNNN_name.sql, in order and forward
 * only.
 *
 * A file's statements end with `;` at the end of a line; one with a body (a trigger) keeps those
 * inside it away from the end of lines.  Each statement is counted when it is done, so that a run
 * that broke off goes on behind the last one.  A row lease keeps a second runner out.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

/* Called with a line for people before each file and at each trouble; in English, as the log is. */
struct migrate_log {
	void (*say)(void *with, const char *message);
	void *with;
};

/*
 * For a connection of the owner to that schema; outside a transaction.  NOT_FOUND: no such folder.
 * CONFLICT: a file was edited after it was applied, or another runner is at work.  RETRY: the
 * database was lost; run it again.  Else FAILED.  say() was told why each time; `log` may be NULL.
 */
enum status migrate(
    struct db *owner, struct arena *, const char *folder, const struct migrate_log *log) MUST_CHECK;

/* How many files wait to be applied to the schema; any account that may read `migration`. */
enum status migrate_pending(struct db *, struct arena *, const char *folder, int64_t *n) MUST_CHECK;

/*
 * The statement that begins at text: *len bytes without its `;`, blanks and comments before it
 * passed over.  Answers where the next one begins; NULL when there is none at all.
 */
const char *migrate_statement(const char *text, const char **start, size_t *len);

#endif
