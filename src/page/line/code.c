/* code.c: the classes of machines that a failure code is for. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/failure_code.h"
#include "model/lines.h"
#include "model/register.h"
#include "page/line/line.h"
#include "page/page.h"
#include "page/register.h"

enum status
code_more(struct request *rq, const void *record)
{
	struct rows classes;
	bool any = false;
	enum status e = code_classes(rq->by, ((const struct failure_code *)record)->id, &classes);

	for (size_t i = 0; !e && i < classes.count; i++)
		any = any || ((const struct code_class *)row_at(&classes, i))->on;
	if (e)
		return e;
	view_rows(rq->view, "classes", classes);
	view_bool(rq->view, "some", any);
	return OK;
}

/* BAD_REQUEST for what the page did not offer. */
static enum status
read_classes(struct request *rq, int64_t code_id, int64_t *out, size_t *count)
{
	struct rows classes;
	enum status e = code_classes(rq->by, code_id, &classes);

	for (size_t i = 0; !e && i < classes.count; i++) {
		const struct code_class *c = row_at(&classes, i);
		const char *name = arena_print(rq->arena, "class_%" PRId64, c->id);

		if (pairs_get(&rq->form, name) != NULL)
			out[(*count)++] = c->id;
	}
	return e;
}

enum status
code_classes_post(struct request *rq)
{
	static const char *const names[] = { "class_*", NULL };
	struct failure_code c;
	int64_t classes[LINES_MOST];
	size_t count = 0;
	enum status e = form_only(rq, names);

	if (!e)
		e = reg_find(rq->by, &failure_code_table, request_id(rq, 0), &c);
	if (!e && c.archived_at.known)
		e = NOT_FOUND;
	if (!e)
		e = read_classes(rq, c.id, classes, &count);
	if (!e)
		e = code_classes_set(rq->by, &c, classes, count);
	if (e)
		return e;
	flash(rq, "saved", c.name);
	return redirect(rq, "/failure-codes/%" PRId64, c.id);
}
