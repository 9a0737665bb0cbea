/* scope.c: see scope.h. */
#include "model/scope.h"

struct scope
scope_of(const struct actor *by, enum permission permission)
{
	struct scope s = { .departments = "", .free_in = "" };

	switch (permission_reach(by->role, permission)) {
	case REACH_ALL:
		s.all = true;
		break;
	case REACH_DEPARTMENT:
		s.departments = by->departments;
		break;
	case REACH_OWN:
		if (by->role == TECHNICIAN) {
			s.assignee = by->user_id;
			s.free_in = by->departments;
		} else {
			s.reporter = by->user_id;
		}
		break;
	case REACH_NONE:
		break;
	}
	return s;
}
