/*
 * extra.h: what a record of any register has beside its columns: values in custom fields, and tags.
 *
 *	struct extra x;
 *	extra_of(by, "machine", &x);			the fields of the register: one query
 *	extra_find(by, &x, id);				x.values: what that record has: one query
 *	why = extra_set(by, &x, i, "RAL 5010");		a typed text (import, bulk edit)
 *	reg_change_with(by, table, record, &x, …);	saved with the record, in its event
 *
 *	extra_list(by, &x, &rows, &values);		for lists and exports: one query for all
 *rows
 *
 * A record's values are a struct in the arena whose shape is made of the fields: a member
 * custom_<id> for each, in their order (a text that is NULL, a decimal or a date that is not known:
 * nothing), then `tags`, a text such as "Critical, pump".  So forms, JSON, events and cells read it
 * as they read any other struct.
 */
#ifndef MODEL_EXTRA_H
#define MODEL_EXTRA_H

#include "db/db.h"
#include "model/custom.h"

struct extra {
	const char *kind;          /* of the register: its table */
	struct rows fields;        /* struct custom_field, in the order of the form */
	const struct shape *shape; /* of values: fields.count members, then tags */
	void *values;              /* of one record; empty ones at first */
};

/* The fields of that register; values empty. */
enum status extra_of(const struct actor *, const char *kind, struct extra *) MUST_CHECK;
/* The same of kind and fields that are there already. */
void extra_from(const struct actor *, struct extra *);
/* values: what that record has. */
enum status extra_find(const struct actor *, struct extra *, int64_t record_id) MUST_CHECK;
/* values of every one of records, whose shape has a member id, in their order: one query. */
enum status extra_list(const struct actor *, const struct extra *, const struct rows *records,
    struct rows *values) MUST_CHECK;

/* The member of that name: a custom field's name or label, or "tags" (which is fields.count); -1.
 */
int extra_index(const struct extra *, const char *name);
/* Member i of values as people see it, in an export, too: "" for nothing. */
const char *extra_text(const struct actor *, const struct extra *, const void *values, size_t i);
/* Sets member i of x->values from a typed text; NULL, or why not: a msgid. */
const char *extra_set(const struct actor *, struct extra *, size_t i, const char *typed);

/* Puts values into order, and holds what forms hold, too: INVALID with the member and why. */
enum status extra_check(
    const struct actor *, const struct extra *, struct reg_refusal *) MUST_CHECK;
/* Saves what differs from before (values of the same shape). */
enum status extra_save(
    const struct actor *, const struct extra *, int64_t record_id, const void *before) MUST_CHECK;

/*
 * Narrows a list to the records that have a value or a tag: FROM <before><table> r … WHERE <where>
 * with its arguments.  Few (at most 1000): they are read first, and sorted; many: they are looked
 * for in the list's own order.  So both stay quick at a million records; one query to decide.
 */
struct extra_narrow {
	const char *before;
	const char *where; /* begins with " AND " */
	struct arg args[3];
	size_t count;
};

/* Member i (a custom field) is this text, number or day; typed as people type it. */
enum status extra_narrow(const struct actor *, const struct extra *, size_t i, const char *value,
    struct extra_narrow *) MUST_CHECK;
enum status extra_narrow_tag(
    const struct actor *, const char *kind, int64_t tag_id, struct extra_narrow *) MUST_CHECK;

#endif
