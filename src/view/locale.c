/*
 * locale.c: see locale.h.  Languages, durations and the plant's clock; locale_format.c writes dates
 * and numbers.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "view/locale_inside.h"

static int
plural_english(int64_t n)
{
	return n != 1;
}

static int
plural_french(int64_t n)
{
	return n < -1 || n > 1;
}

static int
plural_arabic(int64_t n)
{
	const int64_t rest = n % 100;

	if (n >= 0 && n <= 2)
		return (int)n;
	if (rest >= 3 && rest <= 10)
		return 3;
	return rest >= 11 ? 4 : 5;
}

static const struct language *
language_of(const char *name)
{
	/* English is British: 24 hours, the day before the month. */
	static const struct language languages[] = {
		{ "en", "en_GB", plural_english, "d", "h", "min", "s" },
		{ "fr", "fr_FR", plural_french, "j", "h", "min", "s" },
		{ "ar", "ar", plural_arabic, "ي", "س", "د", "ث" },
	};

	for (size_t i = 0; i < COUNT(languages); i++)
		if (strcmp(languages[i].name, name) == 0)
			return &languages[i];
	return &languages[0];
}

void
locale_check(UErrorCode error, const char *what)
{
	if (U_FAILURE(error))
		die("locale: %s: %s", what, u_errorName(error));
}

static bool
is_zone(const UChar *zone)
{
	UErrorCode error = U_ZERO_ERROR;
	UBool system = 0;
	UChar found[LOCALE_ZONE];

	ucal_getCanonicalTimeZoneID(zone, -1, found, LOCALE_ZONE, &system, &error);
	return U_SUCCESS(error) && system;
}

static char *
copy(const char *text)
{
	char *kept = strdup(text);

	if (kept == NULL)
		die("locale: out of memory");
	return kept;
}

struct locale *
locale_open(const char *language, const char *zone, const char *currency)
{
	struct locale *l = calloc(1, sizeof(*l));
	UErrorCode error = U_ZERO_ERROR;

	if (l == NULL)
		die("locale: out of memory");
	u_strFromUTF8(l->zone_id, LOCALE_ZONE, NULL, zone, -1, &error);
	if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING || !is_zone(l->zone_id)) {
		free(l);
		return NULL;
	}
	for (size_t i = 0; currency != NULL && i < 3 && currency[i] != '\0'; i++)
		l->currency[i] = (UChar)(unsigned char)currency[i];
	l->language = language_of(language);
	l->name = copy(language);
	l->zone = copy(zone);
	return l;
}

void
locale_close(struct locale *l)
{
	if (l == NULL)
		return;
	ucal_close(l->calendar);
	for (int i = 0; i < FORM_DATES; i++)
		udat_close(l->dates[i]);
	unum_close(l->whole);
	unum_close(l->money);
	ureldatefmt_close(l->ago);
	ureldatefmt_close(l->long_ago);
	free(l->name);
	free(l->zone);
	free(l);
}

const char *
locale_language(const struct locale *l)
{
	return l->name;
}

const char *
locale_zone(const struct locale *l)
{
	return l->zone;
}

int
locale_plural(const struct locale *l, int64_t n)
{
	return l->language->plural(n);
}

static const char *
two(struct arena *arena, const char *sign, int64_t a, const char *unit_a, int64_t b,
    const char *unit_b)
{
	if (b == 0)
		return arena_print(arena, "%s%" PRId64 " %s", sign, a, unit_a);
	return arena_print(arena, "%s%" PRId64 " %s %" PRId64 " %s", sign, a, unit_a, b, unit_b);
}

const char *
locale_duration(struct locale *l, struct arena *arena, int64_t seconds)
{
	const struct language *in = l->language;
	const char *sign = seconds < 0 ? "-" : "";
	const int64_t s = seconds == INT64_MIN ? INT64_MAX : seconds < 0 ? -seconds : seconds;

	if (s < 60)
		return two(arena, sign, s, in->second, 0, "");
	if (s < 3600)
		return two(arena, sign, s / 60, in->minute, s % 60, in->second);
	if (s >= 86400)
		return two(arena, sign, s / 86400, in->day, s % 86400 / 3600, in->hour);
	if (s % 3600 < 60)
		return two(arena, sign, s / 3600, in->hour, 0, "");
	return arena_print(arena, "%s%" PRId64 " %s %02" PRId64 " %s", sign, s / 3600, in->hour,
	    s % 3600 / 60, in->minute);
}

static UCalendar *
calendar(struct locale *l)
{
	UErrorCode error = U_ZERO_ERROR;

	if (l->calendar == NULL)
		l->calendar = ucal_open(l->zone_id, -1, l->language->icu, UCAL_GREGORIAN, &error);
	locale_check(error, "calendar");
	return l->calendar;
}

static int64_t
ask_ahead(struct locale *l, struct instant t)
{
	UErrorCode error = U_ZERO_ERROR;
	UCalendar *c = calendar(l);
	int64_t ms;

	ucal_setMillis(c, (double)t.us / 1000, &error);
	ms = ucal_get(c, UCAL_ZONE_OFFSET, &error) + (int64_t)ucal_get(c, UCAL_DST_OFFSET, &error);
	locale_check(error, "offset");
	return ms * 1000;
}

int64_t
locale_ahead(struct locale *l, struct instant t)
{
	const int64_t quarter = t.us / (15 * MINUTE) + 1;
	struct locale_offset *o = &l->offsets[(uint64_t)quarter % LOCALE_OFFSETS];

	if (t.us < 0)
		return ask_ahead(l, t);
	if (o->quarter != quarter)
		*o = (struct locale_offset){ quarter, ask_ahead(l, t) };
	return o->ahead;
}

struct instant
locale_wall(struct locale *l, const struct civil *at)
{
	UErrorCode error = U_ZERO_ERROR;
	UCalendar *c = calendar(l);
	double ms;

	ucal_clear(c);
	ucal_setDateTime(
	    c, at->year, at->month - 1, at->day, at->hour, at->minute, at->second, &error);
	ms = ucal_getMillis(c, &error);
	locale_check(error, "wall clock");
	return (struct instant){ true, (int64_t)ms * 1000 + at->micro };
}

const char *
locale_input(struct locale *l, struct arena *arena, struct instant t)
{
	struct civil at;

	if (!t.known)
		return "";
	at = civil_of(instant_add(t, locale_ahead(l, t)));
	return arena_print(
	    arena, "%04d-%02d-%02dT%02d:%02d", at.year, at.month, at.day, at.hour, at.minute);
}

struct instant
locale_instant_parse(struct locale *l, const char *text)
{
	const struct instant t = text == NULL ? (struct instant){ 0 } : instant_parse(text);
	struct civil at;

	if (!t.known || text_ends(text, "Z"))
		return t;
	at = civil_of(t);
	return locale_wall(l, &at);
}

struct date
locale_today(struct locale *l, struct instant t)
{
	int64_t us;

	if (!t.known)
		return (struct date){ 0 };
	us = t.us + locale_ahead(l, t);
	return (struct date){ true, (int32_t)(us >= 0 ? us / DAY : -((-us + DAY - 1) / DAY)) };
}
