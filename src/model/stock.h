/*
 * stock.h: the ledger.  A movement is never changed; the quantity on hand beside it always equals
 * the sum.  All run inside an act's transaction.
 */
#ifndef MODEL_STOCK_H
#define MODEL_STOCK_H

#include "base/shape.h"

struct actor;

struct movement {
	int64_t id;
	int64_t part_id;
	const char *part_number;
	const char *kind;        /* IN, OUT, ADJUSTMENT, TRANSFER */
	struct decimal quantity; /* signed */
	struct decimal unit_cost;
	struct decimal on_hand_after;
	struct number work_order_id;
	const char *work_order_number;
	const char *user_name;
	const char *note;
	struct instant at;
};

extern const struct shape movement_shape;
extern const struct words movement_words;

/* Latest first, below `after`; of one part. */
enum status movement_list(
    const struct actor *, int64_t part_id, int64_t after, int most, struct rows *) MUST_CHECK;

/* What an issue takes, and for what. */
struct issue {
	int64_t part_id;
	struct decimal quantity; /* more than 0 */
	bool reserved;           /* it was approved: lower the reservation as well */
	int64_t work_order_id;
	int64_t line_id; /* of the parts request, or 0 */
};

/*
 * Takes from the shelf by a guarded update, writes the movement with its cost frozen, adds the cost
 * to the work order.  *unit_cost is that of the issue.  CONFLICT when fewer are on hand; nothing is
 * changed then.  INVALID when the work order would cost more than its columns hold.
 */
enum status stock_issue(
    const struct actor *, const struct issue *, struct decimal *unit_cost) MUST_CHECK;
/* The other way: unused parts come back at the cost at which they went. */
enum status stock_return(
    const struct actor *, const struct issue *, struct decimal unit_cost) MUST_CHECK;
/* Receives at a cost: the moving average follows. */
enum status stock_receive(const struct actor *, int64_t part_id, struct decimal quantity,
    struct decimal unit_cost, const char *note) MUST_CHECK;
/* Two parts become one: what is on hand goes over by a pair of transfers at its cost, and what is
 * reserved with it. */
enum status stock_merge(const struct actor *, int64_t from, int64_t into) MUST_CHECK;
/* Adds to (or takes from) what is reserved; never below zero: CONFLICT. */
enum status stock_reserve(
    const struct actor *, int64_t part_id, struct decimal quantity) MUST_CHECK;

#endif
