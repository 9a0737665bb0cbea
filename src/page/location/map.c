/* map.c: the form that says what stands where on a location's plan. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/form.h"
#include "model/location.h"
#include "model/location_map.h"
#include "model/register.h"
#include "page/location/location.h"
#include "page/page.h"
#include "page/register.h"

static enum status
find(struct request *rq, struct location *l)
{
	enum status e = reg_find(rq->by, &location_table, request_id(rq, 0), l);

	return !e && l->archived_at.known ? NOT_FOUND : e;
}

static enum status
show_form(struct request *rq, const struct location *l, const char *wrong)
{
	struct rows pictures;
	struct view *plans = view_list(rq->view, "plans");
	enum status e = location_map_show(rq, l, MAP_MOST);

	if (!e)
		e = location_pictures(rq->by, l->id, &pictures);
	if (e)
		return e;
	for (size_t i = 0; i < pictures.count; i++) {
		const struct option *o = row_at(&pictures, i);
		struct view *v = view_item(plans);

		view_int(v, "id", o->id);
		view_text(v, "name", o->name);
		view_bool(v, "selected", l->plan_id.known && l->plan_id.n == o->id);
	}
	view_record(rq->view, "record", &location_shape, l);
	view_text(rq->view, "wrong", wrong);
	return page(rq, "location/map");
}

enum status
location_map_page(struct request *rq)
{
	struct location *l = NEW(rq->arena, struct location);
	enum status e = find(rq, l);

	return e ? e : show_form(rq, l, NULL);
}

/* "x_m12" says what it is of; false for another field. */
static bool
read_name(const char *name, struct spot_given *g)
{
	if (strncmp(name, "x_", 2) != 0 || (name[2] != 'm' && name[2] != 'l'))
		return false;
	g->is_machine = name[2] == 'm';
	return int_read(name + 3, &g->id) && g->id > 0;
}

/* Empty is none; false when it is no whole number up to `most`. */
static bool
read_number(struct request *rq, const char *typed, int64_t most, struct number *out)
{
	const char *text = typed != NULL ? text_trim(rq->arena, typed) : "";

	*out = (struct number){ 0 };
	if (*text == '\0')
		return true;
	out->known = int_read(text, &out->n) && out->n >= 0 && out->n <= most;
	return out->known;
}

static bool
read_spots(struct request *rq, struct spot_given *given, size_t *count)
{
	bool right = true;

	for (size_t i = 0; i < rq->form.count; i++) {
		const char *name = rq->form.at[i].name;
		struct spot_given *g = &given[*count];

		if (!read_name(name, g))
			continue;
		right =
		    read_number(rq, rq->form.at[i].value, MAP_WIDE, &g->x) &&
		    read_number(rq, pairs_get(&rq->form, arena_print(rq->arena, "y_%s", name + 2)),
			MAP_HIGH, &g->y) &&
		    right;
		++*count;
	}
	return right;
}

enum status
location_map_post(struct request *rq)
{
	static const char *const names[] = { "x_*", "y_*", "plan", NULL };
	struct spot_given given[MAX_FIELDS];
	struct location *l = NEW(rq->arena, struct location);
	const char *plan = pairs_get(&rq->form, "plan");
	int64_t plan_id = 0;
	size_t count = 0;
	enum status e = form_only(rq, names);

	if (!e)
		e = find(rq, l);
	if (e)
		return e;
	if (!read_spots(rq, given, &count) || (!text_empty(plan) && !int_read(plan, &plan_id))) {
		rq->response.code = 422;
		return show_form(rq, l,
		    page_text(rq, "Places are whole numbers: up to 1000 across, up to 625 down."));
	}
	e = location_map(rq->by, l, plan_id, given, count);
	if (e)
		return e == INVALID ? BAD_REQUEST : e;
	flash(rq, "saved", l->name);
	return redirect(rq, "/locations/%" PRId64, l->id);
}
