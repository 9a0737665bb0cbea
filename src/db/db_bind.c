/* db_bind.c: arguments on their way to the server. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/money.h"
#include "base/time.h"
#include "db/db_inside.h"

struct arg
arg_int(int64_t n)
{
	return (struct arg){ .type = TYPE_INT, .as.n = n };
}

struct arg
arg_bool(bool b)
{
	return (struct arg){ .type = TYPE_BOOL, .as.b = b };
}

struct arg
arg_text(const char *text)
{
	return (struct arg){ .type = TYPE_TEXT, .as.text = text };
}

struct arg
arg_bytes(const void *bytes, size_t len)
{
	return (struct arg){ .type = TYPE_TEXT, .as.text = bytes, .len = len, .bytes = true };
}

struct arg
arg_number(struct number number)
{
	return (struct arg){ .type = TYPE_NUMBER, .as.number = number };
}

struct arg
arg_decimal(struct decimal decimal)
{
	return (struct arg){ .type = TYPE_DECIMAL, .as.decimal = decimal };
}

struct arg
arg_instant(struct instant instant)
{
	return (struct arg){ .type = TYPE_INSTANT, .as.instant = instant };
}

struct arg
arg_date(struct date date)
{
	return (struct arg){ .type = TYPE_DATE, .as.date = date };
}

struct arg
arg_ref(int64_t id)
{
	return arg_number((struct number){ id != 0, id });
}

static void
bind_null(MYSQL_BIND *b)
{
	b->buffer_type = MYSQL_TYPE_NULL;
}

static void
bind_int(MYSQL_BIND *b, const int64_t *n)
{
	b->buffer_type = MYSQL_TYPE_LONGLONG;
	b->buffer = (void *)n;
}

/* Both lengths: with length NULL and buffer_length 0 the library sends an empty text. */
static void
bind_bytes(MYSQL_BIND *b, enum enum_field_types type, const char *bytes, size_t len)
{
	b->buffer_type = type;
	b->buffer = (void *)bytes;
	b->buffer_length = len;
	b->length = &b->buffer_length;
}

static void
bind_text(MYSQL_BIND *b, const struct arg *arg)
{
	if (arg->as.text == NULL)
		bind_null(b);
	else if (arg->bytes)
		bind_bytes(b, MYSQL_TYPE_BLOB, arg->as.text, arg->len);
	else
		bind_bytes(b, MYSQL_TYPE_STRING, arg->as.text, strlen(arg->as.text));
}

/* As a decimal, for the server compares a text with a number as two doubles. */
static void
bind_decimal(MYSQL_BIND *b, struct arena *a, struct decimal d)
{
	const char *text = decimal_sql(a, d);

	if (text == NULL)
		bind_null(b);
	else
		bind_bytes(b, MYSQL_TYPE_NEWDECIMAL, text, strlen(text));
}

static enum status
bind_civil(MYSQL_BIND *b, struct arena *a, const struct civil *c, bool day_only)
{
	MYSQL_TIME *t = NEW(a, MYSQL_TIME);

	if (c->year < 0 || c->year > 9999)
		return FAILED;
	t->year = (unsigned)c->year;
	t->month = (unsigned)c->month;
	t->day = (unsigned)c->day;
	t->hour = (unsigned)c->hour;
	t->minute = (unsigned)c->minute;
	t->second = (unsigned)c->second;
	t->second_part = (unsigned long)c->micro;
	t->time_type = day_only ? MYSQL_TIMESTAMP_DATE : MYSQL_TIMESTAMP_DATETIME;
	b->buffer_type = day_only ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
	b->buffer = t;
	b->buffer_length = sizeof(*t);
	return OK;
}

static enum status
bind_instant(MYSQL_BIND *b, struct arena *a, struct instant t)
{
	struct civil c = civil_of(t);

	if (t.known)
		return bind_civil(b, a, &c, false);
	bind_null(b);
	return OK;
}

static enum status
bind_date(MYSQL_BIND *b, struct arena *a, struct date d)
{
	struct civil c = civil_of_day(d);

	if (d.known)
		return bind_civil(b, a, &c, true);
	bind_null(b);
	return OK;
}

static enum status
bind_arg(MYSQL_BIND *b, struct arena *a, const struct arg *arg)
{
	switch (arg->type) {
	case TYPE_INT:
		bind_int(b, &arg->as.n);
		return OK;
	case TYPE_BOOL:
		b->buffer_type = MYSQL_TYPE_TINY;
		b->buffer = (void *)&arg->as.b;
		return OK;
	case TYPE_TEXT:
		bind_text(b, arg);
		return OK;
	case TYPE_NUMBER:
		if (arg->as.number.known)
			bind_int(b, &arg->as.number.n);
		else
			bind_null(b);
		return OK;
	case TYPE_DECIMAL:
		bind_decimal(b, a, arg->as.decimal);
		return OK;
	case TYPE_INSTANT:
		return bind_instant(b, a, arg->as.instant);
	case TYPE_DATE:
		return bind_date(b, a, arg->as.date);
	}
	return FAILED;
}

enum status
stmt_bind(struct db *db, struct stmt *s, struct args args)
{
	MYSQL_BIND *bind;

	if (args.count != mysql_stmt_param_count(s->handle)) {
		log_error("db: %zu arguments for %lu places: %s", args.count,
		    mysql_stmt_param_count(s->handle), s->sql);
		return FAILED;
	}
	if (args.count == 0)
		return OK;
	arena_reset(db->scratch);
	bind = NEW_ARRAY(db->scratch, MYSQL_BIND, args.count);
	for (size_t i = 0; i < args.count; i++)
		if (bind_arg(&bind[i], db->scratch, &args.at[i]) != OK) {
			log_error("db: argument %zu does not fit: %s", i + 1, s->sql);
			return FAILED;
		}
	if (mysql_stmt_bind_param(s->handle, bind) != 0)
		return db_failed(
		    db, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), s->sql);
	return OK;
}
