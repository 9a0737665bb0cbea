/* log.h: the activity log as a whole: does its chain hold, and ranges of it as files. */
#ifndef MODEL_LOG_H
#define MODEL_LOG_H

#include "base/shape.h"
#include "model/event.h"

struct actor;

struct log_check {
	struct instant wanted_at;
	int64_t at_seq; /* how far the one under way has come */
	const char *at_hash;
	struct instant started_at; /* not known: none is under way */
	struct instant checked_at; /* when the last one ended */
	const char *fault;         /* a word; "" for none */
	int64_t fault_seq;
	int64_t fault_event_id;
	int64_t links; /* that hold */
	const char *head;
};

extern const struct shape log_check_shape;
extern const struct words log_fault_words; /* "" is that it holds */

enum status log_check_find(const struct actor *, struct log_check *) MUST_CHECK;
/* A check from the beginning, soon; asked for already is OK and no event. */
enum status log_check_ask(const struct actor *) MUST_CHECK;
/* For the job: how it stands.  A fault that was not known before is an event. */
enum status log_check_keep(const struct actor *, const struct log_check *) MUST_CHECK;

struct log_export {
	int64_t id;
	const char *state; /* a word */
	const char *user_name;
	int64_t of_user_id;
	const char *of_user_name; /* NULL: anybody */
	const char *act, *kind, *address;
	int64_t record_id;
	struct instant from_at, to_at;
	const char *file;
	int64_t events;
	struct instant created_at;
	struct instant done_at;
};

extern const struct shape log_export_shape;
extern const struct words log_export_words;

/* Queues a file of all events that fit. */
enum status log_export_ask(const struct actor *, const struct event_filter *) MUST_CHECK;
/* The latest, newest first. */
enum status log_export_list(const struct actor *, int most, struct rows *) MUST_CHECK;
enum status log_export_find(const struct actor *, int64_t id, struct log_export *) MUST_CHECK;

/* For the job: the oldest that waits, or whose maker died; it is the caller's for a minute.
 * NOT_FOUND. */
enum status log_export_take(const struct actor *, struct log_export *) MUST_CHECK;
/* So many were written: the lease goes on.  CONFLICT: it was taken over. */
enum status log_export_progress(const struct actor *, int64_t id, int64_t events) MUST_CHECK;
/* file NULL: it failed. */
enum status log_export_done(
    const struct actor *, int64_t id, const char *file, int64_t events) MUST_CHECK;
/* One that is older than that and whose file is to be removed: marked GONE.  NOT_FOUND. */
enum status log_export_expire(
    const struct actor *, struct instant before, struct log_export *) MUST_CHECK;

/* Who or what a text means: people by name or e-mail, records by number. */
struct log_subject {
	const char *kind; /* "user", "work_order", "machine", "part" */
	int64_t id;
	const char *title;
};

extern const struct shape log_subject_shape;

/* At most ten; those that fit exactly first. */
enum status log_people(const struct actor *, const char *text, struct rows *) MUST_CHECK;
enum status log_records(const struct actor *, const char *number, struct rows *) MUST_CHECK;

#endif
