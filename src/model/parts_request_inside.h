/* parts_request_inside.h: what the files of the parts request's acts share. */
#ifndef MODEL_PARTS_REQUEST_INSIDE_H
#define MODEL_PARTS_REQUEST_INSIDE_H

#include "model/parts_request.h"
#include "model/work_order.h"

struct open_request {
	struct work_order wo;
	struct parts_request request;
	struct rows lines;
};

/* Locks the work order, then the request, and reads both as they are. */
enum status parts_request_open(const struct actor *, int64_t id, struct open_request *) MUST_CHECK;
enum status parts_request_set_state(const struct actor *, int64_t id, enum pr_state) MUST_CHECK;
/* The event of an act on request `id`. */
enum status parts_request_say(const struct actor *, const struct work_order *, const char *act,
    int64_t id, const char *changes) MUST_CHECK;

#endif
