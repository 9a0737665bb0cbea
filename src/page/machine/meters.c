/* meters.c: the meters of a machine: defining them, their page with the chart. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "http/form.h"
#include "model/machine.h"
#include "model/meter.h"
#include "page/history_export.h"
#include "page/machine/meter_page.h"
#include "page/page.h"
#include "view/chart.h"

enum { SHOWN = 50, SPANS = 120 };

static const struct rule rules[] = {
	{ .field = FIELD(struct meter, name), .label = "Name", .required = true, .most = 80 },
	{ .field = FIELD(struct meter, unit),
	    .label = "Unit",
	    .hint = "As on the meter: h, km, bar, °C.",
	    .most = 12 },
	{ .field = FIELD_WORD(struct meter, kind, &meter_kind_words),
	    .kind = RULE_CHOICE,
	    .label = "Kind",
	    .hint = "A counter only grows; a gauge goes up and down.",
	    .required = true },
	{ .field = FIELD(struct meter, run_hours),
	    .kind = RULE_CHECK,
	    .label = "It counts the hours that the machine runs",
	    .hint = "The figures then take the operating time from it." },
	{ .field = FIELD(struct meter, rollover),
	    .label = "Begins at 0 again at",
	    .hint = "As 100000 for a counter of five digits. Empty: never.",
	    .least = 1 },
};

static const struct form form = { "meter", rules, COUNT(rules), NULL };

enum status
meter_for(struct request *rq, enum permission permission, int64_t id, struct meter *m)
{
	enum status e = meter_find(rq->by, id, m);

	if (e)
		return e;
	return machine_reached(rq, permission, m->department_id) ? OK : NOT_FOUND;
}

static enum status
show_form(struct request *rq, const struct meter *m, bool is_new)
{
	view_record(rq->view, "meter_of", &meter_shape, m);
	view_int(rq->view, "version", m->version);
	view_bool(rq->view, "is_new", is_new);
	view_text(rq->view, "action",
	    is_new ? arena_print(rq->arena, "/machines/%" PRId64 "/meters/new", m->machine_id)
		   : arena_print(rq->arena, "/meters/%" PRId64 "/edit", m->id));
	page_form(rq, &form);
	return page(rq, "machine/meter_form");
}

static enum status
new_meter(struct request *rq, struct meter *m)
{
	struct machine machine;
	enum status e = machine_for(rq, METER_EDIT, request_id(rq, 0), &machine);

	*m = (struct meter){ .machine_id = machine.id,
		.machine_number = machine.number,
		.machine_name = machine.name,
		.name = "",
		.unit = "",
		.kind = "COUNTER" };
	return e;
}

enum status
machine_meter_new_page(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	enum status e = new_meter(rq, m);

	if (e)
		return e;
	form_show(rq, &form, m);
	return show_form(rq, m, true);
}

/* Hours at work are counted, in hours. */
static enum status
check(struct request *rq, const struct meter *m)
{
	if (m->run_hours && !text_same(m->kind, "COUNTER"))
		return form_refuse(rq, &form, "kind", "Hours at work are a counter.");
	if (m->rollover.known && !text_same(m->kind, "COUNTER"))
		return form_refuse(rq, &form, "rollover", "Only a counter begins at 0 again.");
	return OK;
}

enum status
machine_meter_new_post(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	int64_t id;
	enum status e = new_meter(rq, m);

	if (!e)
		e = form_read(rq, &form, m);
	if (!e)
		e = check(rq, m);
	if (!e)
		e = meter_add(rq->by, m, &id);
	if (e == INVALID)
		return show_form(rq, m, true);
	if (e)
		return e;
	flash(rq, "created", m->name);
	return redirect(rq, "/meters/%" PRId64, id);
}

enum status
meter_edit_page(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter);
	enum status e = meter_for(rq, METER_EDIT, request_id(rq, 0), m);

	if (e)
		return e;
	form_show(rq, &form, m);
	return show_form(rq, m, false);
}

enum status
meter_edit_post(struct request *rq)
{
	struct meter *m = NEW(rq->arena, struct meter), typed;
	enum status e = meter_for(rq, METER_EDIT, request_id(rq, 0), m);

	typed = *m;
	if (!e)
		e = form_read(rq, &form, &typed);
	if (!e)
		e = check(rq, &typed);
	if (!e) {
		typed.version = form_version(rq);
		e = meter_change(rq->by, &typed);
	}
	if (e == CONFLICT)
		e = form_refuse(rq, &form, "name",
		    "Somebody has changed it in the meantime. Look at it and save again.");
	if (e == INVALID)
		return show_form(rq, m, false);
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/meters/%" PRId64, m->id);
}

static enum status
archive(struct request *rq, bool away)
{
	struct meter *m = NEW(rq->arena, struct meter);
	enum status e = meter_for(rq, METER_EDIT, request_id(rq, 0), m);

	if (!e)
		e = meter_archive(rq->by, m->id, away);
	if (e)
		return e;
	flash(rq, away ? "archived" : "restored", m->name);
	return redirect(rq, "/meters/%" PRId64, m->id);
}

enum status
meter_archive_post(struct request *rq)
{
	return archive(rq, true);
}

enum status
meter_restore_post(struct request *rq)
{
	return archive(rq, false);
}

/* "30", "365" days or "all". */
static int
days_shown(const struct request *rq)
{
	const char *days = pairs_get(&rq->query, "days");

	if (text_same(days, "30"))
		return 30;
	return text_same(days, "all") ? 0 : 365;
}

static void
show_ranges(struct request *rq, int days)
{
	static const struct {
		int days;
		const char *value, *text;
	} ranges[] = { { 30, "30", "30 days" }, { 365, "365", "1 year" }, { 0, "all", "All" } };
	struct view *list = view_list(rq->view, "ranges");

	for (size_t i = 0; i < COUNT(ranges); i++) {
		struct view *v = view_item(list);

		view_text(v, "text", page_text(rq, ranges[i].text));
		view_text(v, "query", page_query(rq, "days", ranges[i].value));
		view_bool(v, "current", ranges[i].days == days);
	}
}

static enum status
show_chart(struct request *rq, const struct meter *m, int days)
{
	static const struct instant always = { true, 0 };
	const struct instant to = rq->by->now;
	struct chart_point *at;
	struct chart_line c = { .id = "readings-chart", .to = to };
	struct rows points;
	enum status e;

	c.from = days > 0 ? instant_add(to, -(int64_t)days * DAY) : always;
	e = reading_points(rq->by, m->id, c.from, to, SPANS, &points);
	if (e)
		return e;
	at = NEW_ARRAY(rq->arena, struct chart_point, points.count + 1);
	for (size_t i = 0; i < points.count; i++) {
		const struct meter_point *p = row_at(&points, i);

		at[i] = (struct chart_point){ p->at, p->value };
	}
	if (days == 0 && points.count > 0)
		c.from = at[0].at;
	c.title = page_text_with(rq, "Readings of %1", m->name, NULL);
	c.desc = page_text(rq, "The table beside it has the values.");
	c.at = at;
	c.count = points.count;
	view_text(rq->view, "chart", chart_line(rq->arena, rq->kit->locale, &c));
	return OK;
}

static enum status
show_readings(struct request *rq, const struct meter *m)
{
	struct instant after_at = { 0 };
	int64_t after_id = 0;
	struct rows rows;
	const char *key = NULL;
	enum status e;

	if (!after_read(rq, &after_at, &after_id))
		return BAD_REQUEST;
	e = reading_list(rq->by, m->id, after_at, after_id, SHOWN + 1, &rows);
	if (e)
		return e;
	if (rows.count > SHOWN) {
		const struct reading *last = row_at(&rows, SHOWN - 1);

		key = after_text(rq, last->at, last->id);
	}
	page_next(rq, &rows, SHOWN, key);
	downloads_show(rq, &reading_history, "meter", arena_print(rq->arena, "%" PRId64, m->id));
	view_rows(rq->view, "readings", rows);
	view_bool(rq->view, "any", rows.count > 0);
	return OK;
}

enum status
meter_show(struct request *rq, struct meter *m)
{
	const int days = days_shown(rq);
	enum status e = show_chart(rq, m, days);

	if (!e)
		e = show_readings(rq, m);
	if (e)
		return e;
	show_ranges(rq, days);
	view_record(rq->view, "meter", &meter_shape, m);
	view_bool(rq->view, "archived", m->archived_at.known);
	view_bool(rq->view, "can_edit", machine_reached(rq, METER_EDIT, m->department_id));
	view_bool(rq->view, "can_read",
	    !m->archived_at.known && machine_reached(rq, METER_READ, m->department_id));
	return page(rq, "machine/meter");
}
