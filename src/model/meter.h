/*
 * meter.h: meters of machines and what they showed.
 *
 * A reading is never changed: one that was wrong is replaced by another, or taken back, each with
 * a reason.  Acts run inside the transaction that serve() has begun and write their event.
 */
#ifndef MODEL_METER_H
#define MODEL_METER_H

#include "base/shape.h"
#include "rule/meter.h"

struct actor;

struct meter {
	int64_t id;
	int64_t machine_id;
	const char *machine_number;
	const char *machine_name;
	int64_t department_id;
	const char *name;
	const char *unit;
	const char *kind; /* a word: meter_kind_words */
	bool run_hours;
	struct decimal rollover; /* not known: never */
	int64_t version;
	struct instant archived_at;
	struct decimal last_value; /* its latest reading; not known: none yet */
	struct instant last_at;
};

extern const struct shape meter_shape;

/* Archived ones too. */
enum status meter_find(const struct actor *, int64_t id, struct meter *) MUST_CHECK;
enum status meter_list(
    const struct actor *, int64_t machine_id, bool archived, struct rows *) MUST_CHECK;
/* With machine_id; *id is the new one's.  CONFLICT never. */
enum status meter_add(const struct actor *, const struct meter *, int64_t *id) MUST_CHECK;
/* CONFLICT: its version is another by now. */
enum status meter_change(const struct actor *, const struct meter *) MUST_CHECK;
enum status meter_archive(const struct actor *, int64_t id, bool archive) MUST_CHECK;

struct reading {
	int64_t id;
	int64_t meter_id;
	struct instant at;
	struct decimal value;
	struct decimal
	    carried; /* what the counter had reached when it began at 0 again before it */
	const char *user_name;
	const char *source; /* a word: reading_source_words */
	const char *note;
	struct number corrects_id;
	struct decimal corrected_value; /* what stood there before */
	const char *reason;
};

extern const struct shape reading_shape;
extern const struct words reading_source_words;

/* Those that count, latest first; before `after_at` and `after_id` when these are not 0. */
enum status reading_list(const struct actor *, int64_t meter_id, struct instant after_at,
    int64_t after_id, int most, struct rows *) MUST_CHECK;
enum status reading_find(const struct actor *, int64_t id, struct reading *) MUST_CHECK;

/*
 * Those that count in [from, to), earliest first, and of counters one before and one behind; of
 * more than most the first, the last, the highest and the lowest of each of most spans of time.
 * rule/meter.h has the struct.
 */
enum status reading_points(const struct actor *, int64_t meter_id, struct instant from,
    struct instant to, int most, struct rows *) MUST_CHECK;

extern const struct shape meter_point_shape;

/* Likewise of several meters, by meter and time: of each day the last. */
struct metered {
	int64_t meter_id;
	struct instant at;
	struct decimal value;
};

struct id_list;
enum status reading_days(const struct actor *, const struct id_list *meters, struct instant from,
    struct instant to, struct rows *) MUST_CHECK;

struct reading_entry {
	struct instant at;
	struct decimal value;
	const char *note;
	bool began_again; /* the counter is lower because it began at 0 again */
	bool sure;        /* although it is far from what was to be expected */
};

/* INVALID: *doubt says why it was not taken, or asks. */
enum status reading_add(const struct actor *, const struct meter *, const struct reading_entry *,
    int64_t *id, enum meter_doubt *doubt) MUST_CHECK;
/* Another in its place; value not known takes it back.  CONFLICT when it was replaced already. */
enum status reading_correct(const struct actor *, const struct meter *, int64_t id,
    const struct reading_entry *, const char *reason, enum meter_doubt *doubt) MUST_CHECK;

#endif
