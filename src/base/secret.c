/* secret.c: see secret.h. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"

void
random_bytes(void *out, size_t len)
{
	unsigned char *at = out;

	while (len > 0) {
		ssize_t n = getrandom(at, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			die("random: the system gives no random bytes: %s", strerror(errno));
		at += n;
		len -= (size_t)n;
	}
}

char *
random_text(struct arena *a, size_t bytes)
{
	unsigned char *raw = arena_alloc(a, bytes, 1);

	random_bytes(raw, bytes);
	return base64url(a, raw, bytes);
}

void
sha256(const void *data, size_t len, unsigned char out[SHA256_BYTES])
{
	SHA256(data, len, out);
}

char *
sha256_hex(struct arena *a, const void *data, size_t len)
{
	unsigned char digest[SHA256_BYTES];

	sha256(data, len, digest);
	return hex_text(a, digest, sizeof(digest));
}

char *
hmac_text(struct arena *a, const char *key, const char *message)
{
	unsigned char digest[SHA256_BYTES];
	size_t len = strlen(key);

	if (len > INT32_MAX || HMAC(EVP_sha256(), key, (int)len, (const unsigned char *)message,
				   strlen(message), digest, NULL) == NULL)
		die("hmac: OpenSSL does not compute it");
	return base64url(a, digest, sizeof(digest));
}

char *
hex_text(struct arena *a, const unsigned char *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(a, len * 2 + 1, 1);

	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digits[data[i] >> 4];
		text[2 * i + 1] = digits[data[i] & 15];
	}
	return text;
}

/* RFC 4648, section 5, without padding. */
char *
base64url(struct arena *a, const void *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789-_";
	const unsigned char *at = data;
	char *text = arena_alloc(a, len / 3 * 4 + 5, 1);
	char *to = text;
	uint32_t bits = 0;
	int have = 0;

	for (size_t i = 0; i < len; i++) {
		bits = bits << 8 | at[i];
		for (have += 8; have >= 6; have -= 6)
			*to++ = digits[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*to = digits[bits << (6 - have) & 63];
	return text;
}
