/* operate.c: what an administrator looks at when something is ill: deliveries, and the system. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/version.h"
#include "model/dashboard.h"
#include "model/log.h"
#include "model/mail.h"
#include "page/admin/admin.h"
#include "page/page.h"

enum { SHOWN = 50 };

static void
add_states(struct request *rq, const char *chosen)
{
	struct view *list = view_list(rq->view, "state_options");

	for (size_t i = 0; i < delivery_words.count; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", delivery_words.list[i].code);
		view_text(v, "text", page_text(rq, delivery_words.list[i].text));
		view_bool(v, "selected", text_same(delivery_words.list[i].code, chosen));
	}
}

enum status
deliveries_page(struct request *rq)
{
	const char *state = pairs_get(&rq->query, "state"), *key = NULL;
	struct rows rows;
	enum status e;

	if (!text_empty(state) && word_index(&delivery_words, state) < 0)
		return BAD_REQUEST;
	e = delivery_list(rq->by, state, query_id(rq, "after"), SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(
		    rq->arena, "%" PRId64, ((struct delivery *)row_at(&rows, SHOWN - 1))->id);
	page_next(rq, &rows, SHOWN, key);
	view_rows(rq->view, "deliveries", rows);
	view_bool(rq->view, "filtered", !text_empty(state));
	view_bool(rq->view, "failed", text_same(state, "FAILED"));
	add_states(rq, state);
	return page(rq, "admin/deliveries");
}

enum status
delivery_again_post(struct request *rq)
{
	enum status e = delivery_again(rq->by, request_id(rq, 0));

	if (e)
		return e;
	flash(rq, "mail_again", NULL);
	return redirect(rq, "/deliveries?state=FAILED");
}

enum status
system_page(struct request *rq)
{
	struct dashboard *d = NEW(rq->arena, struct dashboard);
	enum status e = dashboard_read(rq->by, rq->by->now, "", d);

	if (e)
		return e;
	view_record(rq->view, "system", &dashboard_shape, d);
	view_bool(rq->view, "log_broken", *d->log_fault != '\0');
	view_text(rq->view, "version", MILLWRIGHT_VERSION);
	return page(rq, "admin/system");
}
