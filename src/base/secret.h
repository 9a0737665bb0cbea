/* secret.h: random values, digests and codes.  OpenSSL does the work. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

enum { SHA256_BYTES = 32 };

/* From the system's generator; ends the program when there is none. */
void random_bytes(void *, size_t);
/* bytes random bytes as base64url without padding (16 bytes: 22 characters, 128 bits). */
char *random_text(struct arena *, size_t bytes);

void sha256(const void *, size_t, unsigned char out[SHA256_BYTES]);
char *sha256_hex(struct arena *, const void *, size_t);
/* HMAC-SHA256 as base64url. */
char *hmac_text(struct arena *, const char *key, const char *message);
char *hex_text(struct arena *, const unsigned char *, size_t);
char *base64url(struct arena *, const void *, size_t);

#endif
