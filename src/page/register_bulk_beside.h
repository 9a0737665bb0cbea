/* register_bulk_beside.h: what records have beside their columns, changed for many at once. */
#ifndef PAGE_REGISTER_BULK_BESIDE_H
#define PAGE_REGISTER_BULK_BESIDE_H

#include "http/request.h"
#include "model/extra.h"
#include "register/register.h"

struct bulk_beside {
	struct extra extra;
	size_t at;        /* the member of its values */
	bool tags, takes; /* takes: the tags named go away, else they come */
	const char *label;
	struct rule rule; /* of the typed text, which lies at offset 0 */
};

/* Of a custom field that is a text or a choice: those may be set for many. */
bool bulk_beside_may(const struct custom_field *);
/* what: "custom_7", "tags_add", "tags_remove"; NOT_FOUND: it is none of them. */
enum status bulk_beside(
    struct request *, const struct reg *, const char *what, struct bulk_beside *) MUST_CHECK;
/* What the record will have; *why, a msgid, when it cannot. */
enum status bulk_beside_set(const struct actor *, struct bulk_beside *, int64_t record_id,
    const char *typed, const char **why) MUST_CHECK;

#endif
