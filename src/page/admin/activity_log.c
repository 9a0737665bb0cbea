/* activity_log.c: what is asked of the log as a whole: a check of its chain, a file of a range. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/form.h"
#include "model/log.h"
#include "page/admin/activity.h"
#include "page/admin/admin.h"
#include "page/page.h"

enum status
activity_check_post(struct request *rq)
{
	enum status e = log_check_ask(rq->by);

	if (e)
		return e;
	flash(rq, "log_check_asked", NULL);
	return redirect(rq, "/activity/log");
}

enum status
activity_export_post(struct request *rq)
{
	static const char *const names[] = { "person", "record", "act", "address", "from", "to",
		NULL };
	struct activity a;
	enum status e = form_only(rq, names);

	if (!e)
		e = activity_read(rq, &rq->form, &a);
	if (!e)
		e = log_export_ask(rq->by, &a.filter);
	if (e)
		return e;
	flash(rq, "log_export_asked", NULL);
	return redirect(rq, "/activity/log");
}

enum status
activity_export_page(struct request *rq)
{
	struct log_export x;
	enum status e = log_export_find(rq->by, request_id(rq, 0), &x);

	if (e)
		return e;
	if (strcmp(x.state, "DONE") != 0)
		return NOT_FOUND;
	header_set(rq, "X-Accel-Redirect", arena_print(rq->arena, "/_files/exports/%s", x.file));
	header_set(rq, "Content-Type", "text/csv; charset=utf-8");
	header_set(rq, "Content-Disposition",
	    arena_print(rq->arena, "attachment; filename=\"activity-%" PRId64 ".csv\"", x.id));
	header_set(
	    rq, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	header_set(rq, "Cache-Control", "no-store");
	rq->response.code = 200;
	return OK;
}
