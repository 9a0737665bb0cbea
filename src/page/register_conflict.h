/* register_conflict.h: when a record changed underneath its form: both sides, field by field. */
#ifndef PAGE_REGISTER_CONFLICT_H
#define PAGE_REGISTER_CONFLICT_H

#include "http/form.h"
#include "http/request.h"

struct conflict {
	const struct form *form;
	const void *now;    /* the record as it stands */
	const void *was;    /* as it was when the form was opened; NULL: not known */
	int64_t version;    /* its version */
	const char *title;  /* names the record */
	const char *action; /* where the form posts to */
	/* What the id typed for a RULE_REF is called; may be NULL. */
	const char *(*name)(
	    struct request *, const void *with, const struct rule *, const char *typed);
	const void *with;
};

/*
 * 409, after form_read(): each field that differs as two radio buttons whose values are the two
 * texts, so that what is sent is the same form again with the version of now.  Of what only the
 * others have changed, theirs is chosen at first; of all else, mine.
 */
enum status conflict_page(struct request *, const struct conflict *) MUST_CHECK;

#endif
