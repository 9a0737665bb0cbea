/*
 * figures.h: availability, reliability and cost.  Everything is kept as sums; a figure divides
 * last, so that for a group the sums are added and then divided: averages are never averaged.
 *
 * A figure that would divide by zero is not known ("n/a"), never 0.  Hours and percent have four
 * places.
 */
#ifndef RULE_FIGURES_H
#define RULE_FIGURES_H

#include "base/shape.h"
#include "rule/interval.h"

struct arena;

/* Of a machine or a group in a period; spans in seconds. */
struct figures {
	int64_t total_s; /* of the calendar */
	int64_t required_s;
	int64_t planned_s; /* stops */
	int64_t unplanned_s;
	int64_t operating_s; /* by the hour meter, or figures_uptime_s() */
	int64_t stops, unplanned_stops, failures;
	int64_t repairs;   /* of failures */
	int64_t repair_s;  /* at work, without waiting */
	int64_t restore_s; /* from failure to running, with waiting */
	int64_t actions;   /* corrective and preventive */
};

/* From the stops, without a meter: operating is uptime.  Repairs and actions are left 0. */
struct figures figures_of(const struct downtime *, int64_t total_s);
void figures_add(struct figures *sum, const struct figures *);
int64_t figures_uptime_s(const struct figures *);

struct decimal figure_availability(const struct figures *); /* %, of required time */
struct decimal figure_inherent(const struct figures *);     /* %, MTBF / (MTBF + MTTR) */
struct decimal figure_utilisation(const struct figures *);  /* %, operating of total time */
struct decimal figure_mtbf(const struct figures *);         /* h; unknown without failures: */
struct decimal figure_operating(const struct figures *);    /* h; then shown as "> 580 h" */
struct decimal figure_mttr(const struct figures *);         /* h, at work */
struct decimal figure_restore(const struct figures *);      /* h, with waiting */
struct decimal figure_mdt(const struct figures *);          /* h, all stops */
struct decimal figure_mdt_unplanned(const struct figures *);
struct decimal figure_mtbm(const struct figures *);         /* h between maintenance actions */
struct decimal figure_failure_rate(const struct figures *); /* failures in 1000 h of operation */
/* %, the chance to run that many hours without a failure, if failures are random. */
struct decimal figure_reliability(const struct figures *, double hours);
/* %; performance and quality as shares of 1, performance capped at 1. */
struct decimal figure_oee(
    const struct figures *, struct decimal performance, struct decimal quality);
struct decimal figure_teep(
    const struct figures *, struct decimal performance, struct decimal quality);

/* What minutes cost at an hourly rate, rounded half away from zero. */
struct decimal labour_cost(int64_t minutes, struct decimal rate);
/* The sum; a part that is not known counts as nothing. */
struct decimal work_order_cost(struct decimal labour, struct decimal parts, struct decimal other);
/*
 * Seconds at work from accepted to completed without the waits (merged and clipped here, an open
 * one until completed).  Not known until both are.
 */
struct number repair_seconds(struct arena *, struct instant accepted, struct instant completed,
    const struct stop_span *waits, size_t count);

struct meter_point;

/*
 * Seconds at work in the period: by the meter of hours as far as its readings reach, and uptime
 * where they do not.  Points in order of time, none for no meter.
 */
int64_t operating_seconds(struct arena *, const struct stop_span *, size_t count,
    const struct period *, const struct meter_point *, size_t points);

#endif
