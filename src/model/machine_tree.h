/* machine_tree.h: a machine and all that is below it, and sets of machines in SQL. */
#ifndef MODEL_MACHINE_TREE_H
#define MODEL_MACHINE_TREE_H

#include "base/shape.h"

struct actor;
struct arena;
struct query;

struct tree_machine {
	int64_t id;
	struct number parent_id;
	int64_t department_id;
	const char *number;
	const char *name;
	const char *status; /* a word: machine_status_words */
	bool series;        /* while it stands, what it is an assembly of stands, too */
	bool archived;
	int64_t depth; /* 0: the machine itself */
	struct decimal stop_cost;
	struct decimal replacement_value;
	struct number shift_calendar_id;
	const char *shifts;     /* of its shift calendar; NULL: it is asked for all the time */
	struct number meter_id; /* its meter of hours at work */
};

extern const struct shape tree_machine_shape;

enum { MACHINES_MOST = 1000 };

/*
 * The machine, then what is below it, the nearest first; at most MACHINES_MOST.  NOT_FOUND when
 * there is no such machine.
 */
enum status machine_tree(const struct actor *, int64_t id, struct rows *) MUST_CHECK;

/* Ids of machines. */
struct id_list {
	int64_t *at;
	size_t count;
};

/* All of them. */
struct id_list tree_ids(struct arena *, const struct rows *tree);
/* The machine and those whose stops are its own by the rule SERIES, edge after edge. */
struct id_list tree_series(struct arena *, const struct rows *tree);

/*
 * For IN (…): marks "?,?,?,?", as many as the next power of two, so that few statements are
 * prepared; id_args() adds as many arguments, the last id again in those that are over.
 */
const char *id_marks(struct arena *, const struct id_list *);
size_t id_room(const struct id_list *); /* how many marks */
void id_args(struct query *, const struct id_list *);

#endif
