/*
 * import.h: imports as people see them: the file, how it is read, what the trial found, what became
 * of it.  The work itself is the job's (job/import.c).
 *
 * MAPPING → CHECKING → CHECKED → APPLYING → DONE → UNDOING → UNDONE; what is under way can be
 * stopped (STOPPED, or back to CHECKED or DONE).
 *
 * A detail of a line has a text line a member, of columns between tabs.  WRONG: member, what was
 * typed, a msgid, its %1, its %2.  CHANGED: member, before, after.
 */
#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

#include "base/shape.h"

struct actor;
struct db;

struct import {
	int64_t id;
	const char *kind;
	const char *state; /* a word */
	const char *name;  /* of the file */
	const char *sha256;
	int64_t size;
	const char *encoding;       /* csv_encoding_words */
	const char *separator_kind; /* csv_separator_words */
	const char *day_order;      /* a word: DMY, MDY */
	const char *decimal_mark;   /* a word: POINT, COMMA */
	bool headed;
	const char *headers;       /* a line a column */
	const char *header_digest; /* SHA-256, hex */
	const char *mapping;       /* a line a column: member, or empty */
	const char *given;         /* member, tab, text; a line each */
	bool make_missing, keep_existing, leave_wrong;
	int64_t read_count, fresh_count, changed_count, same_count, wrong_count;
	int64_t progress;    /* of 1000 */
	const char *failure; /* msgid, or "" */
	int64_t failure_line;
	int64_t user_id;
	const char *user_name;
	int64_t version;
	struct instant applied_at, undone_at, archived_at, created_at;
};

struct import_line {
	int64_t line;
	const char *kind; /* a word */
	const char *title;
	const char *detail;
};

extern const struct shape import_shape, import_line_shape;
extern const struct words import_state_words, import_line_words;
extern const struct words import_day_words, import_decimal_words;

enum status import_find(const struct actor *, int64_t id, struct import *) MUST_CHECK;
/* Newest first, below `after` unless 0; kinds: "machine,part", the ones that the actor may see. */
/* open: only those that are begun and not ended. */
enum status import_list(const struct actor *, const char *kinds, bool open, int64_t after, int most,
    struct rows *) MUST_CHECK;
/* The newest of that kind with these headers that was mapped; NOT_FOUND. */
enum status import_alike(
    const struct actor *, const char *kind, const char *digest, struct import *) MUST_CHECK;
enum status import_add(const struct actor *, const struct import *, int64_t *id) MUST_CHECK;
/* Saves how it is read and mapped; CONFLICT when it was edited meanwhile or is under way. */
enum status import_save(const struct actor *, const struct import *) MUST_CHECK;

enum import_act { IMPORT_CHECK, IMPORT_APPLY, IMPORT_STOP, IMPORT_UNDO, IMPORT_AWAY };

/* CONFLICT when its state does not allow that (any more).  `leave`: of IMPORT_APPLY. */
enum status import_act(
    const struct actor *, const struct import *, enum import_act, bool leave) MUST_CHECK;

/* In the order of the file, behind line `after`; kind NULL: every kind. */
enum status import_lines(const struct actor *, int64_t id, const char *kind, int64_t after,
    int most, struct rows *) MUST_CHECK;
enum status import_lines_each(const struct actor *, int64_t id, const char *kind,
    enum status (*each)(void *with, const void *line), void *with) MUST_CHECK;

#endif
