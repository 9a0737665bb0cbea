/* figures_make.c: see figures_make.h.  SQL brings intervals, rule/ counts; here they meet. */
#include "page/machine/figures_make.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "model/machine_cost.h"
#include "model/meter.h"
#include "model/stop_list.h"
#include "page/page.h"
#include "rule/shift.h"

enum { MONTHS_MOST = 124 };

/* What was read, and the calendars that were unfolded. */
struct make {
	struct request *rq;
	const struct period_shown *shown;
	struct machine_figures *out;
	struct rows stops; /* and waits, whose id is 0 */
	struct rows costs, days, readings;
	struct calendar {
		int64_t id;
		struct interval *at; /* NULL: all the time */
		size_t count;
	} * calendars;
	size_t calendar_count;
};

static void
unfold(struct make *k, const struct tree_machine *m, struct calendar *c)
{
	const struct interval whole = { k->shown->from.us, k->shown->to.us };
	struct arena *a = k->rq->arena;
	struct shifts *shifts = NEW(a, struct shifts);
	struct date *days = NEW_ARRAY(a, struct date, k->days.count + 1);
	struct shift_plan plan = {
		.shifts = shifts, .holidays = days, .clock = plant_clock, .with = k->rq->kit->locale
	};
	struct shift_fault fault;

	if (m->shifts == NULL || !shifts_parse(m->shifts, shifts, &fault) || shifts->count == 0)
		return;
	for (size_t i = 0; i < k->days.count; i++) {
		const struct day_off *d = row_at(&k->days, i);

		if (!d->shift_calendar_id.known || d->shift_calendar_id.n == c->id)
			days[plan.holiday_count++] = d->day;
	}
	c->count = shift_intervals(a, &plan, whole, &c->at);
	if (c->at == NULL) /* never asked for, which is not: always */
		c->at = NEW(a, struct interval);
}

static const struct calendar *
calendar_of(struct make *k, const struct tree_machine *m)
{
	const int64_t id = m->shift_calendar_id.known ? m->shift_calendar_id.n : 0;
	struct calendar *c;

	for (size_t i = 0; i < k->calendar_count; i++)
		if (k->calendars[i].id == id)
			return &k->calendars[i];
	c = &k->calendars[k->calendar_count++];
	c->id = id;
	if (id != 0)
		unfold(k, m, c);
	return c;
}

/* Repairs of a failure: once a work order, without the time that it waited for parts. */
static void
add_repair(struct make *k, struct figures *f, const struct stop_row *s)
{
	struct stop_span *waits = NEW_ARRAY(k->rq->arena, struct stop_span, k->stops.count + 1);
	struct number seconds;
	size_t n = 0;

	for (size_t i = 0; s->work_order_id.known && i < k->stops.count; i++) {
		const struct stop_row *w = row_at(&k->stops, i);

		if (w->id == 0 && w->work_order_id.n == s->work_order_id.n)
			waits[n++] = (struct stop_span){ w->started_at, w->ended_at, false, false };
	}
	seconds = repair_seconds(k->rq->arena, s->accepted_at, s->completed_at, waits, n);
	if (!seconds.known)
		return;
	f->repairs++;
	f->repair_s += seconds.n;
}

static bool
repaired_before(const struct stop_row *const *rows, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (rows[j]->work_order_id.known && rows[i]->work_order_id.known &&
		    rows[j]->work_order_id.n == rows[i]->work_order_id.n)
			return true;
	return false;
}

static void
add_failures(struct make *k, struct figures *f, const struct stop_row *const *rows, size_t count,
    const struct period *p)
{
	for (size_t i = 0; i < count; i++) {
		const struct stop_row *s = rows[i];
		int64_t end = s->ended_at.known ? s->ended_at.us : p->now.us;

		if (s->planned || !s->failure || s->started_at.us < p->from.us ||
		    s->started_at.us >= p->to.us || s->started_at.us > p->now.us)
			continue;
		f->restore_s += (end - s->started_at.us) / SECOND;
		if (!repaired_before(rows, i))
			add_repair(k, f, s);
	}
}

/* What its meter of hours showed. */
static struct rows
points_of(struct make *k, const struct tree_machine *m)
{
	struct meter_point *at = NEW_ARRAY(k->rq->arena, struct meter_point, k->readings.count + 1);
	struct rows points = { &meter_point_shape, at, 0 };

	for (size_t i = 0; m->meter_id.known && i < k->readings.count; i++) {
		const struct metered *r = row_at(&k->readings, i);

		if (r->meter_id == m->meter_id.n)
			at[points.count++] = (struct meter_point){ r->at, r->value, decimal(0) };
	}
	return points;
}

static struct figures
in_period(struct make *k, const struct stop_row *const *rows, const struct stop_span *spans,
    size_t count, const struct period *p, const struct rows *points)
{
	struct arena *a = k->rq->arena;
	const struct downtime d = downtime_of(a, spans, count, p);
	struct figures f = figures_of(&d, (p->to.us - p->from.us) / SECOND);

	f.operating_s = operating_seconds(a, spans, count, p, points->at, points->count);
	add_failures(k, &f, rows, count, p);
	return f;
}

/* What has not been yet is neither required nor worked. */
static struct instant
not_after(struct instant t, struct instant now)
{
	return t.us > now.us ? now : t;
}

/* The figures of one machine by the stops of those machines, added to the sums. */
static void
add_machine(struct make *k, const struct tree_machine *m, const struct id_list *whose)
{
	struct machine_figures *out = k->out;
	struct arena *a = k->rq->arena;
	const struct stop_row **rows = NEW_ARRAY(a, const struct stop_row *, k->stops.count + 1);
	struct stop_span *spans = NEW_ARRAY(a, struct stop_span, k->stops.count + 1);
	const struct calendar *c = calendar_of(k, m);
	struct period p = { .now = k->rq->by->now, .required = c->at, .required_count = c->count };
	const struct rows points = points_of(k, m);
	struct figures f;
	size_t n = 0;

	for (size_t i = 0; i < k->stops.count; i++) {
		const struct stop_row *s = row_at(&k->stops, i);

		for (size_t j = 0; s->id != 0 && j < whose->count; j++)
			if (whose->at[j] == s->machine_id) {
				rows[n] = s;
				spans[n++] = (struct stop_span){ s->started_at, s->ended_at,
					s->planned, s->failure };
			}
	}
	for (size_t i = 0; i < out->month_count; i++) {
		p.from = out->months[i].from;
		p.to = not_after(out->months[i].to, p.now);
		if (p.to.us <= p.from.us)
			continue;
		f = in_period(k, rows, spans, n, &p, &points);
		figures_add(&out->months[i].figures, &f);
		figures_add(&out->sum, &f);
	}
	out->metered = out->metered || points.count > 1;
	out->always = out->always || c->at == NULL;
	if (m->replacement_value.known)
		out->replacement_value =
		    decimal((out->replacement_value.known ? out->replacement_value.units : 0) +
			    m->replacement_value.units);
}

static void
add(struct decimal *sum, struct decimal more)
{
	*sum = decimal((sum->known ? sum->units : 0) + (more.known ? more.units : 0));
}

static void
add_cost(struct cost_sum *c, const struct cost_row *r)
{
	c->orders++;
	add(&c->labour, r->labour_cost);
	add(&c->parts, r->parts_cost);
	add(&c->other, r->other_cost);
	add(&c->total, r->total_cost);
	if (text_same(r->kind, "CORRECTIVE"))
		add(&c->corrective, r->total_cost);
	else if (text_same(r->kind, "PREVENTIVE") || text_same(r->kind, "INSPECTION"))
		add(&c->preventive, r->total_cost);
	else
		add(&c->rest, r->total_cost);
}

static void
zero_cost(struct cost_sum *c)
{
	*c = (struct cost_sum){ decimal(0), decimal(0), decimal(0), decimal(0), decimal(0),
		decimal(0), decimal(0), 0 };
}

static void
add_costs(struct make *k)
{
	struct machine_figures *out = k->out;

	for (size_t i = 0; i < k->costs.count; i++) {
		const struct cost_row *r = row_at(&k->costs, i);

		add_cost(&out->cost, r);
		for (size_t j = 0; j < out->month_count; j++)
			if (r->reported_at.us >= out->months[j].from.us &&
			    r->reported_at.us < out->months[j].to.us)
				add_cost(&out->months[j].cost, r);
	}
}

/* The period cut at the plant's months. */
static void
cut_months(struct make *k)
{
	struct machine_figures *out = k->out;
	struct locale *l = k->rq->kit->locale;
	struct date day = k->shown->from_day;

	out->months = NEW_ARRAY(k->rq->arena, struct month_figures, MONTHS_MOST);
	zero_cost(&out->cost);
	while (day.day <= k->shown->to_day.day && out->month_count < MONTHS_MOST) {
		struct month_figures *m = &out->months[out->month_count++];
		struct civil c = civil_of_day(day);

		m->first = day;
		m->from = plant_clock(l, day, 0);
		zero_cost(&m->cost);
		day = day_of(c.month == 12 ? c.year + 1 : c.year, c.month % 12 + 1, 1);
		m->to = day.day > k->shown->to_day.day ? k->shown->to : plant_clock(l, day, 0);
	}
}

/* What stops cost: each machine's unplanned hours at its own rate. */
static void
price(struct make *k, const struct tree_machine *m, int64_t unplanned_before)
{
	const int64_t seconds = k->out->sum.unplanned_s - unplanned_before;

	if (m->stop_cost.known)
		add(&k->out->stop_cost,
		    decimal_times(
			decimal((int64_t)((double)seconds * (double)DECIMAL_ONE / 3600.0 + 0.5)),
			m->stop_cost));
}

static bool
has_calendar(const struct rows *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		if (((const struct tree_machine *)row_at(tree, i))->shift_calendar_id.known)
			return true;
	return false;
}

/* Of all machines that have a meter of hours, in one query. */
static enum status
read_meters(struct make *k)
{
	struct machine_figures *out = k->out;
	struct id_list meters = { NEW_ARRAY(k->rq->arena, int64_t, out->costed.count + 1), 0 };

	for (size_t i = 0; i < out->costed.count; i++) {
		const struct tree_machine *m = row_at(&out->tree, i);

		if (m->meter_id.known)
			meters.at[meters.count++] = m->meter_id.n;
	}
	if (meters.count == 0)
		return OK;
	return reading_days(k->rq->by, &meters, k->shown->from, k->shown->to, &k->readings);
}

static enum status
read_rows(struct make *k)
{
	const struct period_shown *p = k->shown;
	struct machine_figures *out = k->out;
	struct arena *a = k->rq->arena;
	const struct date before = { true, p->from_day.day - 2 };
	enum status e;

	out->stopped = p->below ? tree_ids(a, &out->tree) : tree_series(a, &out->tree);
	out->costed = tree_ids(a, &out->tree);
	if (!p->below)
		out->costed.count = 1;
	e = stops_in(k->rq->by, &out->stopped, p->from, p->to, &k->stops);
	if (!e)
		e = costs_in(k->rq->by, &out->costed, p->from, p->to, &k->costs);
	if (!e && has_calendar(&out->tree))
		e = days_off(k->rq->by, before, p->to_day, &k->days);
	if (!e)
		e = read_meters(k);
	return e;
}

enum status
figures_make(struct request *rq, const struct rows *tree, const struct period_shown *p,
    struct machine_figures *out)
{
	struct make k = { .rq = rq, .shown = p, .out = out };
	enum status e;

	*out = (struct machine_figures){ .tree = *tree };
	e = read_rows(&k);
	if (e)
		return e;
	k.calendars = NEW_ARRAY(rq->arena, struct calendar, out->tree.count + 1);
	cut_months(&k);
	for (size_t i = 0; i < out->costed.count; i++) {
		const struct tree_machine *m = row_at(&out->tree, i);
		const struct id_list own = { &out->costed.at[i], 1 };
		const int64_t before = out->sum.unplanned_s;

		add_machine(&k, m, p->below ? &own : &out->stopped);
		price(&k, m, before);
	}
	add_costs(&k);
	return OK;
}
