/* activity.c: the activity log: every change, by whom, from where, before and after. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "model/event.h"
#include "model/log.h"
#include "page/admin/activity.h"
#include "page/admin/admin.h"
#include "page/page.h"
#include "register/register.h"

enum { SHOWN = 50, EXPORTS_SHOWN = 10, MOST_ADDRESS = 45 };

/* The start of that day in the plant's zone; not known when it is none. */
static struct instant
day_start(struct request *rq, struct date day)
{
	const char *iso = date_iso(rq->arena, day);

	if (iso == NULL)
		return (struct instant){ 0 };
	return rq->zone->parse(rq->zone->with, arena_print(rq->arena, "%sT00:00", iso));
}

static const char *
asked(const struct pairs *from, const char *name)
{
	const char *text = pairs_get(from, name);

	return text != NULL ? text : "";
}

/* "1 of these is meant": the names that one must choose from. */
static void
add_subjects(struct request *rq, const char *list, const char *name, const struct rows *rows)
{
	struct view *items = view_list(rq->view, list);

	for (size_t i = 0; i < rows->count && rows->count > 1; i++) {
		const struct log_subject *s = row_at(rows, i);
		struct view *v = view_item(items);
		const char *exact = strcmp(s->kind, "user") == 0
					? arena_print(rq->arena, "#%" PRId64, s->id)
					: arena_print(rq->arena, "%s#%" PRId64, s->kind, s->id);

		view_text(v, "title", s->title);
		view_text(v, "kind", s->kind);
		view_text(v, "href", page_query(rq, name, exact));
	}
}

static int64_t
after_hash(const char *text)
{
	const char *at = strchr(text, '#');

	return at != NULL ? strtoll(at + 1, NULL, 10) : 0;
}

/* "#7" is that person; else a name or an e-mail address. */
static enum status
read_person(struct request *rq, const char *text, struct activity *a)
{
	struct rows rows = { 0 };
	enum status e = OK;

	a->person = text;
	a->filter.user_id = *text == '#' ? after_hash(text) : 0;
	if (*text != '\0' && a->filter.user_id == 0) {
		a->filter.user_id = -1;
		e = log_people(rq->by, text, &rows);
	}
	if (!e && rows.count == 1)
		a->filter.user_id = ((const struct log_subject *)row_at(&rows, 0))->id;
	add_subjects(rq, "people", "person", &rows);
	return e;
}

/* "machine#7" is that record; else the number of a work order, a machine or a part. */
static enum status
read_record(struct request *rq, const char *text, struct activity *a)
{
	const char *hash = strchr(text, '#');
	struct rows rows = { 0 };
	enum status e = OK;

	a->record = text;
	if (hash != NULL) {
		a->filter.kind = arena_text(rq->arena, text, (size_t)(hash - text));
		a->filter.record_id = after_hash(text);
	} else if (*text != '\0') {
		a->filter.kind = "-"; /* nothing is of this kind */
		e = log_records(rq->by, text, &rows);
	}
	if (!e && rows.count == 1) {
		const struct log_subject *s = row_at(&rows, 0);

		a->filter.kind = s->kind;
		a->filter.record_id = s->id;
	}
	add_subjects(rq, "records", "record", &rows);
	return e;
}

enum status
activity_read(struct request *rq, const struct pairs *from, struct activity *a)
{
	struct date first = date_parse(asked(from, "from")), last = date_parse(asked(from, "to"));
	enum status e;

	*a = (struct activity){ .act = asked(from, "act"), .address = asked(from, "address") };
	if (*a->act != '\0' && word_index(&event_act_words, a->act) < 0)
		return BAD_REQUEST;
	a->address = text_cut(rq->arena, text_trim(rq->arena, a->address), MOST_ADDRESS);
	a->filter.act = a->act;
	a->filter.address = a->address;
	a->from = first.known ? asked(from, "from") : "";
	a->to = last.known ? asked(from, "to") : "";
	a->filter.from = day_start(rq, first);
	if (last.known)
		last.day++;
	a->filter.to = day_start(rq, last);
	e = read_person(rq, text_trim(rq->arena, asked(from, "person")), a);
	return e ? e : read_record(rq, text_trim(rq->arena, asked(from, "record")), a);
}

static void
add_acts(struct request *rq, const char *chosen)
{
	struct view *acts = view_list(rq->view, "act_options");

	for (size_t i = 0; i < event_act_words.count; i++) {
		struct view *v = view_item(acts);

		view_text(v, "value", event_act_words.list[i].code);
		view_text(v, "text", page_text(rq, event_act_words.list[i].text));
		view_bool(v, "selected", text_same(event_act_words.list[i].code, chosen));
	}
}

static void
add_filter(struct request *rq, const struct activity *a)
{
	struct view *v = view_group(rq->view, "filter");
	const struct event_filter *f = &a->filter;

	view_text(v, "person", a->person);
	view_text(v, "record", a->record);
	view_text(v, "act", a->act);
	view_text(v, "address", a->address);
	view_text(v, "from", a->from);
	view_text(v, "to", a->to);
	view_bool(rq->view, "filtered",
	    f->user_id != 0 || *a->act != '\0' || f->kind != NULL || *a->address != '\0' ||
		f->from.known || f->to.known);
	add_acts(rq, a->act);
}

static enum status
add_check(struct request *rq)
{
	struct log_check *c = NEW(rq->arena, struct log_check);
	enum status e = log_check_find(rq->by, c);

	if (e)
		return e;
	view_record(rq->view, "check", &log_check_shape, c);
	view_bool(rq->view, "broken", *c->fault != '\0');
	view_bool(rq->view, "checking", c->wanted_at.known || c->started_at.known);
	return OK;
}

static enum status
add_exports(struct request *rq)
{
	struct rows rows;
	enum status e = log_export_list(rq->by, EXPORTS_SHOWN, &rows);
	bool working = false;

	if (e)
		return e;
	for (size_t i = 0; i < rows.count; i++) {
		const struct log_export *x = row_at(&rows, i);

		working =
		    working || strcmp(x->state, "QUEUED") == 0 || strcmp(x->state, "RUNNING") == 0;
	}
	view_rows(rq->view, "exports", rows);
	view_bool(rq->view, "working", working);
	return OK;
}

enum status
activity_page(struct request *rq)
{
	struct activity a;
	const char *key = NULL;
	struct rows rows;
	enum status e = activity_read(rq, &rq->query, &a);

	a.filter.after = query_id(rq, "after");
	if (!e)
		e = event_list(rq->by, &a.filter, SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN)
		key = arena_print(
		    rq->arena, "%" PRId64, ((struct event_row *)row_at(&rows, SHOWN - 1))->id);
	page_next(rq, &rows, SHOWN, key);
	page_history(rq, "events", &rows);
	add_filter(rq, &a);
	view_text(rq->view, "query", page_query(rq, "after", ""));
	return page(rq, "admin/activity");
}

enum status
activity_log_page(struct request *rq)
{
	struct activity a;
	enum status e = activity_read(rq, &rq->query, &a);

	if (!e)
		e = add_check(rq);
	if (!e)
		e = add_exports(rq);
	if (e)
		return e;
	add_filter(rq, &a);
	return page(rq, "admin/activity_log");
}
