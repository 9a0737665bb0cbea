/* failure_code.h: four lists in one: problem (what one sees), cause, remedy, detection. */
#ifndef MODEL_FAILURE_CODE_H
#define MODEL_FAILURE_CODE_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct failure_code {
	int64_t id;
	const char *kind; /* a word: failure_kind_words */
	const char *code;
	const char *name;
	const char *name_fr; /* "": the name */
	int64_t version;
	struct instant archived_at;
};

extern const struct words failure_kind_words;
extern const struct shape failure_code_shape;
extern const struct reg_table failure_code_table;

/*
 * struct option rows (model/register.h) of a kind ("PROBLEM" …), named in the actor's language: all
 * that are not archived, and `current` (0: none).
 */
enum status failure_code_options(
    const struct actor *, const char *kind, int64_t current, struct rows *) MUST_CHECK;

/* An option of a form's list. */
struct code_option {
	int64_t id;
	const char *name;
	int64_t fits; /* 2: of the machine's model, 1: of its class, 0: of other classes only */
	const char *group; /* a msgid: where it stands in the list; NULL: the list is short */
};

enum { CODES_FIRST = 9 };

/*
 * struct code_option rows of a kind for a machine: first the CODES_FIRST that fit it and were used
 * most lately, on it or on machines of its model; then the others that fit; then those of other
 * classes.
 */
enum status failure_code_offered(const struct actor *, const char *kind, int64_t machine_id,
    int64_t current, struct rows *) MUST_CHECK;

/* OK for none, and for a code of that kind; INVALID for any other: a form's list was not ours. */
enum status failure_code_fits(const struct actor *, const char *kind, struct number id) MUST_CHECK;

/* Every code that has a French name: struct failure_code rows of which only name and name_fr are
 * set. */
enum status failure_code_french(const struct actor *, struct rows *) MUST_CHECK;

#endif
