/* part.c: whom a part is bought from. */
#include <inttypes.h>

#include "base/arena.h"
#include "model/lines.h"
#include "model/part.h"
#include "page/line/line.h"
#include "page/page.h"
#include "page/register.h"

static const struct rule rules[] = {
	{ FIELD(struct part_offer, vendor_id), RULE_REF, "Vendor", NULL, true, 0, 0, NULL },
	{ FIELD(struct part_offer, number), RULE_PLAIN, "Vendor’s number", NULL, false, 0, 80,
	    NULL },
	{ FIELD(struct part_offer, price), RULE_PLAIN, "Price", "Of one unit.", false, 0,
	    INT64_C(99999999999999), NULL },
	{ FIELD(struct part_offer, lead_days), RULE_PLAIN, "Days to delivery", NULL, false, 0, 3650,
	    NULL },
};

static const struct form form = { "offer", rules, COUNT(rules), NULL };

void
offers_show(struct request *rq, const struct part_lines *l)
{
	page_options(rq, "vendor_id", l->vendors, "id", "name");
	view_rows(rq->view, "offers", l->offers);
	view_bool(rq->view, "has_offers", l->offers.count > 0);
	line_form(rq, &form, rq->form_state);
}

static enum status
answer(struct request *rq, const struct part *p, enum status e)
{
	if (e == INVALID) {
		view_text(rq->view, "refused", NULL);
		return register_show(rq, &part_register, p);
	}
	if (e)
		return e == CONFLICT ? NOT_FOUND : e;
	flash(rq, "saved", p->number);
	return redirect(rq, "/parts/%" PRId64, p->id);
}

static enum status
find(struct request *rq, struct part *p)
{
	enum status e = part_find(rq->by, request_id(rq, 0), p);

	return !e && p->archived_at.known ? NOT_FOUND : e;
}

enum status
offer_post(struct request *rq)
{
	struct part_offer o = { .number = "" };
	struct part *p = NEW(rq->arena, struct part);
	enum status e = find(rq, p);

	if (!e)
		e = form_read(rq, &form, &o);
	if (!e)
		e = part_offer_put(rq->by, p, &o);
	if (e == NOT_FOUND && o.vendor_id != 0)
		e = form_refuse(rq, &form, "vendor_id", "Choose one from the list");
	return answer(rq, p, e);
}

enum status
offer_take_post(struct request *rq)
{
	static const char *const none[] = { NULL };
	struct part *p = NEW(rq->arena, struct part);
	enum status e = form_only(rq, none);

	if (!e)
		e = find(rq, p);
	if (!e)
		e = part_offer_take(rq->by, p, request_id(rq, 1));
	return answer(rq, p, e);
}
