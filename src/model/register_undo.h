/* register_undo.h: takes a change of a record back. */
#ifndef MODEL_REGISTER_UNDO_H
#define MODEL_REGISTER_UNDO_H

#include "model/extra.h"

/*
 * Writes back what the record was before the latest change of it, by its event.  record: room for
 * one; as it is then.  extra: of that register, or NULL.  CONFLICT: it has another version than
 * that change made, is archived, or the change was somebody else's.  INVALID: the old values are no
 * longer allowed (a number that is taken meanwhile).
 */
enum status reg_undo(const struct actor *, const struct reg_table *, int64_t id, int64_t version,
    struct extra *, void *record) MUST_CHECK;

/*
 * The record and its values (which hold what they are now) become what they were so many changes
 * ago, as far as events tell.
 */
enum status reg_past(const struct actor *, const struct reg_table *, int64_t changes,
    struct extra *, void *record) MUST_CHECK;

#endif
