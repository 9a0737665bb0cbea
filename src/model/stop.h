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

/* A stop as a person enters or corrects it. */
struct stop_entry {
	struct instant started_at;
	struct instant ended_at; /* not known: it still stands, which only one that stands may */
	bool planned;
	bool failure;       /* never of a planned one */
	const char *reason; /* why it is entered or corrected by hand */
};

/* Whatever its machine.  NOT_FOUND. */
enum status stop_find(
    const struct actor *, int64_t id, struct stop_entry *, struct stop *) MUST_CHECK;
/*
 * By hand, with a reason, and an event of the machine.  INVALID with *why, a msgid: the end lies
 * before the start or in the future, or the machine has such a stop at that time already.  Those of
 * work orders may overlap: each has its own.
 */
enum status stop_add(const struct actor *, int64_t machine_id, const struct stop_entry *,
    int64_t *id, const char **why) MUST_CHECK;
/* CONFLICT: it is no longer the version that the person saw. */
enum status stop_edit(const struct actor *, int64_t id, int64_t version, const struct stop_entry *,
    const char **why) MUST_CHECK;

#endif
