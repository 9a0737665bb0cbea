/*
 * lines.h: what hangs on a record of a register, line by line: a model's spare parts and failure
 * codes, a part's vendors, a failure code's classes.  Acts write an event of the record.
 */
#ifndef MODEL_LINES_H
#define MODEL_LINES_H

#include "base/shape.h"

struct actor;
struct machine_model;
struct part;
struct failure_code;

enum { LINES_MOST = 300 };

struct model_part {
	int64_t part_id;
	const char *number;
	const char *name;
	const char *unit;
	struct decimal quantity; /* in one machine */
	const char *note;
	struct decimal on_hand;
};

struct model_code {
	int64_t id;
	const char *kind; /* a word: failure_kind_words */
	const char *code;
	const char *name; /* in the actor's language */
};

struct part_offer {
	int64_t vendor_id;
	const char *vendor_name;
	const char *number;   /* the vendor's own for the part */
	struct decimal price; /* of a unit */
	struct number lead_days;
};

/* A class, and whether the code is for it. */
struct code_class {
	int64_t id;
	const char *name;
	bool on;
};

/* A machine of a model. */
struct model_machine {
	int64_t id;
	const char *number;
	const char *name;
	const char *status; /* a word: machine_status_words */
};

extern const struct shape model_part_shape, model_code_shape, model_machine_shape, part_offer_shape,
    code_class_shape;

/* lines_read.c: all of a model's, by one query. */
struct model_lines {
	struct rows parts;    /* struct model_part */
	struct rows codes;    /* struct model_code */
	struct rows choices;  /* struct option: failure codes that could be added */
	struct rows machines; /* struct model_machine; the first by name, at most `machines` */
};

enum status model_lines(
    const struct actor *, int64_t model_id, int machines, struct model_lines *) MUST_CHECK;

/* All of a part's, by one query. */
struct part_lines {
	struct rows offers;  /* struct part_offer */
	struct rows vendors; /* struct option: those to buy from; only for who may change them */
	struct rows waiting; /* struct part_waiting, oldest first, at most `waiting`; only for who
			      * sees every parts request */
};

enum status part_lines(
    const struct actor *, int64_t part_id, int waiting, struct part_lines *) MUST_CHECK;

/* Adds or changes a line.  NOT_FOUND: no part in use has that number. */
enum status model_part_put(
    const struct actor *, const struct machine_model *, const struct model_part *) MUST_CHECK;
enum status model_part_take(
    const struct actor *, const struct machine_model *, int64_t part_id) MUST_CHECK;

enum status model_code_put(
    const struct actor *, const struct machine_model *, int64_t code_id) MUST_CHECK;
enum status model_code_take(
    const struct actor *, const struct machine_model *, int64_t code_id) MUST_CHECK;

enum status part_offer_put(
    const struct actor *, const struct part *, const struct part_offer *) MUST_CHECK;
enum status part_offer_take(
    const struct actor *, const struct part *, int64_t vendor_id) MUST_CHECK;

enum status code_classes(const struct actor *, int64_t code_id, struct rows *) MUST_CHECK;
/* Exactly those; none: of all classes.  A new version of the code. */
enum status code_classes_set(const struct actor *, const struct failure_code *,
    const int64_t *classes, size_t count) MUST_CHECK;

#endif
