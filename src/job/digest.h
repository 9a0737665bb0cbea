/*
 * digest.h: an event's digest and the chain of hashes over them.
 *
 * digest = SHA-256 over the columns id, at, user_id, user_name, address, trace, act, kind,
 *record_id, title, work_order_id, machine_id, department_id, changes, in this order, each as a byte
 *0 for NULL, or a byte 1, the length of the value in bytes (8 bytes, big-endian), the value: a
 *text: its UTF-8; a whole number: 8 bytes, big-endian, two's complement; a time: the microseconds
 *since 1970-01-01 UTC, as a whole number. hash = SHA-256(hash before, 32 bytes ‖ seq, 8 bytes,
 *big-endian ‖ digest, 32 bytes); before the first stand 32 zero bytes.
 */
#ifndef JOB_DIGEST_H
#define JOB_DIGEST_H

#include "base/secret.h"
#include "base/shape.h"

struct arena;

/* A line of the sealed log: its seal, and the event's columns. */
struct link {
	int64_t seq;
	int64_t event_id;
	const char *digest; /* 64 hex digits, as is hash */
	const char *hash;

	int64_t id; /* 0: the event is not there */
	struct instant at;
	struct number user_id;
	const char *user_name;
	const char *address;
	const char *trace;
	const char *act;
	const char *kind;
	int64_t record_id;
	const char *title;
	struct number work_order_id;
	struct number machine_id;
	struct number department_id;
	const char *changes;
};

/* Only the event's columns, in the order of the digest; and with the seal's before them. */
extern const struct shape event_columns;
extern const struct shape link_shape;

void event_digest(struct arena *, const struct link *, unsigned char out[SHA256_BYTES]);
void chain_hash(const unsigned char before[SHA256_BYTES], int64_t seq,
    const unsigned char digest[SHA256_BYTES], unsigned char out[SHA256_BYTES]);

#endif
