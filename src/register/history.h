/*
 * history.h: a history as files have it, in one const table: what an import takes, and so what an
 * export for import gives; what the list on screen has, and so what its export has; who may.
 */
#ifndef REGISTER_HISTORY_H
#define REGISTER_HISTORY_H

#include "register/register.h"

struct history {
	const char *kind;          /* of its events, and of imports */
	const char *base;          /* "/work-orders": where its export is, and the file's name */
	const char *title;         /* msgid, of many */
	const struct form *form;   /* of an import */
	const struct shape *shape; /* of model/past.h: the form's members, the columns', id */
	const struct reg_column *columns; /* as on screen */
	size_t column_count;
	enum permission view, edit;
	const char *const *closed; /* members that only `closed_to` sees, NULL-ended; may be NULL */
	enum permission closed_to;
	const char *key[2], *probe;     /* see struct import_target */
	void (*defaults)(void *record); /* may be NULL */
	enum status (*list)(
	    const struct actor *, const void *filter, const void *last, int most, struct rows *);
};

extern const struct history work_order_history, movement_history, stop_history, reading_history;
extern const struct history *const histories[];
extern const size_t history_count;

/* NULL when it is none. */
const struct history *history_of_kind(const char *kind);
bool history_sees(const struct history *, enum role, const char *member);

#endif
