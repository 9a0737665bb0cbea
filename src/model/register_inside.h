/* register_inside.h: between the writing of one record of a register and that of many. */
#ifndef MODEL_REGISTER_INSIDE_H
#define MODEL_REGISTER_INSIDE_H

#include "db/db.h"

struct actor;
struct extra;
struct reg_table;

/* What is beside the columns (values of extra), and the values that were there before. */
struct beside {
	const struct extra *after; /* or NULL */
	const void *before;
};

/* What the event of a saved record tells; before: NULL when it is new. */
const char *reg_changes(const struct actor *, const struct reg_table *, const void *before,
    const void *after, const struct beside *);

/* A member as an argument; texts are never NULL. */
struct arg reg_arg(const struct field *, const void *record);
/* *why: a msgid when something needs the record, by the table's uses; else as it was. */
enum status reg_unused(
    const struct actor *, const struct reg_table *, int64_t id, const char **why) MUST_CHECK;
/* The member whose unique key the last CONFLICT named, or NULL. */
const char *reg_taken(const struct actor *, const struct reg_table *);

#endif
