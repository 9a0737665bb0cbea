/* location.h: a tree of places: site, building, line, cell. */
#ifndef MODEL_LOCATION_H
#define MODEL_LOCATION_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct location {
	int64_t id;
	const char *code;   /* on its label; NULL: none yet */
	const char *number; /* the plant's own */
	const char *name;
	const char *kind; /* a word: location_kind_words */
	struct number parent_id;
	const char *parent_path; /* NULL: at the top */
	const char *tree;        /* ids from the root down: /3/17/42/ */
	const char *path;        /* names from the root down */
	const char *note;
	struct number plan_id; /* the attachment that is its plan */
	int64_t version;
	struct instant archived_at;
};

extern const struct words location_kind_words;
extern const struct shape location_shape;
extern const struct reg_table location_table;

/* After the places right below it were moved there: their paths and trees. */
enum status location_keep_below(const struct actor *, int64_t id) MUST_CHECK;

#endif
