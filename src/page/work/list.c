/* list.c: the list of work orders: state, priority, department, mine; newest or oldest first. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "http/decode.h"
#include "model/department.h"
#include "model/register.h"
#include "model/site.h"
#include "model/work_order.h"
#include "page/history_export.h"
#include "page/page.h"
#include "page/work/work.h"

enum { SHOWN = 50 };

/* The choices of the filter of states: the states, and what people ask for. */
static const struct word shown_states[] = {
	{ "OPEN", "Open" },
	{ "PENDING", "Pending" },
	{ "IN_PROGRESS", "In progress" },
	{ "WAITING_PARTS", "Waiting for parts" },
	{ "CONFIRM", "To confirm" },
	{ "COMPLETED", "Completed" },
	{ "CANCELLED", "Cancelled" },
};

static const struct words shown_state_words = WORDS(shown_states);

static const struct word sorts[] = {
	{ "newest", "Newest first" },
	{ "oldest", "Oldest first" },
};

static const struct words sort_words = WORDS(sorts);

/* How long ago it was reported. */
static const struct word ages[] = {
	{ "week", "Up to 7 days old" },
	{ "month", "8 to 30 days old" },
	{ "older", "Over 30 days old" },
	{ "monday", "Reported this week" },
};

static const struct words age_words = WORDS(ages);

static const struct word completions[] = { { "monday", "Completed this week" } };

static const struct words completed_words = WORDS(completions);

/* NULL for none; *bad when it is no such word. */
static const char *
word_of(const struct request *rq, const char *name, const struct words *words, bool *bad)
{
	const char *value = pairs_get(&rq->query, name);

	if (text_empty(value))
		return NULL;
	*bad = *bad || word_index(words, value) < 0;
	return value;
}

/* "1763730000000000-123": where the last page ended; false for what no page of ours ends with. */
static bool
read_after(const struct request *rq, struct work_order_filter *f)
{
	static const struct civil first = { 1, 1, 1, 0, 0, 0, 0 },
				  last = { 9999, 12, 31, 0, 0, 0, 0 };
	const char *after = pairs_get(&rq->query, "after"), *dash;

	if (text_empty(after))
		return true;
	dash = strrchr(after, '-');
	if (dash == NULL ||
	    !int_read(arena_text(rq->arena, after, (size_t)(dash - after)), &f->after_at.us) ||
	    !int_read(dash + 1, &f->after_id))
		return false;
	f->after_at.known = true;
	return f->after_at.us >= instant_of(&first).us && f->after_at.us <= instant_of(&last).us;
}

static const char *
like_number(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "number");

	if (text_empty(typed))
		return NULL;
	return arena_print(rq->arena, "%s%%", text_like(rq->arena, text_trim(rq->arena, typed)));
}

static void
show_choice(struct request *rq, const char *name, const struct words *words, const char *chosen)
{
	struct view *list = view_list(rq->view, arena_print(rq->arena, "%s_options", name));

	for (size_t i = 0; i < words->count; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", words->list[i].code);
		view_text(v, "text", page_text(rq, words->list[i].text));
		view_bool(v, "selected", text_same(words->list[i].code, chosen));
		view_text(v, "href", page_query(rq, name, words->list[i].code));
	}
}

static void
chip(struct request *rq, struct view *chips, const char *name, const char *text)
{
	struct view *v;

	if (text == NULL)
		return;
	v = view_item(chips);
	view_text(v, "text", text);
	view_text(v, "href", page_query(rq, name, NULL));
}

static const char *
word_text(const struct request *rq, const struct words *words, const char *code)
{
	int i = word_index(words, code);

	return i < 0 ? NULL : page_text(rq, words->list[i].text);
}

/* The site's, which are at hand; one that was archived has to be asked for. */
static enum status
departments(struct request *rq, int64_t chosen, struct rows *out)
{
	*out = rq->site->departments;
	for (size_t i = 0; chosen != 0 && i <= out->count; i++) {
		if (i == out->count)
			return reg_options(rq->by, &department_table, chosen, out);
		if (((const struct option *)row_at(out, i))->id == chosen)
			break;
	}
	return OK;
}

static enum status
show_departments(struct request *rq, int64_t chosen, const char **name)
{
	struct view *list = view_list(rq->view, "department_options");
	struct rows rows;
	enum status e = departments(rq, chosen, &rows);

	*name = NULL;
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct option *o = row_at(&rows, i);
		struct view *v = view_item(list);

		view_int(v, "value", o->id);
		view_text(v, "text", o->name);
		view_bool(v, "selected", o->id == chosen);
		if (o->id == chosen)
			*name = o->name;
	}
	return e;
}

static enum status
show_filters(struct request *rq, const struct work_order_filter *f)
{
	struct view *chips = view_list(rq->view, "chips");
	const char *number = pairs_get(&rq->query, "number"), *department;
	enum status e = show_departments(rq, f->department_id, &department);

	show_choice(rq, "state", &shown_state_words, f->state);
	show_choice(rq, "priority", &wo_priority_words, f->priority);
	show_choice(rq, "sort", &sort_words, f->oldest_first ? "oldest" : "newest");
	chip(rq, chips, "state", word_text(rq, &shown_state_words, f->state));
	chip(rq, chips, "priority", word_text(rq, &wo_priority_words, f->priority));
	chip(rq, chips, "department", department);
	chip(rq, chips, "number", text_empty(number) ? NULL : number);
	chip(rq, chips, "age", word_text(rq, &age_words, pairs_get(&rq->query, "age")));
	chip(rq, chips, "completed",
	    word_text(rq, &completed_words, pairs_get(&rq->query, "completed")));
	chip(rq, chips, "overdue", f->overdue ? page_text(rq, "Overdue") : NULL);
	view_text(
	    rq->view, "age", f->from.known || f->until.known ? pairs_get(&rq->query, "age") : "");
	view_text(rq->view, "completed", f->completed.known ? "monday" : "");
	view_bool(rq->view, "overdue_only", f->overdue);
	chip(rq, chips, "mine", f->assignee_id != 0 ? page_text(rq, "Mine") : NULL);
	chip(rq, chips, "free", f->free_only ? page_text(rq, "Nobody has it yet") : NULL);
	chip(rq, chips, "machine", f->machine_id != 0 ? page_text(rq, "One machine") : NULL);
	view_text(rq->view, "number_typed", number != NULL ? number : "");
	view_int(rq->view, "machine_id", f->machine_id);
	view_bool(rq->view, "mine_only", f->assignee_id != 0);
	view_bool(rq->view, "free_only", f->free_only);
	return e;
}

/* What the address asks for: the page and the files mean the same work orders. */
static enum status
read_filter(struct request *rq, struct work_order_filter *f)
{
	bool bad = false;
	const char *sort, *age;

	*f = (struct work_order_filter){ 0 };
	f->state = word_of(rq, "state", &shown_state_words, &bad);
	f->priority = word_of(rq, "priority", &wo_priority_words, &bad);
	sort = word_of(rq, "sort", &sort_words, &bad);
	f->oldest_first = sort != NULL && strcmp(sort, "oldest") == 0;
	age = word_of(rq, "age", &age_words, &bad);
	work_order_age(f, age, rq->by->now);
	if (text_same(age, "monday"))
		f->from = page_monday(rq);
	if (word_of(rq, "completed", &completed_words, &bad) != NULL)
		f->completed = page_monday(rq);
	f->overdue = !text_empty(pairs_get(&rq->query, "overdue"));
	f->department_id = query_id(rq, "department");
	f->machine_id = query_id(rq, "machine");
	f->assignee_id = text_empty(pairs_get(&rq->query, "mine")) ? 0 : rq->by->user_id;
	f->free_only = !text_empty(pairs_get(&rq->query, "free"));
	f->number = like_number(rq);
	return bad || !read_after(rq, f) ? BAD_REQUEST : OK;
}

enum status
work_order_list_page(struct request *rq)
{
	struct work_order_filter f;
	const char *key = NULL;
	struct rows rows;
	enum status e = read_filter(rq, &f);

	if (!e)
		e = work_order_list(rq->by, &f, SHOWN + 1, &rows);
	if (!e)
		e = show_filters(rq, &f);
	if (e)
		return e;
	if (rows.count > SHOWN) {
		const struct work_order_row *last = row_at(&rows, SHOWN - 1);

		key =
		    arena_print(rq->arena, "%" PRId64 "-%" PRId64, last->reported_at.us, last->id);
	}
	page_next(rq, &rows, SHOWN, key);
	downloads_show(rq, &work_order_history, NULL, NULL);
	view_rows(rq->view, "work_orders", rows);
	view_int(rq->view, "shown", (int64_t)rows.count);
	view_bool(rq->view, "filtered", rq->query.count > 0);
	return page(rq, "work/list");
}

static enum status
begin_export(struct request *rq, struct export **x)
{
	struct work_order_filter *f = NEW(rq->arena, struct work_order_filter);
	enum status e = read_filter(rq, f);

	f->after_at = (struct instant){ 0 };
	if (!e && !history_range(rq, &f->from, &f->until))
		e = BAD_REQUEST;
	return e ? e : export_history_begin(rq, &work_order_history, f, x);
}

enum status
work_orders_csv(struct request *rq)
{
	struct export *x;
	enum status e = begin_export(rq, &x);

	return e ? e : export_csv(rq, x);
}

enum status
work_orders_xlsx(struct request *rq)
{
	struct export *x;
	enum status e = begin_export(rq, &x);

	return e ? e : export_xlsx(rq, x);
}
