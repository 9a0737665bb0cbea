/* show.c: a location's page: the way to it, what lies in it, what stands where. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/location.h"
#include "model/location_map.h"
#include "page/label/label.h"
#include "page/location/location.h"
#include "page/page.h"
#include "rule/work_order.h"

enum { MACHINES_SHOWN = 30, CELL_WIDE = 200, CELL_HIGH = 125, CELLS = MAP_WIDE / CELL_WIDE };

/* Ids and names of the places around it, out of tree and path; the names may hold the sign. */
static void
show_way(struct request *rq, const struct location *l)
{
	static const char sign[] = " › ";
	struct view *way = view_list(rq->view, "way");
	const char *id = l->tree, *name = l->path, *end;

	while ((end = strstr(name, sign)) != NULL && *id == '/') {
		struct view *v = view_item(way);
		size_t len = strcspn(++id, "/");

		view_text(v, "id", arena_text(rq->arena, id, len));
		view_text(v, "name", arena_text(rq->arena, name, (size_t)(end - name)));
		id += len;
		name = end + strlen(sign);
	}
}

/* A spot in a grid, for what nobody has placed. */
static void
in_grid(size_t n, int64_t *x, int64_t *y)
{
	*x = (int64_t)(n % CELLS) * CELL_WIDE + CELL_WIDE / 2;
	*y = (int64_t)(n / CELLS) * CELL_HIGH + CELL_HIGH / 2;
}

static void
show_spot(struct request *rq, struct view *list, const struct spot *s, int64_t x, int64_t y)
{
	struct view *v = view_item(list);

	view_text(v, "href",
	    arena_print(
		rq->arena, "/%s/%" PRId64, s->is_machine ? "machines" : "locations", s->id));
	view_text(
	    v, "field", arena_print(rq->arena, "%c%" PRId64, s->is_machine ? 'm' : 'l', s->id));
	view_bool(v, "is_machine", s->is_machine);
	view_text(v, "number", s->number);
	view_text(v, "name", s->name);
	view_word(v, "status", &machine_status_words, s->status);
	view_bool(v, "is_down", strcmp(s->status, "DOWN") == 0);
	view_bool(v, "placed", s->x.known);
	view_int(v, "x", x);
	view_int(v, "y", y);
	view_text(v, "typed_x", s->x.known ? arena_print(rq->arena, "%" PRId64, s->x.n) : "");
	view_text(v, "typed_y", s->y.known ? arena_print(rq->arena, "%" PRId64, s->y.n) : "");
}

/* Once something has its place, the map shows only what has one; before, all in a grid. */
static void
show_map(struct request *rq, const struct location *l, const struct rows *rows, bool placed)
{
	struct view *map = view_group(rq->view, "map");
	struct view *spots = view_list(map, "spots");
	int64_t x, y, high = placed || l->plan_id.known ? MAP_HIGH : 0;
	size_t n = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct spot *s = row_at(rows, i);

		if (placed || l->plan_id.known) {
			if (s->x.known)
				show_spot(rq, spots, s, s->x.n, s->y.n);
		} else if (s->here && n < MAP_MOST) {
			in_grid(n++, &x, &y);
			high = y + CELL_HIGH / 2;
			show_spot(rq, spots, s, x, y);
		}
	}
	view_int(map, "wide", MAP_WIDE);
	view_int(map, "high", high);
	view_bool(map, "any", spots->first != NULL || l->plan_id.known);
	view_bool(map, "schematic", !placed);
	if (l->plan_id.known)
		view_text(
		    map, "plan", arena_print(rq->arena, "/files/%" PRId64 "/large", l->plan_id.n));
	else
		view_text(map, "plan", NULL);
}

enum status
location_map_show(struct request *rq, const struct location *l, size_t most)
{
	struct view *places, *machines;
	struct rows rows;
	bool placed = false;
	size_t count[2] = { 0 };
	enum status e = location_spots(rq->by, l, &rows);

	if (e)
		return e;
	places = view_list(rq->view, "places");
	machines = view_list(rq->view, "machines");
	for (size_t i = 0; i < rows.count; i++) {
		const struct spot *s = row_at(&rows, i);

		placed = placed || s->x.known;
		if (++count[s->is_machine] <= (s->is_machine ? most : MAP_MOST))
			show_spot(rq, s->is_machine ? machines : places, s, 0, 0);
	}
	view_bool(rq->view, "more_machines", count[true] > most);
	view_bool(rq->view, "more_places", count[false] > MAP_MOST);
	show_map(rq, l, &rows, placed);
	return OK;
}

enum status
location_more(struct request *rq, const void *record)
{
	const struct location *l = record;

	show_way(rq, l);
	code_card(rq, "location", "/locations", l->id, l->code);
	return location_map_show(rq, l, MACHINES_SHOWN);
}
