/* complete.c: completing a work order. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/work/forms.h"
#include "page/work/work.h"

static const struct rule rules[] = {
	{ .field = FIELD(struct completion, cause_code_id),
	    .kind = RULE_REF,
	    .label = "Cause",
	    .hint = "Why did it fail?",
	    .required = true },
	{ .field = FIELD(struct completion, remedy_code_id),
	    .kind = RULE_REF,
	    .label = "Remedy",
	    .hint = "What kind of work brought it back?",
	    .required = true },
	{ .field = FIELD(struct completion, resolution),
	    .kind = RULE_LINES,
	    .label = "What was done",
	    .required = true,
	    .least = 3,
	    .most = 4000 },
	{ .field = FIELD(struct completion, minutes),
	    .label = "Minutes of work not yet recorded",
	    .least = 0,
	    .most = 24 * 60 },
	{ .field = FIELD(struct completion, stopped_at), .label = "Stopped since" },
	{ .field = FIELD(struct completion, runs_at), .label = "Runs again since" },
	{ .field = FIELD(struct completion, correction),
	    .label = "Why are these times corrected?",
	    .most = 400 },
	{ .field = FIELD(struct completion, signed_name),
	    .label = "Name of who signs",
	    .most = 80,
	    .autocomplete = "name" },
	{ .field = FIELD(struct completion, signature), .label = "Signature", .most = 60000 },
};

static const struct form form = { "completion", rules, COUNT(rules), NULL };

static enum status
show(struct request *rq, int64_t id)
{
	struct work_order *wo = NEW(rq->arena, struct work_order);
	struct completion c = { 0 };
	enum status e = work_order_find(rq->by, id, wo);

	if (!e)
		e = code_options(rq, "cause_code_id", "CAUSE", wo->machine_id, wo->cause_code_id);
	if (!e)
		e = code_options(
		    rq, "remedy_code_id", "REMEDY", wo->machine_id, wo->remedy_code_id);
	if (e)
		return e;
	if (!wo_may(wo_state_of(wo->state), WO_COMPLETE, rq->by->role, NULL))
		return work_order_done(rq, id, CONFLICT, "");
	c.cause_code_id = wo->cause_code_id;
	c.remedy_code_id = wo->remedy_code_id;
	c.resolution = wo->resolution;
	c.stopped_at = wo->stopped_at;
	c.runs_at = wo->stopped_at.known && !wo->runs_at.known ? rq->by->now : wo->runs_at;
	if (rq->form_state == NULL)
		form_show(rq, &form, &c);
	view_record(rq->view, "wo", &work_order_shape, wo);
	page_form(rq, &form);
	return page(rq, "work/complete");
}

enum status
complete_page(struct request *rq)
{
	return show(rq, request_id(rq, 0));
}

/* Times are typed to the minute. */
static bool
same_minute(struct instant a, struct instant b)
{
	return a.known == b.known && (!a.known || a.us / MINUTE == b.us / MINUTE);
}

/* Times left as the page offered them are no correction. */
static enum status
check_times(struct request *rq, const struct work_order *wo, struct completion *c)
{
	const bool start_moved = c->stopped_at.known && !same_minute(c->stopped_at, wo->stopped_at);
	const bool end_moved = c->runs_at.known && c->runs_at.us < rq->by->now.us - 5 * MINUTE;

	if (!wo->stopped_at.known || (!start_moved && !end_moved)) {
		c->correction = NULL;
		return OK;
	}
	if (!start_moved)
		c->stopped_at = wo->stopped_at;
	if (!c->runs_at.known)
		c->runs_at = rq->by->now;
	if (c->runs_at.us < c->stopped_at.us)
		return form_refuse(rq, &form, "runs_at", "It cannot run again before it stopped.");
	if (c->runs_at.us > rq->by->now.us + MINUTE)
		return form_refuse(rq, &form, "runs_at", "This time has not come yet.");
	if (text_empty(c->correction))
		return form_refuse(rq, &form, "correction", "Say why the times are corrected.");
	return OK;
}

/* A signature is the path of an SVG, made by the page's script: nothing else may stand in it. */
static enum status
check_signature(struct request *rq, const struct completion *c)
{
	if (text_empty(c->signature))
		return OK;
	for (const char *p = c->signature; *p != '\0'; p++)
		if (!((*p >= '0' && *p <= '9') || *p == ' ' || *p == '.' || *p == ',' ||
			*p == '-' || *p == 'M' || *p == 'L' || *p == 'Q' || *p == 'C'))
			return form_refuse(rq, &form, "signature", "Sign again.");
	return OK;
}

enum status
complete_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct completion c = { 0 };
	struct work_order wo;
	enum status e = form_read(rq, &form, &c);

	if (!e)
		e = check_signature(rq, &c);
	if (!e)
		e = work_order_find(rq->by, id, &wo);
	if (!e)
		e = check_times(rq, &wo, &c);
	if (e == INVALID)
		return show(rq, id);
	if (!e)
		e = work_order_complete(rq->by, id, &c);
	return work_order_done(rq, id, e, "completed");
}
