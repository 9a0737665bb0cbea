/* dashboard.h: the counts of the first pages that are no list of work orders. */
#ifndef MODEL_DASHBOARD_H
#define MODEL_DASHBOARD_H

#include "base/shape.h"

struct actor;

struct dashboard {
	int64_t machines_down; /* in their departments, for a supervisor */
	int64_t to_approve;
	int64_t to_issue;
	int64_t below_minimum;
	int64_t people;
	int64_t invited;
	int64_t mail_failed;
};

enum status dashboard_read(const struct actor *, struct dashboard *) MUST_CHECK;

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
};

extern const struct shape down_shape;

/* Longest first; of their departments for a supervisor or a technician. */
enum status dashboard_down(const struct actor *, int most, struct rows *) MUST_CHECK;

#endif
