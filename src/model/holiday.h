/* holiday.h: a day on which the plant, or what runs by one calendar, is not asked to run. */
#ifndef MODEL_HOLIDAY_H
#define MODEL_HOLIDAY_H

#include "base/shape.h"

struct reg_table;

struct holiday {
	int64_t id;
	struct date day;
	const char *name;
	struct number shift_calendar_id;
	const char *shift_calendar_name; /* NULL: of every calendar */
	int64_t version;
	struct instant archived_at;
};

extern const struct shape holiday_shape;
extern const struct reg_table holiday_table;

#endif
