/* history.c: everything that happened to a machine and below it, with what it cost so far. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/money.h"
#include "base/text.h"
#include "http/decode.h"
#include "model/event.h"
#include "model/machine.h"
#include "model/machine_history.h"
#include "page/history.h"
#include "page/machine/figures_make.h"
#include "page/page.h"

enum { SHOWN = 50, AT_ONCE = 500, CSV_MOST = 20000, HOUR_SECONDS = 3600, MOST_MACHINES = 128 };

struct asked {
	struct machine *machine;
	struct rows tree;
	struct history_query query;
	struct period_shown period;
};

/* With all below, unless one asks for the machine alone.  A tree of more machines than one
 * statement holds shows the nearest of them. */
static enum status
read_asked(struct request *rq, struct asked *a)
{
	const char *kind = pairs_get(&rq->query, "kind"), *user = pairs_get(&rq->query, "person");
	const int i = text_empty(kind) ? HISTORY_ALL : word_index(&history_kind_words, kind);
	enum status e;

	*a = (struct asked){ .machine = NEW(rq->arena, struct machine) };
	if (i < 0 || !period_read(rq, &a->period) ||
	    (!text_empty(user) && !int_read(user, &a->query.user_id)))
		return BAD_REQUEST;
	a->period.below = !text_same(pairs_get(&rq->query, "below"), "0");
	a->query.kind = (enum history_kind)i;
	a->query.after = query_id(rq, "after");
	a->query.from = a->period.from;
	a->query.to = a->period.to;
	e = machine_below(rq, MACHINE_VIEW, request_id(rq, 0), a->machine, &a->tree);
	if (e)
		return e;
	a->query.machines = tree_ids(rq->arena, &a->tree);
	if (!a->period.below)
		a->query.machines.count = 1;
	view_bool(rq->view, "cut", a->query.machines.count > MOST_MACHINES);
	if (a->query.machines.count > MOST_MACHINES)
		a->query.machines.count = MOST_MACHINES;
	view_bool(rq->view, "has_below", a->tree.count > 1);
	return OK;
}

static void
show_rows(struct request *rq, const struct rows *rows)
{
	struct view *list = view_list(rq->view, "events");

	for (size_t i = 0; i < rows->count; i++) {
		const struct history_row *r = row_at(rows, i);
		struct view *v = view_item(list);

		view_record(v, "event", &history_row_shape, r);
		view_text(v, "who",
		    r->user_id.known
			? page_query(rq, "person", arena_print(rq->arena, "%" PRId64, r->user_id.n))
			: NULL);
		history_changes(rq, v, r->changes);
	}
}

static void
show_kinds(struct request *rq, enum history_kind kind)
{
	struct view *list = view_list(rq->view, "kinds");

	for (int i = 0; i < HISTORY_KINDS; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", i == 0 ? "" : history_kind_words.list[i].code);
		view_text(v, "text", page_text(rq, history_kind_words.list[i].text));
		view_bool(v, "selected", i == (int)kind);
	}
}

static void
show_person(struct request *rq, int64_t id, const struct rows *rows)
{
	view_int(rq->view, "person", id);
	view_text(rq->view, "person_name",
	    rows->count > 0 ? ((const struct history_row *)row_at(rows, 0))->user_name
			    : page_text(rq, "This person"));
	view_text(rq->view, "without_person", page_query(rq, "person", NULL));
}

/* By the code that makes the figures, so that they are the same. */
static enum status
show_sums(struct request *rq, const struct asked *a)
{
	struct view *v = view_group(rq->view, "sums");
	const bool sees = machine_reached(rq, FIGURE_VIEW, a->machine->department_id);
	struct machine_figures f;
	enum status e;

	view_bool(rq->view, "sees_figures", sees);
	view_bool(
	    rq->view, "sees_costs", machine_reached(rq, COST_VIEW, a->machine->department_id));
	if (!sees)
		return OK;
	e = figures_make(rq, &a->tree, &a->period, &f);
	if (e)
		return e;
	view_decimal(v, "cost", f.cost.total);
	view_int(v, "orders", f.cost.orders);
	view_int(v, "downtime", f.sum.planned_s + f.sum.unplanned_s);
	view_int(v, "unplanned", f.sum.unplanned_s);
	view_int(v, "failures", f.sum.failures);
	return OK;
}

enum status
machine_history_page(struct request *rq)
{
	struct asked a;
	struct rows rows;
	const char *key = NULL;
	enum status e = read_asked(rq, &a);

	if (!e)
		e = history_rows(rq->by, &a.query, SHOWN + 1, &rows);
	if (!e)
		e = show_sums(rq, &a);
	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(rq->arena, "%" PRId64,
		    ((const struct history_row *)row_at(&rows, SHOWN - 1))->id);
	page_next(rq, &rows, SHOWN, key);
	view_record(rq->view, "machine", &machine_shape, a.machine);
	period_show(rq, &a.period);
	show_kinds(rq, a.query.kind);
	show_rows(rq, &rows);
	show_person(rq, a.query.user_id, &rows);
	view_bool(rq->view, "any", rows.count > 0);
	view_text(rq->view, "csv",
	    arena_print(rq->arena, "/machines/%" PRId64 "/history.csv%s", a.machine->id,
		page_query(rq, "after", NULL)));
	return page(rq, "machine/history");
}

static void
put_cell(struct buf *b, const char *text, char behind)
{
	csv_put(b, text != NULL ? text : "");
	buf_add(b, &behind, 1);
}

static void
put_row(struct request *rq, const struct history_row *r, bool costs)
{
	struct buf *b = &rq->response.body;
	const int act = word_index(&event_act_words, r->act);
	const struct decimal hours = { r->seconds.known,
		r->seconds.n * DECIMAL_ONE / HOUR_SECONDS };

	put_cell(b, locale_input(rq->kit->locale, rq->arena, r->at), ',');
	put_cell(b, r->machine_number, ',');
	put_cell(b, act >= 0 ? page_text(rq, event_act_words.list[act].text) : r->act, ',');
	put_cell(b, r->work_order_number != NULL ? r->work_order_number : r->title, ',');
	put_cell(b, r->user_name, ',');
	put_cell(b, costs ? decimal_text(rq->arena, r->cost) : NULL, ',');
	put_cell(b, decimal_text(rq->arena, hours), '\n');
}

/* Page by page through the same list, to its end or CSV_MOST rows. */
enum status
machine_history_csv(struct request *rq)
{
	static const char *const head[] = { "When", "Machine", "What", "Record", "Who", "Cost",
		"Downtime (h)" };
	struct asked a;
	struct rows rows = { 0 };
	enum status e = read_asked(rq, &a);
	const bool costs = !e && machine_reached(rq, COST_VIEW, a.machine->department_id);

	for (size_t i = 0; !e && i < COUNT(head); i++)
		put_cell(
		    &rq->response.body, page_text(rq, head[i]), i + 1 < COUNT(head) ? ',' : '\n');
	for (int n = 0; !e && n < CSV_MOST; n += AT_ONCE) {
		e = history_rows(rq->by, &a.query, AT_ONCE, &rows);
		for (size_t i = 0; !e && i < rows.count; i++) {
			const struct history_row *r = row_at(&rows, i);

			put_row(rq, r, costs);
			a.query.after = r->id;
		}
		if (rows.count < AT_ONCE)
			break;
	}
	if (e)
		return e;
	header_set(rq, "Content-Type", "text/csv; charset=utf-8");
	header_set(rq, "Content-Disposition",
	    arena_print(rq->arena, "attachment; filename=\"%s-history.csv\"", a.machine->number));
	rq->response.code = 200;
	return OK;
}
