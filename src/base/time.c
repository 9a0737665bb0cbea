/* time.c: instants and days, the calendar between them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"

static int64_t
clock_us(clockid_t id)
{
	struct timespec t;

	if (clock_gettime(id, &t) != 0)
		die("clock: there is none");
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

struct instant
now(void)
{
	return (struct instant){ true, clock_us(CLOCK_REALTIME) };
}

int64_t
ticks(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

/* Days since 1970-01-01; years begin in March, so that the leap day is a year's last. */
static int64_t
days_from_civil(int64_t year, int month, int day)
{
	int64_t era, of_era, of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	of_era = year - era * 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil
civil_from_days(int64_t days)
{
	struct civil c = { 0 };
	int64_t era, of_era, year, of_year, month;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	of_era = days - era * 146097;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	c.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	c.month = (int)(month < 10 ? month + 3 : month - 9);
	c.year = (int)(year + era * 400 + (c.month <= 2));
	return c;
}

struct civil
civil_of_day(struct date date)
{
	return civil_from_days(date.day);
}

struct civil
civil_of(struct instant t)
{
	int64_t days = t.us / DAY - (t.us % DAY < 0);
	int64_t rest = t.us - days * DAY;
	struct civil c = civil_from_days(days);

	c.hour = (int)(rest / HOUR);
	c.minute = (int)(rest % HOUR / MINUTE);
	c.second = (int)(rest % MINUTE / SECOND);
	c.micro = (int)(rest % SECOND);
	return c;
}

struct date
day_of(int year, int month, int day)
{
	struct date none = { 0 };
	struct civil back;
	int64_t days;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
		return none;
	days = days_from_civil(year, month, day);
	back = civil_from_days(days);
	if (back.month != month)
		return none;
	return (struct date){ true, (int32_t)days };
}

struct instant
instant_of(const struct civil *c)
{
	struct date day = day_of(c->year, c->month, c->day);

	if (!day.known)
		return (struct instant){ 0 };
	return (struct instant){ true, day.day * DAY + c->hour * HOUR + c->minute * MINUTE +
					   c->second * SECOND + c->micro };
}

/* n as exactly that many digits, up to and without end. */
static void
digits(char *end, int n, int width)
{
	for (; width > 0; width--, n /= 10)
		*--end = (char)('0' + n % 10);
}

/* Once a row of every list: by hand, since printing cost more than all the rest of the row. */
static char *
iso_of(struct arena *a, const struct civil *c)
{
	char *text = arena_text(a, "0000-00-00T00:00:00Z", 20);

	digits(text + 4, c->year, 4);
	digits(text + 7, c->month, 2);
	digits(text + 10, c->day, 2);
	digits(text + 13, c->hour, 2);
	digits(text + 16, c->minute, 2);
	digits(text + 19, c->second, 2);
	return text;
}

char *
instant_iso(struct arena *a, struct instant t)
{
	struct civil c = civil_of(t);

	if (!t.known)
		return NULL;
	if (c.year >= 0 && c.year <= 9999)
		return iso_of(a, &c);
	return arena_print(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
	    c.minute, c.second);
}

char *
instant_exact(struct arena *a, struct instant t)
{
	const struct civil c = civil_of(t);
	char *text = instant_iso(a, t);

	if (text == NULL || c.micro == 0)
		return text;
	return arena_print(a, "%.*s.%06dZ", (int)strlen(text) - 1, text, c.micro);
}

char *
date_iso(struct arena *a, struct date d)
{
	struct civil c = civil_of_day(d);

	if (!d.known)
		return NULL;
	return arena_print(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* Exactly n digits of at most `most`. */
static bool
take_digits(const char **at, int n, int most, int *out)
{
	*out = 0;
	for (; n > 0; n--, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*out = *out * 10 + (**at - '0');
	}
	return *out <= most;
}

static bool
take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool
take_day(const char **at, struct civil *c)
{
	return take_digits(at, 4, 9999, &c->year) && take_char(at, '-') &&
	       take_digits(at, 2, 12, &c->month) && take_char(at, '-') &&
	       take_digits(at, 2, 31, &c->day);
}

/* One to six digits behind the point. */
static bool
take_fraction(const char **at, struct civil *c)
{
	int n = (int)strspn(*at, "0123456789");

	if (n < 1 || n > 6 || !take_digits(at, n, 999999, &c->micro))
		return false;
	for (; n < 6; n++)
		c->micro *= 10;
	return true;
}

static bool
take_time(const char **at, struct civil *c)
{
	if (!take_char(at, 'T') && !take_char(at, ' '))
		return false;
	if (!take_digits(at, 2, 23, &c->hour) || !take_char(at, ':') ||
	    !take_digits(at, 2, 59, &c->minute))
		return false;
	if (take_char(at, ':')) {
		if (!take_digits(at, 2, 59, &c->second))
			return false;
		if (take_char(at, '.') && !take_fraction(at, c))
			return false;
	}
	take_char(at, 'Z');
	return true;
}

struct instant
instant_parse(const char *text)
{
	struct civil c = { 0 };

	if (text == NULL || !take_day(&text, &c))
		return (struct instant){ 0 };
	if (*text != '\0' && !take_time(&text, &c))
		return (struct instant){ 0 };
	if (*text != '\0')
		return (struct instant){ 0 };
	return instant_of(&c);
}

struct date
date_parse(const char *text)
{
	struct civil c = { 0 };

	if (text == NULL || !take_day(&text, &c) || *text != '\0')
		return (struct date){ 0 };
	return day_of(c.year, c.month, c.day);
}
