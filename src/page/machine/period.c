/* period.c: rights, periods and places in lists that the pages of a machine share. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "http/decode.h"
#include "model/machine.h"
#include "model/machine_tree.h"
#include "page/machine/machine.h"
#include "page/page.h"
#include "rule/shift.h"

enum { LONGEST = 3660 }; /* days: ten years */

bool
machine_reached(const struct request *rq, enum permission permission, int64_t department_id)
{
	const enum reach reach = permission_reach(rq->by->role, permission);

	if (reach != REACH_DEPARTMENT)
		return reach == REACH_ALL;
	for (size_t i = 0; i < rq->by->department_count; i++)
		if (rq->by->department[i] == department_id)
			return true;
	return false;
}

enum status
machine_for(struct request *rq, enum permission permission, int64_t id, struct machine *m)
{
	enum status e = machine_find(rq->by, id, m);

	if (e)
		return e;
	return machine_reached(rq, permission, m->department_id) ? OK : NOT_FOUND;
}

enum status
machine_below(struct request *rq, enum permission permission, int64_t id, struct machine *m,
    struct rows *tree)
{
	enum status e = machine_tree(rq->by, id, tree);
	const struct tree_machine *t;

	if (e)
		return e;
	t = row_at(tree, 0);
	*m = (struct machine){ .id = t->id,
		.number = t->number,
		.name = t->name,
		.department_id = t->department_id,
		.status = t->status };
	return machine_reached(rq, permission, m->department_id) ? OK : NOT_FOUND;
}

struct instant
plant_clock(void *locale, struct date day, int minute)
{
	char text[] = "0000-00-00T00:00";
	struct civil c;

	if (minute >= DAY_MINUTES) {
		day.day++;
		minute -= DAY_MINUTES;
	}
	c = civil_of_day(day);
	snprintf(text, sizeof(text), "%04u-%02u-%02uT%02u:%02u", (unsigned)c.year % 10000,
	    (unsigned)c.month % 100, (unsigned)c.day % 100, (unsigned)minute / 60 % 100,
	    (unsigned)minute % 60);
	return locale_instant_parse(locale, text);
}

/* The same day so many months before; the last of a month that is shorter. */
static struct date
months_before(struct date day, int months)
{
	struct civil c = civil_of_day(day);
	const int n = c.year * 12 + c.month - 1 - months;
	struct date d;

	for (int i = c.day; i > 0; i--) {
		d = day_of(n / 12, n % 12 + 1, i);
		if (d.known)
			return d;
	}
	return day;
}

static struct date
day_typed(const struct request *rq, const char *name, struct date otherwise)
{
	const char *typed = pairs_get(&rq->query, name);

	return text_empty(typed) ? otherwise : date_parse(typed);
}

void
period_usual(const struct request *rq, struct period_shown *p)
{
	struct locale *l = rq->kit->locale;

	*p = (struct period_shown){ .to_day = locale_today(l, rq->by->now) };
	p->from_day = months_before(p->to_day, 12);
	p->from_day.day++;
	p->from = plant_clock(l, p->from_day, 0);
	p->to = plant_clock(l, p->to_day, DAY_MINUTES);
}

bool
period_read(const struct request *rq, struct period_shown *p)
{
	struct locale *l = rq->kit->locale;
	struct date first;

	p->to_day = day_typed(rq, "to", locale_today(l, rq->by->now));
	first = p->to_day.known ? months_before(p->to_day, 12) : p->to_day;
	first.day++;
	p->from_day = day_typed(rq, "from", first);
	p->below = text_same(pairs_get(&rq->query, "below"), "1");
	if (!p->from_day.known || !p->to_day.known || p->to_day.day < p->from_day.day ||
	    p->to_day.day - p->from_day.day > LONGEST)
		return false;
	p->from = plant_clock(l, p->from_day, 0);
	p->to = plant_clock(l, p->to_day, DAY_MINUTES);
	return p->from.known && p->to.known;
}

static const char *
query_of(struct request *rq, struct date from, struct date to, bool below)
{
	return arena_print(rq->arena, "from=%s&to=%s%s", date_iso(rq->arena, from),
	    date_iso(rq->arena, to), below ? "&below=1" : "");
}

static void
show_preset(struct request *rq, struct view *list, const struct period_shown *p, const char *text,
    struct date from)
{
	const struct date today = locale_today(rq->kit->locale, rq->by->now);
	struct view *v = view_item(list);

	view_text(v, "text", page_text(rq, text));
	view_text(v, "query", query_of(rq, from, today, p->below));
	view_bool(v, "current", from.day == p->from_day.day && today.day == p->to_day.day);
}

void
period_show(struct request *rq, const struct period_shown *p)
{
	const struct date today = locale_today(rq->kit->locale, rq->by->now);
	struct view *v = view_group(rq->view, "period"), *list;
	struct date from = months_before(today, 12);

	view_date(v, "from", p->from_day);
	view_date(v, "to", p->to_day);
	view_text(v, "from_typed", date_iso(rq->arena, p->from_day));
	view_text(v, "to_typed", date_iso(rq->arena, p->to_day));
	view_bool(v, "below", p->below);
	view_text(v, "query", query_of(rq, p->from_day, p->to_day, p->below));
	list = view_list(v, "presets");
	show_preset(rq, list, p, "30 days", (struct date){ true, today.day - 29 });
	show_preset(rq, list, p, "90 days", (struct date){ true, today.day - 89 });
	from.day++;
	show_preset(rq, list, p, "12 months", from);
	from = months_before(today, 36);
	from.day++;
	show_preset(rq, list, p, "3 years", from);
}

bool
after_read(const struct request *rq, struct instant *at, int64_t *id)
{
	static const struct civil first = { 1, 1, 1, 0, 0, 0, 0 },
				  last = { 9999, 12, 31, 0, 0, 0, 0 };
	const char *after = pairs_get(&rq->query, "after"), *dash;

	if (text_empty(after))
		return true;
	dash = strrchr(after, '-');
	if (dash == NULL ||
	    !int_read(arena_text(rq->arena, after, (size_t)(dash - after)), &at->us) ||
	    !int_read(dash + 1, id) || *id <= 0)
		return false;
	at->known = true;
	return at->us >= instant_of(&first).us && at->us <= instant_of(&last).us;
}

const char *
after_text(const struct request *rq, struct instant at, int64_t id)
{
	return arena_print(rq->arena, "%" PRId64 "-%" PRId64, at.us, id);
}
