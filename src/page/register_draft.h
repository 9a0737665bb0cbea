/*
 * register_draft.h: a record of a register while it is edited: its columns, its values in custom
 * fields and its tags as one struct with one form, so that reading, complaints, conflicts and
 * showing it again are the same for all three.
 */
#ifndef PAGE_REGISTER_DRAFT_H
#define PAGE_REGISTER_DRAFT_H

#include "http/request.h"
#include "model/extra.h"
#include "register/register.h"

struct draft {
	const struct reg *reg;
	const struct form *form; /* the register's rules, then custom fields, then tags */
	struct extra extra;      /* its values are those behind record; shape NULL: has none */
	bool photos;             /* its form takes some */
	size_t behind;           /* where the values begin behind a record */
	size_t size;
	void *record;
	const char **nearest; /* one a choice: what was typed and not found, and what is like it */
};

/* An empty record, with the register's defaults. */
enum status draft_new(struct request *, const struct reg *, struct draft *) MUST_CHECK;
/* As it stands. */
enum status draft_find(struct request *, const struct reg *, int64_t id, struct draft *) MUST_CHECK;
/* draft->record becomes a copy, of which edits do not show in what is answered. */
void *draft_keep(struct request *, struct draft *);
/* Reads the form: as form_read(), and the names typed for records of large registers. */
enum status draft_read(struct request *, struct draft *) MUST_CHECK;
/* The extra to save, or NULL for a register that has none. */
const struct extra *draft_extra(struct draft *);

/* Attaches the photos that came with the form to the saved record. */
enum status draft_photos(struct request *, const struct draft *) MUST_CHECK;

/*
 * Lays the choices ready for page_form(), and refuses (INVALID) an id that is not among them.
 * before: the record as it stands, whose own choice stays possible although it was archived; NULL
 * for a new one.
 */
enum status draft_choices(struct request *, struct draft *, const void *before) MUST_CHECK;
/* What the id typed for a RULE_REF is called. */
const char *draft_ref_name(
    struct request *, const void *reg, const struct rule *, const char *typed);

/* A member as an id: an int, or a number that may be none. */
int64_t reg_ref(const struct reg *, const char *member, const void *record);
const char *reg_title_of(const struct reg *, const void *record);

#endif
