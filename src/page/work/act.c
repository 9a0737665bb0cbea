/* act.c: the acts on a work order's page, and their small forms. */
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "http/filetype.h"
#include "http/form.h"
#include "model/failure_code.h"
#include "model/register.h"
#include "model/work_order.h"
#include "page/page.h"
#include "page/work/forms.h"
#include "page/work/work.h"

static const struct rule log_rules[] = {
	{ .field = FIELD_WORD(struct work_log, kind, &work_log_words),
	    .kind = RULE_CHOICE,
	    .label = "Kind",
	    .required = true },
	{ .field = FIELD(struct work_log, note),
	    .kind = RULE_LINES,
	    .label = "What was done",
	    .least = 0,
	    .most = 4000 },
	{ .field = FIELD(struct work_log, minutes),
	    .label = "Minutes",
	    .least = 1,
	    .most = 24 * 60 },
};
const struct form log_form = { "log", log_rules, COUNT(log_rules), NULL };

#define REASON(question) \
	{ \
		.field = FIELD(struct reason, reason), .label = (question), .required = true, \
		.least = 3, .most = 400 \
	}

static const struct rule release_rules[] = { REASON("Why do you give it back?") };
const struct form release_form = { "release", release_rules, COUNT(release_rules), NULL };

static const struct rule reopen_rules[] = {
	REASON("What is not right yet?"),
	{ .field = FIELD(struct reason, machine_down),
	    .kind = RULE_CHECK,
	    .label = "The machine stands still again" },
};
const struct form reopen_form = { "reopen", reopen_rules, COUNT(reopen_rules), NULL };

static const struct rule cancel_rules[] = { REASON("Why is it cancelled?") };
const struct form cancel_form = { "cancel", cancel_rules, COUNT(cancel_rules), NULL };

enum status
code_options(struct request *rq, const char *field, const char *kind, int64_t machine_id,
    struct number current)
{
	struct rows rows;
	enum status e =
	    failure_code_offered(rq->by, kind, machine_id, current.known ? current.n : 0, &rows);

	if (!e)
		page_options(rq, field, rows, "id", "name");
	return e;
}

void
work_forms_show(struct request *rq)
{
	static const struct form *const all[] = { &log_form, &release_form, &reopen_form,
		&cancel_form };
	const struct form *wrong = rq->form_state != NULL ? rq->form_state->form : NULL;
	const struct work_log usual = { .kind = "STEP", .note = "" };

	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i] == wrong)
			page_form(rq, all[i]);
	if (wrong != &log_form)
		form_show(rq, &log_form, &usual);
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i] != wrong)
			page_form(rq, all[i]);
	view_bool(rq->view, "form_wrong", wrong != NULL);
}

/* An act that says all by itself. */
static enum status
act(struct request *rq, enum status (*one)(const struct actor *, int64_t id), const char *said)
{
	const int64_t id = request_id(rq, 0);

	return work_order_done(rq, id, one(rq->by, id), said);
}

enum status
accept_post(struct request *rq)
{
	return act(rq, work_order_accept, "accepted");
}

enum status
resume_post(struct request *rq)
{
	return act(rq, work_order_resume, "resumed");
}

enum status
follow_post(struct request *rq)
{
	return act(rq, work_order_follow, "following");
}

enum status
confirm_post(struct request *rq)
{
	return act(rq, work_order_confirm, "confirmed");
}

/* An act that needs a reason: the page once more when there is none. */
static enum status
act_because(struct request *rq, const struct form *form,
    enum status (*one)(const struct actor *, int64_t id, const struct reason *), const char *said)
{
	const int64_t id = request_id(rq, 0);
	struct reason r = { 0 };
	enum status e = form_read(rq, form, &r);

	if (e == INVALID)
		return work_order_show(rq, id);
	return e ? e : work_order_done(rq, id, one(rq->by, id, &r), said);
}

static enum status
release(const struct actor *by, int64_t id, const struct reason *r)
{
	return work_order_release(by, id, r->reason);
}

static enum status
reopen(const struct actor *by, int64_t id, const struct reason *r)
{
	return work_order_reopen(by, id, r->reason, r->machine_down);
}

static enum status
cancel(const struct actor *by, int64_t id, const struct reason *r)
{
	return work_order_cancel(by, id, r->reason);
}

enum status
release_post(struct request *rq)
{
	return act_because(rq, &release_form, release, "released");
}

enum status
reopen_post(struct request *rq)
{
	return act_because(rq, &reopen_form, reopen, "reopened");
}

enum status
cancel_post(struct request *rq)
{
	return act_because(rq, &cancel_form, cancel, "cancelled");
}

/* Labour says how long; a step or a note says what. */
static enum status
check_log(struct request *rq, const struct work_log *log)
{
	const bool labour = strcmp(log->kind, "LABOUR") == 0;

	if (labour && !log->minutes.known)
		return form_refuse(rq, &log_form, "minutes", "Enter the minutes.");
	if (!labour && text_empty(log->note))
		return form_refuse(rq, &log_form, "note", "Say what was done.");
	return OK;
}

enum status
log_post(struct request *rq)
{
	int64_t id = request_id(rq, 0);
	struct work_log log = { .note = "" };
	enum status e = form_read(rq, &log_form, &log);

	if (!e)
		e = check_log(rq, &log);
	if (e == INVALID)
		return work_order_show(rq, id);
	if (e)
		return e;
	e = work_order_log(rq->by, id, &log);
	if (e == INVALID) {
		(void)form_refuse(
		    rq, &log_form, "minutes", "That costs more than a work order can hold.");
		return work_order_show(rq, id);
	}
	return work_order_done(rq, id, e, "logged");
}
