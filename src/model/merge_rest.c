/* merge_rest.c: moves references; what a merge has left, in batches; see merge.h. */
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/failure_code.h"
#include "model/location.h"
#include "model/machine_model.h"
#include "model/merge.h"
#include "model/part.h"
#include "model/vendor.h"

enum status
merge_move(const struct actor *by, const struct reg_reference *r, int64_t from, int64_t into,
    int most, int64_t *moved)
{
	const char *sql;

	if (r->same != NULL)
		sql = arena_print(by->arena,
		    "UPDATE %s o LEFT JOIN %s k ON k.%s = o.%s AND k.%s = ?"
		    " SET o.%s = ? WHERE o.%s = ? AND k.%s IS NULL",
		    r->table, r->table, r->same, r->same, r->column, r->column, r->column,
		    r->column);
	else
		sql = arena_print(by->arena, "UPDATE %s SET %s = ? WHERE %s = ? LIMIT %d", r->table,
		    r->column, r->column, most);
	if (r->same != NULL)
		return db_change(by->db, sql, ARGS(ARG(into), ARG(into), ARG(from)), moved);
	return db_change(by->db, sql, ARGS(ARG(into), ARG(from)), moved);
}

struct rest {
	int64_t id;
	const char *kind, *reference;
	int64_t from_id, into_id;
};

static const struct field rest_fields[] = {
	FIELD(struct rest, id),
	FIELD(struct rest, kind),
	FIELD(struct rest, reference),
	FIELD(struct rest, from_id),
	FIELD(struct rest, into_id),
};

static const struct shape rest_shape = SHAPE(struct rest, rest_fields);

static const struct reg_reference *
reference_of(const struct actor *by, const struct rest *rest)
{
	static const struct reg_table *const tables[] = { &part_table, &vendor_table,
		&failure_code_table, &machine_model_table, &location_table };

	for (size_t t = 0; t < COUNT(tables); t++) {
		const struct reg_merge *m = tables[t]->merge;

		for (size_t i = 0; strcmp(tables[t]->name, rest->kind) == 0 && i < m->count; i++)
			if (strcmp(arena_print(by->arena, "%s.%s", m->references[i].table,
				       m->references[i].column),
				rest->reference) == 0)
				return &m->references[i];
	}
	return NULL;
}

enum status
merge_rest(const struct actor *by, bool *more)
{
	static const char sql[] = "SELECT id, kind, reference, from_id, into_id FROM merge_rest"
				  " ORDER BY id LIMIT 1";
	static const char done[] = "DELETE FROM merge_rest WHERE id = ?";
	const struct reg_reference *r;
	struct rest rest;
	int64_t moved = 0;
	enum status e = db_row(by->db, by->arena, sql, NO_ARGS, &rest_shape, &rest);

	if (e)
		return e == NOT_FOUND ? OK : e;
	r = reference_of(by, &rest);
	e = db_begin(by->db);
	if (e)
		return e;
	if (r != NULL)
		e = merge_move(by, r, rest.from_id, rest.into_id, MERGE_BATCH, &moved);
	*more = !e;
	if (!e && moved < MERGE_BATCH)
		e = db_change(by->db, done, ARGS(ARG(rest.id)), NULL);
	return db_end(by->db, e);
}
