/* shift_calendar.h: when machines are asked to run; required time is made of its shifts less the
 * holidays. */
#ifndef MODEL_SHIFT_CALENDAR_H
#define MODEL_SHIFT_CALENDAR_H

#include "base/shape.h"

struct reg_table;

struct shift_calendar {
	int64_t id;
	const char *name;
	const char *note;
	const char *shifts; /* a span a line: rule/shift.h */
	int64_t version;
	struct instant archived_at;
};

extern const struct shape shift_calendar_shape;
extern const struct reg_table shift_calendar_table;

#endif
