/*
 * import.h: what can be imported: every register, the histories, and the first stock; and which
 * column of a file is likely to be which of their members.
 */
#ifndef REGISTER_IMPORT_H
#define REGISTER_IMPORT_H

#include "model/extra.h"
#include "register/register.h"

struct import_target {
	const char *kind;  /* the register's table, the history's kind, "stock" */
	const char *title; /* msgid, of many */
	const char *base;  /* where its records are shown */
	const struct form *form;
	size_t own;  /* so many rules of the form are the struct's; those behind are extra's */
	size_t size; /* of the form's struct */
	const struct reg *reg; /* NULL: a history, or the first stock */
	enum permission edit;  /* who may import it */
	const char *key[2]; /* members that tell a record from the others; the second may be NULL */
	const char *probe;  /* that one of them which an index begins with */
	void (*defaults)(void *record); /* of a new one; may be NULL */
};

/* All of them, registers first. */
struct import_target *import_targets(struct arena *, size_t *count);
/* False when there is none of that kind. */
bool import_target_find(const char *kind, struct import_target *);
/* Adds the custom fields and tags of the register to its form: rules of x->values. */
enum status import_extend(const struct actor *, struct import_target *, struct extra *x) MUST_CHECK;
/* Whether the member is one of its key. */
bool import_is_key(const struct import_target *, const char *member);

/* The register that a member of a form names by its id; NULL when it is none. */
const struct reg *import_ref(const struct import_target *, const char *member);

/* How labels read in the languages that files may come in: text i of a msgid, NULL behind the last.
 */
struct import_labels {
	const char *(*text)(const void *with, size_t i, const char *msgid);
	const void *with;
};

/*
 * The member (index of the form's rule) that each header most likely is, -1 for none; a member is
 * guessed once.  Compared without capitals, accents and signs: with the members' names, their
 * labels in every language, then with the words of other programs.
 */
void import_guess(struct arena *, const struct import_target *, const struct import_labels *,
    const char *const *headers, size_t count, int *member);

/* The code of a word, by code or by a label of any language; NULL when it is none. */
const char *import_word(struct arena *, const struct words *, const struct import_labels *,
    const char *member, const char *typed);

/* What lay in the store when the plant began: of parts that have no movement yet. */
struct import_stock {
	const char *part_number;
	struct decimal quantity;
	struct decimal unit_cost;
	const char *note;
};

extern const struct form import_stock_form;

#endif
