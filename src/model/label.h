/* label.h: what stands on the labels of records, and finding the records to label. */
#ifndef MODEL_LABEL_H
#define MODEL_LABEL_H

#include "base/shape.h"

struct actor;

enum { LABEL_RECORDS = 500 };

struct label_record {
	int64_t id;
	const char *code; /* made when it had none */
	const char *number;
	const char *name;
	const char *place;
};

extern const struct shape label_record_shape;

/*
 * The records of a kind ("machine", "location", "part", "user"), in the order of the ids; json is
 * "[3,1]".  At most LABEL_RECORDS; who has no code yet gets one.  NOT_FOUND: no such kind.
 */
enum status label_records(
    const struct actor *, const char *kind, const char *json, struct rows *) MUST_CHECK;
/* By the number (of a person: the e-mail address) that somebody typed. */
enum status label_find(
    const struct actor *, const char *kind, const char *typed, int64_t *id) MUST_CHECK;

#endif
