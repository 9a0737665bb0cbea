/* import_movement.h: what the files of importing movements share. */
#ifndef JOB_IMPORT_MOVEMENT_H
#define JOB_IMPORT_MOVEMENT_H

#include "job/import_past.h"

/* A row of movements, and what becomes of its part. */
struct moved {
	struct past_movement said; /* first: the form fills it */
	int64_t part_id, work_order_id;
	uint64_t identity; /* part, time, kind, quantity; 0: not read */
	struct decimal average_before;
	int64_t id;
};

/* A part as the file's rows so far leave it. */
struct level {
	struct decimal on_hand, average;
	struct instant last_at;
};

struct ledger {
	struct hashes parts; /* by id: struct level */
	struct hashes times; /* by identity: how many rows */
};

enum status movement_write(struct load *, struct row *, size_t count) MUST_CHECK;
/* What work orders' parts cost, from their movements: of at most BATCH. */
enum status movement_costs(const struct actor *, const int64_t *orders, size_t count) MUST_CHECK;

#endif
