/*
 * shape.h: describe a struct once; bind it to SQL rows, form fields, template names, JSON and
 * the before/after of events by the names of its members.
 *
 * The type of a field is read off the member itself, so that a description cannot disagree with
 * the struct that it describes.  What may be NULL in SQL has a type with `known` in it; in a zeroed
 * struct it is not known, which is SQL's NULL.
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* A whole number that may be NULL; a reference that may be none. */
struct number {
	bool known;
	int64_t n;
};

/* DECIMAL(14,4): money, quantities.  In ten-thousandths. */
struct decimal {
	bool known;
	int64_t units;
};

/* DATETIME(6), always UTC.  Microseconds since 1970-01-01. */
struct instant {
	bool known;
	int64_t us;
};

/* DATE: a day of the plant's calendar, no time zone.  Days since 1970-01-01. */
struct date {
	bool known;
	int32_t day;
};

enum type {
	TYPE_INT,     /* int64_t, never NULL */
	TYPE_BOOL,    /* bool, never NULL */
	TYPE_TEXT,    /* const char *, NULL is NULL */
	TYPE_NUMBER,  /* struct number */
	TYPE_DECIMAL, /* struct decimal */
	TYPE_INSTANT, /* struct instant */
	TYPE_DATE,    /* struct date */
};

/* The codes of a closed list (states, priorities …) and the text for people, a msgid. */
struct word {
	const char *code;
	const char *text;
};

struct words {
	const struct word *list;
	size_t count;
};

struct field {
	const char *name;
	enum type type;
	size_t at;                 /* offset in the struct */
	const struct words *words; /* NULL, or what a text is one of */
};

struct shape {
	const struct field *fields;
	size_t count;
	size_t size; /* of the struct */
};

/* An array of structs that knows its own shape. */
struct rows {
	const struct shape *shape;
	void *at;
	size_t count;
};

#define TYPE_OF(member) \
	_Generic((member),                                                                         \
	    int64_t: TYPE_INT,                                                                     \
	    bool: TYPE_BOOL,                                                                       \
	    const char *: TYPE_TEXT,                                                               \
	    struct number: TYPE_NUMBER,                                                            \
	    struct decimal: TYPE_DECIMAL,                                                          \
	    struct instant: TYPE_INSTANT,                                                          \
	    struct date: TYPE_DATE)

#define FIELD(T, m) \
	{ \
#m, TYPE_OF(((T *)0)->m), offsetof(T, m), NULL \
	}
#define FIELD_WORD(T, m, words) \
	{ \
#m, TYPE_OF(((T *)0)->m), offsetof(T, m), (words) \
	}
#define SHAPE(T, list) \
	{ \
		(list), COUNT(list), sizeof(T) \
	}
#define WORDS(list) \
	{ \
		(list), COUNT(list) \
	}

static inline void *
field_in(const struct field *f, void *record)
{
	return (char *)record + f->at;
}

static inline const void *
field_of(const struct field *f, const void *record)
{
	return (const char *)record + f->at;
}

/* Row i of rows. */
static inline void *
row_at(const struct rows *r, size_t i)
{
	return (char *)r->at + i * r->shape->size;
}

/* The member of that name, or NULL. */
const struct field *shape_field(const struct shape *, const char *name);
/* Where code stands in the list, or -1. */
int word_index(const struct words *, const char *code);

/* Bytes of a member of that type. */
size_t type_size(enum type);

#endif
