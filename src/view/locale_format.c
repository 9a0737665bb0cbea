/* locale_format.c: dates and numbers as people of a language write them, by ICU. */
#include <math.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "view/locale_inside.h"

enum { WIDE = 128 };

static const char *
narrow(struct arena *arena, const UChar *wide, int32_t len)
{
	UErrorCode error = U_ZERO_ERROR;
	char text[WIDE * 3];
	int32_t bytes = 0;

	u_strToUTF8(text, (int32_t)sizeof(text), &bytes, wide, len < WIDE ? len : WIDE, &error);
	locale_check(error, "text");
	return arena_text(arena, text, (size_t)bytes);
}

static UDateFormat *
date_format(struct locale *l, enum locale_form form)
{
	static const UDateFormatStyle style[FORM_DATES][2] = {
		[FORM_INSTANT] = { UDAT_SHORT, UDAT_MEDIUM },
		[FORM_DAY] = { UDAT_NONE, UDAT_MEDIUM },
		[FORM_CLOCK] = { UDAT_SHORT, UDAT_NONE },
	};
	UErrorCode error = U_ZERO_ERROR;

	if (l->dates[form] == NULL)
		l->dates[form] = udat_open(style[form][0], style[form][1], l->language->icu,
		    l->zone_id, -1, NULL, 0, &error);
	locale_check(error, "dates");
	return l->dates[form];
}

/* The one place where that text may be kept. */
static struct locale_kept *
place(struct locale *l, enum locale_form form, int64_t what)
{
	const uint64_t h = ((uint64_t)what * FORMS + form) * UINT64_C(0x9E3779B97F4A7C15);

	return &l->kept[(h >> 32) % LOCALE_KEPT];
}

/* The text made before, or NULL. */
static const char *
recall(struct locale *l, struct arena *arena, enum locale_form form, int64_t what)
{
	const struct locale_kept *k = place(l, form, what);

	if (k->text[0] == '\0' || k->what != what || k->form != form)
		return NULL;
	return arena_text(arena, k->text, strlen(k->text));
}

static const char *
keep(struct locale *l, enum locale_form form, int64_t what, const char *text)
{
	struct locale_kept *k = place(l, form, what);
	const size_t size = strlen(text) + 1;

	if (size <= sizeof(k->text)) {
		k->form = form;
		k->what = what;
		memcpy(k->text, text, size);
	}
	return text;
}

static const char *
write_date(struct locale *l, struct arena *arena, struct instant t, enum locale_form form)
{
	const int64_t minute = t.us >= 0 ? t.us / MINUTE : -((-t.us + MINUTE - 1) / MINUTE);
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[WIDE];
	const char *text;
	int32_t len;

	if (!t.known)
		return "";
	text = recall(l, arena, form, minute);
	if (text != NULL)
		return text;
	len = udat_format(date_format(l, form), (double)minute * 60000, wide, WIDE, NULL, &error);
	locale_check(error, "date");
	return keep(l, form, minute, narrow(arena, wide, len));
}

const char *
locale_instant(struct locale *l, struct arena *arena, struct instant t)
{
	return write_date(l, arena, t, FORM_INSTANT);
}

const char *
locale_day(struct locale *l, struct arena *arena, struct instant t)
{
	return write_date(l, arena, t, FORM_DAY);
}

const char *
locale_clock(struct locale *l, struct arena *arena, struct instant t)
{
	return write_date(l, arena, t, FORM_CLOCK);
}

const char *
locale_date(struct locale *l, struct arena *arena, struct date d)
{
	struct civil noon = civil_of_day(d);

	noon.hour = 12;
	return d.known ? locale_day(l, arena, locale_wall(l, &noon)) : "";
}

/* How far t lies from now, in the largest unit that is full; days are the plant's. */
static double
distance(struct locale *l, struct instant t, struct instant now, URelativeDateTimeUnit *unit)
{
	const double s = (double)(t.us - now.us) / (double)SECOND;
	double days;

	if (fabs(s) < 60) {
		*unit = UDAT_REL_UNIT_SECOND;
		return 0;
	}
	if (fabs(s) < 3600) {
		*unit = UDAT_REL_UNIT_MINUTE;
		return trunc(s / 60);
	}
	if (fabs(s) < 86400) {
		*unit = UDAT_REL_UNIT_HOUR;
		return trunc(s / 3600);
	}
	days = locale_today(l, t).day - locale_today(l, now).day;
	*unit = fabs(days) < 7     ? UDAT_REL_UNIT_DAY
		: fabs(days) < 31  ? UDAT_REL_UNIT_WEEK
		: fabs(days) < 365 ? UDAT_REL_UNIT_MONTH
				   : UDAT_REL_UNIT_YEAR;
	return *unit == UDAT_REL_UNIT_DAY     ? days
	       : *unit == UDAT_REL_UNIT_WEEK  ? trunc(days / 7)
	       : *unit == UDAT_REL_UNIT_MONTH ? trunc(days / 30.44)
					      : trunc(days / 365);
}

/* Short words; but months and years in full: French would say "4 m." and "1 a". */
static URelativeDateTimeFormatter *
ago_format(struct locale *l, URelativeDateTimeUnit unit)
{
	const bool whole = unit == UDAT_REL_UNIT_MONTH || unit == UDAT_REL_UNIT_YEAR;
	URelativeDateTimeFormatter **kept_at = whole ? &l->long_ago : &l->ago;
	UErrorCode error = U_ZERO_ERROR;

	if (*kept_at == NULL)
		*kept_at = ureldatefmt_open(l->language->icu, NULL,
		    whole ? UDAT_STYLE_LONG : UDAT_STYLE_SHORT, UDISPCTX_CAPITALIZATION_NONE,
		    &error);
	locale_check(error, "relative dates");
	return *kept_at;
}

const char *
locale_ago(struct locale *l, struct arena *arena, struct instant t, struct instant now)
{
	UErrorCode error = U_ZERO_ERROR;
	URelativeDateTimeFormatter *format;
	URelativeDateTimeUnit unit;
	UChar wide[WIDE];
	const char *text;
	int64_t what;
	double n;
	int32_t len;

	if (!t.known || !now.known)
		return "";
	n = distance(l, t, now, &unit);
	what = (int64_t)n * 100 + (int64_t)unit;
	text = recall(l, arena, FORM_AGO, what);
	if (text != NULL)
		return text;
	format = ago_format(l, unit);
	/* Days have names (yesterday); "last week" for nine days would mislead. */
	len = unit == UDAT_REL_UNIT_DAY || unit == UDAT_REL_UNIT_SECOND
		  ? ureldatefmt_format(format, n, unit, wide, WIDE, &error)
		  : ureldatefmt_formatNumeric(format, n, unit, wide, WIDE, &error);
	locale_check(error, "relative date");
	return keep(l, FORM_AGO, what, narrow(arena, wide, len));
}

static UNumberFormat *
number_format(struct locale *l, UNumberFormatStyle style, UNumberFormat **kept_at)
{
	UErrorCode error = U_ZERO_ERROR;

	if (*kept_at != NULL)
		return *kept_at;
	*kept_at = unum_open(style, NULL, 0, l->language->icu, NULL, &error);
	locale_check(error, "numbers");
	unum_setAttribute(*kept_at, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
	if (style == UNUM_CURRENCY)
		unum_setTextAttribute(*kept_at, UNUM_CURRENCY_CODE, l->currency, -1, &error);
	else
		unum_setAttribute(*kept_at, UNUM_MAX_FRACTION_DIGITS, 4);
	locale_check(error, "currency");
	return *kept_at;
}

const char *
locale_int(struct locale *l, struct arena *arena, int64_t n)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[WIDE];
	const char *text;
	int32_t len;

	if (n >= 0 && n < 10 && strcmp(l->language->name, "ar") != 0) /* no need to ask ICU */
		return arena_text(arena, (const char[]){ (char)('0' + n) }, 1);
	text = recall(l, arena, FORM_INT, n);
	if (text != NULL)
		return text;
	len = unum_formatInt64(
	    number_format(l, UNUM_DECIMAL, &l->whole), n, wide, WIDE, NULL, &error);
	locale_check(error, "number");
	return keep(l, FORM_INT, n, narrow(arena, wide, len));
}

/* Exact: fourteen digits fit into a double. */
static const char *
write_decimal(struct locale *l, struct arena *arena, struct decimal d, enum locale_form form)
{
	const bool money = form == FORM_MONEY;
	UErrorCode error = U_ZERO_ERROR;
	UNumberFormat *format;
	UChar wide[WIDE];
	const char *text;
	int32_t len;

	if (!d.known)
		return "";
	text = recall(l, arena, form, d.units);
	if (text != NULL)
		return text;
	format = money ? number_format(l, UNUM_CURRENCY, &l->money)
		       : number_format(l, UNUM_DECIMAL, &l->whole);
	len = unum_formatDouble(
	    format, (double)d.units / (double)DECIMAL_ONE, wide, WIDE, NULL, &error);
	locale_check(error, "decimal");
	return keep(l, form, d.units, narrow(arena, wide, len));
}

const char *
locale_decimal(struct locale *l, struct arena *arena, struct decimal d)
{
	return write_decimal(l, arena, d, FORM_DECIMAL);
}

const char *
locale_money(struct locale *l, struct arena *arena, struct decimal d)
{
	return write_decimal(l, arena, d, FORM_MONEY);
}
