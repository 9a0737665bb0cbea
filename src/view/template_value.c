/* template_value.c: how a leaf is written, by its type and facet. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/time.h"
#include "view/catalogue.h"
#include "view/locale.h"
#include "view/template_inside.h"
#include "view/view.h"

static const char *
plain_int(struct arena *arena, int64_t n)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char digits[24];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (n < 0)
		digits[--at] = '-';
	return arena_text(arena, digits + at, sizeof(digits) - at);
}

static const char *
text_of_word(const struct render *r, const struct words *words, const char *code)
{
	int i;

	if (words == NULL)
		return NULL;
	i = word_index(words, code);
	if (i < 0)
		return code == NULL ? "" : code;
	return catalogue_text(r->catalogue, words->list[i].text);
}

static const char *
text_of_int(struct arena *arena, const struct render *r, int64_t n, enum facet facet)
{
	if (facet == FACET_NONE)
		return locale_int(r->locale, arena, n);
	if (facet == FACET_PLAIN || facet == FACET_INPUT)
		return plain_int(arena, n);
	if (facet == FACET_DURATION)
		return locale_duration(r->locale, arena, n);
	return NULL;
}

static const char *
text_of_number(struct arena *arena, const struct render *r, struct number n, enum facet facet)
{
	const char *text = text_of_int(arena, r, n.n, facet);

	return text == NULL || n.known ? text : "";
}

static const char *
text_of_decimal(struct arena *arena, const struct render *r, struct decimal d, enum facet facet)
{
	if (facet == FACET_NONE)
		return locale_decimal(r->locale, arena, d);
	if (facet == FACET_MONEY)
		return locale_money(r->locale, arena, d);
	if (facet == FACET_PLAIN || facet == FACET_INPUT)
		return d.known ? decimal_text(arena, d) : "";
	return NULL;
}

/* Every facet but NONE and these is foreign to an instant. */
static const char *
text_of_instant(struct arena *arena, const struct render *r, struct instant t, enum facet facet)
{
	if (facet == FACET_NONE)
		return locale_instant(r->locale, arena, t);
	if (facet == FACET_ISO)
		return t.known ? instant_iso(arena, t) : "";
	if (facet == FACET_DAY)
		return locale_day(r->locale, arena, t);
	if (facet == FACET_CLOCK)
		return locale_clock(r->locale, arena, t);
	if (facet == FACET_AGO)
		return locale_ago(r->locale, arena, t, r->now);
	if (facet == FACET_INPUT)
		return locale_input(r->locale, arena, t);
	return NULL;
}

static const char *
text_of_date(struct arena *arena, const struct render *r, struct date d, enum facet facet)
{
	if (facet == FACET_NONE || facet == FACET_DAY)
		return locale_date(r->locale, arena, d);
	if (facet == FACET_ISO || facet == FACET_INPUT)
		return d.known ? date_iso(arena, d) : "";
	return NULL;
}

static const char *
text_of_text(const struct render *r, const struct words *words, const char *text, enum facet facet)
{
	if (facet == FACET_NONE || facet == FACET_PLAIN || facet == FACET_INPUT)
		return text == NULL ? "" : text;
	return facet == FACET_LABEL ? text_of_word(r, words, text) : NULL;
}

static const char *
text_of(struct arena *arena, const struct render *r, const struct value *v, enum facet facet)
{
	switch (v->type) {
	case TYPE_INT:
		return text_of_int(arena, r, *(const int64_t *)v->at, facet);
	case TYPE_BOOL:
		return facet != FACET_NONE ? NULL : *(const bool *)v->at ? "true" : "false";
	case TYPE_TEXT:
		return text_of_text(r, v->words, *(const char *const *)v->at, facet);
	case TYPE_NUMBER:
		return text_of_number(arena, r, *(const struct number *)v->at, facet);
	case TYPE_DECIMAL:
		return text_of_decimal(arena, r, *(const struct decimal *)v->at, facet);
	case TYPE_INSTANT:
		return text_of_instant(arena, r, *(const struct instant *)v->at, facet);
	case TYPE_DATE:
		return text_of_date(arena, r, *(const struct date *)v->at, facet);
	}
	return NULL;
}

bool
template_value(
    struct buf *out, const struct render *r, const struct value *v, enum facet facet, bool escape)
{
	const char *text = text_of(out->arena, r, v, facet);

	if (text == NULL)
		return false;
	if (escape)
		buf_html(out, text);
	else
		buf_text(out, text);
	return true;
}
