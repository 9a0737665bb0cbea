/*
 * locale.h: how a person reads times, numbers and money.  ICU does the work.
 *
 * A locale is a language, the site's time zone and its currency; formatters are opened once and
 * kept.
 */
#ifndef VIEW_LOCALE_H
#define VIEW_LOCALE_H

#include "base/shape.h"

struct arena;
struct catalogue;
struct locale;

/*
 * language: "en", "fr", "ar".  zone: "Europe/Paris".  currency: "EUR".  NULL when the zone is
 * unknown; a language that is not known reads as English.  From malloc: close it.
 */
struct locale *locale_open(const char *language, const char *zone, const char *currency);
void locale_close(struct locale *);
const char *locale_language(const struct locale *);
const char *locale_zone(const struct locale *);

/* All of these answer "" for what is not known.  English is British: 24 hours, the day first. */
/* 21 Nov 2026, 14:05 */
const char *locale_instant(struct locale *, struct arena *, struct instant);
/* 21 Nov 2026 */
const char *locale_day(struct locale *, struct arena *, struct instant);
/* 14:05 */
const char *locale_clock(struct locale *, struct arena *, struct instant);
/* 21 Nov 2026 */
const char *locale_date(struct locale *, struct arena *, struct date);
/* "5 min ago", "yesterday": against now. */
const char *locale_ago(struct locale *, struct arena *, struct instant, struct instant now);
/* 12,345 */
const char *locale_int(struct locale *, struct arena *, int64_t);
/* 12.5 */
const char *locale_decimal(struct locale *, struct arena *, struct decimal);
/* €12.50: half a cent goes up */
const char *locale_money(struct locale *, struct arena *, struct decimal);
/* Whole seconds as "2 h 05 min", "45 s", "3 d 4 h": two units at most. */
const char *locale_duration(struct locale *, struct arena *, int64_t seconds);

/* For <input type=datetime-local>: "2026-11-21T14:05" in the site's zone, and back. */
const char *locale_input(struct locale *, struct arena *, struct instant);
/*
 * Not known when the text is wrong.  A time that the clock jumped over moves forward, one that it
 * shows twice is the second.  Text that ends in Z is UTC.
 */
struct instant locale_instant_parse(struct locale *, const char *);
/* The plant's day at that instant. */
struct date locale_today(struct locale *, struct instant);
/* The plural form of n for gettext catalogues of this language: 0, 1 … */
int locale_plural(const struct locale *, int64_t n);

#endif
