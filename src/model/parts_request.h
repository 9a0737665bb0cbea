/*
 * parts_request.h: what a technician asks of the store for a work order: asked, approved (and
 * thereby reserved), issued, returned.
 *
 * Acts lock the work order first, then the request, then its parts in the order of their ids, so
 * that two acts never wait for each other.
 */
#ifndef MODEL_PARTS_REQUEST_H
#define MODEL_PARTS_REQUEST_H

#include "base/shape.h"
#include "rule/parts_request.h"

struct actor;

struct parts_request {
	int64_t id;
	int64_t work_order_id;
	const char *work_order_number;
	const char *priority;
	const char *machine_number;
	const char *machine_name;
	const char *department_name;
	bool machine_down; /* stands still now */
	const char *state;
	int64_t requested_by;
	const char *requested_name;
	struct instant requested_at;
	const char *note;
	const char *decided_name;
	struct instant decided_at;
	const char *reason;
	int64_t lines;
	struct decimal cost; /* asked (or approved) quantities at today's average cost */
	int64_t version;
};

extern const struct shape parts_request_shape;

struct parts_request_line {
	int64_t id;
	int64_t parts_request_id;
	int64_t part_id;
	const char *part_number;
	const char *part_name;
	const char *unit;
	const char *place;
	struct decimal asked;
	struct decimal approved; /* not known: not decided */
	struct decimal issued;
	struct decimal returned;
	struct decimal to_issue; /* approved, neither issued nor closed */
	struct decimal on_hand;
	struct decimal reserved;  /* for everybody */
	struct decimal available; /* on hand less reserved */
	struct decimal waiting;   /* asked by others and not yet decided */
	struct decimal unit_cost; /* today's average */
	struct decimal cost;      /* of this line */
	bool closed;
};

extern const struct shape parts_request_line_shape;

/* With part 0: no line. */
struct parts_ask {
	int64_t part_id;
	struct decimal quantity;
};

/* The work order goes to WAITING_PARTS.  INVALID without a line. */
enum status parts_request_create(const struct actor *, int64_t work_order_id,
    const struct parts_ask *, size_t count, const char *note, int64_t *id) MUST_CHECK;

/* By state, oldest and worst first: machines that stand still, then priority, then age. */
enum status parts_request_list(
    const struct actor *, const char *state, int most, struct rows *) MUST_CHECK;
enum status parts_request_count(const struct actor *, const char *state, int64_t *) MUST_CHECK;
enum status parts_request_find(const struct actor *, int64_t id, struct parts_request *) MUST_CHECK;
enum status parts_request_lines(const struct actor *, int64_t id, struct rows *) MUST_CHECK;
/* All lines of all requests of a work order. */
enum status parts_request_of_work_order(const struct actor *, int64_t work_order_id,
    struct rows *requests, struct rows *lines) MUST_CHECK;

/* A quantity for a line: approved or issued. */
struct line_quantity {
	int64_t line_id;
	struct decimal quantity;
};

/*
 * Decides every line: 0 rejects it; what is approved is reserved.  INVALID when a line is left out,
 * more than asked is approved, or less without a reason.  CONFLICT when it was decided already.
 */
enum status parts_request_decide(const struct actor *, int64_t id, const struct line_quantity *,
    size_t count, const char *reason) MUST_CHECK;
/*
 * Issues these quantities, wholly or in part.  INVALID for more than is still to issue, or than the
 * work order's cost can hold; CONFLICT
 * when not approved or fewer are on hand: *short_line then names the line.
 */
enum status parts_request_issue(const struct actor *, int64_t id, const struct line_quantity *,
    size_t count, int64_t *short_line) MUST_CHECK;
/* Unused parts go back to the shelf, at the cost at which they were issued. */
enum status parts_request_return(
    const struct actor *, int64_t id, int64_t line_id, struct decimal quantity) MUST_CHECK;
/* Withdraws what is not yet issued of a work order: reservations are given back. */
enum status parts_request_close_all(const struct actor *, int64_t work_order_id) MUST_CHECK;

/* Parts by number or name, for asking: at most most. */
struct part_choice {
	int64_t id;
	const char *number;
	const char *name;
	const char *unit;
	const char *place;
	struct decimal on_hand;
	struct decimal available;
	struct decimal average_cost;
};

extern const struct shape part_choice_shape;
/* What this machine used before first, when search is empty. */
enum status part_choices(const struct actor *, const char *search, int64_t machine_id, int most,
    struct rows *) MUST_CHECK;

#endif
