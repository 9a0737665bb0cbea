/* location.c: see location.h. */
#include "model/location.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/merge.h"
#include "model/register.h"
#include "model/tree.h"

static const struct word kinds[] = {
	{ "SITE", "Site" },
	{ "BUILDING", "Building" },
	{ "LINE", "Line" },
	{ "CELL", "Cell" },
};

const struct words location_kind_words = WORDS(kinds);

static const struct field fields[] = {
	FIELD(struct location, id),
	FIELD(struct location, code),
	FIELD(struct location, number),
	FIELD(struct location, name),
	FIELD_WORD(struct location, kind, &location_kind_words),
	FIELD(struct location, parent_id),
	FIELD(struct location, parent_path),
	FIELD(struct location, tree),
	FIELD(struct location, path),
	FIELD(struct location, note),
	FIELD(struct location, plan_id),
	FIELD(struct location, version),
	FIELD(struct location, archived_at),
};

const struct shape location_shape = SHAPE(struct location, fields);

static const struct field event_fields[] = {
	FIELD(struct location, number),
	FIELD(struct location, name),
	FIELD_WORD(struct location, kind, &location_kind_words),
	FIELD(struct location, parent_path),
	FIELD(struct location, note),
};

static const struct shape event_shape_of = SHAPE(struct location, event_fields);

static const struct tree tree = {
	.table = "location",
	.member = "parent_id",
	.path = true,
	.itself = "A place cannot lie in itself.",
	.deep = "Places cannot be nested that deep.",
	.many = "More than 5,000 places lie below it. Move those first.",
};

static int64_t
parent_of(const struct location *l)
{
	return l->parent_id.known ? l->parent_id.n : 0;
}

static void
fill(const struct actor *by, void *record)
{
	((struct location *)record)->code = code_fresh(by);
}

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	const struct location *l = record;

	(void)before;
	return tree_check(by, &tree, l->id, parent_of(l), refused);
}

static enum status
saved(const struct actor *by, int64_t id, const void *record, struct reg_refusal *refused)
{
	return tree_keep(by, &tree, id, parent_of(record), refused);
}

static const struct reg_use uses[] = {
	{ REG_USE("machine", "location_id"),
	    "Machines stand here. Move them to another place first." },
	{ REG_USE("location", "parent_id"), "Other places lie in it. Archive or move them first." },
	{ 0 },
};

static const char *const stored[] = { "number", "name", "kind", "parent_id", "note", NULL };
static const char *const given[] = { "code", NULL };
static const char *const like[] = { "number", "name", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "number", { "number" }, true },
};
static const struct reg_filter filters[] = {
	{ "kind", "kind", REG_WORD },
	{ "parent", "parent_id", REG_REF },
};

const struct reg_table location_table = {
	.name = "location",
	.shape = &location_shape,
	.columns = "r.id, r.code, r.number, r.name, r.kind, r.parent_id, p.path AS parent_path, "
		   "r.tree, r.path, r.note, r.plan_id, r.version, r.archived_at",
	.joins = " LEFT JOIN location p ON p.id = r.parent_id",
	.stored = stored,
	.given = given,
	.events = &event_shape_of,
	.title = "number",
	.words = "r.number, r.name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.fill = fill,
	.check = check,
	.saved = saved,
	.uses = uses,
	.merge = &location_merge,
};

/* By the whole path: two lines no. 1 are told apart by their halls. */
enum status
location_keep_below(const struct actor *by, int64_t id)
{
	static const char sql[] = "SELECT id, name FROM location WHERE parent_id = ? ORDER BY id";
	struct reg_refusal refused;
	struct rows rows = { 0 };
	enum status e = db_rows(by->db, by->arena, sql, ARGS(ARG(id)), &option_shape, &rows);

	for (size_t i = 0; !e && i < rows.count; i++)
		e = tree_keep(
		    by, &tree, ((const struct option *)row_at(&rows, i))->id, id, &refused);
	return e == INVALID ? CONFLICT : e;
}
