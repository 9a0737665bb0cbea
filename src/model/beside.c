/* beside.c: see beside.h. */
#include "model/beside.h"
#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"

static const struct field fields[] = {
	FIELD(struct beside_row, what),
	FIELD(struct beside_row, id),
	FIELD(struct beside_row, name),
	FIELD(struct beside_row, shown),
	FIELD(struct beside_row, text),
	FIELD(struct beside_row, number),
	FIELD(struct beside_row, day),
};

const struct shape beside_shape = SHAPE(struct beside_row, fields);

#define NOTHING ", TRUE, NULL, NULL, NULL, 0"

/* Every column by its name: those of the first part name all. */
static const char fields_and_tags[] =
    "SELECT what, id, name, shown, text, number, day FROM ("
    "SELECT 'FIELD' AS what, f.id, f.label AS name, f.archived_at IS NULL AS shown, v.text,"
    " v.number, v.day, f.position AS place FROM custom_field f LEFT JOIN custom_value v"
    " ON v.record_id = ? AND v.custom_field_id = f.id WHERE f.kind = ?"
    " UNION ALL SELECT 'TAG', t.id, t.name" NOTHING " FROM tagging g JOIN tag t"
    " ON t.id = g.tag_id WHERE g.record_id = ? AND g.kind = ?";

enum status
beside_list(const struct actor *by, const struct reg_table *t, int64_t id, struct rows *out)
{
	const struct arg args[] = { ARG(id), ARG(t->name), ARG(id), ARG(t->name), ARG(id),
		ARG(t->name), ARG(id) };
	const char *merges = arena_print(by->arena,
	    " UNION ALL SELECT 'ALIAS', a.from_id, a.text" NOTHING " FROM alias a"
	    " WHERE a.record_id = ? AND a.kind = ?"
	    " UNION ALL SELECT 'MERGED', k.id, k.%s" NOTHING " FROM %s r JOIN %s k"
	    " ON k.id = r.merged_into_id WHERE r.id = ?",
	    t->title, t->name, t->name);
	const bool can = t->merge != NULL;
	const char *sql =
	    arena_print(by->arena, "%s%s) b ORDER BY what, place, IF(what = 'FIELD', '', name), id",
		fields_and_tags, can ? merges : "");

	return db_rows(
	    by->db, by->arena, sql, (struct args){ args, can ? 7 : 4 }, &beside_shape, out);
}
