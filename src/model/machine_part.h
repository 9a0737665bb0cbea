/* machine_part.h: which parts a machine has: its own and its model's, with what the store has. */
#ifndef MODEL_MACHINE_PART_H
#define MODEL_MACHINE_PART_H

#include "base/shape.h"

struct actor;
struct machine;

struct machine_part {
	int64_t part_id;
	const char *number;
	const char *name;
	const char *unit;
	const char *place;
	struct decimal quantity; /* in the machine */
	const char *note;
	bool own; /* not only the model's */
	struct decimal on_hand;
	struct decimal available;
	bool below_minimum;
};

extern const struct shape machine_part_shape;

/* Its own and its model's; where both name a part, its own counts.  By number. */
enum status machine_part_list(
    const struct actor *, int64_t machine_id, int most, struct rows *) MUST_CHECK;
/* Adds a line, or changes that of the part.  NOT_FOUND: no part in use has this number. */
enum status machine_part_put(const struct actor *, const struct machine *, const char *number,
    struct decimal quantity, const char *note) MUST_CHECK;
/* Of its own lines only; gone already is OK and no event. */
enum status machine_part_remove(
    const struct actor *, const struct machine *, int64_t part_id) MUST_CHECK;

#endif
