/* activity.c: the activity log: every change, by whom, from where, before and after. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/event.h"
#include "page/admin/admin.h"
#include "page/page.h"

enum { SHOWN = 50 };

enum status
activity_page(struct request *rq)
{
	const char *act = pairs_get(&rq->query, "act"), *key = NULL;
	struct view *acts = view_list(rq->view, "act_options");
	struct event_filter f = { .user_id = query_id(rq, "user"), .after = query_id(rq, "after") };
	struct rows rows;
	enum status e;

	f.act = text_empty(act) ? NULL : act;
	if (f.act != NULL && word_index(&event_act_words, f.act) < 0)
		return BAD_REQUEST;
	e = event_list(rq->by, &f, SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(
		    rq->arena, "%" PRId64, ((struct event_row *)row_at(&rows, SHOWN - 1))->id);
	page_next(rq, &rows, SHOWN, key);
	for (size_t i = 0; i < event_act_words.count; i++) {
		struct view *v = view_item(acts);

		view_text(v, "value", event_act_words.list[i].code);
		view_text(v, "text", page_text(rq, event_act_words.list[i].text));
		view_bool(v, "selected", text_same(event_act_words.list[i].code, f.act));
	}
	page_history(rq, "events", &rows);
	view_int(rq->view, "user", f.user_id);
	view_bool(rq->view, "filtered", f.user_id != 0 || f.act != NULL);
	return page(rq, "admin/activity");
}
