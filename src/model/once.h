/*
 * once.h: send it twice, do it once.
 *
 * The form's random value, with who sent it, is inserted in the transaction of the change itself;
 * only the unique key decides who was first.  The second gets the first one's answer.
 */
#ifndef MODEL_ONCE_H
#define MODEL_ONCE_H

#include "base/secret.h"
#include "base/shape.h"

struct actor;

struct answer {
	int64_t code;
	const char *location;
	bool same; /* the second sent the same as the first */
};

/* OK: first.  CONFLICT: not the first; roll back, then read once_answer(). */
enum status once_claim(
    const struct actor *, const char *name, const unsigned char digest[SHA256_BYTES]) MUST_CHECK;
/* What was answered, into the row of the claim; same transaction. */
enum status once_settle(
    const struct actor *, const char *name, int code, const char *location) MUST_CHECK;
enum status once_answer(const struct actor *, const char *name,
    const unsigned char digest[SHA256_BYTES], struct answer *) MUST_CHECK;

#endif
