/*
 * stop.h: the intervals in which a machine did not do its duty.  All run inside an act's
 * transaction.
 */
#ifndef MODEL_STOP_H
#define MODEL_STOP_H

#include "base/shape.h"

struct actor;
struct work_order;

struct stop {
	int64_t id;
	int64_t machine_id;
	struct number work_order_id;
	struct instant started_at;
	struct instant ended_at; /* not known: it still stands */
	bool planned;
	const char *correction;
	int64_t seconds; /* until the end, or until now */
	int64_t version;
};

extern const struct shape stop_shape;

/* The work order's latest stop; NOT_FOUND when the machine never stood still for it. */
enum status stop_of_work_order(
    const struct actor *, int64_t work_order_id, struct stop *) MUST_CHECK;
/* The machine's open stop, longest first; NOT_FOUND when it runs. */
enum status stop_open_of(const struct actor *, int64_t machine_id, struct stop *) MUST_CHECK;
/* The machine's stops, latest first. */
enum status stop_list(const struct actor *, int64_t machine_id, int most, struct rows *) MUST_CHECK;

/* Starts the clock, sets the machine DOWN; nothing when it stands already for this work order. */
enum status stop_start(
    const struct actor *, const struct work_order *, struct instant at) MUST_CHECK;
/* Ends it at `at`; the machine runs again unless another stop is open. */
enum status stop_end(const struct actor *, const struct work_order *, struct instant at) MUST_CHECK;
/*
 * Sets both ends by hand, with a reason.  INVALID when the end lies before the start or in the
 * future.  A start that is not known stays as it was.
 */
enum status stop_correct(const struct actor *, const struct work_order *, struct instant start,
    struct instant end, const char *reason) MUST_CHECK;

#endif
