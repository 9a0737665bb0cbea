/* form_value.c: one typed value into one member of a struct, and back. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "http/decode.h"
#include "http/form_inside.h"

/* Without a limit of its own a text ends here, so that no column overflows. */
enum { MOST_LINE = 255, MOST_LINES = 10000, MOST_EMAIL = 254, MOST_LOCAL_PART = 64 };

#define YEAR_1900 INT64_C(-25567) /* 1 January, in days */

int64_t
rule_most(const struct rule *r)
{
	if (r->most != 0)
		return r->most;
	if (r->field.type != TYPE_TEXT)
		return INT64_MAX;
	return r->kind == RULE_LINES ? MOST_LINES : r->kind == RULE_EMAIL ? MOST_EMAIL : MOST_LINE;
}

/* ASCII's but tab and line feed, and those from U+0080 to U+009F. */
static bool
has_control(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		if ((*at < ' ' && *at != '\t' && *at != '\n') || *at == 0x7f)
			return true;
		if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
			return true;
	}
	return false;
}

static enum form_text
range_check(const struct rule *r, int64_t n)
{
	const int64_t most = rule_most(r);

	if (n >= r->least && n <= most)
		return NOTHING_WRONG;
	if (most == INT64_MAX)
		return WRONG_LESS;
	return r->least == INT64_MIN ? WRONG_MORE : WRONG_BETWEEN;
}

/* A domain without a point is one of the plant's own network. */
static bool
is_email(const char *text)
{
	const char *at = strchr(text, '@');
	const char *last = strchr(text, '\0') - 1;

	if (at == NULL || at == text || at == last || strchr(at + 1, '@') != NULL)
		return false;
	if (at - text > MOST_LOCAL_PART || strpbrk(text, " \t\n<>()[],;:\"\\") != NULL)
		return false;
	return *text != '.' && at[-1] != '.' && at[1] != '.' && at[1] != '-' && *last != '.' &&
	       *last != '-' && strstr(text, "..") == NULL && strlen(text) <= MOST_EMAIL;
}

static enum form_text
text_check(const struct rule *r, const char *text)
{
	const int64_t len = (int64_t)text_length(text);

	if (has_control(text))
		return WRONG_CHARACTER;
	if (r->kind != RULE_LINES && strchr(text, '\n') != NULL)
		return WRONG_LINES;
	if (len > rule_most(r))
		return WRONG_LONG;
	if (len < r->least)
		return WRONG_SHORT;
	return r->kind == RULE_EMAIL && !is_email(text) ? WRONG_EMAIL : NOTHING_WRONG;
}

static enum form_text
read_text(struct request *rq, const struct rule *r, const char *text, void *at)
{
	enum form_text wrong = text_check(r, text);

	(void)rq;
	if (wrong == NOTHING_WRONG)
		*(const char **)at = text;
	return wrong;
}

static enum form_text
int_check(const struct rule *r, const char *text, int64_t *n)
{
	if (r->kind == RULE_REF)
		return int_read(text, n) && *n >= 0 ? NOTHING_WRONG : WRONG_CHOICE;
	return int_read(text, n) ? range_check(r, *n) : WRONG_INT;
}

static enum form_text
read_int(struct request *rq, const struct rule *r, const char *text, void *at)
{
	int64_t n;
	enum form_text wrong = int_check(r, text, &n);

	(void)rq;
	if (wrong == NOTHING_WRONG)
		*(int64_t *)at = n;
	return wrong;
}

static enum form_text
read_number(struct request *rq, const struct rule *r, const char *text, void *at)
{
	struct number n = { true, 0 };
	enum form_text wrong = int_check(r, text, &n.n);

	(void)rq;
	if (wrong == NOTHING_WRONG)
		*(struct number *)at = n;
	return wrong;
}

static enum form_text
read_bool(struct request *rq, const struct rule *r, const char *text, void *at)
{
	const bool yes = text_same(text, "1") || text_same(text, "on") || text_same(text, "true");

	(void)rq;
	(void)r;
	if (!yes && !text_same(text, "0") && !text_same(text, "false"))
		return WRONG_CHOICE;
	*(bool *)at = yes;
	return NOTHING_WRONG;
}

static enum form_text
read_decimal(struct request *rq, const struct rule *r, const char *text, void *at)
{
	struct decimal d = decimal_parse(text);
	enum form_text wrong = d.known ? range_check(r, d.units) : WRONG_DECIMAL;

	(void)rq;
	if (wrong == NOTHING_WRONG)
		*(struct decimal *)at = d;
	return wrong;
}

static enum form_text
read_instant(struct request *rq, const struct rule *r, const char *text, void *at)
{
	const struct form_zone *zone = rq->zone;
	struct instant t = zone == NULL ? instant_parse(text) : zone->parse(zone->with, text);

	(void)r;
	if (!t.known)
		return WRONG_INSTANT;
	if (t.us < YEAR_1900 * DAY)
		return WRONG_YEAR;
	*(struct instant *)at = t;
	return NOTHING_WRONG;
}

static enum form_text
read_date(struct request *rq, const struct rule *r, const char *text, void *at)
{
	struct date d = date_parse(text);

	(void)rq;
	(void)r;
	if (!d.known)
		return WRONG_DATE;
	/* Half-typed years: 0002 for 2026. */
	if (d.day < YEAR_1900)
		return WRONG_YEAR;
	*(struct date *)at = d;
	return NOTHING_WRONG;
}

typedef enum form_text reader(struct request *, const struct rule *, const char *, void *);

/* What a type is when nothing was typed; NULL and 0 of most types are all zero bytes. */
static const struct kind {
	reader *read;
	size_t size;
} kinds[] = {
	[TYPE_INT] = { read_int, sizeof(int64_t) },
	[TYPE_BOOL] = { read_bool, sizeof(bool) },
	[TYPE_TEXT] = { read_text, sizeof(const char *) },
	[TYPE_NUMBER] = { read_number, sizeof(struct number) },
	[TYPE_DECIMAL] = { read_decimal, sizeof(struct decimal) },
	[TYPE_INSTANT] = { read_instant, sizeof(struct instant) },
	[TYPE_DATE] = { read_date, sizeof(struct date) },
};

static enum form_text
read_nothing(const struct rule *r, void *at)
{
	const bool chosen = r->kind == RULE_CHOICE || r->kind == RULE_REF;

	if (r->required)
		return r->kind == RULE_CHECK ? WRONG_UNTICKED
		       : chosen              ? WRONG_NO_CHOICE
					     : WRONG_EMPTY;
	/* A plain int64_t cannot say "none", and 0 may be none of its values. */
	if (r->field.type == TYPE_INT && !chosen && range_check(r, 0) != NOTHING_WRONG)
		return WRONG_EMPTY;
	memset(at, 0, kinds[r->field.type].size);
	/* Columns of texts that may be empty are NOT NULL; a choice not made is NULL. */
	if (r->field.type == TYPE_TEXT && !chosen)
		*(const char **)at = "";
	return NOTHING_WRONG;
}

enum form_text
value_read(struct request *rq, const struct rule *r, const char *typed, void *record)
{
	void *at = field_in(&r->field, record);
	const char *text = r->kind == RULE_PASSWORD ? typed : text_trim(rq->arena, typed);

	if (*text == '\0' || (r->kind == RULE_REF && strcmp(text, "0") == 0))
		return read_nothing(r, at);
	if (r->kind == RULE_CHECK && r->required && strcmp(text, "0") == 0)
		return WRONG_UNTICKED;
	if (r->kind == RULE_CHOICE && r->field.words != NULL &&
	    word_index(r->field.words, text) < 0)
		return WRONG_CHOICE;
	return kinds[r->field.type].read(rq, r, text, at);
}

static const char *
show_known(struct request *rq, const struct rule *r, const void *at)
{
	const struct form_zone *zone = rq->zone;

	switch (r->field.type) {
	case TYPE_INT:
		if (r->kind == RULE_REF && *(const int64_t *)at == 0)
			return NULL;
		return arena_print(rq->arena, "%" PRId64, *(const int64_t *)at);
	case TYPE_BOOL:
		return *(const bool *)at ? "1" : NULL;
	case TYPE_TEXT:
		return *(const char *const *)at;
	case TYPE_NUMBER:
		if (!((const struct number *)at)->known)
			return NULL;
		return arena_print(rq->arena, "%" PRId64, ((const struct number *)at)->n);
	case TYPE_DECIMAL:
		return decimal_text(rq->arena, *(const struct decimal *)at);
	case TYPE_INSTANT:
		if (zone == NULL || !((const struct instant *)at)->known)
			return instant_iso(rq->arena, *(const struct instant *)at);
		return zone->show(zone->with, rq->arena, *(const struct instant *)at);
	case TYPE_DATE:
		return date_iso(rq->arena, *(const struct date *)at);
	}
	return NULL;
}

const char *
value_show(struct request *rq, const struct rule *r, const void *record)
{
	const char *text = NULL;

	if (r->kind != RULE_PASSWORD && record != NULL)
		text = show_known(rq, r, field_of(&r->field, record));
	return text == NULL ? "" : text;
}
