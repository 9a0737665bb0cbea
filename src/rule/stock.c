/* stock.c: see stock.h. */
#include <math.h>

#include "base/money.h"
#include "rule/stock.h"

__extension__ typedef __int128 wide;

/* n / d rounded half away from zero; d > 0. */
static wide
divide(wide n, wide d)
{
	return n < 0 ? -((-n + d / 2) / d) : (n + d / 2) / d;
}

static struct decimal
fitting(wide units)
{
	if (units > DECIMAL_MOST || units < -(wide)DECIMAL_MOST)
		return (struct decimal){ 0 };
	return decimal((int64_t)units);
}

static bool
known(struct decimal a, struct decimal b, struct decimal c, struct decimal d)
{
	return a.known && b.known && c.known && d.known;
}

struct decimal
stock_moving_average(struct decimal on_hand, struct decimal average, struct decimal quantity,
    struct decimal unit_cost)
{
	wide worth;

	if (!known(on_hand, average, quantity, unit_cost))
		return (struct decimal){ 0 };
	if (quantity.units <= 0)
		return average;
	if (on_hand.units <= 0)
		return unit_cost;
	worth = (wide)on_hand.units * average.units + (wide)quantity.units * unit_cost.units;
	return fitting(divide(worth, (wide)on_hand.units + quantity.units));
}

struct decimal
stock_correction(struct decimal on_hand, struct decimal average, struct decimal quantity,
    struct decimal unit_cost)
{
	wide owed;

	if (!known(on_hand, average, quantity, unit_cost))
		return (struct decimal){ 0 };
	if (on_hand.units >= 0 || quantity.units <= 0)
		return decimal(0);
	owed = -(wide)on_hand.units < quantity.units ? -(wide)on_hand.units : quantity.units;
	return fitting(divide(owed * ((wide)unit_cost.units - average.units), DECIMAL_ONE));
}

struct decimal
stock_issue_cost(struct decimal quantity, struct decimal unit_cost)
{
	return decimal_times(quantity, unit_cost);
}

bool
stock_crosses_min(int64_t before, int64_t after, int64_t min)
{
	return before >= min && after < min;
}

struct decimal
stock_value(const struct stock_move *move, size_t count)
{
	wide sum = 0;

	for (size_t i = 0; i < count; i++) {
		struct decimal one = decimal_times(move[i].quantity, move[i].unit_cost);

		if (!one.known)
			return one;
		sum += one.units;
	}
	return fitting(sum);
}

double
stock_reorder_point(const struct stock_demand *s)
{
	double spread = s->lead * s->demand_deviation * s->demand_deviation +
			s->demand * s->demand * s->lead_deviation * s->lead_deviation;

	return s->demand * s->lead + s->z * sqrt(spread);
}

double
stock_order_quantity(double demand, double order_cost, double holding_cost)
{
	return holding_cost > 0 ? sqrt(2 * demand * order_cost / holding_cost) : 0;
}

int
stock_slow_level(double mean, double service)
{
	enum { MOST = 10000 };
	double term = exp(-mean), sum = term;
	int s = 0;

	/* By multiplication: a factorial would overflow. */
	while (sum < service && s < MOST) {
		s++;
		term *= mean / s;
		sum += term;
	}
	return s;
}
