/* stops.c: the stops of a machine: those that a figure counts, and entering and correcting them. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "http/form.h"
#include "model/machine.h"
#include "model/stop.h"
#include "model/stop_list.h"
#include "page/history_export.h"
#include "page/machine/machine.h"
#include "page/page.h"

enum { SHOWN = 50 };

static const struct rule rules[] = {
	{ .field = FIELD(struct stop_entry, started_at),
	    .label = "Stopped since",
	    .required = true },
	{ .field = FIELD(struct stop_entry, ended_at),
	    .label = "Runs again since",
	    .hint = "Empty: it still stands." },
	{ .field = FIELD(struct stop_entry, planned),
	    .kind = RULE_CHECK,
	    .label = "It was planned" },
	{ .field = FIELD(struct stop_entry, failure),
	    .kind = RULE_CHECK,
	    .label = "The machine had lost its function",
	    .hint = "A failure: it counts for the mean time between failures." },
	{ .field = FIELD(struct stop_entry, reason),
	    .kind = RULE_LINES,
	    .label = "Why is it entered or corrected by hand?",
	    .required = true,
	    .least = 3,
	    .most = 400 },
};

static const struct form form = { "stop", rules, COUNT(rules), NULL };

/* The chips that choose the kind. */
static void
show_kinds(struct request *rq, enum stop_kind kind)
{
	struct view *list = view_list(rq->view, "kinds");

	for (int i = 0; i < STOP_KINDS; i++) {
		struct view *v = view_item(list);

		view_text(v, "text", page_text(rq, stop_kind_words.list[i].text));
		view_text(v, "query", page_query(rq, "kind", stop_kind_words.list[i].code));
		view_bool(v, "current", i == (int)kind);
	}
}

static enum status
read_list(struct request *rq, struct machine *m, const struct period_shown *p, struct stop_query *q,
    struct rows *rows)
{
	struct rows tree;
	const char *key = NULL;
	enum status e = machine_below(rq, MACHINE_VIEW, request_id(rq, 0), m, &tree);

	if (e)
		return e;
	q->machines = p->below ? tree_ids(rq->arena, &tree) : tree_series(rq->arena, &tree);
	q->from = p->from;
	q->to = p->to;
	e = stop_rows(rq->by, q, SHOWN + 1, rows);
	if (e)
		return e;
	if (rows->count > SHOWN) {
		const struct stop_row *last = row_at(rows, SHOWN - 1);

		key = after_text(rq, last->started_at, last->id);
	}
	page_next(rq, rows, SHOWN, key);
	view_bool(rq->view, "has_below", tree.count > 1);
	view_bool(rq->view, "several", q->machines.count > 1);
	return OK;
}

enum status
machine_stops_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	const char *typed = pairs_get(&rq->query, "kind");
	const int kind = text_empty(typed) ? STOP_ALL : word_index(&stop_kind_words, typed);
	struct stop_query q = { .kind = (enum stop_kind)kind };
	struct period_shown p;
	struct rows rows;
	enum status e;

	if (kind < 0 || !period_read(rq, &p) || !after_read(rq, &q.after_at, &q.after_id))
		return BAD_REQUEST;
	e = read_list(rq, m, &p, &q, &rows);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	period_show(rq, &p);
	show_kinds(rq, q.kind);
	view_text(rq->view, "kind_code", q.kind == STOP_ALL ? NULL : typed);
	downloads_show(rq, &stop_history, "machine", arena_print(rq->arena, "%" PRId64, m->id));
	view_rows(rq->view, "stops", rows);
	view_bool(rq->view, "any", rows.count > 0);
	view_bool(rq->view, "can_edit", machine_reached(rq, STOP_EDIT, m->department_id));
	view_bool(
	    rq->view, "sees_orders", permission_reach(rq->by->role, WORK_ORDER_VIEW) != REACH_OWN);
	return page(rq, "machine/stops");
}

static enum status
show_form(struct request *rq, const struct machine *m, int64_t stop_id, int64_t version)
{
	view_record(rq->view, "machine", &machine_shape, m);
	view_int(rq->view, "version", version);
	view_bool(rq->view, "is_new", stop_id == 0);
	view_text(rq->view, "action",
	    stop_id == 0 ? arena_print(rq->arena, "/machines/%" PRId64 "/stops/new", m->id)
			 : arena_print(rq->arena, "/stops/%" PRId64, stop_id));
	page_form(rq, &form);
	return page(rq, "machine/stop_form");
}

enum status
machine_stop_new_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	const struct stop_entry empty = { .failure = true };
	enum status e = machine_for(rq, STOP_EDIT, request_id(rq, 0), m);

	if (e)
		return e;
	form_show(rq, &form, &empty);
	return show_form(rq, m, 0, 0);
}

static enum status
back(struct request *rq, int64_t machine_id)
{
	flash(rq, "saved", NULL);
	return redirect(rq, "/machines/%" PRId64 "/stops", machine_id);
}

/* Beside which field the model's complaint belongs. */
static enum status
refuse(struct request *rq, const char *why)
{
	return form_refuse(rq, &form,
	    text_same(why, "It cannot begin in the future.") ? "started_at" : "ended_at", why);
}

enum status
machine_stop_new_post(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct stop_entry entry = { 0 };
	const char *why = NULL;
	int64_t id;
	enum status e = machine_for(rq, STOP_EDIT, request_id(rq, 0), m);

	if (!e)
		e = form_read(rq, &form, &entry);
	if (!e) {
		e = stop_add(rq->by, m->id, &entry, &id, &why);
		if (e == INVALID && why != NULL)
			e = refuse(rq, why);
	}
	if (e == INVALID)
		return show_form(rq, m, 0, 0);
	return e ? e : back(rq, m->id);
}

static enum status
find_stop(struct request *rq, struct machine *m, struct stop_entry *entry, struct stop *stop)
{
	enum status e = stop_find(rq->by, request_id(rq, 0), entry, stop);

	return e ? e : machine_for(rq, STOP_EDIT, stop->machine_id, m);
}

enum status
machine_stop_edit_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct stop_entry entry;
	struct stop stop;
	enum status e = find_stop(rq, m, &entry, &stop);

	if (e)
		return e;
	form_show(rq, &form, &entry);
	return show_form(rq, m, stop.id, stop.version);
}

/* Forms show whole minutes: a time that nobody changed keeps its seconds. */
static void
keep_seconds(struct instant *typed, struct instant was)
{
	if (typed->known && was.known && typed->us / MINUTE == was.us / MINUTE)
		*typed = was;
}

enum status
machine_stop_edit_post(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct stop_entry now, entry = { 0 };
	const char *why = NULL;
	struct stop stop;
	enum status e = find_stop(rq, m, &now, &stop);

	if (!e)
		e = form_read(rq, &form, &entry);
	if (!e) {
		keep_seconds(&entry.started_at, now.started_at);
		keep_seconds(&entry.ended_at, now.ended_at);
		e = stop_edit(rq->by, stop.id, form_version(rq), &entry, &why);
		if (e == INVALID && why != NULL)
			e = refuse(rq, why);
		if (e == CONFLICT)
			e = form_refuse(rq, &form, "started_at",
			    "Somebody has corrected it in the meantime. "
			    "Look at it and save again.");
	}
	if (e == INVALID)
		return show_form(rq, m, stop.id, stop.version);
	return e ? e : back(rq, m->id);
}
