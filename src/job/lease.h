/* lease.h: whose turn it is, among processes on any number of machines; by the database's clock. */
#ifndef JOB_LEASE_H
#define JOB_LEASE_H

#include <stdint.h>

#include "base/status.h"

struct db;

/* OK: it is the owner's for so many seconds from now on.  CONFLICT: somebody else has it. */
enum status lease_take(
    struct db *, const char *name, const char *owner, int64_t seconds) MUST_CHECK;
/* Gives it back, when it was the owner's. */
enum status lease_drop(struct db *, const char *name, const char *owner) MUST_CHECK;

#endif
