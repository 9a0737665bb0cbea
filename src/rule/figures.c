/* figures.c: see figures.h. */
#include <math.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "rule/figures.h"
#include "rule/meter.h"

__extension__ typedef __int128 wide;

enum { HOUR_S = 3600, PERCENT = 100 };

/* n / d with four places, rounded half away from zero; not known when d is not above zero. */
static struct decimal
ratio(wide n, wide d)
{
	wide units;

	if (d <= 0)
		return (struct decimal){ 0 };
	n *= DECIMAL_ONE;
	units = n < 0 ? -((-n + d / 2) / d) : (n + d / 2) / d;
	if (units > DECIMAL_MOST || units < -(wide)DECIMAL_MOST)
		return (struct decimal){ 0 };
	return decimal((int64_t)units);
}

static struct decimal
mean_hours(int64_t seconds, int64_t count)
{
	return ratio(seconds, (wide)count * HOUR_S);
}

int64_t
figures_uptime_s(const struct figures *f)
{
	return f->required_s - f->planned_s - f->unplanned_s;
}

struct figures
figures_of(const struct downtime *d, int64_t total_s)
{
	struct figures f = { .total_s = total_s,
		.required_s = d->required_s,
		.planned_s = d->planned_s,
		.unplanned_s = d->unplanned_s,
		.stops = d->stops,
		.unplanned_stops = d->unplanned_stops,
		.failures = d->failures };

	f.operating_s = figures_uptime_s(&f);
	return f;
}

void
figures_add(struct figures *sum, const struct figures *f)
{
	sum->total_s += f->total_s;
	sum->required_s += f->required_s;
	sum->planned_s += f->planned_s;
	sum->unplanned_s += f->unplanned_s;
	sum->operating_s += f->operating_s;
	sum->stops += f->stops;
	sum->unplanned_stops += f->unplanned_stops;
	sum->failures += f->failures;
	sum->repairs += f->repairs;
	sum->repair_s += f->repair_s;
	sum->restore_s += f->restore_s;
	sum->actions += f->actions;
}

struct decimal
figure_availability(const struct figures *f)
{
	return ratio((wide)figures_uptime_s(f) * PERCENT, f->required_s);
}

struct decimal
figure_inherent(const struct figures *f)
{
	wide between = (wide)f->operating_s * f->repairs;

	if (f->failures == 0 || f->repairs == 0)
		return (struct decimal){ 0 };
	return ratio(between * PERCENT, between + (wide)f->repair_s * f->failures);
}

struct decimal
figure_utilisation(const struct figures *f)
{
	return ratio((wide)f->operating_s * PERCENT, f->total_s);
}

struct decimal
figure_mtbf(const struct figures *f)
{
	return mean_hours(f->operating_s, f->failures);
}

struct decimal
figure_operating(const struct figures *f)
{
	return mean_hours(f->operating_s, 1);
}

struct decimal
figure_mttr(const struct figures *f)
{
	return mean_hours(f->repair_s, f->repairs);
}

struct decimal
figure_restore(const struct figures *f)
{
	return mean_hours(f->restore_s, f->failures);
}

struct decimal
figure_mdt(const struct figures *f)
{
	return mean_hours(f->planned_s + f->unplanned_s, f->stops);
}

struct decimal
figure_mdt_unplanned(const struct figures *f)
{
	return mean_hours(f->unplanned_s, f->unplanned_stops);
}

struct decimal
figure_mtbm(const struct figures *f)
{
	return mean_hours(f->operating_s, f->actions);
}

struct decimal
figure_failure_rate(const struct figures *f)
{
	return ratio((wide)f->failures * HOUR_S * 1000, f->operating_s);
}

struct decimal
figure_reliability(const struct figures *f, double hours)
{
	double rate;

	if (f->operating_s <= 0 || f->failures <= 0 || !(hours >= 0))
		return (struct decimal){ 0 };
	rate = (double)f->failures * HOUR_S / (double)f->operating_s;
	return decimal(llround(exp(-rate * hours) * PERCENT * (double)DECIMAL_ONE));
}

/* One division at the end: factors that were rounded one by one would show in the last places. */
static struct decimal
effectiveness(
    const struct figures *f, struct decimal performance, struct decimal quality, int64_t under_s)
{
	wide p = performance.units > DECIMAL_ONE ? DECIMAL_ONE : performance.units;

	if (!performance.known || !quality.known || f->required_s <= 0)
		return (struct decimal){ 0 };
	return ratio((wide)figures_uptime_s(f) * PERCENT * p * quality.units,
	    (wide)under_s * DECIMAL_ONE * DECIMAL_ONE);
}

struct decimal
figure_oee(const struct figures *f, struct decimal performance, struct decimal quality)
{
	return effectiveness(f, performance, quality, f->required_s);
}

struct decimal
figure_teep(const struct figures *f, struct decimal performance, struct decimal quality)
{
	return effectiveness(f, performance, quality, f->total_s);
}

struct decimal
labour_cost(int64_t minutes, struct decimal rate)
{
	struct decimal cost;

	if (!rate.known)
		return rate;
	cost = ratio((wide)minutes * rate.units, (wide)60 * DECIMAL_ONE);
	return cost;
}

struct decimal
work_order_cost(struct decimal labour, struct decimal parts, struct decimal other)
{
	return decimal((labour.known ? labour.units : 0) + (parts.known ? parts.units : 0) +
		       (other.known ? other.units : 0));
}

struct number
repair_seconds(struct arena *arena, struct instant accepted, struct instant completed,
    const struct stop_span *waits, size_t count)
{
	const struct interval whole = { accepted.us, completed.us };
	struct interval *list = NEW_ARRAY(arena, struct interval, count + 1);
	int64_t waited;

	if (!accepted.known || !completed.known || completed.us < accepted.us)
		return (struct number){ 0 };
	for (size_t i = 0; i < count; i++) {
		int64_t end = waits[i].ended.known ? waits[i].ended.us : completed.us;

		list[i] = interval_clip((struct interval){ waits[i].started.us, end }, whole);
	}
	waited = interval_length(list, interval_merge(list, count));
	return (struct number){ true, (whole.to - whole.from - waited) / SECOND };
}

static int64_t
uptime_in(struct arena *arena, const struct stop_span *spans, size_t count, struct period p,
    struct instant from, struct instant to)
{
	struct downtime d;

	if (to.us <= from.us)
		return 0;
	p.from = from;
	p.to = to;
	d = downtime_of(arena, spans, count, &p);
	return d.required_s - d.planned_s - d.unplanned_s;
}

int64_t
operating_seconds(struct arena *arena, const struct stop_span *spans, size_t count,
    const struct period *p, const struct meter_point *points, size_t point_count)
{
	struct instant covered[2];
	struct decimal hours = meter_advance(points, point_count, p->from, p->to, covered);

	if (!hours.known)
		return uptime_in(arena, spans, count, *p, p->from, p->to);
	return hours.units * HOUR_S / DECIMAL_ONE +
	       uptime_in(arena, spans, count, *p, p->from, covered[0]) +
	       uptime_in(arena, spans, count, *p, covered[1], p->to);
}
