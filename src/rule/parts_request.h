/*
 * parts_request.h: where a parts request stands, which follows from its lines, and what may be done
 * with a line.  Quantities are in ten-thousandths, as in struct decimal.
 */
#ifndef RULE_PARTS_REQUEST_H
#define RULE_PARTS_REQUEST_H

#include "base/shape.h"

enum pr_state {
	PR_REQUESTED,
	PR_APPROVED,
	PR_PARTLY_ISSUED,
	PR_ISSUED,
	PR_REJECTED,
	PR_CANCELLED,
	PR_STATES /* also: no state */
};

extern const struct words pr_state_words; /* index = enum pr_state */

struct pr_line {
	int64_t asked, approved, issued, returned;
	bool decided; /* approved says how much; 0 is rejected */
	bool rejected;
	bool cancelled; /* what is not issued yet will not be */
};

/* A request whose rest was cancelled after something was issued is ISSUED. */
enum pr_state pr_state_of(const struct pr_line *, size_t count);
/* PR_STATES when there is no such code. */
enum pr_state pr_state_code(const char *code);
/* Somebody still has to decide or to issue. */
bool pr_is_open(enum pr_state);
/* Still to issue, never below 0. */
int64_t pr_open(const struct pr_line *);

/* What is wrong with a quantity, a msgid; NULL when nothing is. */
const char *pr_approve_fault(const struct pr_line *, int64_t quantity);
const char *pr_issue_fault(const struct pr_line *, int64_t quantity);
const char *pr_return_fault(const struct pr_line *, int64_t quantity);
/* Who gets less than asked (nothing is a rejection) is told why. */
bool pr_reason_needed(const struct pr_line *, const int64_t *approved, size_t count);

#endif
