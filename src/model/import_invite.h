/*
 * import_invite.h: people whom an import makes are invited when that was wanted: the import is
 * applied, its new people wait to be invited, the job (job/invite.c) sends each a letter, once.
 */
#ifndef MODEL_IMPORT_INVITE_H
#define MODEL_IMPORT_INVITE_H

#include <stdint.h>

#include "base/status.h"

struct actor;
struct mail_text;

/* What its new people are sent; text NULL: nothing. */
enum status import_invite_want(const struct actor *, int64_t import_id, const char *base_url,
    const struct mail_text *) MUST_CHECK;
/* In the transaction that applies it: those who are new wait from now on. */
enum status import_invite_all(const struct actor *, int64_t import_id) MUST_CHECK;
/* In the one that takes it back: nobody waits, and links that were sent lead nowhere. */
enum status import_invite_void(const struct actor *, int64_t import_id) MUST_CHECK;
/* In a transaction: invites up to most who wait, in the name of who imported them. */
enum status import_invite_send(const struct actor *, int most, int64_t *sent) MUST_CHECK;

#endif
