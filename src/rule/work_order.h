/*
 * work_order.h: the states of a work order and the acts that lead from one to the next.  One table
 * in work_order.c is the whole answer; pages, model, refusals and tests read it there.
 */
#ifndef RULE_WORK_ORDER_H
#define RULE_WORK_ORDER_H

#include "base/shape.h"
#include "rule/permission.h"

struct buf;

enum wo_state {
	WO_PENDING,
	WO_IN_PROGRESS,
	WO_WAITING_PARTS,
	WO_COMPLETED,
	WO_CANCELLED,
	WO_STATES /* also: no state */
};

enum wo_act {
	WO_ACCEPT,
	WO_RELEASE,
	WO_LOG, /* a step, labour, a note, a photo */
	WO_ASK_PARTS,
	WO_RESUME,
	WO_PARTS_SETTLED, /* by the system: none of its parts requests is open any more */
	WO_COMPLETE,
	WO_CONFIRM, /* once: that it was confirmed is the caller's to check */
	WO_REOPEN,
	WO_CANCEL,
	WO_EDIT,
	WO_FOLLOW,
	WO_ACTS
};

#define WO_BIT(act) (1u << (act))

/* May that role do it in that state?  *next (may be NULL) is the state after it; unchanged when
 * not. */
bool wo_may(enum wo_state, enum wo_act, enum role, enum wo_state *next);
/* The same whoever acts: what the system asks for itself. */
bool wo_leads(enum wo_state, enum wo_act, enum wo_state *next);
/* The acts that are open to that role in that state: a set of WO_BIT(). */
unsigned wo_acts(enum wo_state, enum role);
/* Whose reach says on which work orders; NO_PERMISSION for what no person does. */
enum permission wo_permission(enum wo_act);
/* WO_STATES when there is no such code. */
enum wo_state wo_state_of(const char *code);
/* Neither completed nor cancelled. */
bool wo_is_open(enum wo_state);

extern const struct words wo_state_words; /* index = enum wo_state */
extern const struct words
    wo_act_words; /* index = enum wo_act; codes in lower case, as in addresses */
extern const struct words wo_priority_words;
extern const struct words wo_kind_words;
extern const struct words machine_status_words;

/* Every state × act × role: what the golden file holds. */
void wo_print(struct buf *);

#endif
