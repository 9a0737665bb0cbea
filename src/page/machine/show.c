/* show.c: what a person at the machine needs first. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "model/beside.h"
#include "model/event.h"
#include "model/machine.h"
#include "model/machine_glance.h"
#include "model/machine_history.h"
#include "model/site.h"
#include "model/work_order.h"
#include "page/files.h"
#include "page/label/label.h"
#include "page/machine/machine.h"
#include "page/page.h"
#include "page/register.h"
#include "view/label_format.h"
#include "view/paper.h"
#include "view/paper_label.h"
#include "view/qr.h"

enum { HISTORY = 6 };

static const char *
code_url(struct request *rq, const struct machine *m)
{
	return arena_print(rq->arena, "%s/q/%s", rq->kit->base_url, m->code);
}

/* Those of the section; `more` when there are others than shown. */
static struct rows
show_section(struct request *rq, const struct rows *all, enum glance_section section,
    const char *name, size_t most)
{
	struct rows rows = glance_of(all, section);
	struct view *v = view_group(rq->view, name);

	view_bool(v, "any", rows.count > 0);
	view_bool(v, "more", rows.count > most);
	if (rows.count > most)
		rows.count = most;
	view_rows(v, "rows", rows);
	return rows;
}

static void
show_below(struct request *rq, const struct rows *all)
{
	struct rows rows = glance_of(all, GLANCE_BELOW);
	struct view *v = view_group(rq->view, "below"), *list = view_list(v, "rows");
	const bool more = rows.count > GLANCE_BELOWS;

	view_bool(v, "any", rows.count > 0);
	view_bool(v, "more", more);
	for (size_t i = 0; i < rows.count && i < GLANCE_BELOWS; i++) {
		const struct glance *g = row_at(&rows, i);
		struct view *item = view_item(list);

		view_int(item, "id", g->id);
		view_text(item, "number", g->number);
		view_text(item, "name", g->name);
		view_word(item, "status", &machine_status_words, g->word);
		view_bool(item, "series", g->flag);
	}
}

/* Custom fields and tags, as every register's page shows them. */
static void
show_beside(struct request *rq, const struct rows *all)
{
	struct beside_row *list = NEW_ARRAY(rq->arena, struct beside_row, all->count + 1);
	struct rows rows = { &beside_shape, list, 0 };

	for (size_t i = 0; i < all->count; i++) {
		const struct glance *g = row_at(all, i);

		if (g->section != GLANCE_FIELD && g->section != GLANCE_TAG)
			continue;
		list[rows.count++] = (struct beside_row){
			.what = g->section == GLANCE_FIELD ? "FIELD" : "TAG",
			.id = g->id,
			.name = g->name,
			.shown = g->flag,
			.text = g->word,
			.number = g->quantity,
			.day = { g->at.known, (int32_t)(g->at.us / DAY) },
		};
	}
	register_beside_show(rq, &machine_register, &rows, view_list(rq->view, "details"));
}

static void
show_around(struct request *rq, const struct machine *m, const struct rows *all)
{
	const struct rows stop = glance_of(all, GLANCE_STOP), photo = glance_of(all, GLANCE_PHOTO),
			  place = glance_of(all, GLANCE_PLACE), year = glance_of(all, GLANCE_YEAR);
	const struct glance *g = stop.count > 0 ? row_at(&stop, 0) : NULL;
	const bool figures = machine_reached(rq, FIGURE_VIEW, m->department_id);
	struct view *v = view_group(rq->view, "year");

	view_instant(rq->view, "down_since", g != NULL ? g->at : (struct instant){ 0 });
	view_int(rq->view, "photo",
	    photo.count > 0 ? ((const struct glance *)row_at(&photo, 0))->id : 0);
	view_text(rq->view, "place",
	    place.count > 0 ? ((const struct glance *)row_at(&place, 0))->name : NULL);
	show_section(rq, all, GLANCE_FILE, "manuals", GLANCE_FILES);
	show_section(rq, all, GLANCE_PART, "parts", GLANCE_PARTS);
	show_section(rq, all, GLANCE_METER, "meters", SIZE_MAX);
	show_below(rq, all);
	g = year.count > 0 ? row_at(&year, 0) : NULL;
	view_int(v, "failures", g != NULL ? g->count : 0);
	view_decimal(v, "cost", g != NULL ? g->quantity : (struct decimal){ 0 });
	view_bool(rq->view, "sees_figures", figures);
	view_bool(rq->view, "sees_costs", machine_reached(rq, COST_VIEW, m->department_id));
}

/* The one work order that a technician goes on with, or else begins. */
static void
show_start(struct request *rq, const struct rows *open)
{
	static const char *const states[] = { "IN_PROGRESS", "PENDING", "WAITING_PARTS" };
	static const char *const acts[] = { "continue", "accept", "resume" };
	const struct work_order_row *mine = NULL, *w;
	int64_t working_on = 0;
	struct view *v;

	for (size_t s = 0; rq->by->role == TECHNICIAN && s < COUNT(states) && mine == NULL; s++)
		for (size_t i = 0; i < open->count && mine == NULL; i++) {
			w = row_at(open, i);
			if (!text_same(w->state, states[s]))
				continue;
			mine = w;
			v = view_group(rq->view, "start");
			view_int(v, "id", w->id);
			view_text(v, "number", w->number);
			view_text(v, "act", acts[s]);
			view_bool(v, "go_on", s == 0);
			view_bool(v, "resumes", s == 2);
			if (s != 1)
				working_on = w->id;
		}
	if (mine == NULL)
		view_bool(rq->view, "start", false);
	view_int(rq->view, "working_on", working_on);
}

/* The latest of its history, as partial/history.html wants it. */
static enum status
read_history(struct request *rq, int64_t id, struct rows *events)
{
	struct history_query q = { .machines = { &id, 1 } };
	struct event_row *at = NEW_ARRAY(rq->arena, struct event_row, HISTORY);
	struct rows rows;
	enum status e = history_rows(rq->by, &q, HISTORY, &rows);

	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct history_row *r = row_at(&rows, i);

		at[i] = (struct event_row){ .id = r->id,
			.at = r->at,
			.user_id = r->user_id,
			.user_name = r->user_name,
			.act = r->act,
			.kind = r->kind,
			.record_id = r->record_id,
			.title = r->title,
			.work_order_id = r->open_to ? r->work_order_id : (struct number){ 0 },
			.changes = r->changes };
	}
	*events = (struct rows){ &event_shape, at, e ? 0 : rows.count };
	return e;
}

static enum status
read_rest(struct request *rq, const struct machine *m)
{
	struct rows open, around, events;
	struct period_shown year;
	enum status e;

	period_usual(rq, &year);
	e = work_order_open_of(rq->by, m->id, &open);

	if (!e)
		e = machine_glance(rq->by, m->id, year.from, &around);
	if (!e)
		e = page_files(rq, "machine", m->id);
	if (!e)
		e = read_history(rq, m->id, &events);
	if (e)
		return e;
	view_rows(rq->view, "open_work_orders", open);
	show_start(rq, &open);
	show_around(rq, m, &around);
	show_beside(rq, &around);
	page_history(rq, "history", &events);
	return OK;
}

enum status
machine_page(struct request *rq)
{
	struct machine *m = NEW(rq->arena, struct machine);
	enum status e = machine_find(rq->by, request_id(rq, 0), m);

	if (!e)
		e = read_rest(rq, m);
	if (e)
		return e;
	view_record(rq->view, "machine", &machine_shape, m);
	view_bool(rq->view, "can_report",
	    !m->archived_at.known && machine_reached(rq, WORK_ORDER_REPORT, m->department_id));
	view_bool(rq->view, "can_parts", machine_reached(rq, BOM_EDIT, m->department_id));
	view_bool(rq->view, "can_meters", machine_reached(rq, METER_EDIT, m->department_id));
	view_bool(rq->view, "can_read", machine_reached(rq, METER_READ, m->department_id));
	view_bool(rq->view, "archived", m->archived_at.known);
	view_text(rq->view, "code_url", code_url(rq, m));
	code_card(rq, "machine", "/machines", m->id, m->code);
	return page(rq, "machine/show");
}

enum status
machine_code_page(struct request *rq)
{
	struct machine m;
	const char *svg;
	enum status e = machine_find(rq->by, request_id(rq, 0), &m);

	if (e)
		return e;
	svg = qr_svg_level(rq->arena, code_url(rq, &m), QR_QUARTILE);
	if (svg == NULL)
		return FAILED;
	header_set(rq, "Content-Type", "image/svg+xml; charset=utf-8");
	header_set(rq, "Cache-Control", "private, max-age=3600");
	rq->response.code = 200;
	buf_text(&rq->response.body, svg);
	return OK;
}

enum status
machine_label_page(struct request *rq)
{
	struct machine m;
	struct label label;
	struct paper_bytes pdf;
	const struct label_print how = { .format = label_format_of("70x37"), .level = QR_QUARTILE };
	enum status e = machine_find(rq->by, request_id(rq, 0), &m);

	if (e)
		return e;
	label = (struct label){ .url = code_url(rq, &m),
		.code = m.code,
		.name = m.name,
		.number = m.number,
		.place = text_empty(m.location) ? m.department_name : m.location,
		.hint = page_text(rq, "Scan to report a problem"),
		.site = rq->site->title };
	e = paper_labels(rq->arena, PAPER_FONTS, &label, 1, &how, &pdf, NULL);
	return e ? e : page_pdf(rq, m.number, pdf.at, pdf.len);
}
