/* scan.c: a code is typed, or a scanner types it; opening its URL is page/label/code.c. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/code.h"
#include "model/machine.h"
#include "page/label/label.h"
#include "page/page.h"
#include "page/supervisor/supervisor.h"
#include "rule/number.h"

/* For who has no camera: the code is typed, or a hardware scanner types it. */
enum status
scan_page(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "code"), *code;
	struct code_found f;
	struct machine m;
	enum status e = NOT_FOUND;

	view_text(rq->view, "typed", typed != NULL ? typed : "");
	if (text_empty(typed)) {
		view_text(rq->view, "complaint", NULL);
		return page(rq, "supervisor/scan");
	}
	code = code_in(rq->arena, typed);
	if (code != NULL)
		e = code_find(rq->by, code, &f);
	if (!e)
		return code_lead(rq, code, &f);
	if (e == NOT_FOUND)
		e = machine_find_by_number(rq->by, text_trim(rq->arena, typed), &m);
	if (!e)
		return redirect(rq, "/machines/%" PRId64, m.id);
	if (e != NOT_FOUND)
		return e;
	rq->response.code = 404;
	view_bool(rq->view, "form_wrong", true);
	view_text(rq->view, "complaint", code_complaint(rq, typed));
	return page(rq, "supervisor/scan");
}
