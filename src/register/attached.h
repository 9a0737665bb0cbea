/*
 * attached.h: the record that files belong to: who may see it, and who may add files to it.
 *
 * A file has no permission of its own: whoever may see the record may see its files.
 */
#ifndef REGISTER_ATTACHED_H
#define REGISTER_ATTACHED_H

#include "model/attachment.h"
#include "rule/permission.h"

struct attached {
	struct place place;
	const char *path; /* of its page: "/machines/12" */
};

/* kind: "work_order", or a register's.  NOT_FOUND when there is none that the actor may see. */
enum status attached_find(
    const struct actor *, const char *kind, int64_t id, struct attached *) MUST_CHECK;
/* By role alone, of a record that they may see. */
bool attached_may_add(const struct actor *, const char *kind);
/* Rename, remove and restore anybody's files; one's own: who may add. */
bool attached_may_edit(const struct actor *, const char *kind);

#endif
