/* import_value.c: what people and their spreadsheets type, as the forms want it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/text.h"
#include "base/time.h"
#include "job/import_inside.h"

enum { FIRST_SERIAL = 20000, LAST_SERIAL = 80000, CENTURY = 70 };

/* "yes" and "no" of a few languages. */
static const char *
yes_or_no(struct arena *a, const char *text)
{
	static const char *const yes[] = { "yes", "y", "true", "t", "1", "x", "on", "oui", "o",
		"vrai", "ja", "wahr", "si", "evet" };
	static const char *const no[] = { "no", "n", "false", "f", "0", "off", "non", "faux",
		"nein", "falsch", "hayır" };
	const char *word = text_fold_word(a, text);

	for (size_t i = 0; i < COUNT(yes); i++)
		if (strcmp(word, yes[i]) == 0)
			return "1";
	for (size_t i = 0; i < COUNT(no); i++)
		if (strcmp(word, no[i]) == 0)
			return "0";
	return text;
}

/* Up to three numbers with one sign between; behind them *rest.  How many there are. */
static int
numbers(const char *text, int n[3], size_t digits[3], char *sign, const char **rest)
{
	int count = 0;

	*sign = '\0';
	for (; count < 3 && isdigit((unsigned char)*text); count++) {
		char *end;

		n[count] = (int)strtol(text, &end, 10);
		digits[count] = (size_t)(end - text);
		text = end;
		if (count == 2 || strchr("/.-", *text) == NULL || *text == '\0')
			continue;
		if (*sign != '\0' && *text != *sign)
			break;
		*sign = *text++;
	}
	*rest = text;
	return count;
}

static const char *
day_text(struct arena *a, int year, int month, int day)
{
	if (year < 100)
		year += year < CENTURY ? 2000 : 1900;
	return day_of(year, month, day).known ? arena_print(a, "%04d-%02d-%02d", year, month, day)
					      : NULL;
}

/* "14:05", "2:05:30 PM", "14:05:30.594": as "T14:05:30"; NULL for anything else. */
static const char *
time_text(struct arena *a, const char *text)
{
	int h, m, s = 0, used = 0;

	text += strspn(text, " T,");
	if (*text == '\0')
		return "T00:00:00";
	if (sscanf(text, "%2d:%2d%n", &h, &m, &used) != 2)
		return NULL;
	text += used;
	if (sscanf(text, ":%2d%n", &s, &used) == 1)
		text += used;
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	text += strspn(text, " ");
	if ((text[0] == 'P' || text[0] == 'p') && h < 12)
		h += 12;
	else if ((text[0] == 'A' || text[0] == 'a') && h == 12)
		h = 0;
	return arena_print(a, "T%02d:%02d:%02d%s", h, m, s, *text == 'Z' ? "Z" : "");
}

/* A spreadsheet's number of a day: 1 is the first of January 1900, and 1900 had a 29 February. */
static const char *
serial_text(struct arena *a, const char *text)
{
	const int day =
	    strspn(text, "0123456789") == 5 && text[5] == '\0' ? (int)strtol(text, NULL, 10) : 0;
	struct civil c;

	if (day < FIRST_SERIAL || day > LAST_SERIAL)
		return NULL;
	c = civil_of_day((struct date){ true, day - 25569 });
	return day_text(a, c.year, c.month, c.day);
}

static const char *
date_text(struct load *l, const char *text, bool with_time)
{
	struct arena *a = l->batch;
	int n[3];
	size_t digits[3];
	char sign;
	const char *rest, *day = NULL, *time;

	if (numbers(text, n, digits, &sign, &rest) == 3) {
		const bool month_first = sign != '.' && strcmp(l->im.day_order, "MDY") == 0;

		if (digits[0] == 4)
			day = day_text(a, n[0], n[1], n[2]);
		else
			day = day_text(a, n[2], n[month_first ? 0 : 1], n[month_first ? 1 : 0]);
	} else {
		day = serial_text(a, text);
		rest = "";
	}
	time = day != NULL ? time_text(a, rest) : NULL;
	if (time == NULL)
		return text;
	return with_time ? arena_print(a, "%s%s", day, time) : day;
}

/* Do the signs stand between groups of three digits, and the first of one to three? */
static bool
are_thousands(const char *text, char sign)
{
	const char *at = strchr(text, sign);

	if (at == NULL || at == text || at - text > 4)
		return false;
	for (; at != NULL; at = strchr(at, sign)) {
		at++;
		if (strspn(at, "0123456789") != 3)
			return false;
	}
	return true;
}

/* "$1,234.50", "1.234,50 €" and "1 234,5" as "1234.50"; what is unclear stays as it is. */
static const char *
number_text(struct load *l, const char *text)
{
	const bool comma = strcmp(l->im.decimal_mark, "COMMA") == 0;
	const char *from = text + strcspn(text, "0123456789-+.,"), *point, *other;
	char *out = arena_text(l->batch, from, strlen(from)), *to = out, thousands = '\0';
	size_t len = strlen(out);

	while (len > 0 && !isdigit((unsigned char)out[len - 1]))
		out[--len] = '\0';
	if (len == 0 || from - text > 4 || strlen(from) - len > 5)
		return text;
	point = strrchr(out, '.');
	other = strrchr(out, ',');
	if (point != NULL && other != NULL)
		thousands = point > other ? ',' : '.';
	else if (are_thousands(out, comma ? '.' : ','))
		thousands = comma ? '.' : ',';
	if (thousands != '\0' &&
	    !are_thousands(
		arena_text(l->batch, out, strcspn(out, thousands == ',' ? "." : ",")), thousands))
		return text;
	for (const char *c = out; *c != '\0'; c++)
		if (*c != thousands || thousands == '\0')
			*to++ = *c;
	*to = '\0';
	return out;
}

/* "12.0", as spreadsheets write whole numbers. */
static const char *
whole_text(struct load *l, const char *text)
{
	const char *plain = number_text(l, text);
	const size_t len = strcspn(plain, ".,");

	if (plain[len] == '\0' || strspn(plain + len + 1, "0") != strlen(plain + len + 1))
		return plain;
	return arena_text(l->batch, plain, len);
}

const char *
load_plain(struct load *l, const struct rule *r, const char *text)
{
	const char *code;

	if (*text == '\0')
		return text;
	if (r->field.words != NULL) {
		code = import_word(l->batch, r->field.words, &l->labels, r->field.name, text);
		return code != NULL ? code : text;
	}
	switch (r->field.type) {
	case TYPE_BOOL:
		return yes_or_no(l->batch, text);
	case TYPE_DATE:
		return date_text(l, text, false);
	case TYPE_INSTANT:
		/* As exports write it, to the microsecond. */
		return instant_parse(text).known ? text : date_text(l, text, true);
	case TYPE_DECIMAL:
		return number_text(l, text);
	case TYPE_INT:
	case TYPE_NUMBER:
		return r->kind == RULE_REF ? text : whole_text(l, text);
	case TYPE_TEXT:
		break;
	}
	return text;
}
