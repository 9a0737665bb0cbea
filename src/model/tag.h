/* tag.h: words that people put on records of any register. */
#ifndef MODEL_TAG_H
#define MODEL_TAG_H

#include "model/register.h"

enum { TAG_LONGEST = 40, TAGS_MOST = 20 };

struct tag {
	int64_t id;
	const char *name;
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape tag_shape;
extern const struct reg_table tag_table;

/*
 * "pump,  Critical,pump" is "Critical, pump": trimmed, each once, in the order of their letters.
 * *why: a msgid when there are too many or one is too long.
 */
const char *tag_text(const struct actor *, const char *typed, const char **why);
/* The tag of that name; a new one is made (with its event), an archived one restored. */
enum status tag_need(const struct actor *, const char *name, int64_t *id) MUST_CHECK;
/* Makes the record's tags those of `after`; both are texts of tag_text(). */
enum status tag_save(const struct actor *, const char *kind, int64_t record_id, const char *before,
    const char *after) MUST_CHECK;
#endif
