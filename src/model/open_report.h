/*
 * open_report.h: what people without an account report at a machine.  It waits until a supervisor
 * confirms it; then it is a work order, or joins the one that the machine has already.
 *
 * The reporter follows it by a link with a secret, of which only the digest is kept.
 */
#ifndef MODEL_OPEN_REPORT_H
#define MODEL_OPEN_REPORT_H

#include "base/shape.h"

struct actor;

struct open_report {
	int64_t id;
	const char *state; /* a word: open_report_state_words */
	int64_t machine_id;
	const char *machine_code, *machine_number, *machine_name, *machine_location;
	int64_t department_id;
	const char *department_name;
	const char *said_name;
	struct number user_id; /* whose badge it was */
	struct number problem_code_id;
	const char *problem_name;
	const char *description;
	bool machine_down;
	struct number work_order_id; /* what it became, or joined */
	const char *work_order_number;
	const char *work_order_state; /* NULL as long as there is none */
	struct instant accepted_at, completed_at;
	bool joined;
	const char *reason;
	struct instant reported_at, decided_at;
	const char *decided_name;
	struct number open_id; /* what is open at the machine now */
	const char *open_number;
};

extern const struct words open_report_state_words;
extern const struct shape open_report_shape;

/* What somebody reports; reported_at is the actor's now. */
struct open_report_new {
	int64_t machine_id, department_id;
	const char *said_name;
	int64_t user_id; /* of the badge, or 0 */
	struct number problem_code_id;
	const char *description;
	bool machine_down;
};

/* What a visitor may know of the machine's newest open work order. */
struct open_known {
	const char *state; /* a word: wo_state_words */
	const char *problem_name;
	struct instant reported_at;
};

extern const struct shape open_known_shape;

/* NOT_FOUND when nothing is open. */
enum status open_report_known(
    const struct actor *, int64_t machine_id, struct open_known *) MUST_CHECK;
/* The machine's most used problem codes, then the others: struct option rows, at most most. */
enum status open_report_problems(
    const struct actor *, int64_t machine_id, int most, struct rows *) MUST_CHECK;
/* The person of a badge's code, who may still sign in; NOT_FOUND. */
struct badge {
	int64_t id;
	const char *name;
};
enum status open_report_badge(const struct actor *, const char *code, struct badge *) MUST_CHECK;

/*
 * CONFLICT: this secret was used already, for the same form.  confirmed: the site asks no
 * confirmation of people with a badge, so it is settled at once.
 */
enum status open_report_make(const struct actor *, const struct open_report_new *,
    const char *secret, int64_t *id, bool *confirmed) MUST_CHECK;
enum status open_report_by_secret(
    const struct actor *, const char *secret, struct open_report *) MUST_CHECK;
/* More words of the reporter.  CONFLICT when it is over: rejected, or the work is done. */
enum status open_report_add_to(
    const struct actor *, const struct open_report *, const char *text) MUST_CHECK;

/* Those that wait, in the actor's departments, oldest first. */
enum status open_report_list(const struct actor *, int most, struct rows *) MUST_CHECK;
enum status open_report_count(const struct actor *, int64_t *) MUST_CHECK;
enum status open_report_find(const struct actor *, int64_t id, struct open_report *) MUST_CHECK;
/*
 * another: a work order of its own although one is open.  CONFLICT when it was decided already.
 */
enum status open_report_confirm(
    const struct actor *, int64_t id, bool another, int64_t *work_order_id) MUST_CHECK;
enum status open_report_reject(const struct actor *, int64_t id, const char *reason) MUST_CHECK;

#endif
