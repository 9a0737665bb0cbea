/* scan.c: a code is a URL; opening it is the scan. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/machine.h"
#include "page/page.h"
#include "page/supervisor/supervisor.h"
#include "rule/number.h"

/* For who has no camera: the code is typed, or a hardware scanner types it. */
enum status
scan_page(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "code"), *code;
	struct machine m;
	enum status e = NOT_FOUND;

	view_text(rq->view, "typed", typed != NULL ? typed : "");
	if (text_empty(typed)) {
		view_text(rq->view, "complaint", NULL);
		return page(rq, "supervisor/scan");
	}
	code = code_normal(rq->arena, typed);
	if (code != NULL && code_valid(code))
		e = machine_find_by_code(rq->by, code, &m);
	if (e == NOT_FOUND)
		e = machine_find_by_number(rq->by, text_trim(rq->arena, typed), &m);
	if (!e)
		return redirect(rq, "/machines/%" PRId64, m.id);
	if (e != NOT_FOUND)
		return e;
	rq->response.code = 404;
	view_bool(rq->view, "form_wrong", true);
	view_text(rq->view, "complaint",
	    page_text(rq, "No machine has this code. Check the letters below the square."));
	return page(rq, "supervisor/scan");
}

enum status
code_page(struct request *rq)
{
	const char *code = code_normal(rq->arena, rq->capture[0]);
	struct machine m;
	enum status e;

	if (code == NULL || !code_valid(code))
		return NOT_FOUND;
	e = machine_find_by_code(rq->by, code, &m);
	return e ? e : redirect(rq, "/machines/%" PRId64, m.id);
}
