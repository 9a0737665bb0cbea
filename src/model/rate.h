/* rate.h: how often somebody who is not signed in may do a thing; counted in the database. */
#ifndef MODEL_RATE_H
#define MODEL_RATE_H

#include <stdint.h>

#include "base/status.h"

struct actor;

/*
 * Counts one more of what: "code", by whom: an address, a machine.  TOO_MANY once it was done
 * `most` times within those seconds, which begin with the first.
 */
enum status rate_take(const struct actor *, const char *what, const char *whom, int64_t most,
    int64_t seconds) MUST_CHECK;
/* The same question without counting. */
enum status rate_look(
    const struct actor *, const char *what, const char *whom, int64_t most) MUST_CHECK;

#endif
