/*
 * register_many.h: many records of a register at once, for imports: the same hooks, keys and events
 * as reg_add() and reg_change() have, in a few statements a hundred records.
 */
#ifndef MODEL_REGISTER_MANY_H
#define MODEL_REGISTER_MANY_H

#include "db/db.h"
#include "model/extra.h"
#include "model/register.h"

enum { REG_MANY = 100 };

/* What was refused: which of the records, and why. */
struct reg_many_refusal {
	size_t at;
	struct reg_refusal why;
};

/* What the records have beside their columns: values of `extra`, one a record. */
struct reg_many_beside {
	const struct extra *extra;
	void *const *after;
	const void *const *before; /* empty ones of new records */
};

/* Every record, archived ones too, whose column has one of the values; in no order. */
enum status reg_find_many(const struct actor *, const struct reg_table *, const char *column,
    const struct arg *values, size_t count, struct rows *) MUST_CHECK;
/*
 * The hook check has passed each already.  Each record is read again once it is written.  beside:
 * NULL when nothing is.
 */
enum status reg_add_many(const struct actor *, const struct reg_table *, void *const *records,
    size_t count, const struct reg_many_beside *, struct reg_many_refusal *) MUST_CHECK;
/*
 * before: each record as it was found; RETRY when one has another version by now.  An archived one
 * is taken back into use, with the event of that.
 */
enum status reg_change_many(const struct actor *, const struct reg_table *, void *const *records,
    const void *const *before, size_t count, const struct reg_many_beside *,
    struct reg_many_refusal *) MUST_CHECK;
/* Archives records that have these versions; RETRY when one has another.  No hook is asked. */
enum status reg_archive_many(
    const struct actor *, const struct reg_table *, void *const *records, size_t count) MUST_CHECK;

#endif
