/* history.c: all histories; see history.h. */
#include <string.h>

#include "register/history.h"

const struct history *const histories[] = {
	&work_order_history,
	&stop_history,
	&movement_history,
	&reading_history,
};

const size_t history_count = COUNT(histories);

const struct history *
history_of_kind(const char *kind)
{
	for (size_t i = 0; i < history_count; i++)
		if (strcmp(histories[i]->kind, kind) == 0)
			return histories[i];
	return NULL;
}

bool
history_sees(const struct history *h, enum role role, const char *member)
{
	for (size_t i = 0; h->closed != NULL && h->closed[i] != NULL; i++)
		if (strcmp(h->closed[i], member) == 0)
			return permission_reach(role, h->closed_to) != REACH_NONE;
	return true;
}
