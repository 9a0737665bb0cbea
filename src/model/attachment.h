/*
 * attachment.h: files on records.  The bytes lie in the store (base/store.h) by their digest; who
 * may see the record may see its files.
 */
#ifndef MODEL_ATTACHMENT_H
#define MODEL_ATTACHMENT_H

#include "base/shape.h"

struct actor;
struct work_order;

struct attachment {
	int64_t id;
	const char *kind;
	int64_t record_id;
	const char *name;
	const char *sha256;
	const char *type;
	int64_t size;
	const char *picture; /* NONE, WANTED, MADE, FAILED */
	bool small;          /* its pictures are made */
	const char *stage;   /* REPORT, WORK, RECORD */
	const char *user_name;
	struct instant created_at;
};

extern const struct shape attachment_shape;

/* A file that lies in the store already. */
struct stored {
	const char *sha256;
	int64_t size;
	const char *type;
	const char *name;
	bool photo;
};

/* Puts it on a work order; `stage` says when.  The caller has checked that the actor may. */
enum status attachment_add(const struct actor *, const struct work_order *, const struct stored *,
    const char *stage) MUST_CHECK;
/* On another record: kind "machine". */
enum status attachment_put(const struct actor *, const char *kind, int64_t record_id,
    const struct stored *, const char *stage, int64_t *id) MUST_CHECK;
enum status attachment_list(
    const struct actor *, const char *kind, int64_t record_id, struct rows *) MUST_CHECK;
/* NOT_FOUND when the record is not the actor's to see. */
enum status attachment_find(const struct actor *, int64_t id, struct attachment *) MUST_CHECK;

/* For the jobs: the next photo whose pictures are to be made, leased for five minutes. */
struct photo {
	int64_t id;
	const char *sha256;
};

enum status photo_take(const struct actor *, struct photo *) MUST_CHECK;
enum status photo_done(const struct actor *, int64_t id, bool made) MUST_CHECK;

#endif
