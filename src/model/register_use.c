/* register_use.c: what the registers hold, who uses it, and choices of it. */
#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/register.h"
#include "model/register_inside.h"

struct counted {
	int64_t which, n;
};

static const struct field fields[] = {
	FIELD(struct counted, which),
	FIELD(struct counted, n),
};

static const struct shape shape = SHAPE(struct counted, fields);

enum status
reg_count(const struct actor *by, const struct reg_table *const *tables, size_t count, int most,
    int64_t *out)
{
	struct arg *args = NEW_ARRAY(by->arena, struct arg, count + 1);
	struct buf sql = { .arena = by->arena };
	struct rows rows = { 0 };
	enum status e;

	for (size_t i = 0; i < count; i++) {
		buf_print(&sql,
		    "%sSELECT %zu AS which, (SELECT COUNT(*) FROM (SELECT 1 FROM %s"
		    " WHERE archived_at IS NULL LIMIT ?) t%zu) AS n",
		    i > 0 ? " UNION ALL " : "", i, tables[i]->name, i);
		args[i] = ARG(most);
		out[i] = 0;
	}
	if (count == 0)
		return OK;
	e = db_rows(by->db, by->arena, sql.text, (struct args){ args, count }, &shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct counted *c = row_at(&rows, i);

		out[c->which] = c->n;
	}
	return e;
}

static const struct field option_fields[] = {
	FIELD(struct option, id),
	FIELD(struct option, name),
};

const struct shape option_shape = SHAPE(struct option, option_fields);

enum status
reg_unused(const struct actor *by, const struct reg_table *t, int64_t id, const char **why)
{
	enum status e = OK;

	for (const struct reg_use *u = t->uses; !e && u != NULL && u->sql != NULL; u++) {
		int64_t found = 0;

		e = db_int(by->db, u->sql, ARGS(ARG(id)), &found);
		if (!e && found != 0) {
			*why = u->why;
			break;
		}
	}
	return e;
}

enum status
reg_options(const struct actor *by, const struct reg_table *t, int64_t current, struct rows *out)
{
	const char *sql = arena_print(by->arena,
	    "SELECT id, %s AS name FROM %s WHERE archived_at IS NULL OR id = ? ORDER BY %s, id",
	    t->title, t->name, t->title);

	return db_rows(by->db, by->arena, sql, ARGS(ARG(current)), &option_shape, out);
}
