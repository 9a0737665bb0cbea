/* shift_calendar.h: when machines are asked to run; required time is made of its shifts less the
 * holidays. */
#ifndef MODEL_SHIFT_CALENDAR_H
#define MODEL_SHIFT_CALENDAR_H

#include "base/shape.h"

struct actor;
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

/* struct option rows (model/register.h): all that are not archived, and `current` (0: none). */
enum status shift_calendar_options(const struct actor *, int64_t current, struct rows *) MUST_CHECK;

#endif
