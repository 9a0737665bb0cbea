/* stop_list.h: the stops of machines in a period: to list them, and to make figures of them. */
#ifndef MODEL_STOP_LIST_H
#define MODEL_STOP_LIST_H

#include "base/shape.h"
#include "model/machine_tree.h"

struct actor;

struct stop_row {
	int64_t id;
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	struct number work_order_id;
	const char *work_order_number;
	const char *problem_name;
	struct instant started_at;
	struct instant ended_at; /* not known: it still stands */
	bool planned;
	bool failure;
	const char *correction;
	int64_t seconds;            /* until its end, or until now */
	struct instant accepted_at; /* its work order's */
	struct instant completed_at;
	int64_t version;
};

extern const struct shape stop_row_shape;

/* Which stops: all that reach into the period, or of those that begin in it the ones that count. */
enum stop_kind { STOP_ALL, STOP_BEGUN, STOP_UNPLANNED, STOP_FAILURE, STOP_KINDS };

extern const struct words stop_kind_words; /* "all" …; index = enum stop_kind */

struct stop_query {
	struct id_list machines;
	bool all;                /* whatever the machine: machines is empty */
	struct instant from, to; /* not known: no bound */
	enum stop_kind kind;
	struct instant after_at; /* the last one seen: started_at */
	int64_t after_id;        /* and id; 0: from the latest on */
};

/* Latest first, at most most. */
enum status stop_rows(
    const struct actor *, const struct stop_query *, int most, struct rows *) MUST_CHECK;
/*
 * The plant's unplanned stops that began since `from`, or (begun: false) lasted until then or
 * later; latest first, at most most.
 */
enum status stops_since(
    const struct actor *, struct instant from, bool begun, int most, struct rows *) MUST_CHECK;
/*
 * All that reach into [from, to), in no order, without names; and, with the id 0, each time that
 * work on such a stop's work order rested on parts: from its parts request to the last issue.
 */
enum status stops_in(const struct actor *, const struct id_list *machines, struct instant from,
    struct instant to, struct rows *) MUST_CHECK;

#endif
