/*
 * job.h: what happens without a request.  A job does a little of its work on one site's database in
 * short transactions of its own; the crew (crew.h) calls it again and again, with back-off when it
 * fails.
 */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct actor;
struct config;

struct job_turn {
	const struct actor *by; /* the program itself, on the site's database */
	const struct config *config;
	const char *site;   /* its name, for the log */
	const char *schema; /* its database, for a second connection */
};

struct job {
	const char *name;
	/* *more (false before): there is more to do at once.  Other than OK: again later. */
	enum status (*work)(const struct job_turn *, bool *more);
	int64_t every; /* µs until the next turn when there is no more to do; 0: the next round */
	bool leased;   /* one process a site at a time; the others claim their rows one by one */
};

enum status seal_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status notify_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status expire_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status search_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status sweep_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status deliver_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status log_check_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status log_export_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status merge_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status invite_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status import_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status pictures_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status texts_work(const struct job_turn *, bool *more) MUST_CHECK;
enum status print_work(const struct job_turn *, bool *more) MUST_CHECK;

#endif
