/* location_map.h: what stands where: a location's machines and smaller places, and their spots. */
#ifndef MODEL_LOCATION_MAP_H
#define MODEL_LOCATION_MAP_H

#include "base/shape.h"

struct actor;
struct location;

/* A plan is so wide and so high, whatever its picture. */
enum { MAP_WIDE = 1000, MAP_HIGH = 625, MAP_MOST = 160 };

struct spot {
	bool is_machine; /* else a location */
	int64_t id;
	const char *number;
	const char *name;
	const char
	    *status; /* a word: machine_status_words; of a place DOWN when a machine in it is */
	bool here;   /* stands here, not in a smaller place */
	struct number x, y; /* not known: not placed */
};

extern const struct shape spot_shape;

/*
 * The places directly in it and the machines that stand in it or below, what
 * is down first, then by name: at most MAP_MOST
 * of each, and one more when there are.
 */
enum status location_spots(const struct actor *, const struct location *, struct rows *) MUST_CHECK;

/* Spots that a form gives: x and y not known takes it off the plan. */
struct spot_given {
	bool is_machine;
	int64_t id;
	struct number x, y;
};

/* Writes plan and spots of what location_spots() gives; INVALID for anything else.  One event. */
enum status location_map(const struct actor *, const struct location *, int64_t plan_id,
    const struct spot_given *, size_t count) MUST_CHECK;

/* Pictures that can be its plan: struct option rows. */
enum status location_pictures(const struct actor *, int64_t id, struct rows *) MUST_CHECK;

/* A place of the tree's page. */
struct branch {
	int64_t id;
	const char *number;
	const char *name;
	const char *kind;
	struct number parent_id;
	int64_t down; /* machines that stand still in it, directly */
};

extern const struct shape branch_shape;

/* Everything below `top` (0: everything), most and one more at most, by path. */
enum status location_below(
    const struct actor *, int64_t top, const char *tree, int most, struct rows *) MUST_CHECK;
/* What lies directly in it, by name, behind the id `after`. */
enum status location_inside(
    const struct actor *, int64_t top, int64_t after, int most, struct rows *) MUST_CHECK;

#endif
