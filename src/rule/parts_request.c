/* parts_request.c: see parts_request.h. */
#include "rule/parts_request.h"

static const struct word states[] = {
	{ "REQUESTED", "Requested" },
	{ "APPROVED", "Approved" },
	{ "PARTLY_ISSUED", "Partly issued" },
	{ "ISSUED", "Issued" },
	{ "REJECTED", "Rejected" },
	{ "CANCELLED", "Cancelled" },
};

const struct words pr_state_words = WORDS(states);

_Static_assert(COUNT(states) == PR_STATES, "a word for each state");

int64_t
pr_open(const struct pr_line *l)
{
	if (!l->decided || l->rejected || l->cancelled || l->approved <= l->issued)
		return 0;
	return l->approved - l->issued;
}

enum pr_state
pr_state_of(const struct pr_line *line, size_t count)
{
	bool undecided = count == 0, open = false, issued = false, cancelled = false;

	for (size_t i = 0; i < count; i++) {
		undecided =
		    undecided || !(line[i].decided || line[i].rejected || line[i].cancelled);
		open = open || pr_open(&line[i]) > 0;
		issued = issued || line[i].issued > 0;
		cancelled = cancelled || line[i].cancelled;
	}
	if (undecided)
		return PR_REQUESTED;
	if (open)
		return issued ? PR_PARTLY_ISSUED : PR_APPROVED;
	if (issued)
		return PR_ISSUED;
	return cancelled ? PR_CANCELLED : PR_REJECTED;
}

enum pr_state
pr_state_code(const char *code)
{
	int i = word_index(&pr_state_words, code);

	return i < 0 ? PR_STATES : (enum pr_state)i;
}

bool
pr_is_open(enum pr_state state)
{
	return state == PR_REQUESTED || state == PR_APPROVED || state == PR_PARTLY_ISSUED;
}

const char *
pr_approve_fault(const struct pr_line *l, int64_t quantity)
{
	if (l->decided || l->cancelled)
		return "This was decided already.";
	if (quantity < 0)
		return "A quantity cannot be below zero.";
	return quantity > l->asked ? "That is more than was asked for." : NULL;
}

const char *
pr_issue_fault(const struct pr_line *l, int64_t quantity)
{
	if (quantity <= 0)
		return "Give a quantity above zero.";
	return quantity > pr_open(l) ? "That is more than is still to issue." : NULL;
}

const char *
pr_return_fault(const struct pr_line *l, int64_t quantity)
{
	if (quantity <= 0)
		return "Give a quantity above zero.";
	return quantity > l->issued - l->returned ? "That is more than was issued." : NULL;
}

bool
pr_reason_needed(const struct pr_line *line, const int64_t *approved, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (approved[i] < line[i].asked)
			return true;
	return false;
}
