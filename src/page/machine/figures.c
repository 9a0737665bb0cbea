/* figures.c: the figures of a machine in a period, each with the way to the records behind it. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "model/machine.h"
#include "model/machine_cost.h"
#include "page/machine/figures_make.h"
#include "page/page.h"
#include "rule/work_order.h"
#include "view/chart.h"

enum { HOUR_SECONDS = 3600, FEW = 5, SHOWN = 50 };

static struct decimal
hours(int64_t seconds)
{
	return decimal((int64_t)((double)seconds * (double)DECIMAL_ONE / HOUR_SECONDS + 0.5));
}

/* A share of the whole in percent; not known of nothing. */
static struct decimal
percent(struct decimal part, struct decimal whole)
{
	if (!part.known || !whole.known || whole.units <= 0)
		return (struct decimal){ 0 };
	return decimal(
	    (int64_t)((double)part.units * 100 * (double)DECIMAL_ONE / (double)whole.units + 0.5));
}

/* What people read: one place, two below ten. */
static struct decimal
rounded(struct decimal d)
{
	const int64_t step = d.units >= 10 * DECIMAL_ONE ? DECIMAL_ONE / 10 : DECIMAL_ONE / 100;

	if (d.known)
		d.units = (d.units + step / 2) / step * step;
	return d;
}

static void
show_means(struct view *v, const struct figures *f)
{
	view_decimal(v, "mtbf", rounded(figure_mtbf(f)));
	view_decimal(v, "operating", rounded(figure_operating(f)));
	view_decimal(v, "mttr", rounded(figure_mttr(f)));
	view_decimal(v, "restore", rounded(figure_restore(f)));
	view_decimal(v, "mdt", rounded(figure_mdt(f)));
	view_decimal(v, "mdt_unplanned", rounded(figure_mdt_unplanned(f)));
	view_decimal(v, "availability", rounded(figure_availability(f)));
	view_int(v, "failures", f->failures);
	view_int(v, "repairs", f->repairs);
	view_int(v, "stops", f->stops);
	view_int(v, "unplanned_stops", f->unplanned_stops);
	view_bool(v, "few_failures", f->failures < FEW);
	view_bool(v, "few_repairs", f->repairs < FEW);
	view_bool(v, "few_stops", f->stops < FEW);
	view_bool(v, "none", f->failures == 0);
}

static void
show_times(struct view *v, const struct figures *f)
{
	view_decimal(v, "required", rounded(hours(f->required_s)));
	view_decimal(v, "downtime", rounded(hours(f->planned_s + f->unplanned_s)));
	view_decimal(v, "planned", rounded(hours(f->planned_s)));
	view_decimal(v, "unplanned", rounded(hours(f->unplanned_s)));
	view_decimal(v, "uptime", rounded(hours(figures_uptime_s(f))));
}

static void
show_cost(struct view *v, const struct machine_figures *m)
{
	view_decimal(v, "labour", m->cost.labour);
	view_decimal(v, "parts", m->cost.parts);
	view_decimal(v, "other", m->cost.other);
	view_decimal(v, "corrective", m->cost.corrective);
	view_decimal(v, "preventive", m->cost.preventive);
	view_decimal(v, "rest", m->cost.rest);
	view_decimal(v, "total", m->cost.total);
	view_int(v, "orders", m->cost.orders);
	view_decimal(v, "corrective_share", rounded(percent(m->cost.corrective, m->cost.total)));
	view_decimal(v, "stop_cost", m->stop_cost);
	view_decimal(v, "replacement_value", m->replacement_value);
	view_decimal(v, "share", rounded(percent(m->cost.total, m->replacement_value)));
}

static const char *
month_name(struct request *rq, struct date day)
{
	const struct civil c = civil_of_day(day);

	return arena_print(rq->arena, "%02d/%02d", c.month, c.year % 100);
}

static void
show_months(struct request *rq, const struct machine_figures *m)
{
	struct view *list = view_list(rq->view, "months");

	for (size_t i = 0; i < m->month_count; i++) {
		const struct month_figures *month = &m->months[i];
		struct view *v = view_item(list);

		view_text(v, "name", month_name(rq, month->first));
		view_decimal(v, "planned", rounded(hours(month->figures.planned_s)));
		view_decimal(v, "unplanned", rounded(hours(month->figures.unplanned_s)));
		view_decimal(v, "availability", rounded(figure_availability(&month->figures)));
		view_int(v, "failures", month->figures.failures);
		view_decimal(v, "corrective", month->cost.corrective);
		view_decimal(v, "total", month->cost.total);
	}
}

static struct chart_bar *
bars(struct request *rq, const struct machine_figures *m, bool cost)
{
	struct chart_bar *bar = NEW_ARRAY(rq->arena, struct chart_bar, m->month_count + 1);

	for (size_t i = 0; i < m->month_count; i++) {
		const struct month_figures *month = &m->months[i];

		bar[i].label = month_name(rq, month->first);
		bar[i].value[0] = cost ? month->cost.corrective : hours(month->figures.unplanned_s);
		bar[i].value[1] =
		    cost ? decimal(month->cost.total.units - month->cost.corrective.units)
			 : hours(month->figures.planned_s);
	}
	return bar;
}

static void
show_charts(struct request *rq, const struct machine_figures *m)
{
	struct chart_bars c = { .id = "downtime-chart",
		.title = page_text(rq, "Downtime by month, in hours"),
		.desc = page_text(rq, "The table beside it has the values."),
		.series = { page_text(rq, "Unplanned"), page_text(rq, "Planned") },
		.at = bars(rq, m, false),
		.count = m->month_count };

	view_text(rq->view, "downtime_chart", chart_bars(rq->arena, rq->kit->locale, &c));
	c.id = "cost-chart";
	c.title = page_text(rq, "Cost by month");
	c.series[0] = page_text(rq, "Corrective");
	c.series[1] = page_text(rq, "Preventive and other");
	c.at = bars(rq, m, true);
	view_text(rq->view, "cost_chart", chart_bars(rq->arena, rq->kit->locale, &c));
}

enum status
machine_figures_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct machine_figures f;
	struct period_shown p;
	struct rows tree;
	const bool glance = text_same(pairs_get(&rq->query, "glance"), "1");
	struct view *v;
	enum status e;

	if (!period_read(rq, &p))
		return BAD_REQUEST;
	e = machine_below(rq, FIGURE_VIEW, request_id(rq, 0), m, &tree);
	if (!e)
		e = figures_make(rq, &tree, &p, &f);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	period_show(rq, &p);
	v = view_group(rq->view, "figures");
	show_means(v, &f.sum);
	show_times(v, &f.sum);
	show_cost(v, &f);
	view_bool(v, "metered", f.metered);
	view_bool(v, "always", f.always);
	view_bool(v, "series", !p.below && f.stopped.count > 1);
	view_int(v, "machines", (int64_t)f.costed.count);
	view_bool(rq->view, "has_below", f.tree.count > 1);
	view_bool(rq->view, "sees_costs", machine_reached(rq, COST_VIEW, m->department_id));
	view_text(rq->view, "kind_code", NULL);
	if (glance)
		return page(rq, "machine/figures_glance");
	show_months(rq, &f);
	show_charts(rq, &f);
	return page(rq, "machine/figures");
}

/* The work orders that a sum of costs is made of. */
enum status
machine_costs_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	const char *kind = pairs_get(&rq->query, "kind"), *key = NULL;
	struct cost_query q = { .kind = kind != NULL && *kind != '\0' ? kind : NULL };
	struct period_shown p;
	struct rows tree, rows;
	enum status e;

	if (!period_read(rq, &p) || !after_read(rq, &q.after_at, &q.after_id) ||
	    (q.kind != NULL && word_index(&wo_kind_words, q.kind) < 0))
		return BAD_REQUEST;
	e = machine_below(rq, COST_VIEW, request_id(rq, 0), m, &tree);
	if (e)
		return e;
	q.machines = tree_ids(rq->arena, &tree);
	if (!p.below)
		q.machines.count = 1;
	q.from = p.from;
	q.to = p.to;
	e = cost_rows(rq->by, &q, SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN) {
		const struct cost_row *last = row_at(&rows, SHOWN - 1);

		key = after_text(rq, last->reported_at, last->id);
	}
	page_next(rq, &rows, SHOWN, key);
	view_record(rq->view, "machine", &machine_shape, m);
	period_show(rq, &p);
	view_bool(rq->view, "has_below", tree.count > 1);
	view_word(rq->view, "kind", &wo_kind_words, q.kind);
	view_text(rq->view, "kind_code", q.kind);
	view_rows(rq->view, "orders", rows);
	view_bool(rq->view, "any", rows.count > 0);
	return page(rq, "machine/costs");
}
