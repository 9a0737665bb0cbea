/* work_order.c: the table of the work order's states; see work_order.h. */
#include "rule/work_order.h"
#include "base/buf.h"

static const struct word states[] = {
	{ "PENDING", "Pending" },
	{ "IN_PROGRESS", "In progress" },
	{ "WAITING_PARTS", "Waiting for parts" },
	{ "COMPLETED", "Completed" },
	{ "CANCELLED", "Cancelled" },
};

static const struct word acts[] = {
	{ "accept", "Accept" },
	{ "release", "Give back" },
	{ "log", "Record work" },
	{ "ask_parts", "Ask for parts" },
	{ "resume", "Resume" },
	{ "parts_settled", "Parts settled" },
	{ "complete", "Complete" },
	{ "confirm", "Confirm" },
	{ "reopen", "Reopen" },
	{ "cancel", "Cancel" },
	{ "edit", "Edit" },
	{ "follow", "Follow" },
};

static const struct word priorities[] = {
	{ "LOW", "Low" },
	{ "MEDIUM", "Medium" },
	{ "HIGH", "High" },
	{ "CRITICAL", "Critical" },
};

static const struct word kinds[] = {
	{ "CORRECTIVE", "Corrective" },
	{ "PREVENTIVE", "Preventive" },
	{ "INSPECTION", "Inspection" },
	{ "IMPROVEMENT", "Improvement" },
	{ "SAFETY", "Safety" },
};

static const struct word statuses[] = {
	{ "OPERATIONAL", "Running" },
	{ "DOWN", "Down" },
	{ "MAINTENANCE", "In maintenance" },
	{ "DECOMMISSIONED", "Decommissioned" },
};

const struct words wo_state_words = WORDS(states);
const struct words wo_act_words = WORDS(acts);
const struct words wo_priority_words = WORDS(priorities);
const struct words wo_kind_words = WORDS(kinds);
const struct words machine_status_words = WORDS(statuses);

_Static_assert(COUNT(states) == WO_STATES, "a word for each state");
_Static_assert(COUNT(acts) == WO_ACTS, "a word for each act");

struct row {
	enum wo_state state;
	enum wo_act act;
	enum permission permission;
	enum wo_state next;
};

/* What is not here is illegal. */
static const struct row table[] = {
	/* clang-format off */
	{ WO_PENDING,       WO_ACCEPT,        WORK_ORDER_WORK,      WO_IN_PROGRESS },
	{ WO_PENDING,       WO_CANCEL,        WORK_ORDER_CANCEL,    WO_CANCELLED },
	{ WO_PENDING,       WO_EDIT,          WORK_ORDER_EDIT,      WO_PENDING },
	{ WO_PENDING,       WO_FOLLOW,        WORK_ORDER_VIEW,      WO_PENDING },

	{ WO_IN_PROGRESS,   WO_LOG,           WORK_ORDER_WORK,      WO_IN_PROGRESS },
	{ WO_IN_PROGRESS,   WO_ASK_PARTS,     PARTS_REQUEST_CREATE, WO_WAITING_PARTS },
	{ WO_IN_PROGRESS,   WO_COMPLETE,      WORK_ORDER_WORK,      WO_COMPLETED },
	{ WO_IN_PROGRESS,   WO_RELEASE,       WORK_ORDER_WORK,      WO_PENDING },
	{ WO_IN_PROGRESS,   WO_CANCEL,        WORK_ORDER_CANCEL,    WO_CANCELLED },
	{ WO_IN_PROGRESS,   WO_EDIT,          WORK_ORDER_EDIT,      WO_IN_PROGRESS },
	{ WO_IN_PROGRESS,   WO_FOLLOW,        WORK_ORDER_VIEW,      WO_IN_PROGRESS },

	{ WO_WAITING_PARTS, WO_LOG,           WORK_ORDER_WORK,      WO_WAITING_PARTS },
	{ WO_WAITING_PARTS, WO_ASK_PARTS,     PARTS_REQUEST_CREATE, WO_WAITING_PARTS },
	{ WO_WAITING_PARTS, WO_RESUME,        WORK_ORDER_WORK,      WO_IN_PROGRESS },
	{ WO_WAITING_PARTS, WO_PARTS_SETTLED, NO_PERMISSION,        WO_IN_PROGRESS },
	{ WO_WAITING_PARTS, WO_CANCEL,        WORK_ORDER_CANCEL,    WO_CANCELLED },
	{ WO_WAITING_PARTS, WO_EDIT,          WORK_ORDER_EDIT,      WO_WAITING_PARTS },
	{ WO_WAITING_PARTS, WO_FOLLOW,        WORK_ORDER_VIEW,      WO_WAITING_PARTS },

	{ WO_COMPLETED,     WO_CONFIRM,       WORK_ORDER_CONFIRM,   WO_COMPLETED },
	{ WO_COMPLETED,     WO_REOPEN,        WORK_ORDER_CONFIRM,   WO_IN_PROGRESS },
	{ WO_COMPLETED,     WO_FOLLOW,        WORK_ORDER_VIEW,      WO_COMPLETED },

	{ WO_CANCELLED,     WO_FOLLOW,        WORK_ORDER_VIEW,      WO_CANCELLED },
	/* clang-format on */
};

static const struct row *
find(enum wo_state state, enum wo_act act)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].state == state && table[i].act == act)
			return &table[i];
	return NULL;
}

bool
wo_leads(enum wo_state state, enum wo_act act, enum wo_state *next)
{
	const struct row *row = find(state, act);

	if (row == NULL)
		return false;
	if (next != NULL)
		*next = row->next;
	return true;
}

bool
wo_may(enum wo_state state, enum wo_act act, enum role role, enum wo_state *next)
{
	const struct row *row = find(state, act);

	if (row == NULL || permission_reach(role, row->permission) == REACH_NONE)
		return false;
	return wo_leads(state, act, next);
}

unsigned
wo_acts(enum wo_state state, enum role role)
{
	unsigned set = 0;

	for (int act = 0; act < WO_ACTS; act++)
		if (wo_may(state, (enum wo_act)act, role, NULL))
			set |= WO_BIT(act);
	return set;
}

enum permission
wo_permission(enum wo_act act)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].act == act)
			return table[i].permission;
	return NO_PERMISSION;
}

enum wo_state
wo_state_of(const char *code)
{
	int i = word_index(&wo_state_words, code);

	return i < 0 ? WO_STATES : (enum wo_state)i;
}

bool
wo_is_open(enum wo_state state)
{
	return state == WO_PENDING || state == WO_IN_PROGRESS || state == WO_WAITING_PARTS;
}

static void
print_row(struct buf *out, enum wo_state state, enum wo_act act)
{
	static const char *const reaches[] = { "-", "own", "department", "all" };
	enum permission permission = wo_permission(act);
	enum wo_state next;
	bool legal = wo_leads(state, act, &next);

	buf_print(out, "%-13s %-13s %-13s", states[state].code, acts[act].code,
	    legal ? states[next].code : "-");
	for (int r = VISITOR; r < ROLES; r++)
		buf_print(out, " %-*s", r == ROLES - 1 ? 0 : 10,
		    wo_may(state, act, (enum role)r, NULL)
			? reaches[permission_reach((enum role)r, permission)]
			: "-");
	buf_text(out, legal && permission == NO_PERMISSION ? " system\n" : "\n");
}

void
wo_print(struct buf *out)
{
	buf_print(out, "%-13s %-13s %-13s", "state", "act", "next");
	for (int r = VISITOR; r < ROLES; r++)
		buf_print(out, " %-*s", r == ROLES - 1 ? 0 : 10, role_code((enum role)r));
	buf_text(out, "\n");
	for (int state = 0; state < WO_STATES; state++)
		for (int act = 0; act < WO_ACTS; act++)
			print_row(out, (enum wo_state)state, (enum wo_act)act);
}
