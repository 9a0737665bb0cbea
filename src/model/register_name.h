/*
 * register_name.h: records of a register by what people call them: number, name, or the name that
 * a merged one had.
 */
#ifndef MODEL_REGISTER_NAME_H
#define MODEL_REGISTER_NAME_H

#include "model/register.h"

/* "PRS-0012 · Press 12": the title, and the name when that is another member. */
enum status reg_title(
    const struct actor *, const struct reg_table *, int64_t id, const char **) MUST_CHECK;
/* OK when it is there and not archived; else NOT_FOUND. */
enum status reg_open(const struct actor *, const struct reg_table *, int64_t id) MUST_CHECK;
/* As reg_options(), at most most: more means that they are too many to choose from. */
enum status reg_options_few(const struct actor *, const struct reg_table *, int64_t current,
    int most, struct rows *) MUST_CHECK;
/* The SQL of what an option shows: of `r`. */
const char *reg_label(const struct actor *, const struct reg_table *);
/* The SQL of what files call a record, of `r`: key, number, code or title. */
const char *reg_key(const struct actor *, const struct reg_table *);
/* struct option rows: what files call the records, archived ones too, by id. */
enum status reg_keys(
    const struct actor *, const struct reg_table *, int most, struct rows *) MUST_CHECK;
/* The same as reg_options_few() of several registers, with one query. */
struct reg_ask {
	const struct reg_table *of;
	int64_t current;
	struct rows *out;
};
enum status reg_options_each(
    const struct actor *, const struct reg_ask *, size_t count, int most) MUST_CHECK;
/* struct option rows of records like the search, in the usual order. */
enum status reg_suggest(const struct actor *, const struct reg_table *, const char *search,
    int most, struct rows *) MUST_CHECK;
/*
 * The one record that is called so: its title ("PRS-0012", also "PRS-0012 · Press 12"), its label's
 * code, an alias, or the only one that a search finds.  NOT_FOUND: none or several; *like, struct
 * option rows, are the nearest.
 */
enum status reg_resolve(const struct actor *, const struct reg_table *, const char *typed,
    int64_t *id, struct rows *like) MUST_CHECK;

/* The record that took over that name by a merge; NOT_FOUND when there is none. */
enum status alias_find(
    const struct actor *, const char *kind, const char *text, int64_t *id) MUST_CHECK;
enum status alias_add(const struct actor *, const char *kind, const char *text, int64_t record_id,
    int64_t from_id) MUST_CHECK;

#endif
