/*
 * past.h: histories as files have them: one struct is what an export gives and an import takes.
 *
 * Lists read so many at a time, behind `last` (NULL: from the first on), each in the order of an
 * index.  What the actor may not see is not in them, or empty.
 */
#ifndef MODEL_PAST_H
#define MODEL_PAST_H

#include "base/shape.h"
#include "model/stop_list.h"
#include "model/work_order.h"

struct actor;

struct past_order {
	int64_t id;
	const char *number;
	const char *key; /* what another program called it */
	const char *state;
	const char *machine_number;
	const char *kind, *priority;
	const char *description;
	/* "Anna Weber <anna@…>"; the name alone for who may not see addresses, or without account
	 */
	const char *reporter, *assignee;
	struct date due_on;
	const char *problem_code, *cause_code, *remedy_code;
	const char *resolution;
	struct instant reported_at, accepted_at, completed_at, confirmed_at;
	const char *confirmed_by;
	const char *signed_name;
	struct instant cancelled_at;
	const char *cancel_reason;
	bool machine_down;                  /* when it was reported */
	struct instant stopped_at, runs_at; /* its latest stop */
	struct decimal stop_hours;
	bool stop_planned, stop_failure;
	const char *stop_note;
	struct decimal labour_hours;
	struct decimal labour_cost, parts_cost, other_cost;
	/* As the list shows it. */
	const char *problem;
	const char *machine_name;
	const char *assignee_name;
	struct decimal total_cost;
};

extern const struct shape past_order_shape;

struct past_movement {
	int64_t id;
	int64_t part_id;
	const char *part_number;
	struct instant at;
	const char *kind;        /* movement_words */
	struct decimal quantity; /* signed: what it adds */
	struct decimal unit_cost;
	const char *work_order_number;
	const char *note;
	/* As the list shows it. */
	const char *part_name;
	struct decimal on_hand_after;
	const char *user_name;
};

extern const struct shape past_movement_shape;

/* A stop is struct stop_row, of stop_rows(): where a list of machines has them, or all. */

struct past_reading {
	int64_t id;
	int64_t meter_id;
	const char *machine_number;
	const char *meter;
	struct instant at;
	struct decimal value;
	bool began_again; /* the counter did, before it */
	bool sure;        /* whatever the jump: it is on record */
	const char *note;
	const char *unit, *kind; /* of the meter, as are these */
	bool run_hours;
	struct decimal rollover;
	/* As the list shows it. */
	const char *machine_name;
	const char *user_name;
	const char *source;
};

extern const struct shape past_reading_shape;

/* Of histories that are lists of times. */
struct past_filter {
	int64_t of;              /* the part, or the meter; 0: of all */
	int64_t machine_id;      /* of its meters, all; or 0 */
	struct instant from, to; /* not known: no bound */
	bool oldest_first;
};

/* In the order of their time. */
enum status past_movements(const struct actor *, const struct past_filter *,
    const struct past_movement *last, int most, struct rows *) MUST_CHECK;

/* By meter, and in the order of their time; those that count. */
enum status past_readings(const struct actor *, const struct past_filter *,
    const struct past_reading *last, int most, struct rows *) MUST_CHECK;

/* As work_order_list(), which it follows. */
enum status past_orders(const struct actor *, const struct work_order_filter *,
    const struct past_order *last, int most, struct rows *) MUST_CHECK;

#endif
