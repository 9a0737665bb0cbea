/* search_inside.h: what the files of the search share; nobody else includes it. */
#ifndef MODEL_SEARCH_INSIDE_H
#define MODEL_SEARCH_INSIDE_H

#include "base/shape.h"
#include "db/db.h"
#include "model/search.h"
#include "rule/permission.h"

struct actor;

/* What a term of the index stands for: class × 2^32 + value. */
enum search_class {
	TERM_WORD,       /* a word's id, anywhere in the record */
	TERM_TITLE,      /* the same, in what names the record */
	TERM_DEPARTMENT, /* who may see it: a department's id, a person's id */
	TERM_ASSIGNEE,
	TERM_REPORTER,
	TERM_FREE,     /* nobody has it, of this department */
	TERM_USES,     /* the number of digits, base 2, of how often it was used; none is no term */
	TERM_ARCHIVED, /* 0 */
	TERM_OF,       /* a document: the kind of its record, as search_places */
};

#define TERM(class, value) ((int64_t)(class) << 32 | (int64_t)(value))
enum { MOST_USES = 15 };

/* A record as it is indexed. */
struct search_source {
	int64_t id;
	const char *title; /* what names it */
	const char *words; /* what else is said of it */
	struct number department_id, assignee_id, reporter_id;
	bool free;
	bool archived;
	int64_t uses;
	const char *place; /* a document's record's kind */
};

extern const struct shape search_source_shape;

struct search_kind_table {
	const char *source; /* SELECT … WHERE, for search_source; its id is x.id */
	const char *hits;   /* SELECT … WHERE … id, for search_hit: behind it comes IN (…) */
	int batch;          /* records in one transaction */
	enum permission view;
};

extern const struct search_kind_table search_tables[SEARCH_KINDS];

/* Records that have documents.  TERM_OF: the index of theirs in the list. */
struct search_place {
	const char *kind;
	enum permission view; /* WORK_ORDER_VIEW: by the scope of the work order */
};

enum { SEARCH_PLACES = 7, PLACE_WORK_ORDER = 0 };
extern const struct search_place search_places[SEARCH_PLACES];

/* ---- lots: statements with many values ---- */

/* "?, ?, …" so many times. */
const char *search_marks(const struct actor *, size_t n);
/*
 * "head (?, …), (?, …) tail", for all the rows, in statements of at most 512; so few different
 * texts that they stay prepared.
 */
enum status search_lots(const struct actor *, const char *head, size_t width, const char *tail,
    const struct arg *args, size_t rows) MUST_CHECK;
/*
 * Rows of "head IN (?, …)tail" for all values, in statements of at most 256; each(): as in db_each.
 * Before the values stand the arguments `first`.
 */
enum status search_in(const struct actor *, const char *head, const char *tail, struct args first,
    const struct arg *values, size_t count, const struct shape *,
    enum status (*each)(void *with, const void *record), void *with) MUST_CHECK;

#endif
