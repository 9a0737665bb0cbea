/*
 * view.h: what a template may speak of: a tree of named values.
 *
 * Names and texts are kept by address: literals, or text in the same arena.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/shape.h"

struct arena;

enum value_kind {
	VALUE_FIELD,  /* one leaf of a type */
	VALUE_RECORD, /* a struct with its shape */
	VALUE_ROWS,   /* structs with their shape */
	VALUE_GROUP,  /* names and values */
	VALUE_LIST,   /* values without names, of any kind */
};

struct value {
	const char *name;
	enum value_kind kind;
	enum type type;            /* VALUE_FIELD */
	const struct words *words; /* VALUE_FIELD: what a text is one of, or NULL */
	const void *at;            /* VALUE_FIELD, VALUE_RECORD */
	const struct shape *shape; /* VALUE_RECORD */
	struct rows rows;          /* VALUE_ROWS */
	struct view *view;         /* VALUE_GROUP, VALUE_LIST */
	struct value *next;
};

struct view {
	struct arena *arena;
	struct value *first;
	struct value *last;
};

void view_text(struct view *, const char *name, const char *);
void view_word(struct view *, const char *name, const struct words *, const char *code);
void view_int(struct view *, const char *name, int64_t);
void view_bool(struct view *, const char *name, bool);
void view_decimal(struct view *, const char *name, struct decimal);
void view_instant(struct view *, const char *name, struct instant);
void view_date(struct view *, const char *name, struct date);
void view_record(struct view *, const char *name, const struct shape *, const void *);
void view_rows(struct view *, const char *name, struct rows);
struct view *view_group(struct view *, const char *name);
/* A list; fill it by view_item(): each is a group. */
struct view *view_list(struct view *, const char *name);
struct view *view_item(struct view *list);
struct view *view_new(struct arena *);

#endif
