/* tree.c: all locations as a tree, or a level of it where there are too many. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/location.h"
#include "model/location_map.h"
#include "model/register.h"
#include "page/location/location.h"
#include "page/page.h"
#include "page/register.h"

enum { WHOLE = 400, LEVEL = 100, OPEN_LEVELS = 2 };

struct node {
	const struct branch *at;
	size_t level;
	size_t below; /* rows that follow and lie in it */
	int64_t down;
};

/* Rows come by path; what lies in what is told by the parents, whatever the collation made of it.
 */
static void
hang(const struct rows *rows, int64_t parent, size_t level, struct node *out, size_t *count)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct branch *b = row_at(rows, i);
		struct node *n = &out[*count];

		if ((b->parent_id.known ? b->parent_id.n : 0) != parent || *count == rows->count)
			continue;
		*n = (struct node){ b, level, *count, b->down };
		++*count;
		hang(rows, b->id, level + 1, out, count);
		n->below = *count - 1 - n->below;
		for (size_t j = 1; j <= n->below; j++)
			if (n[j].level == level + 1)
				n->down += n[j].down;
	}
}

static void
show_node(struct request *rq, struct view *list, const struct node *n, size_t closes, bool links)
{
	struct view *v = view_item(list), *ends = view_list(v, "closes");

	view_record(v, "place", &branch_shape, n->at);
	view_bool(v, "opens", n->below > 0);
	view_bool(v, "open", n->level < OPEN_LEVELS);
	view_bool(v, "links", links);
	view_int(v, "down", n->down);
	for (size_t i = 0; i < closes; i++)
		view_item(ends);
	(void)rq;
}

/* How many lists end behind row i. */
static size_t
ends_behind(const struct node *nodes, size_t count, size_t i)
{
	const size_t next = i + 1 < count ? nodes[i + 1].level : 0;

	return nodes[i].level > next ? nodes[i].level - next : 0;
}

static void
show_whole(struct request *rq, const struct rows *rows, int64_t top)
{
	struct node *nodes = NEW_ARRAY(rq->arena, struct node, rows->count + 1);
	struct view *list = view_list(rq->view, "rows");
	size_t count = 0;

	hang(rows, top, 0, nodes, &count);
	for (size_t i = 0; i < count; i++)
		show_node(rq, list, &nodes[i], ends_behind(nodes, count, i), false);
}

static enum status
show_level(struct request *rq, int64_t top)
{
	struct view *list;
	struct rows rows;
	enum status e = location_inside(rq->by, top, query_id(rq, "after"), LEVEL + 1, &rows);

	if (e)
		return e;
	page_next(rq, &rows, LEVEL,
	    rows.count > LEVEL ? arena_print(rq->arena, "%" PRId64,
				     ((const struct branch *)row_at(&rows, LEVEL - 1))->id)
			       : NULL);
	list = view_list(rq->view, "rows");
	for (size_t i = 0; i < rows.count; i++) {
		const struct branch *b = row_at(&rows, i);

		show_node(rq, list, &(struct node){ b, 0, 0, b->down }, 0, true);
	}
	return OK;
}

static enum status
tree_page(struct request *rq)
{
	struct location *top = NEW(rq->arena, struct location);
	const int64_t id = query_id(rq, "top");
	struct rows rows;
	enum status e = id != 0 ? reg_find(rq->by, &location_table, id, top) : OK;

	top->tree = top->tree != NULL ? top->tree : "/";
	if (!e)
		e = location_below(rq->by, id, top->tree, WHOLE, &rows);
	if (e)
		return e;
	view_record(rq->view, "top", &location_shape, top);
	view_bool(rq->view, "has_top", id != 0);
	view_bool(rq->view, "none", rows.count == 0);
	register_texts(rq, &location_register);
	if (rows.count > WHOLE) {
		e = show_level(rq, id);
	} else {
		page_next(rq, &rows, rows.count, NULL);
		show_whole(rq, &rows, id);
	}
	return e ? e : page(rq, "location/tree");
}

enum status
location_list_page(struct request *rq)
{
	return pairs_get(&rq->query, "tree") != NULL ? tree_page(rq) : register_list_page(rq);
}
