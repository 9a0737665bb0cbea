/* record.c: see record.h. */
#include "page/record.h"
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "http/request.h"
#include "register/register.h"

/* What has pages and is no register. */
static const struct {
	const char *kind;
	const char *base;
} others[] = {
	{ "work_order", "/work-orders" },
	{ "parts_request", "/parts-requests" },
	{ "user", "/users" },
	{ "open_report", "/open-reports" },
	{ "import", "/imports" },
	{ "meter", "/meters" },
};

const char *
record_href(const struct request *rq, const char *kind, int64_t id)
{
	const struct reg *reg = register_of_kind(kind);
	const char *base = reg != NULL ? reg->base : NULL;

	for (size_t i = 0; i < COUNT(others); i++)
		if (strcmp(others[i].kind, kind) == 0)
			base = others[i].base;
	return base != NULL && id > 0 ? arena_print(rq->arena, "%s/%" PRId64, base, id) : NULL;
}
