/*
 * event.h: everything that happens is an event, written in the transaction of the act itself.
 *
 * Insert only: the programs' database account can do nothing else.  The sealing job (job/seal.c)
 * gives committed events their order and the chain of digests.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "base/shape.h"

struct actor;

struct event {
	const char *act;  /* "work_order.completed": kind, point, what happened */
	const char *kind; /* of the record: "work_order" */
	int64_t record_id;
	const char *title; /* names the record for people: "WO-2026-000123" */
	/* Whose histories it belongs to besides the record's own; 0 for none. */
	int64_t work_order_id, machine_id, department_id;
	const char *changes; /* JSON {"member":[before,after],…}, or NULL */
};

enum status event_write(const struct actor *, const struct event *) MUST_CHECK;
/* So many at once, at most EVENT_MANY. */
enum { EVENT_MANY = 100 };
enum status event_write_many(const struct actor *, const struct event *, size_t count) MUST_CHECK;
/* {"member":[before,after]} for the members that differ; before NULL: all of after.  NULL when none
 * differ. */
const char *event_changes(
    const struct actor *, const struct shape *, const void *before, const void *after);

/* changes with one more member, [null,value]: what no column holds, as a reason. */
const char *event_with(
    const struct actor *, const char *changes, const char *member, const char *value);

/* A line of a record's history or of the activity log. */
struct event_row {
	int64_t id;
	struct instant at;
	struct number user_id;
	const char *user_name;
	const char *address;
	const char *act; /* a word: event_act_words */
	const char *kind;
	int64_t record_id;
	const char *title;
	struct number work_order_id;
	const char *changes;
};

extern const struct shape event_shape;
extern const struct words event_act_words; /* every act that exists, and its text */

/* Newest first, below `after` when that is not 0; at most most rows. */
enum status event_list_record(const struct actor *, const char *kind, int64_t record_id,
    int64_t after, int most, struct rows *) MUST_CHECK;
enum status event_list_work_order(
    const struct actor *, int64_t work_order_id, int64_t after, int most, struct rows *) MUST_CHECK;
enum status event_list_machine(
    const struct actor *, int64_t machine_id, int64_t after, int most, struct rows *) MUST_CHECK;
/*
 * The whole log, the latest first: by id, and by time where a span of time is asked for.  Any
 * filter may be empty: NULL, "", 0, not known.
 */
struct event_filter {
	int64_t user_id;
	const char *act;
	const char *kind; /* with record_id: of that record */
	int64_t record_id;
	const char *address;
	struct instant from, to; /* from the first, to before the second */
	int64_t after;           /* the id of the last event seen */
};
enum status event_list(
    const struct actor *, const struct event_filter *, int most, struct rows *) MUST_CHECK;
/* Of one record, by the same filter. */
enum status event_list_of(const struct actor *, const char *kind, int64_t record_id,
    const struct event_filter *, int most, struct rows *) MUST_CHECK;
/* What a record's history can be filtered by: events of one act each, and of one person each; by id
 * is the latest. */
enum status event_acts_of(
    const struct actor *, const char *kind, int64_t record_id, struct rows *) MUST_CHECK;
enum status event_people_of(
    const struct actor *, const char *kind, int64_t record_id, struct rows *) MUST_CHECK;

#endif
