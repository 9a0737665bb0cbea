/*
 * seal.h: gives committed events their order and the chain of hashes (digest.h), and looks whether
 * the chain still holds.
 */
#ifndef JOB_SEAL_H
#define JOB_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/status.h"

struct actor;
struct arena;

/*
 * Seals at most most events, by their ids, in one transaction; *sealed: how many.  RETRY also when
 * another process was quicker.
 */
enum status seal_events(const struct actor *, int most, int64_t *sealed) MUST_CHECK;

enum fault {
	FAULT_NONE,
	FAULT_GAP,     /* a seq is not there */
	FAULT_MISSING, /* its event is not there */
	FAULT_CHANGED, /* the event is not what was sealed */
	FAULT_HASH,    /* the hash does not follow from the one before and the digest */
	FAULT_STRAY,   /* an event that is neither sealed nor waiting for it; seq is 0 */
	FAULT_LOST,    /* it waits for its seal and is not there; seq is 0 */
	FAULTS
};

struct verification {
	enum fault fault;
	int64_t seq; /* the first that is bad */
	int64_t event_id;
	int64_t count;                   /* links that hold */
	char head[2 * SHA256_BYTES + 1]; /* the hash of the last of them, in hex */
};

/* How far a check has come; zeroed: before the first link. */
struct seal_walk {
	int64_t seq;
	unsigned char hash[SHA256_BYTES];
};

/* The next so many thousand links; *end when these were the last or one is bad. */
enum status seal_verify_some(const struct actor *, struct seal_walk *, int batches,
    struct verification *, bool *end) MUST_CHECK;
/* What stands beside the chain: an event that is not in it, and does not wait to be. */
enum status seal_verify_beside(const struct actor *, struct verification *) MUST_CHECK;
/* Walks the whole chain; OK also when it is broken.  Resets nothing of the actor's arena. */
enum status seal_verify(const struct actor *, struct verification *) MUST_CHECK;
/* The code of a fault, as log_fault_words (model/log.h) has it. */
const char *seal_fault_code(enum fault);
/* For people who operate it: "event 7 (seq 5) was changed after it was sealed". */
const char *seal_fault_text(struct arena *, const struct verification *);

#endif
