/* history_export.c: see history_export.h. */
#include "page/history_export.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "model/machine.h"
#include "model/machine_tree.h"
#include "model/past.h"
#include "page/machine/machine.h"
#include "page/page.h"

void
downloads_show(struct request *rq, const struct history *h, const char *name, const char *value)
{
	struct arena *a = rq->arena;
	const char *query = list_query(a, &rq->query, name, NULL, value);
	const char *csv = arena_print(a, "%s/export.csv", h->base);

	view_text(rq->view, "csv_href", list_href(a, csv, query));
	view_text(
	    rq->view, "xlsx_href", list_href(a, arena_print(a, "%s/export.xlsx", h->base), query));
	view_text(rq->view, "plain_href",
	    arena_print(a, "%s?%s%splain=1", csv, query, *query != '\0' ? "&" : ""));
	view_text(rq->view, "all_href", "/exports");
}

bool
history_range(struct request *rq, struct instant *from, struct instant *to)
{
	const char *first = pairs_get(&rq->query, "from"), *last = pairs_get(&rq->query, "to");
	struct date day;

	if (!text_empty(first)) {
		day = date_parse(first);
		*from = plant_clock(rq->kit->locale, day, 0);
		if (!day.known)
			return false;
	}
	if (!text_empty(last)) {
		day = date_parse(last);
		*to = plant_clock(rq->kit->locale, day, 24 * 60);
		if (!day.known)
			return false;
	}
	return true;
}

typedef enum status begin_export(struct request *, struct export **);

static enum status
as_csv(struct request *rq, begin_export *begin)
{
	struct export *x;
	enum status e = begin(rq, &x);

	return e ? e : export_csv(rq, x);
}

static enum status
as_xlsx(struct request *rq, begin_export *begin)
{
	struct export *x;
	enum status e = begin(rq, &x);

	return e ? e : export_xlsx(rq, x);
}

/* Of the part or meter that the query names, or of all. */
static enum status
begin_past(struct request *rq, const struct history *h, const char *of, struct export **x)
{
	struct past_filter *f = NEW(rq->arena, struct past_filter);

	*x = NULL;
	f->of = query_id(rq, of);
	f->machine_id = query_id(rq, "machine");
	/* As on screen the latest comes first; an import takes them as they happened. */
	f->oldest_first = f->of == 0 || !text_empty(pairs_get(&rq->query, "plain"));
	if (!history_range(rq, &f->from, &f->to))
		return BAD_REQUEST;
	return export_history_begin(rq, h, f, x);
}

static enum status
begin_movements(struct request *rq, struct export **x)
{
	return begin_past(rq, &movement_history, "part", x);
}

static enum status
begin_readings(struct request *rq, struct export **x)
{
	return begin_past(rq, &reading_history, "meter", x);
}

/* Of a machine as its page shows them; or of all. */
static enum status
begin_stops(struct request *rq, struct export **x)
{
	struct stop_query *q = NEW(rq->arena, struct stop_query);
	const char *typed = pairs_get(&rq->query, "kind");
	const int kind = text_empty(typed) ? STOP_ALL : word_index(&stop_kind_words, typed);
	const int64_t id = query_id(rq, "machine");
	struct period_shown p;
	struct machine m;
	struct rows tree;
	enum status e;

	*x = NULL;
	q->kind = (enum stop_kind)kind;
	q->all = id == 0;
	if (kind < 0 || !history_range(rq, &q->from, &q->to) || (id != 0 && !period_read(rq, &p)))
		return BAD_REQUEST;
	if (id != 0) {
		e = machine_below(rq, MACHINE_VIEW, id, &m, &tree);
		if (e)
			return e;
		q->machines = p.below ? tree_ids(rq->arena, &tree) : tree_series(rq->arena, &tree);
		q->from = p.from;
		q->to = p.to;
	}
	return export_history_begin(rq, &stop_history, q, x);
}

enum status
movements_csv(struct request *rq)
{
	return as_csv(rq, begin_movements);
}

enum status
movements_xlsx(struct request *rq)
{
	return as_xlsx(rq, begin_movements);
}

enum status
stops_csv(struct request *rq)
{
	return as_csv(rq, begin_stops);
}

enum status
stops_xlsx(struct request *rq)
{
	return as_xlsx(rq, begin_stops);
}

enum status
readings_csv(struct request *rq)
{
	return as_csv(rq, begin_readings);
}

enum status
readings_xlsx(struct request *rq)
{
	return as_xlsx(rq, begin_readings);
}

static const char *
about(const struct history *h)
{
	if (h == &work_order_history)
		return "By the day on which they were reported.";
	if (h == &stop_history)
		return "Those that reach into these days.";
	return h == &movement_history ? "In the order in which they were made."
				      : "Of all meters, in the order of their time.";
}

enum status
exports_page(struct request *rq)
{
	struct view *list = view_list(rq->view, "exports");

	for (size_t i = 0; i < history_count; i++) {
		const struct history *h = histories[i];
		struct view *v;

		if (permission_reach(rq->by->role, h->view) == REACH_NONE)
			continue;
		v = view_item(list);
		view_text(v, "id", h->kind);
		view_text(v, "title", page_text(rq, h->title));
		view_text(v, "about", page_text(rq, about(h)));
		view_text(v, "csv", arena_print(rq->arena, "%s/export.csv", h->base));
		view_text(v, "xlsx", arena_print(rq->arena, "%s/export.xlsx", h->base));
	}
	view_bool(rq->view, "may_import", permission_reach(rq->by->role, IMPORT) != REACH_NONE);
	return page(rq, "import/exports");
}
