/* stock.h: what a movement does to cost and alerts, and how much to keep. */
#ifndef RULE_STOCK_H
#define RULE_STOCK_H

#include "base/shape.h"

/*
 * The average cost after `quantity` came in at `unit_cost`: (Q C + q c) / (Q + q), rounded half
 * away from zero.  With nothing (or less) on hand it is the cost of what came; with nothing
 * received it stays. Not known when something is not known.
 */
struct decimal stock_moving_average(struct decimal on_hand, struct decimal average,
    struct decimal quantity, struct decimal unit_cost);
/*
 * What was issued from stock that was not there yet went at the old cost: this much more (or less,
 * when negative) it would have cost at that of the receipt.  A visible entry books it.
 */
struct decimal stock_correction(struct decimal on_hand, struct decimal average,
    struct decimal quantity, struct decimal unit_cost);
/* Of an issue at the cost of its time; frozen on the movement. */
struct decimal stock_issue_cost(struct decimal quantity, struct decimal unit_cost);

/* True only for the movement that takes the stock from enough to too little (ten-thousandths). */
bool stock_crosses_min(int64_t before, int64_t after, int64_t min);

struct stock_move {
	struct decimal quantity; /* signed */
	struct decimal unit_cost;
};

/* The sum of quantity × cost; not known when one is not, or on overflow. */
struct decimal stock_value(const struct stock_move *, size_t count);

/* Demand a period, lead time in periods, z of the service level, deviations of demand and lead
 * time. */
struct stock_demand {
	double demand, lead, z, demand_deviation, lead_deviation;
};

double stock_reorder_point(const struct stock_demand *);
/* Yearly demand, cost an order, holding cost a unit and year; 0 when that is not above zero. */
double stock_order_quantity(double demand, double order_cost, double holding_cost);
/* For slow movers: the least s with P(Poisson(mean) <= s) >= service (below 1). */
int stock_slow_level(double mean, double service);

#endif
