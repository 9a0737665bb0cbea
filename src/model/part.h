/* part.h: the spare parts of the store; what moves them is model/stock.h. */
#ifndef MODEL_PART_H
#define MODEL_PART_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct part {
	int64_t id;
	const char *code; /* on its label; NULL: none yet */
	const char *number;
	const char *name;
	const char *description;
	const char *group_name;
	const char *unit;
	const char *place;
	struct decimal on_hand;
	struct decimal reserved;  /* approved and not yet issued */
	struct decimal available; /* on hand less reserved */
	struct decimal minimum;
	struct decimal average_cost;
	struct decimal value; /* on hand at the average cost */
	bool below_minimum;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape part_shape;
extern const struct reg_table part_table;

/* Archived ones too. */
enum status part_find(const struct actor *, int64_t id, struct part *) MUST_CHECK;
/* By its number, or the code of its label. */
enum status part_find_by_number(const struct actor *, const char *number, struct part *) MUST_CHECK;

/* A line of a parts request that still waits for this part. */
struct part_waiting {
	int64_t parts_request_id;
	const char *state; /* of the parts request */
	const char *work_order_number;
	int64_t work_order_id;
	const char *requested_name;
	struct instant requested_at;
	struct decimal asked;
	struct decimal approved; /* not known: not decided */
	struct decimal issued;
};

extern const struct shape part_waiting_shape;

#endif
