/* import_bulk.c: see import_bulk.h. */
#include <string.h>

#include "app/import_bulk.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"

enum { STATEMENT_ROWS = 100 };

struct bulk
bulk_of(struct arena *arena, const char *table, const char *columns)
{
	size_t width = 1;

	for (const char *c = columns; *c != '\0'; c++)
		width += *c == ',';
	return (struct bulk){ .arena = arena, .table = table, .columns = columns, .width = width };
}

void
bulk_add(struct bulk *bulk, struct args row)
{
	if (row.count != bulk->width)
		die("%s: %zu values for %zu columns", bulk->table, row.count, bulk->width);
	if (bulk->count == bulk->room) {
		size_t room = bulk->room > 0 ? bulk->room * 2 : 64;
		struct arg *more = NEW_ARRAY(bulk->arena, struct arg, room * bulk->width);

		if (bulk->count > 0)
			memcpy(more, bulk->arg, bulk->count * bulk->width * sizeof(*more));
		bulk->arg = more;
		bulk->room = room;
	}
	memcpy(&bulk->arg[bulk->count++ * bulk->width], row.at, row.count * sizeof(*row.at));
}

static const char *
statement(const struct bulk *bulk, size_t rows)
{
	struct buf sql = { .arena = bulk->arena };

	buf_print(&sql, "INSERT INTO %s (%s) VALUES ", bulk->table, bulk->columns);
	for (size_t r = 0; r < rows; r++) {
		buf_text(&sql, r == 0 ? "(?" : ", (?");
		for (size_t c = 1; c < bulk->width; c++)
			buf_text(&sql, ", ?");
		buf_text(&sql, ")");
	}
	return sql.text;
}

enum status
bulk_write(const struct bulk *bulk, struct db *db, size_t from, size_t to)
{
	const char *whole = NULL;
	enum status e = OK;

	while (!e && from < to) {
		size_t n = to - from < STATEMENT_ROWS ? to - from : STATEMENT_ROWS;
		const struct args args = { &bulk->arg[from * bulk->width], n * bulk->width };

		if (n == STATEMENT_ROWS && whole == NULL)
			whole = statement(bulk, n);
		e = db_change(db, n == STATEMENT_ROWS ? whole : statement(bulk, n), args, NULL);
		from += n;
	}
	return e;
}

/* Where jobs run already, they seal and index beside this: one of the two has to begin again. */
static enum status
commit_some(const struct bulk *bulk, struct db *db, size_t from, size_t to)
{
	enum status e = RETRY;

	for (int i = 0; e == RETRY && i < BULK_TRIES; i++) {
		e = db_begin(db);
		if (!e)
			e = db_end(db, bulk_write(bulk, db, from, to));
	}
	return e;
}

enum status
bulk_commit(const struct bulk *bulk, struct db *db)
{
	enum status e = OK;

	for (size_t from = 0; !e && from < bulk->count; from += BULK_ROWS) {
		size_t to = bulk->count - from < BULK_ROWS ? bulk->count : from + BULK_ROWS;

		e = commit_some(bulk, db, from, to);
	}
	return e;
}
