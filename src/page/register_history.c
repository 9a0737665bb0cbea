/* register_history.c: everything that happened to a record: by kind of act, by person, in pages. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/event.h"
#include "page/page.h"
#include "page/register.h"
#include "page/register_draft.h"

enum { SHOWN = 50 };

/* The act of the query, when there is such a word. */
static const char *
act_of(const struct request *rq)
{
	const char *act = pairs_get(&rq->query, "act");

	return act != NULL && word_index(&event_act_words, act) >= 0 ? act : NULL;
}

static enum status
add_filters(struct request *rq, const struct reg *reg, int64_t id, const struct event_filter *f)
{
	struct view *acts = view_list(rq->view, "acts"), *people = view_list(rq->view, "people");
	struct rows rows = { 0 }, who = { 0 };
	enum status e = event_acts_of(rq->by, reg->table->name, id, &rows);

	if (!e)
		e = event_people_of(rq->by, reg->table->name, id, &who);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct event_row *ev = row_at(&rows, i);
		struct view *v = view_item(acts);

		view_word(v, "act", &event_act_words, ev->act);
		view_bool(v, "selected", f->act != NULL && strcmp(f->act, ev->act) == 0);
	}
	for (size_t i = 0; !e && i < who.count; i++) {
		const struct event_row *ev = row_at(&who, i);
		struct view *v = view_item(people);

		view_int(v, "id", ev->user_id.n);
		view_text(v, "name", ev->user_name);
		view_bool(v, "selected", f->user_id == ev->user_id.n);
	}
	return e;
}

enum status
register_history_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	const struct event_filter f = {
		.user_id = query_id(rq, "person"), .act = act_of(rq), .after = query_id(rq, "after")
	};
	const int64_t id = request_id(rq, 0);
	struct rows events = { 0 };
	const char *title, *last = NULL;
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_find(rq->by, reg->table, id, record);
	if (!e)
		e = event_list_of(rq->by, reg->table->name, id, &f, SHOWN + 1, &events);
	if (!e)
		e = add_filters(rq, reg, id, &f);
	if (e)
		return e;
	title = reg_title_of(reg, record);
	if (events.count > SHOWN)
		last = arena_print(rq->arena, "%" PRId64,
		    ((const struct event_row *)row_at(&events, SHOWN - 1))->id);
	page_next(rq, &events, SHOWN, last);
	page_history(rq, "history", &events);
	register_texts(rq, reg);
	view_text(rq->view, "title", title);
	view_text(rq->view, "back", arena_print(rq->arena, "%s/%" PRId64, reg->base, id));
	view_bool(rq->view, "none", events.count == 0);
	view_bool(rq->view, "filtered", f.act != NULL || f.user_id != 0);
	return page(rq, "register/history");
}
