/*
 * clamd.h: asks ClamAV's daemon whether a file holds malware.
 *
 * The protocol is that of clamd(8): "zINSTREAM\0"; then chunks, each with its length before it as
 * four bytes, the highest first, and one of length 0; the answer is "stream: OK", "stream: <name>
 * FOUND" or "… ERROR", ended by \0.  One connection a file; 20 seconds at most for each step.
 */
#ifndef HTTP_CLAMD_H
#define HTTP_CLAMD_H

#include <stddef.h>

#include "base/status.h"

struct arena;

/*
 * where: "unix:/run/clamav/clamd.ctl", or "host:port".  OK: nothing found.  INVALID: *found is what
 * ("Eicar-Signature").  FAILED, and logged: the daemon cannot be asked, or takes no file of that
 * size (StreamMaxLength in clamd.conf).
 */
enum status clamd_scan(struct arena *, const char *where, const void *bytes, size_t len,
    const char **found) MUST_CHECK;

#endif
