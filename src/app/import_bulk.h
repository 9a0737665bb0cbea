/*
 * import_bulk.h: many rows of one table in few statements.
 *
 * Rows are gathered first and written then, so that what was gathered can be written again when
 * its transaction was rolled back.
 */
#ifndef APP_IMPORT_BULK_H
#define APP_IMPORT_BULK_H

#include "db/db.h"

struct bulk {
	struct arena *arena;
	const char *table;
	const char *columns; /* "id, name" */
	struct arg *arg;
	size_t width; /* columns */
	size_t count; /* rows */
	size_t room;
};

/* The table and its columns are texts of the program, never of a person. */
struct bulk bulk_of(struct arena *, const char *table, const char *columns);
/* As many values as columns; texts must outlive the bulk. */
void bulk_add(struct bulk *, struct args);
/* Inserts rows from..to in the caller's transaction; they stay gathered. */
enum status bulk_write(const struct bulk *, struct db *, size_t from, size_t to) MUST_CHECK;
/* All of them, in transactions of at most BULK_ROWS rows. */
enum status bulk_commit(const struct bulk *, struct db *) MUST_CHECK;

enum { BULK_TRIES = 40, BULK_ROWS = 1000 };

#endif
