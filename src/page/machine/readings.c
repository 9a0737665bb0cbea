/* readings.c: entering what a meter shows, and correcting what was entered. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "http/form.h"
#include "model/meter.h"
#include "page/machine/meter_page.h"
#include "page/page.h"

struct typed {
	struct decimal value;
	struct instant at;
	const char *note;
	const char *reason;
	bool began_again, sure;
};

#define MOST_VALUE INT64_C(99999999999999)

static const struct rule rules[] = {
	{ .field = FIELD(struct typed, value),
	    .label = "Reading",
	    .required = true,
	    .least = -MOST_VALUE,
	    .most = MOST_VALUE },
	{ .field = FIELD(struct typed, at), .label = "When", .hint = "Empty: now." },
	{ .field = FIELD(struct typed, note), .label = "Note", .most = 400 },
	{ .field = FIELD(struct typed, began_again),
	    .kind = RULE_CHECK,
	    .label = "It began at 0 again" },
	{ .field = FIELD(struct typed, sure), .kind = RULE_CHECK, .label = "The reading is right" },
};

static const struct form form = { "reading", rules, COUNT(rules), NULL };

static const struct rule correct_rules[] = {
	{ .field = FIELD(struct typed, value),
	    .label = "What it did show",
	    .hint = "Empty: there was no such reading.",
	    .least = -MOST_VALUE,
	    .most = MOST_VALUE },
	{ .field = FIELD(struct typed, at), .label = "When", .required = true },
	{ .field = FIELD(struct typed, note), .label = "Note", .most = 400 },
	{ .field = FIELD(struct typed, reason),
	    .kind = RULE_LINES,
	    .label = "Why was it wrong?",
	    .required = true,
	    .least = 3,
	    .most = 400 },
	{ .field = FIELD(struct typed, began_again),
	    .kind = RULE_CHECK,
	    .label = "It began at 0 again" },
	{ .field = FIELD(struct typed, sure), .kind = RULE_CHECK, .label = "The reading is right" },
};

static const struct form correct_form = { "reading", correct_rules, COUNT(correct_rules), NULL };

static enum status
refuse(struct request *rq, const struct form *f, enum meter_doubt doubt)
{
	view_bool(rq->view, "asks_began", doubt == METER_LOWER);
	view_bool(rq->view, "asks_sure", doubt == METER_FAR);
	return form_refuse(rq, f, doubt == METER_FUTURE ? "at" : "value", meter_doubt_text(doubt));
}

/* A question that was answered with yes stays on the form. */
static void
keep_asking(struct request *rq, const struct typed *t, bool asked)
{
	if (asked)
		return;
	view_bool(rq->view, "asks_began", t->began_again);
	view_bool(rq->view, "asks_sure", t->sure);
}

static struct reading_entry
entry_of(const struct request *rq, const struct typed *t)
{
	return (struct reading_entry){ .at = t->at.known ? t->at : rq->by->now,
		.value = t->value,
		.note = t->note,
		.began_again = t->began_again,
		.sure = t->sure };
}

static enum status
show_meter(struct request *rq, struct meter *m)
{
	page_form(rq, &form);
	return meter_show(rq, m);
}

enum status
meter_page(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	const struct typed none = { 0 };
	enum status e = meter_find(rq->by, request_id(rq, 0), m);

	if (e)
		return e;
	keep_asking(rq, &none, false);
	return show_meter(rq, m);
}

enum status
meter_read_post(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	enum meter_doubt doubt = METER_FINE;
	struct typed t = { 0 };
	struct reading_entry entry;
	int64_t id;
	bool asked = false;
	enum status e = meter_for(rq, METER_READ, request_id(rq, 0), m);

	if (!e)
		e = m->archived_at.known ? NOT_FOUND : form_read(rq, &form, &t);
	if (!e) {
		entry = entry_of(rq, &t);
		e = reading_add(rq->by, m, &entry, &id, &doubt);
		asked = e == INVALID;
		if (asked)
			e = refuse(rq, &form, doubt);
	}
	if (e == INVALID) {
		keep_asking(rq, &t, asked);
		return show_meter(rq, m);
	}
	if (e)
		return e;
	flash(rq, "read", m->name);
	return redirect(rq, "/meters/%" PRId64, m->id);
}

static enum status
find(struct request *rq, struct reading *r, struct meter *m)
{
	enum status e = reading_find(rq->by, request_id(rq, 0), r);

	return e ? e : meter_for(rq, METER_READ, r->meter_id, m);
}

static enum status
show_reading(struct request *rq, const struct reading *r, const struct meter *m)
{
	view_record(rq->view, "was", &reading_shape, r);
	view_record(rq->view, "meter", &meter_shape, m);
	page_form(rq, &correct_form);
	return page(rq, "machine/reading_form");
}

enum status
reading_page(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	struct reading *r = NEW(rq->arena, struct reading);
	struct typed t = { 0 };
	enum status e = find(rq, r, m);

	if (e)
		return e;
	t = (struct typed){ .value = r->value, .at = r->at, .note = r->note };
	keep_asking(rq, &t, false);
	form_show(rq, &correct_form, &t);
	return show_reading(rq, r, m);
}

enum status
reading_post(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	struct reading *r = NEW(rq->arena, struct reading);
	enum meter_doubt doubt = METER_FINE;
	struct typed t = { 0 };
	struct reading_entry entry;
	bool asked = false;
	enum status e = find(rq, r, m);

	if (!e)
		e = form_read(rq, &correct_form, &t);
	if (!e) {
		entry = entry_of(rq, &t);
		e = reading_correct(rq->by, m, r->id, &entry, t.reason, &doubt);
		asked = e == INVALID;
		if (asked)
			e = refuse(rq, &correct_form, doubt);
	}
	if (e == INVALID) {
		keep_asking(rq, &t, asked);
		return show_reading(rq, r, m);
	}
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/meters/%" PRId64, m->id);
}
