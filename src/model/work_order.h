/*
 * work_order.h: a work order from the first report to the closure.
 *
 * Acts run inside the transaction that serve() has begun; each locks the work order, asks the table
 * of rule/work_order.h whether it is legal, and writes its event.  Outcomes of every act: NOT_FOUND
 * when the actor may not see it, CONFLICT when its state does not allow the act (work_order_find()
 * tells the state).
 */
#ifndef MODEL_WORK_ORDER_H
#define MODEL_WORK_ORDER_H

#include "base/shape.h"
#include "model/event.h"
#include "rule/permission.h"
#include "rule/work_order.h"

struct actor;

struct work_order {
	int64_t id;
	const char *number;
	const char *kind;
	const char *state;
	const char *priority;
	int64_t machine_id;
	const char *machine_code;
	const char *machine_number;
	const char *machine_name;
	const char *machine_location;
	const char *machine_status;
	int64_t department_id;
	const char *department_name;
	struct number reporter_id;
	const char *reporter_name;
	struct number assignee_id;
	const char *assignee_name;
	struct number problem_code_id;
	const char *problem_name;
	struct number cause_code_id;
	const char *cause_name;
	struct number remedy_code_id;
	const char *remedy_name;
	const char *description;
	bool machine_down;
	struct date due_on; /* the last day */
	bool overdue;       /* open, and that day is over in the plant */
	const char *resolution;
	const char *signed_name;
	const char *signature;
	struct instant reported_at;
	struct instant accepted_at;
	struct instant completed_at;
	struct instant confirmed_at;
	const char *confirmed_name;
	struct instant cancelled_at;
	const char *cancel_reason;
	int64_t labour_minutes;
	struct decimal labour_cost;
	struct decimal parts_cost;
	struct decimal other_cost;
	struct decimal total_cost;
	struct instant
	    stopped_at; /* its latest stop: not known when the machine never stood still for it */
	struct instant runs_at;     /* not known: it still stands */
	struct number stop_seconds; /* until it runs, or until now */
	struct number open_seconds; /* from the report to the completion */
	int64_t logs;               /* how many work logs, files and parts requests it has */
	int64_t files;
	int64_t requests;
	bool followed; /* by who asks */
	int64_t version;
};

extern const struct shape work_order_shape;

/* A line of a list: what a person needs to choose. */
struct work_order_row {
	int64_t id;
	const char *number;
	const char *kind;
	const char *state;
	const char *priority;
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	const char *machine_location;
	const char *machine_status;
	const char *department_name;
	const char *reporter_name;
	const char *assignee_name;
	const char *problem_name;
	const char *description; /* its first 160 characters */
	bool machine_down;
	struct date due_on;
	bool overdue;
	struct instant reported_at;
	struct instant completed_at;
	struct decimal total_cost;
};

extern const struct shape work_order_row_shape;

/* What to list; what is NULL or 0 does not filter.  The actor's scope always applies. */
struct work_order_filter {
	const char *state; /* a state, or "OPEN" for the three that are not closed, or "CONFIRM" */
	const char *priority;
	int64_t department_id;
	int64_t machine_id;
	int64_t assignee_id;
	const char *number;         /* begins so */
	bool free_only;             /* nobody has it */
	bool overdue;               /* its last day is over in the plant */
	struct instant from, until; /* reported at the first or later, before the second */
	struct instant completed;   /* completed then or later */
	bool oldest_first;
	bool by_due;             /* by last day, then by priority; for lists of one page */
	struct instant after_at; /* the last one seen: reported_at */
	int64_t after_id;        /* and id */
};

/* "week", "month", "older": reported up to 7 days ago, 8 to 30, or before; NULL: whenever. */
void work_order_age(struct work_order_filter *, const char *age, struct instant now);

enum status work_order_list(
    const struct actor *, const struct work_order_filter *, int most, struct rows *) MUST_CHECK;
/* How many each filter finds, up to most; for tiles: one query for all of them, at most WO_COUNTS.
 */
enum { WO_COUNTS = 6 };
enum status work_order_counts(const struct actor *, const struct work_order_filter *, size_t count,
    int most, int64_t out[WO_COUNTS]) MUST_CHECK;

enum status work_order_find(const struct actor *, int64_t id, struct work_order *) MUST_CHECK;
/* Who has it, for a technician who came too late; NOT_FOUND outside of their departments. */
enum status work_order_holder(const struct actor *, int64_t id, struct work_order *) MUST_CHECK;
/* The machine's work orders that are not closed, of those the actor may see. */
enum status work_order_open_of(const struct actor *, int64_t machine_id, struct rows *) MUST_CHECK;

struct report {
	int64_t machine_id;
	const char *priority;
	struct number problem_code_id;
	const char *description;
	bool machine_down;
	bool another; /* although the machine has an open work order already */
	/* Only for work_order_report_for(): */
	int64_t reporter_id;
	const char *reporter_said; /* the name of a reporter without an account, or NULL */
	struct instant reported_at;
};

/*
 * CONFLICT when the machine has an open work order and `another` is not set.  When it has one that
 * the actor may not see, what they say is added to that, and they follow it: *known.
 */
enum status work_order_report(
    const struct actor *, const struct report *, int64_t *id, bool *known) MUST_CHECK;
/* For who sees none that is open at the machine: is there one all the same? */
enum status work_order_known(const struct actor *, int64_t machine_id, bool *known) MUST_CHECK;
/*
 * For a report that was made earlier, by somebody else; the actor confirms it and is not asked
 * whether they may report.  The machine's stop begins when it was reported.
 */
enum status work_order_report_for(
    const struct actor *, const struct report *, int64_t *id) MUST_CHECK;
/* Says more about an open one; starts the stop when the machine is down now. */
enum status work_order_add_to(
    const struct actor *, int64_t id, const char *text, bool machine_down) MUST_CHECK;
enum status work_order_follow(const struct actor *, int64_t id) MUST_CHECK;

enum status work_order_accept(const struct actor *, int64_t id) MUST_CHECK;
enum status work_order_release(const struct actor *, int64_t id, const char *reason) MUST_CHECK;
enum status work_order_resume(const struct actor *, int64_t id) MUST_CHECK;

struct work_log {
	const char *kind; /* STEP, LABOUR, NOTE */
	const char *note;
	struct number minutes;
};

/* INVALID when the labour would cost more than the work order can hold. */
enum status work_order_log(const struct actor *, int64_t id, const struct work_log *) MUST_CHECK;

struct work_log_row {
	int64_t id;
	const char *user_name;
	const char *kind;
	const char *note;
	struct number minutes;
	struct instant at;
};

extern const struct shape work_log_shape;
extern const struct words work_log_words;
/* In the order in which it was done.  Empty for who may not see work logs. */
enum status work_log_list(const struct actor *, int64_t work_order_id, struct rows *) MUST_CHECK;

struct completion {
	struct number cause_code_id;
	struct number remedy_code_id;
	const char *resolution;
	struct number minutes;     /* labour not yet recorded */
	struct instant stopped_at; /* corrections of the stop; not known: as recorded, until now */
	struct instant runs_at;
	const char *correction; /* the reason, needed with a correction */
	const char *signed_name;
	const char *signature;
};

enum status work_order_complete(
    const struct actor *, int64_t id, const struct completion *) MUST_CHECK;
enum status work_order_confirm(const struct actor *, int64_t id) MUST_CHECK;
enum status work_order_reopen(
    const struct actor *, int64_t id, const char *reason, bool machine_down) MUST_CHECK;
enum status work_order_cancel(const struct actor *, int64_t id, const char *reason) MUST_CHECK;

struct work_order_edit {
	const char *priority;
	struct number problem_code_id;
	const char *description;
	struct date due_on;
	int64_t version; /* that the form saw; CONFLICT when it is not the row's */
};

enum status work_order_edit(
    const struct actor *, int64_t id, const struct work_order_edit *) MUST_CHECK;

/* For the other files of the model: locks the row in the actor's scope of that permission. */
enum status work_order_lock(
    const struct actor *, int64_t id, enum permission, struct work_order *) MUST_CHECK;
/* Locks it and asks the table; CONFLICT when the act is not legal. */
enum status work_order_begin(const struct actor *, int64_t id, enum wo_act, struct work_order *,
    enum wo_state *next) MUST_CHECK;
/* Sets the state (and version) and writes the event, with changes from before to now. */
enum status work_order_move(const struct actor *, const struct work_order *before,
    enum wo_state next, const char *act, const char *detail) MUST_CHECK;
/* Writes an event that belongs to its history; what ev leaves out is the work order itself. */
enum status work_order_say(
    const struct actor *, const struct work_order *, struct event ev) MUST_CHECK;
/* The state only, where the act's event has been written. */
enum status work_order_set_state(
    const struct actor *, const struct work_order *, enum wo_state) MUST_CHECK;
/* As it is now, whoever asks. */
enum status work_order_reread(const struct actor *, int64_t id, struct work_order *) MUST_CHECK;
/* When no parts are awaited any more: back to IN_PROGRESS, by the system. */
enum status work_order_parts_settled(const struct actor *, int64_t id) MUST_CHECK;

#endif
