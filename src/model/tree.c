/* tree.c: see tree.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/register.h"
#include "model/tree.h"

struct place {
	const char *tree, *path, *name;
};

static const struct field fields[] = {
	FIELD(struct place, tree),
	FIELD(struct place, path),
	FIELD(struct place, name),
};

static const struct shape shape = SHAPE(struct place, fields);

static enum status
refuse(struct reg_refusal *refused, const struct tree *t, const char *text)
{
	*refused = (struct reg_refusal){ t->member, text, NULL };
	return INVALID;
}

/* Locked: of two moves at once that would make a ring, one waits, and sees the other's. */
static enum status
find(const struct actor *by, const struct tree *t, int64_t id, struct place *out)
{
	const char *sql =
	    arena_print(by->arena, "SELECT tree, %s AS path, name FROM %s WHERE id = ? FOR UPDATE",
		t->path ? "path" : "''", t->table);

	return db_row(by->db, by->arena, sql, ARGS(ARG(id)), &shape, out);
}

static int
levels(const char *tree)
{
	int n = -1;

	for (; *tree != '\0'; tree++)
		n += *tree == '/';
	return n;
}

enum status
tree_check(const struct actor *by, const struct tree *t, int64_t id, int64_t parent,
    struct reg_refusal *refused)
{
	struct place above;
	enum status e;

	if (parent == 0)
		return OK;
	e = find(by, t, parent, &above);
	if (e)
		return e;
	if (id == parent ||
	    (id != 0 && strstr(above.tree, arena_print(by->arena, "/%" PRId64 "/", id)) != NULL))
		return refuse(refused, t, t->itself);
	if (levels(above.tree) >= TREE_DEEPEST)
		return refuse(refused, t, t->deep);
	return OK;
}

/* How much more every path and tree below it will hold; whether they can. */
static enum status
check_below(const struct actor *by, const struct tree *t, const struct place *before,
    const struct place *after, struct reg_refusal *refused)
{
	const char *count = arena_print(by->arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE tree LIKE ? LIMIT %d) b", t->table,
	    TREE_MOST + 1);
	const char *longest = arena_print(by->arena, "SELECT MAX(%s) FROM %s WHERE tree LIKE ?",
	    t->path ? "CHAR_LENGTH(path)" : "LENGTH(tree)", t->table);
	const char *below = arena_print(by->arena, "%s_%%", before->tree);
	const size_t was = t->path ? text_length(before->path) : strlen(before->tree);
	const size_t is = t->path ? text_length(after->path) : strlen(after->tree);
	int64_t n, most = 0;
	enum status e = db_int(by->db, count, ARGS(ARG(below)), &n);

	if (!e && n > TREE_MOST)
		return refuse(refused, t, t->many);
	if (!e)
		e = db_int(by->db, longest, ARGS(ARG(below)), &most);
	if (!e && most > (int64_t)was &&
	    most - (int64_t)was + (int64_t)is > (t->path ? TREE_PATH : 190))
		return refuse(refused, t, t->deep);
	return e;
}

static enum status
move_below(const struct actor *by, const struct tree *t, const struct place *before,
    const struct place *after)
{
	const char *below = arena_print(by->arena, "%s_%%", before->tree);
	const struct arg tree = ARG(after->tree), from = ARG((int64_t)strlen(before->tree) + 1);
	const char *sql = arena_print(by->arena,
	    "UPDATE %s SET tree = CONCAT(?, SUBSTRING(tree, ?))%s WHERE tree LIKE ?", t->table,
	    t->path ? ", path = CONCAT(?, SUBSTRING(path, ?))" : "");

	if (!t->path)
		return db_change(by->db, sql, ARGS(tree, from, ARG(below)), NULL);
	return db_change(by->db, sql,
	    ARGS(tree, from, ARG(after->path), ARG((int64_t)text_length(before->path) + 1),
		ARG(below)),
	    NULL);
}

static enum status
write_place(const struct actor *by, const struct tree *t, int64_t id, const struct place *after)
{
	const char *sql = arena_print(by->arena, "UPDATE %s SET tree = ?%s WHERE id = ?", t->table,
	    t->path ? ", path = ?" : "");

	if (!t->path)
		return db_change_one(by->db, sql, ARGS(ARG(after->tree), ARG(id)));
	return db_change_one(by->db, sql, ARGS(ARG(after->tree), ARG(after->path), ARG(id)));
}

enum status
tree_keep(const struct actor *by, const struct tree *t, int64_t id, int64_t parent,
    struct reg_refusal *refused)
{
	struct place before, after, above = { "/", "", "" };
	enum status e = find(by, t, id, &before);

	if (!e && parent != 0)
		e = find(by, t, parent, &above);
	if (e)
		return e;
	after.tree = arena_print(by->arena, "%s%" PRId64 "/", above.tree, id);
	after.path =
	    parent == 0 ? before.name : arena_print(by->arena, "%s › %s", above.path, before.name);
	if (strcmp(before.tree, after.tree) == 0 &&
	    (!t->path || strcmp(before.path, after.path) == 0))
		return OK;
	if (t->path && text_length(after.path) > TREE_PATH)
		return refuse(refused, t, t->deep);
	if (*before.tree != '\0') {
		e = check_below(by, t, &before, &after, refused);
		if (!e)
			e = move_below(by, t, &before, &after);
	}
	return e ? e : write_place(by, t, id, &after);
}

enum status
tree_keep_new(const struct actor *by, const struct tree *t, const int64_t *ids, size_t count)
{
	struct buf among = { .arena = by->arena };
	const char *roots, *others;
	enum status e;

	for (size_t i = 0; i < count; i++)
		buf_print(&among, "%s%" PRId64, i > 0 ? "," : "", ids[i]);
	if (count == 0)
		return OK;
	roots = arena_print(by->arena,
	    "UPDATE %s SET tree = CONCAT('/', id, '/') WHERE FIND_IN_SET(id, ?)"
	    " AND id BETWEEN ? AND ? AND parent_id IS NULL",
	    t->table);
	others = arena_print(by->arena,
	    "UPDATE %s c JOIN %s p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/')"
	    " WHERE FIND_IN_SET(c.id, ?) AND c.id BETWEEN ? AND ?",
	    t->table, t->table);
	e = db_change(by->db, roots, ARGS(ARG(among.text), ARG(ids[0]), ARG(ids[count - 1])), NULL);
	if (e)
		return e;
	return db_change(
	    by->db, others, ARGS(ARG(among.text), ARG(ids[0]), ARG(ids[count - 1])), NULL);
}
