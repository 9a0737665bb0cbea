/* parts.c: asking for parts: search the store, say how many, send. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "model/part.h"
#include "model/parts_request.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/work/work.h"

enum { CHOICES = 30, MAX_LINES = 50 };

static const char prefix[] = "quantity_";

struct ask {
	const char *search;
	const char *note;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct ask, search), .label = "Search the store", .most = 120 },
	{ .field = FIELD(struct ask, note), .label = "For the manager and the store", .most = 400 },
};

static const char *const also[] = { "quantity_*", "look", NULL };
static const struct form form = { "ask", rules, COUNT(rules), also };

/* What was typed beside that part, or "". */
static const char *
typed_for(struct request *rq, int64_t part_id)
{
	const char *typed =
	    pairs_get(&rq->form, arena_print(rq->arena, "%s%" PRId64, prefix, part_id));

	return typed != NULL ? typed : "";
}

static enum status
show_choices(struct request *rq, const struct work_order *wo, const char *search, struct rows *rows)
{
	struct view *list = view_list(rq->view, "choices");
	enum status e = part_choices(rq->by, search, wo->machine_id, CHOICES, rows);

	for (size_t i = 0; !e && i < rows->count; i++) {
		const struct part_choice *p = row_at(rows, i);
		struct view *v = view_item(list);

		view_record(v, "part", &part_choice_shape, p);
		view_text(v, "field", arena_print(rq->arena, "%s%" PRId64, prefix, p->id));
		view_text(v, "typed", typed_for(rq, p->id));
	}
	return e;
}

static bool
is_among(const struct rows *choices, int64_t part_id)
{
	for (size_t i = 0; i < choices->count; i++)
		if (((const struct part_choice *)row_at(choices, i))->id == part_id)
			return true;
	return false;
}

/* What was chosen in an earlier search and is not among what is shown now stays in the form. */
static enum status
show_chosen(struct request *rq, const struct rows *choices)
{
	struct view *list = view_list(rq->view, "chosen");
	enum status e = OK;
	int shown = 0;

	for (size_t i = 0; i < rq->form.count && shown < MAX_LINES; i++) {
		const struct pair *p = &rq->form.at[i];
		struct part part;
		struct view *v;

		if (!text_starts(p->name, prefix) || *p->value == '\0' ||
		    is_among(choices, strtoll(p->name + strlen(prefix), NULL, 10)))
			continue;
		e = part_find(rq->by, strtoll(p->name + strlen(prefix), NULL, 10), &part);
		if (e == NOT_FOUND)
			continue;
		if (e)
			return e;
		v = view_item(list);
		view_text(v, "field", p->name);
		view_text(v, "typed", p->value);
		view_text(v, "name", part.name);
		shown++;
	}
	view_bool(rq->view, "has_chosen", shown > 0);
	return OK;
}

static enum status
show(struct request *rq, int64_t id, const char *search, const char *complaint)
{
	struct work_order *wo = NEW(rq->arena, struct work_order);
	struct rows choices;
	enum status e = work_order_find(rq->by, id, wo);

	if (!e && !wo_may(wo_state_of(wo->state), WO_ASK_PARTS, rq->by->role, NULL))
		return work_order_done(rq, id, CONFLICT, "");
	if (!e)
		e = show_choices(rq, wo, search, &choices);
	if (!e)
		e = show_chosen(rq, &choices);
	if (e)
		return e;
	view_record(rq->view, "wo", &work_order_shape, wo);
	view_text(rq->view, "complaint", complaint != NULL ? page_text(rq, complaint) : NULL);
	view_bool(rq->view, "searched", !text_empty(search));
	if (complaint != NULL)
		view_bool(rq->view, "form_wrong", true);
	page_form(rq, &form);
	return page(rq, "work/ask_parts");
}

enum status
ask_parts_page(struct request *rq)
{
	return show(rq, request_id(rq, 0), pairs_get(&rq->query, "search"), NULL);
}

/* NULL, or what is wrong with the quantities. */
static const char *
read_lines(struct request *rq, struct parts_ask *lines, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < rq->form.count; i++) {
		const struct pair *p = &rq->form.at[i];
		struct decimal q;

		if (!text_starts(p->name, prefix) || *p->value == '\0')
			continue;
		q = decimal_parse(p->value);
		if (!q.known || q.units < 0 || q.units > 100000 * DECIMAL_ONE)
			return "A quantity is a number from 0 to 100,000.";
		if (q.units == 0)
			continue;
		if (*count == MAX_LINES)
			return "At most fifty different parts at a time.";
		lines[(*count)++] =
		    (struct parts_ask){ strtoll(p->name + strlen(prefix), NULL, 10), q };
	}
	return *count == 0 ? "Say how many of at least one part." : NULL;
}

enum status
ask_parts_post(struct request *rq)
{
	int64_t id = request_id(rq, 0), request;
	struct parts_ask lines[MAX_LINES];
	struct ask ask = { 0 };
	const char *why;
	size_t count;
	enum status e = form_read(rq, &form, &ask);

	if (e == INVALID)
		return show(rq, id, ask.search, NULL);
	if (e)
		return e;
	if (pairs_get(&rq->form, "look") != NULL)
		return show(rq, id, ask.search, NULL);
	why = read_lines(rq, lines, &count);
	if (why != NULL) {
		rq->response.code = 422;
		return show(rq, id, ask.search, why);
	}
	e = parts_request_create(rq->by, id, lines, count, ask.note ? ask.note : "", &request);
	return work_order_done(rq, id, e, "asked");
}
