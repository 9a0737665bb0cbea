/*
 * tree.h: records that lie in each other (locations, machines): the column `tree` holds the ids
 * from the root down, the record's own included: "/3/17/42/".  What lies below is a range of its
 * index.
 *
 * Where a table has a path, it holds the names in the same way: "Plant › Hall 2 › Line 3".
 */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include "base/shape.h"

struct actor;
struct reg_refusal;

enum { TREE_DEEPEST = 16, TREE_MOST = 5000, TREE_PATH = 400 };

/* Of the tables' own files; names are no input. */
struct tree {
	const char *table;
	const char *member; /* that the form chooses the parent by: where refusals stand */
	bool path;          /* has the columns name and path */
	const char *itself; /* msgid: it cannot lie in itself */
	const char *deep;   /* msgid: nested too deep */
	const char *many;   /* msgid: too much lies below it to be moved at once */
};

/* Before a record is saved: id 0 is a new one, parent 0 none.  INVALID with the refusal. */
enum status tree_check(const struct actor *, const struct tree *, int64_t id, int64_t parent,
    struct reg_refusal *) MUST_CHECK;
/* After its row was written: sets tree and path of the record and of everything below it. */
enum status tree_keep(const struct actor *, const struct tree *, int64_t id, int64_t parent,
    struct reg_refusal *) MUST_CHECK;

/*
 * The same for new records of a table without paths: two statements for all of them.  Their parents
 * have been checked (tree_check) and are not among them.
 */
enum status tree_keep_new(
    const struct actor *, const struct tree *, const int64_t *ids, size_t count) MUST_CHECK;

#endif
