/* seal_hex.h: 64 hex digits, as the database gives a digest, into bytes. */
#ifndef JOB_SEAL_HEX_H
#define JOB_SEAL_HEX_H

#include <stdbool.h>

#include "base/secret.h"

/* False when it is not exactly that. */
bool seal_unhex(const char *hex, unsigned char out[SHA256_BYTES]);

#endif
