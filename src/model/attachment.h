/*
 * attachment.h: files on records.  The bytes lie in the store (base/store.h) by their digest; who
 * may see the record may see its files (register/attached.h says who that is).
 *
 * Several records may share bytes.  Nothing is deleted by an act: a removed file can be restored
 * until the retention is over; then a job removes the bytes that no record uses
 * (job/sweep_files.c).
 */
#ifndef MODEL_ATTACHMENT_H
#define MODEL_ATTACHMENT_H

#include "base/shape.h"

struct actor;
struct work_order;

struct attachment {
	int64_t id;
	const char *kind; /* of the record */
	int64_t record_id;
	const char *name; /* as the sender called it */
	const char *title;
	const char *category; /* attachment_category_words */
	const char *sha256;
	const char *type;
	int64_t size;        /* bytes of what is sent */
	const char *picture; /* NONE, WANTED, MADE, FAILED */
	bool small;          /* its pictures are made */
	bool gone;           /* its bytes were removed */
	const char *stage;   /* REPORT, WORK, RECORD */
	struct number user_id;
	const char *user_name;
	struct instant created_at;
	struct number series_id;
	int64_t edition;
	struct instant replaced_at;
	struct instant removed_at;
	const char *removed_name;
};

extern const struct shape attachment_shape;
extern const struct words attachment_category_words;

/* A file to be attached.  It lies in the store already, or its bytes are put there. */
struct stored {
	const char *sha256;
	int64_t size;
	const char *type;
	const char *name;
	const char *category;
	const char *title; /* NULL: none */
	bool drawn;        /* the jobs make something of it: a photo, a PDF, a film */
	const char *root;  /* of the store, when `bytes` are to be put there */
	const void *bytes;
};

/* The record that files belong to, as its events name it. */
struct place {
	const char *kind;
	int64_t id;
	const char *title;
	int64_t work_order_id, machine_id, department_id;
};

/* Puts a photo on a work order; `stage` says when.  The caller has checked that the actor may. */
enum status attachment_add(const struct actor *, const struct work_order *, const struct stored *,
    const char *stage) MUST_CHECK;

/*
 * Puts it on a record.  replaces: 0, or the id of the record's file that this is a newer version
 * of (CONFLICT when that is not the record's, or no longer the shown one).  The same bytes on the
 * same record a second time: OK, *joined, and *id is the one that is there.
 */
enum status attachment_put(const struct actor *, const struct place *, const struct stored *,
    int64_t replaces, int64_t *id, bool *joined) MUST_CHECK;
/* The shown ones, newest first, and those removed since (for undoing it); at most 200. */
enum status attachment_list(const struct actor *, const char *kind, int64_t record_id,
    struct instant removed_since, struct rows *) MUST_CHECK;
/* Any of them, removed ones too; whether the actor may see its record is the caller's to ask. */
enum status attachment_find(const struct actor *, int64_t id, struct attachment *) MUST_CHECK;
/* All versions of it that are not removed, newest first. */
enum status attachment_versions(
    const struct actor *, const struct attachment *, struct rows *) MUST_CHECK;
/* What it is called, and whether a document is a manual. */
enum status attachment_change(const struct actor *, const struct place *, const struct attachment *,
    const char *title, const char *category) MUST_CHECK;
/* Done already is OK and no event. */
enum status attachment_remove(
    const struct actor *, const struct place *, const struct attachment *) MUST_CHECK;
/* CONFLICT when its bytes are gone. */
enum status attachment_restore(
    const struct actor *, const struct place *, const struct attachment *) MUST_CHECK;
/* Writes that a file was not taken, and why ("Eicar-Signature"). */
enum status attachment_refused(
    const struct actor *, const struct place *, const char *name, const char *why) MUST_CHECK;

/* For the jobs: the next file whose pictures are to be made, leased for five minutes. */
struct photo {
	int64_t id;
	const char *sha256;
	const char *type;
};

enum status photo_take(const struct actor *, struct photo *) MUST_CHECK;
/* size: of what is sent from now on, or 0 when that is the file as it came. */
enum status photo_done(const struct actor *, int64_t id, bool made, int64_t size) MUST_CHECK;

/*
 * For the jobs: one removed file whose time is over, inside of a transaction.  NOT_FOUND when there
 * is none; out->id is 0 when another record still uses its bytes, which then stay.
 */
enum status attachment_expired(const struct actor *, int64_t days, struct photo *out) MUST_CHECK;

#endif
