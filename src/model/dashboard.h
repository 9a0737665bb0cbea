/* dashboard.h: the counts of the first pages that are no list of work orders. */
#ifndef MODEL_DASHBOARD_H
#define MODEL_DASHBOARD_H

#include "base/shape.h"

struct actor;

/* What happened since the week began, everywhere. */
struct dashboard_week {
	int64_t reported;
	int64_t completed;
	struct decimal cost; /* of what was completed */
	int64_t stops;       /* that began */
	int64_t downtime_s; /* unplanned, of each machine on its own; what still stands until now */
};

extern const struct shape dashboard_week_shape;

/* Only what the actor's role is shown is looked for; the rest is 0. */
struct dashboard {
	int64_t machines_down; /* in their departments, for a supervisor */
	int64_t to_approve;
	int64_t to_issue;
	int64_t below_minimum;
	int64_t reports_waiting; /* without an account; in their departments, for a supervisor */
	int64_t imports_open;    /* begun and not ended */
	int64_t people;
	int64_t invited; /* have no password yet */
	int64_t mail_failed;
	int64_t mail_waiting;  /* for more than ten minutes */
	int64_t event_waiting; /* unsealed */
	bool jobs_alive;
	const char *log_fault;              /* "" for none: model/log.h */
	struct instant log_checked_at;      /* not known: never */
	bool has_departments, has_machines; /* or ever had */
	struct dashboard_week week;         /* a manager's */
};

extern const struct shape dashboard_shape;

/* imports: the kinds that are counted, with commas between them. */
enum status dashboard_read(
    const struct actor *, struct instant week, const char *imports, struct dashboard *) MUST_CHECK;

/* A machine that stands still now. */
struct down {
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	const char *department_name;
	struct instant started_at;
	struct number work_order_id; /* not known: none, or not to be seen */
	const char *work_order_number;
	const char *assignee_name;
	bool taken; /* somebody has the work order, whether it may be seen or not */
};

extern const struct shape down_shape;

/* Longest first; of their departments for a supervisor or a technician. */
enum status dashboard_down(const struct actor *, int most, struct rows *) MUST_CHECK;

/* A part of which fewer are on hand than shall be, and the vendor who delivers it soonest. */
struct low {
	int64_t id;
	const char *number;
	const char *name;
	const char *unit;
	struct decimal on_hand;
	struct decimal minimum;
	struct decimal waited; /* what approved parts requests still wait for */
	struct number vendor_id;
	const char *vendor_name;
	struct date expected_on; /* ordered today; not known: no vendor says how long he takes */
};

extern const struct shape low_shape;

/* By number, as the list of parts below their minimum. */
enum status dashboard_low(const struct actor *, int most, struct rows *) MUST_CHECK;

#endif
