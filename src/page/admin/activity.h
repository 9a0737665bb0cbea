/* activity.h: what is looked for in the activity log; for its pages. */
#ifndef PAGE_ADMIN_ACTIVITY_H
#define PAGE_ADMIN_ACTIVITY_H

#include "http/request.h"
#include "model/event.h"

struct activity {
	struct event_filter filter;
	const char *person, *record, *act, *address, *from, *to; /* as typed; "" for any */
};

/* From a query string or a form.  A name that several have adds the lists `people` or `records`,
 * and finds nothing until one is chosen. */
enum status activity_read(struct request *, const struct pairs *, struct activity *) MUST_CHECK;

#endif
