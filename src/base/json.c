/* json.c: see json.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/money.h"
#include "base/time.h"

void
json_text(struct buf *b, const char *text)
{
	static const char *const escape[256] = {
		['"'] = "\\\"",
		['\\'] = "\\\\",
		['\b'] = "\\b",
		['\f'] = "\\f",
		['\n'] = "\\n",
		['\r'] = "\\r",
		['\t'] = "\\t",
		['<'] = "\\u003c", /* safe inside <script> */
	};
	const char *from = text;

	if (text == NULL) {
		buf_text(b, "null");
		return;
	}
	buf_text(b, "\"");
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && escape[c] == NULL)
			continue;
		buf_add(b, from, (size_t)(text - from));
		if (escape[c] != NULL)
			buf_text(b, escape[c]);
		else
			buf_print(b, "\\u%04x", c);
		from = text + 1;
	}
	buf_add(b, from, (size_t)(text - from));
	buf_text(b, "\"");
}

static void
json_number(struct buf *b, struct number n)
{
	if (n.known)
		buf_print(b, "%" PRId64, n.n);
	else
		buf_text(b, "null");
}

static void
json_decimal(struct buf *b, struct decimal d)
{
	buf_text(b, d.known ? decimal_text(b->arena, d) : "null");
}

void
json_value(struct buf *b, enum type type, const void *at)
{
	switch (type) {
	case TYPE_INT:
		buf_print(b, "%" PRId64, *(const int64_t *)at);
		break;
	case TYPE_BOOL:
		buf_text(b, *(const bool *)at ? "true" : "false");
		break;
	case TYPE_TEXT:
		json_text(b, *(const char *const *)at);
		break;
	case TYPE_NUMBER:
		json_number(b, *(const struct number *)at);
		break;
	case TYPE_DECIMAL:
		json_decimal(b, *(const struct decimal *)at);
		break;
	case TYPE_INSTANT:
		json_text(b, instant_iso(b->arena, *(const struct instant *)at));
		break;
	case TYPE_DATE:
		json_text(b, date_iso(b->arena, *(const struct date *)at));
		break;
	}
}

void
json_record(struct buf *b, const struct shape *shape, const void *record)
{
	if (record == NULL) {
		buf_text(b, "null");
		return;
	}
	for (size_t i = 0; i < shape->count; i++) {
		buf_text(b, i == 0 ? "{" : ",");
		json_text(b, shape->fields[i].name);
		buf_text(b, ":");
		json_value(b, shape->fields[i].type, field_of(&shape->fields[i], record));
	}
	buf_text(b, shape->count == 0 ? "{}" : "}");
}

void
json_rows(struct buf *b, const struct rows *rows)
{
	buf_text(b, "[");
	for (size_t i = 0; i < rows->count; i++) {
		if (i > 0)
			buf_text(b, ",");
		json_record(b, rows->shape, row_at(rows, i));
	}
	buf_text(b, "]");
}

static bool
is_null(enum type type, const void *at)
{
	switch (type) {
	case TYPE_TEXT:
		return *(const char *const *)at == NULL;
	case TYPE_NUMBER:
		return !((const struct number *)at)->known;
	case TYPE_DECIMAL:
		return !((const struct decimal *)at)->known;
	case TYPE_INSTANT:
		return !((const struct instant *)at)->known;
	case TYPE_DATE:
		return !((const struct date *)at)->known;
	case TYPE_INT:
	case TYPE_BOOL:
		break;
	}
	return false;
}

/* Both are known. */
static bool
is_equal(enum type type, const void *a, const void *b)
{
	switch (type) {
	case TYPE_INT:
		return *(const int64_t *)a == *(const int64_t *)b;
	case TYPE_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case TYPE_TEXT:
		return strcmp(*(const char *const *)a, *(const char *const *)b) == 0;
	case TYPE_NUMBER:
		return ((const struct number *)a)->n == ((const struct number *)b)->n;
	case TYPE_DECIMAL:
		return ((const struct decimal *)a)->units == ((const struct decimal *)b)->units;
	case TYPE_INSTANT:
		return ((const struct instant *)a)->us == ((const struct instant *)b)->us;
	case TYPE_DATE:
		return ((const struct date *)a)->day == ((const struct date *)b)->day;
	}
	return false;
}

/* NULL when the record is not there or the member is not known. */
static const void *
member(const struct field *f, const void *record)
{
	const void *at = record == NULL ? NULL : field_of(f, record);

	return at == NULL || is_null(f->type, at) ? NULL : at;
}

static void
json_member(struct buf *b, const struct field *f, const void *at)
{
	if (at == NULL)
		buf_text(b, "null");
	else
		json_value(b, f->type, at);
}

bool
json_change(struct buf *b, const struct shape *shape, const void *before, const void *after)
{
	bool any = false;

	buf_text(b, "{");
	for (size_t i = 0; i < shape->count; i++) {
		const struct field *f = &shape->fields[i];
		const void *old = member(f, before);
		const void *new = member(f, after);

		if (old == new || (old != NULL && new != NULL &&is_equal(f->type, old, new)))
			continue;
		if (any)
			buf_text(b, ",");
		json_text(b, f->name);
		buf_text(b, ":[");
		json_member(b, f, old);
		buf_text(b, ",");
		json_member(b, f, new);
		buf_text(b, "]");
		any = true;
	}
	buf_text(b, "}");
	return any;
}
