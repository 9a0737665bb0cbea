/* db_take.c: values on their way from the server, by the type of the member that takes them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/money.h"
#include "base/time.h"
#include "db/db_inside.h"

enum { NUMBER_TEXT = 80 }; /* a DECIMAL has at most 65 digits */

static bool
is_whole(enum enum_field_types t)
{
	return t == MYSQL_TYPE_TINY || t == MYSQL_TYPE_SHORT || t == MYSQL_TYPE_INT24 ||
	       t == MYSQL_TYPE_LONG || t == MYSQL_TYPE_LONGLONG || t == MYSQL_TYPE_YEAR;
}

static bool
is_exact(enum enum_field_types t)
{
	return t == MYSQL_TYPE_NEWDECIMAL || t == MYSQL_TYPE_DECIMAL;
}

/* Whether each value of a column is kept whole by such a member. */
static bool
fits(enum type member, enum enum_field_types t)
{
	if (t == MYSQL_TYPE_NULL)
		return true;
	switch (member) {
	case TYPE_INT:
	case TYPE_NUMBER:
	case TYPE_DECIMAL:
		return is_whole(t) || is_exact(t); /* SUM() of whole numbers is a decimal */
	case TYPE_BOOL:
		return is_whole(t);
	case TYPE_TEXT:
		return true;
	case TYPE_INSTANT:
		return t == MYSQL_TYPE_DATETIME || t == MYSQL_TYPE_TIMESTAMP;
	case TYPE_DATE:
		return t == MYSQL_TYPE_DATE || t == MYSQL_TYPE_NEWDATE;
	}
	return false;
}

/* Text lands with no room on purpose: its length says how much to ask for. */
static void
land(MYSQL_BIND *b, struct landing *l)
{
	bool day = l->field != NULL && l->field->type == TYPE_DATE;
	bool moment = l->field != NULL && l->field->type == TYPE_INSTANT;
	bool text = l->field == NULL || l->field->type == TYPE_TEXT;

	l->error = 0;
	*b = (MYSQL_BIND){ .length = &l->length, .is_null = &l->is_null, .error = &l->error };
	if (day || moment) {
		b->buffer_type = day ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
		b->buffer = &l->time;
		b->buffer_length = sizeof(l->time);
	} else if (text || is_exact(l->type)) {
		b->buffer_type = MYSQL_TYPE_STRING;
		b->buffer = &l->n;
		b->buffer_length = 0;
	} else {
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &l->n;
		b->buffer_length = sizeof(l->n);
	}
}

static enum status
stmt_failed(struct db *db, struct stmt *s)
{
	return db_failed(db, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), s->sql);
}

enum status
stmt_land(struct db *db, struct stmt *s)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(s->handle);
	enum status e = OK;

	/* Types are known for certain only now: preparing, the server guesses those of `?`. */
	if (meta == NULL || mysql_num_fields(meta) != s->columns) {
		log_error("db: other columns than prepared: %s", s->sql);
		e = FAILED;
	}
	for (unsigned i = 0; e == OK && i < s->columns; i++) {
		struct landing *l = &s->landing[i];

		l->type = mysql_fetch_field_direct(meta, i)->type;
		land(&s->bind[i], l);
		if (l->field != NULL && !fits(l->field->type, l->type)) {
			log_error("db: %s does not take a column of type %d: %s", l->field->name,
			    (int)l->type, s->sql);
			e = FAILED;
		}
	}
	mysql_free_result(meta);
	if (e == OK && mysql_stmt_bind_result(s->handle, s->bind) != 0)
		return stmt_failed(db, s);
	return e;
}

static enum status
fetch_text(struct db *db, struct stmt *s, unsigned i, char *text, size_t len)
{
	MYSQL_BIND piece = {
		.buffer_type = MYSQL_TYPE_STRING, .buffer = text, .buffer_length = len
	};

	if (len > 0 && mysql_stmt_fetch_column(s->handle, &piece, i, 0) != 0)
		return stmt_failed(db, s);
	return OK;
}

/* A number that came as text, into a buffer of NUMBER_TEXT. */
static enum status
fetch_digits(struct db *db, struct stmt *s, unsigned i, char *text)
{
	size_t len = s->landing[i].length;

	if (len >= NUMBER_TEXT)
		return INVALID;
	text[len] = '\0';
	return fetch_text(db, s, i, text, len);
}

/* Places without a value behind the point are given up. */
static void
drop_zeros(char *text)
{
	size_t len = strlen(text);

	if (strchr(text, '.') == NULL)
		return;
	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	text[len] = '\0';
}

static enum status
whole_of(const char *text, int64_t *n)
{
	char *end;

	errno = 0;
	*n = strtoll(text, &end, 10);
	return errno != 0 || end == text || *end != '\0' ? INVALID : OK;
}

static enum status
take_whole(struct db *db, struct stmt *s, unsigned i, int64_t *n)
{
	char text[NUMBER_TEXT];
	enum status e;

	if (!is_exact(s->landing[i].type)) {
		*n = s->landing[i].n;
		return s->landing[i].error ? INVALID : OK;
	}
	e = fetch_digits(db, s, i, text);
	if (e)
		return e;
	drop_zeros(text);
	return whole_of(text, n);
}

static enum status
take_decimal(struct db *db, struct stmt *s, unsigned i, struct decimal *d)
{
	char text[NUMBER_TEXT];
	enum status e;
	int64_t n;

	if (is_exact(s->landing[i].type)) {
		e = fetch_digits(db, s, i, text);
		if (e)
			return e;
		drop_zeros(text);
		*d = decimal_parse(text);
		return d->known ? OK : INVALID;
	}
	e = take_whole(db, s, i, &n);
	if (e)
		return e;
	if (n > DECIMAL_MOST / DECIMAL_ONE || n < -DECIMAL_MOST / DECIMAL_ONE)
		return INVALID;
	*d = decimal(n * DECIMAL_ONE);
	return OK;
}

static enum status
take_instant(const MYSQL_TIME *t, struct instant *out)
{
	struct civil c = { (int)t->year, (int)t->month, (int)t->day, (int)t->hour, (int)t->minute,
		(int)t->second, (int)t->second_part };

	*out = instant_of(&c);
	return out->known ? OK : INVALID;
}

static enum status
take_date(const MYSQL_TIME *t, struct date *out)
{
	*out = day_of((int)t->year, (int)t->month, (int)t->day);
	return out->known ? OK : INVALID;
}

static enum status
take_text(struct db *db, struct stmt *s, unsigned i, struct arena *a, const char **out)
{
	size_t len = s->landing[i].length;
	char *text = arena_alloc(a, len + 1, 1);

	*out = text;
	return fetch_text(db, s, i, text, len);
}

static enum status
take_bool(const struct landing *l, bool *out)
{
	*out = l->n != 0;
	return l->error ? INVALID : OK;
}

static enum status
take_known(struct db *db, struct stmt *s, unsigned i, struct arena *a, void *member)
{
	struct landing *l = &s->landing[i];
	struct number *number = member;

	switch (l->field->type) {
	case TYPE_INT:
		return take_whole(db, s, i, member);
	case TYPE_BOOL:
		return take_bool(l, member);
	case TYPE_TEXT:
		return take_text(db, s, i, a, member);
	case TYPE_NUMBER:
		number->known = true;
		return take_whole(db, s, i, &number->n);
	case TYPE_DECIMAL:
		return take_decimal(db, s, i, member);
	case TYPE_INSTANT:
		return take_instant(&l->time, member);
	case TYPE_DATE:
		return take_date(&l->time, member);
	}
	return FAILED;
}

static void
take_null(const struct field *f, void *member)
{
	switch (f->type) {
	case TYPE_TEXT:
		*(const char **)member = NULL;
		return;
	case TYPE_NUMBER:
		*(struct number *)member = (struct number){ 0 };
		return;
	case TYPE_DECIMAL:
		*(struct decimal *)member = (struct decimal){ 0 };
		return;
	case TYPE_INSTANT:
		*(struct instant *)member = (struct instant){ 0 };
		return;
	case TYPE_DATE:
		*(struct date *)member = (struct date){ 0 };
		return;
	case TYPE_INT:
	case TYPE_BOOL:
		return;
	}
}

enum status
stmt_record(struct db *db, struct stmt *s, struct arena *a, void *record)
{
	for (unsigned i = 0; i < s->columns; i++) {
		const struct landing *l = &s->landing[i];
		const struct field *f = l->field;
		enum status e = OK;

		if (l->is_null && (f->type == TYPE_INT || f->type == TYPE_BOOL)) {
			log_error("db: NULL in %s, which cannot be: %s", f->name, s->sql);
			return FAILED;
		}
		if (l->is_null)
			take_null(f, field_in(f, record));
		else
			e = take_known(db, s, i, a, field_in(f, record));
		if (e == INVALID) {
			log_error("db: the value in %s does not fit: %s", f->name, s->sql);
			return FAILED;
		}
		if (e)
			return e;
	}
	return OK;
}

enum status
stmt_number(struct db *db, struct stmt *s, int64_t *n)
{
	char text[NUMBER_TEXT];
	enum status e;

	*n = 0;
	if (s->landing[0].is_null)
		return OK;
	e = fetch_digits(db, s, 0, text);
	if (e)
		return e;
	drop_zeros(text);
	if (whole_of(text, n) == OK)
		return OK;
	log_error("db: %s is no whole number: %s", text, s->sql);
	return FAILED;
}
