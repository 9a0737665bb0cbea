/* machine_history.h: everything that happened to machines, from their events. */
#ifndef MODEL_MACHINE_HISTORY_H
#define MODEL_MACHINE_HISTORY_H

#include "base/shape.h"
#include "model/machine_tree.h"

struct actor;

struct history_row {
	int64_t id;
	struct instant at;
	struct number user_id;
	const char *user_name; /* "" for the program itself */
	const char *act;       /* a word: event_act_words */
	const char *kind;
	int64_t record_id;
	const char *title;
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	struct number work_order_id;
	const char *work_order_number;
	bool open_to; /* who asks may open the work order */
	const char *problem_name;
	/* On the row with which a work order or a stop began, so that each counts once: */
	struct decimal cost;
	struct number seconds;
	const char *changes;
};

extern const struct shape history_row_shape;

/* What people filter by; index = enum history_kind. */
enum history_kind {
	HISTORY_ALL,
	HISTORY_WORK,
	HISTORY_STOPS,
	HISTORY_PARTS,
	HISTORY_READINGS,
	HISTORY_FILES,
	HISTORY_CHANGES,
	HISTORY_KINDS
};

extern const struct words history_kind_words;

struct history_query {
	struct id_list machines;
	enum history_kind kind;
	struct instant from, to; /* not known: no bound */
	int64_t user_id;         /* who did it; 0: anybody */
	int64_t after;           /* the event last seen; 0: from the latest on */
};

/*
 * Latest first, at most most.  Of work orders those that who asks may see: all, of their
 * departments (technicians too: what was done to a machine before is theirs to know), or none.
 */
enum status history_rows(
    const struct actor *, const struct history_query *, int most, struct rows *) MUST_CHECK;

#endif
