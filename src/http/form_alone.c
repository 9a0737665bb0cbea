/* form_alone.c: a value by its rule where there is no request; see form_value() in form.h. */
#include "http/form_inside.h"

bool
form_value(struct arena *a, const struct form_zone *zone, const struct rule *r, const char *typed,
    void *record, struct complaint *c)
{
	struct request rq = { .arena = a, .zone = zone };
	const enum form_text wrong = value_read(&rq, r, typed, record);

	if (wrong == NOTHING_WRONG)
		return true;
	*c = (struct complaint){ form_texts[wrong], r->least, rule_most(r), NULL };
	return false;
}

const char *
form_value_text(
    struct arena *a, const struct form_zone *zone, const struct rule *r, const void *record)
{
	struct request rq = { .arena = a, .zone = zone };

	return value_show(&rq, r, record);
}
