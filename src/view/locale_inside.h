/* locale_inside.h: what a locale keeps; for locale*.c only. */
#ifndef VIEW_LOCALE_INSIDE_H
#define VIEW_LOCALE_INSIDE_H

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>

#include "view/locale.h"

struct civil;

enum { LOCALE_ZONE = 64, LOCALE_KEPT = 1024, LOCALE_TEXT = 64, LOCALE_OFFSETS = 256 };

enum locale_form {
	FORM_INSTANT,
	FORM_DAY,
	FORM_CLOCK,
	FORM_DATES, /* these are formatted by ICU's dates, what follows by its numbers */
	FORM_INT = FORM_DATES,
	FORM_DECIMAL,
	FORM_MONEY,
	FORM_AGO,
	FORMS,
};

/* A text made before: lists show the same few minutes and prices again and again. */
struct locale_kept {
	enum locale_form form;
	int64_t what;           /* minutes since 1970, units, ten-thousandths, or how far away */
	char text[LOCALE_TEXT]; /* "" for none */
};

/* How far the plant's clock was ahead in one quarter of an hour; no zone changes within one. */
struct locale_offset {
	int64_t quarter; /* since 1970, plus one: 0 is none */
	int64_t ahead;   /* microseconds */
};

struct language {
	const char *name;
	const char *icu;
	int (*plural)(int64_t);
	const char *day, *hour, *minute, *second; /* the letters of a duration */
};

/* What ICU has is opened when it is first asked for: each costs memory. */
struct locale {
	const struct language *language;
	char *name;
	char *zone;
	UChar zone_id[LOCALE_ZONE];
	UChar currency[4];
	UCalendar *calendar;
	UDateFormat *dates[FORM_DATES];
	UNumberFormat *whole;
	UNumberFormat *money;
	URelativeDateTimeFormatter *ago;
	URelativeDateTimeFormatter *long_ago; /* of months and years */
	struct locale_kept kept[LOCALE_KEPT];
	struct locale_offset offsets[LOCALE_OFFSETS];
};

/* Microseconds that the plant's clock is ahead of UTC. */
int64_t locale_ahead(struct locale *, struct instant);
/* That moment on the plant's clock. */
struct instant locale_wall(struct locale *, const struct civil *);

/* Ends the program: ICU's data is not there or memory ran out. */
void locale_check(UErrorCode, const char *what);

#endif
