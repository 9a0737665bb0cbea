/*
 * report.c: a visitor reports at a machine.  Held back by a field that nobody sees, by the time
 * that it takes to fill the form, and by how many came from an address and for a machine.
 *
 * The form carries `once` and a stamp, HMAC over the code, the time and `once`; the follow link's
 * secret is made of both, so that a form that is sent twice leads to the same report.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "model/attachment.h"
#include "model/code.h"
#include "model/machine.h"
#include "model/open_report.h"
#include "model/rate.h"
#include "model/register.h"
#include "page/open/open.h"
#include "page/page.h"
#include "page/photo.h"
#include "rule/number.h"

enum {
	PROBLEMS = 6,
	SECRET = 22, /* characters of base64url: 132 bits */
	ADDRESS_MOST = 40,
	MACHINE_MOST = 8,
	TRIES_MOST = 80, /* forms of an address, sent again or not */
	GUESSES = 60,    /* codes that are none, as when they are scanned */
	WINDOW = 600,
};

static const int64_t fill_least = 2 * SECOND, fill_most = 12 * HOUR;

struct entry {
	const char *who;
	struct number problem_code_id;
	const char *description;
	bool machine_down;
};

static const struct rule rules[] = {
	{ .field = FIELD(struct entry, problem_code_id),
	    .kind = RULE_REF,
	    .label = "What do you see?" },
	{ .field = FIELD(struct entry, description),
	    .kind = RULE_LINES,
	    .label = "In your words",
	    .most = 2000 },
	{ .field = FIELD(struct entry, machine_down),
	    .kind = RULE_CHECK,
	    .label = "The machine is standing still" },
	{ .field = FIELD(struct entry, who),
	    .label = "Your name, or the code of your badge",
	    .required = true,
	    .least = 2,
	    .most = 80,
	    .autocomplete = "name" },
};

static const char *const also[] = { "photo", "kept", "website", "stamp", NULL };
static const struct form form = { "open", rules, COUNT(rules), also };

/* ---- the stamp ---- */

static const char *
stamp_of(struct request *rq, const char *code, const char *us, const char *once)
{
	const char *message = arena_print(rq->arena, "open:%s:%s:%s", code, us, once);

	return arena_print(
	    rq->arena, "%s:%s", us, hmac_text(rq->arena, rq->kit->config->secret, message));
}

static const char *
secret_of(struct request *rq, const char *code, const char *once)
{
	const char *message = arena_print(rq->arena, "follow:%s:%s", code, once);

	return arena_text(
	    rq->arena, hmac_text(rq->arena, rq->kit->config->secret, message), SECRET);
}

/* When the form was given out; not known when it was not ours, or long ago. */
static struct instant
stamp_read(struct request *rq, const char *code)
{
	const char *stamp = pairs_get(&rq->form, "stamp"), *once = pairs_get(&rq->form, "once");
	struct instant at = { 0 };
	const char *us;

	if (text_empty(stamp) || text_empty(once) || strlen(once) > 64)
		return at;
	us = arena_text(rq->arena, stamp, strcspn(stamp, ":"));
	if (!text_same_secret(stamp, stamp_of(rq, code, us, once)))
		return at;
	at = (struct instant){ true, strtoll(us, NULL, 10) };
	at.known = at.us <= rq->by->now.us && at.us > rq->by->now.us - fill_most;
	return at;
}

/* ---- the page ---- */

/* A form that comes back keeps its stamp: who was too fast need not wait once more. */
static void
show_stamp(struct request *rq, const char *code)
{
	const char *once = random_text(rq->arena, 16);
	const char *us = arena_print(rq->arena, "%" PRId64, rq->by->now.us);

	if (rq->method == POST && stamp_read(rq, code).known) {
		view_text(rq->view, "stamp", pairs_get(&rq->form, "stamp"));
		view_text(rq->view, "stamp_once", pairs_get(&rq->form, "once"));
		return;
	}
	view_text(rq->view, "stamp", stamp_of(rq, code, us, once));
	view_text(rq->view, "stamp_once", once);
}

static enum status
show_machine(struct request *rq, const struct code_found *f)
{
	struct machine *m = NEW(rq->arena, struct machine);
	struct open_known *known = NEW(rq->arena, struct open_known);
	struct rows problems;
	enum status e = machine_find(rq->by, f->record_id, m), open = NOT_FOUND;

	if (!e)
		e = open_report_problems(rq->by, m->id, PROBLEMS, &problems);
	if (!e)
		open = open_report_known(rq->by, m->id, known);
	if (e || (open && open != NOT_FOUND))
		return e ? e : open;
	view_record(rq->view, "machine", &machine_shape, m);
	view_bool(rq->view, "is_known", open == OK);
	if (open == OK)
		view_record(rq->view, "known", &open_known_shape, known);
	page_options(rq, "problem_code_id", problems, "id", "name");
	return OK;
}

static enum status
show(struct request *rq, const char *code, const struct code_found *f, const char *held)
{
	enum status e = show_machine(rq, f);

	if (e)
		return e;
	if (rq->form_state == NULL)
		form_show(rq, &form, NULL);
	photo_keep(rq);
	show_stamp(rq, code);
	view_text(rq->view, "code", code);
	view_text(rq->view, "held", held);
	page_form(rq, &form);
	return page(rq, "open/report");
}

enum status
open_report_show(struct request *rq, const char *code, const struct code_found *f)
{
	return show(rq, code, f, NULL);
}

/* ---- what was sent ---- */

/* NULL, or why it is held back, in the person's language. */
static const char *
held_back(struct request *rq, const char *code)
{
	const struct instant given = stamp_read(rq, code);

	if (!text_empty(pairs_get(&rq->form, "website")))
		return page_text(rq, "Leave the last field of the form empty, then send it again.");
	if (!given.known)
		return page_text(
		    rq, "This page was open for too long. Look at it, then send it again.");
	if (rq->by->now.us - given.us < fill_least)
		return page_text(
		    rq, "That was faster than people type. Look at it, then send it again.");
	return NULL;
}

static enum status
count(struct request *rq, const struct code_found *f)
{
	enum status e = rate_take(rq->by, "open_report", rq->wire->address, ADDRESS_MOST, WINDOW);

	return e ? e
		 : rate_take(rq->by, "open_report_at",
		       arena_print(rq->arena, "%" PRId64, f->record_id), MACHINE_MOST, WINDOW);
}

static bool
has_digit(const char *text)
{
	return text[strcspn(text, "0123456789")] != '\0';
}

/* A badge's code, or else a name: as long as a code and without a digit it may be either. */
static enum status
who_is(struct request *rq, const struct entry *en, struct open_report_new *r)
{
	const char *code = code_normal(rq->arena, en->who);
	struct badge b = { 0 };
	enum status e = NOT_FOUND;

	r->said_name = en->who;
	if (code == NULL)
		return OK;
	if (code_valid(code))
		e = open_report_badge(rq->by, code, &b);
	if (e == NOT_FOUND && code_valid(code)) {
		e = rate_take(rq->by, "code", rq->wire->address, GUESSES, WINDOW);
		e = e ? e : NOT_FOUND;
	}
	if (e == NOT_FOUND)
		return has_digit(en->who) ? form_refuse(rq, &form, "who",
						"No badge has this code. Type your name instead.")
					  : OK;
	r->said_name = b.name;
	r->user_id = b.id;
	return e;
}

static enum status
read_entry(struct request *rq, struct open_report_new *r)
{
	struct entry en = { .who = "", .description = "" };
	const char *why = NULL;
	enum status e = form_read(rq, &form, &en), photos;

	if (!e && !en.problem_code_id.known && text_length(en.description) < 3)
		e = form_refuse(
		    rq, &form, "description", "Choose what you see, or say it in your words.");
	if (!e)
		e = who_is(rq, &en, r);
	if (e && e != INVALID)
		return e;
	photos = photo_check(rq, &why);
	if (photos == INVALID)
		rq->photo_complaint = why;
	r->problem_code_id = en.problem_code_id;
	r->description = en.description;
	r->machine_down = en.machine_down;
	return e ? e : photos;
}

static enum status
refused(
    struct request *rq, const char *code, const struct code_found *f, int status, const char *held)
{
	rq->response.code = status;
	return show(rq, code, f, held);
}

static enum status
make(struct request *rq, const char *code, struct open_report_new *r)
{
	const char *secret = secret_of(rq, code, pairs_get(&rq->form, "once"));
	bool confirmed;
	int64_t id;
	enum status e = open_report_make(rq->by, r, secret, &id, &confirmed);

	if (!e)
		e = photo_put(rq, &(struct place){ .kind = "open_report",
				      .id = id,
				      .title = r->said_name,
				      .machine_id = r->machine_id,
				      .department_id = r->department_id });
	return e ? e : redirect(rq, "/follow/%s", secret);
}

/* Sent twice: the first one's link. */
static bool
was_sent(struct request *rq, const char *code)
{
	struct open_report o;

	return stamp_read(rq, code).known &&
	       open_report_by_secret(
		   rq->by, secret_of(rq, code, pairs_get(&rq->form, "once")), &o) == OK;
}

/*
 * Each form costs: its photos are kept while it is mended, and a code that is none is a guess. Both
 * are counted, which an answer that is no error keeps.
 */
static enum status
find(struct request *rq, const char *code, struct code_found *f)
{
	enum status e = rate_look(rq->by, "code", rq->wire->address, GUESSES);

	if (!e)
		e = rate_take(rq->by, "open_form", rq->wire->address, TRIES_MOST, WINDOW);
	if (e)
		return e;
	e = code != NULL && code_valid(code) ? code_find(rq->by, code, f) : NOT_FOUND;
	if (e || (f->open_report && !f->archived_at.known))
		return e;
	return NOT_FOUND;
}

static enum status
not_open(struct request *rq)
{
	static const char *const names[] = { "who", "problem_code_id", "description",
		"machine_down", "photo", "kept", "website", "stamp", NULL };
	enum status e = form_only(rq, names);

	if (rq->by->user_id != 0)
		return NOT_FOUND;
	if (!e)
		e = rate_take(rq->by, "code", rq->wire->address, GUESSES, WINDOW);
	return e ? e : redirect(rq, "/sign-in");
}

enum status
open_report_post(struct request *rq)
{
	const char *code = code_normal(rq->arena, rq->capture[0]), *held;
	struct open_report_new r = { 0 };
	struct code_found f;
	enum status e = find(rq, code, &f);

	if (e == NOT_FOUND)
		return not_open(rq);
	if (e)
		return e;
	r.machine_id = f.record_id;
	r.department_id = f.department_id;
	e = read_entry(rq, &r);
	if (e && e != INVALID)
		return e;
	if (was_sent(rq, code))
		return redirect(
		    rq, "/follow/%s", secret_of(rq, code, pairs_get(&rq->form, "once")));
	held = held_back(rq, code);
	if (e || held != NULL)
		return refused(rq, code, &f, 422, held);
	e = count(rq, &f);
	if (e == TOO_MANY) {
		header_set(rq, "Retry-After", "600");
		return refused(rq, code, &f, 429,
		    page_text(rq,
			"Many reports came from here in the last minutes. Tell a supervisor, or"
			" send it again in ten minutes: it stays on this page."));
	}
	return e ? e : make(rq, code, &r);
}
