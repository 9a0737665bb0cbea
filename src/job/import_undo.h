/* import_undo.h: what undoing registers and histories share. */
#ifndef JOB_IMPORT_UNDO_H
#define JOB_IMPORT_UNDO_H

#include "job/import_inside.h"

/* A line of import_record: what the import left. */
struct left {
	int64_t seq;
	const char *kind;
	int64_t record_id;
	int64_t left_version;
	const char *before_values;
};

struct undo {
	struct load *l;
	const char *kind; /* of which the references are known */
	struct rows references;
	int64_t said; /* what stands in the way */
	bool any;     /* there was something to undo */
};

/* Says that this stands in the way: then nothing is undone. */
enum status undo_stands(struct undo *, const char *title, const char *why) MUST_CHECK;
/* What was made may be used by nothing but the import itself; at most REG_MANY. */
enum status undo_unused(struct undo *, const char *kind, const int64_t *ids,
    const char *const *titles, size_t count) MUST_CHECK;

/* ---- import_past_undo.c ---- */

/* Lines of one kind of history, the last written first; at most REG_MANY. */
enum status past_undo(struct undo *, const struct left *, size_t count) MUST_CHECK;
/* import_movement_undo.c */
enum status movement_undo(struct undo *, const struct left *, size_t count) MUST_CHECK;

#endif
