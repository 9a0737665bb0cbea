/*
 * code.h: the codes on labels and badges: of machines, locations, parts and people.
 *
 * rule/number.h says what a code looks like.  A record has one, or none yet; what was replaced
 * stays known, so that an old label says so.
 */
#ifndef MODEL_CODE_H
#define MODEL_CODE_H

#include "base/shape.h"

struct actor;

struct code_found {
	const char *kind; /* "machine", "location", "part", "user" */
	int64_t record_id;
	const char *title; /* the record's number; a person's name */
	const char *name;
	int64_t department_id;     /* of a machine, else 0 */
	bool open_report;          /* may be reported at without an account */
	struct instant retired_at; /* known: the code was replaced then */
	struct instant archived_at;
};

/* Whose it is, of every kind; NOT_FOUND.  code as code_normal() writes it. */
enum status code_find(const struct actor *, const char *code, struct code_found *) MUST_CHECK;
/* A code that nobody can guess; for the fill hooks.  (Whether it is free the unique index decides.)
 */
const char *code_fresh(const struct actor *);
/* The record's code, made now when it has none yet.  NOT_FOUND: no such kind or record. */
enum status code_of(
    const struct actor *, const char *kind, int64_t id, const char **code) MUST_CHECK;
/* Another code for the record; the old one is retired (or, when there was none, it is the first).
 */
enum status code_replace(const struct actor *, const char *kind, int64_t id) MUST_CHECK;
/*
 * Writes down that a replaced label was scanned: at most one event in ten minutes a label.  Has a
 * transaction of its own.
 */
enum status code_stale(
    const struct actor *, const char *code, const struct code_found *) MUST_CHECK;

#endif
