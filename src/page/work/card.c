/* card.c: the job card of a work order, as PDF. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "model/parts_request.h"
#include "model/site.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/work/work.h"
#include "view/paper.h"
#include "view/paper_job_card.h"

static const char *
word(const struct request *rq, const struct words *words, const char *code)
{
	int i = word_index(words, code);

	return i < 0 ? NULL : page_text(rq, words->list[i].text);
}

static void
fill_log(struct request *rq, struct job_card *card, const struct rows *logs)
{
	struct job_entry *at = NEW_ARRAY(rq->arena, struct job_entry, logs->count);

	for (size_t i = 0; i < logs->count; i++) {
		const struct work_log_row *l = row_at(logs, i);
		const char *kind = word(rq, &work_log_words, l->kind);

		at[i].at = locale_instant(rq->kit->locale, rq->arena, l->at);
		at[i].by = l->user_name;
		at[i].text =
		    !l->minutes.known
			? l->note
			: arena_print(rq->arena, "%s · %s%s%s", kind,
			      locale_duration(rq->kit->locale, rq->arena, l->minutes.n * 60),
			      text_empty(l->note) ? "" : " · ", l->note);
	}
	card->log = at;
	card->log_count = logs->count;
}

static void
fill_parts(struct request *rq, struct job_card *card, const struct rows *lines)
{
	struct job_part *at = NEW_ARRAY(rq->arena, struct job_part, lines->count);

	for (size_t i = 0; i < lines->count; i++) {
		const struct parts_request_line *l = row_at(lines, i);

		at[i].number = l->part_number;
		at[i].name = l->part_name;
		at[i].asked = locale_decimal(rq->kit->locale, rq->arena, l->asked);
		at[i].issued = locale_decimal(rq->kit->locale, rq->arena, l->issued);
	}
	card->parts = at;
	card->part_count = lines->count;
}

static struct job_card
card_of(struct request *rq, const struct work_order *wo)
{
	struct locale *l = rq->kit->locale;

	return (struct job_card){
		.site = rq->site->title,
		.printed = arena_print(
		    rq->arena, "%s · %s", locale_instant(l, rq->arena, rq->by->now), rq->by->name),
		.url = arena_print(rq->arena, "%s/work-orders/%" PRId64, rq->kit->base_url, wo->id),
		.number = wo->number,
		.title = wo->problem_name != NULL ? wo->problem_name
						  : text_cut(rq->arena, wo->description, 80),
		.kind = word(rq, &wo_kind_words, wo->kind),
		.priority = word(rq, &wo_priority_words, wo->priority),
		.urgent = text_same(wo->priority, "CRITICAL") || text_same(wo->priority, "HIGH"),
		.state = word(rq, &wo_state_words, wo->state),
		.machine = arena_print(rq->arena, "%s %s", wo->machine_number, wo->machine_name),
		.machine_code = wo->machine_code,
		.department = wo->department_name,
		.location = wo->machine_location,
		.reported_by = wo->reporter_name,
		.reported_at = locale_instant(l, rq->arena, wo->reported_at),
		.assigned = wo->assignee_name,
		.failure_code = wo->problem_name,
		.description = wo->description,
		.cause = wo->cause_name,
		.remedy = wo->remedy_name,
		.done = wo->resolution,
	};
}

enum status
job_card_page(struct request *rq)
{
	struct rows logs, requests, lines = { 0 };
	struct work_order wo;
	struct job_card card;
	struct paper_bytes pdf;
	enum status e = work_order_find(rq->by, request_id(rq, 0), &wo);

	if (!e)
		e = work_log_list(rq->by, wo.id, &logs);
	if (!e)
		e = parts_request_of_work_order(rq->by, wo.id, &requests, &lines);
	if (e)
		return e;
	card = card_of(rq, &wo);
	fill_log(rq, &card, &logs);
	fill_parts(rq, &card, &lines);
	e = paper_job_card(rq->arena, PAPER_FONTS, rq->kit->tongue->catalogue, &card, &pdf);
	return e ? e : page_pdf(rq, wo.number, pdf.at, pdf.len);
}
