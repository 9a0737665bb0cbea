/* many.h: the same statement for many rows: texts of SQL with lists of marks. */
#ifndef MODEL_MANY_H
#define MODEL_MANY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct actor;
struct buf;

/* "?, ?, ?" */
void many_marks(struct buf *, size_t count);
/* "(?, ?), (?, ?)": rows of so many columns */
void many_rows(struct buf *, size_t columns, size_t rows);
/*
 * The ids that the INSERT just done gave to its rows, in their order: one statement of known length
 * takes them without holes, auto_increment_increment apart (a Galera cluster), in every
 * innodb_autoinc_lock_mode.
 */
enum status many_ids(const struct actor *, size_t count, int64_t *ids) MUST_CHECK;

#endif
