/* paper_job_card.h: a work order on paper, to take along to the machine and to fill in by hand. */
#ifndef VIEW_PAPER_JOB_CARD_H
#define VIEW_PAPER_JOB_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct catalogue;
struct paper_bytes;

struct job_step {
	const char *text;
	const char *note; /* reading, by whom; may be NULL */
	bool done;
};

struct job_entry { /* one line of the work log */
	const char *at, *by, *text;
};

struct job_part {
	const char *number, *name, *asked, *issued;
};

/*
 * All texts as people read them: words translated, times and numbers in the reader's locale.  Any
 * may be NULL: of a fact an empty line is left, to fill in; a list of 0 is left out, but for the
 * parts.
 */
struct job_card {
	const char *site;
	const char *printed; /* when and by whom, for the footer */
	const char *url;     /* of the work order, for the QR code */
	const char *number;  /* WO-000123 */
	const char *title;
	const char *kind; /* corrective, preventive … */
	const char *priority;
	bool urgent; /* the priority in white on black */
	const char *state;
	const char *machine, *machine_code, *department, *location;
	const char *reported_by, *reported_at, *due, *assigned, *failure_code;
	const char *description;
	const char *safety; /* lock-out and the like; in a frame */
	const char *cause, *remedy, *done;
	const struct job_step *steps;
	size_t step_count;
	const struct job_entry *log;
	size_t log_count;
	const struct job_part *parts;
	size_t part_count;
};

/* A4 PDF, captions by the catalogue.  INVALID when the address does not fit a QR code; FAILED as
 * paper.h. */
enum status paper_job_card(struct arena *, const char *font_dir, const struct catalogue *,
    const struct job_card *, struct paper_bytes *out) MUST_CHECK;

#endif
