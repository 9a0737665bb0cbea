/* mail.h: the outbox of e-mail.  An act queues; the jobs deliver (job/deliver.c). */
#ifndef MODEL_MAIL_H
#define MODEL_MAIL_H

#include "base/shape.h"

struct actor;

enum status mail_queue(
    const struct actor *, const char *recipient, const char *subject, const char *body) MUST_CHECK;

struct mail_row {
	int64_t id;
	const char *recipient;
	const char *subject;
	const char *body;
	const char *message_id;
	int64_t tries;
};

extern const struct shape mail_shape;

/* Takes the next one that is due, for two minutes; NOT_FOUND when there is none.  Own transaction.
 */
enum status mail_take(const struct actor *, struct mail_row *) MUST_CHECK;
enum status mail_sent(const struct actor *, int64_t id) MUST_CHECK;
/* Later again (1, 4, 9 … 60 minutes), or never after two days of tries or when final. */
enum status mail_failed(
    const struct actor *, const struct mail_row *, bool final, const char *why) MUST_CHECK;

/* A line of the list of deliveries. */
struct delivery {
	int64_t id;
	const char *recipient;
	const char *subject;
	const char *state; /* a word */
	int64_t tries;
	const char *last_error;
	struct instant created_at;
	struct instant sent_at;
	struct instant next_at;
};

extern const struct shape delivery_shape;
extern const struct words delivery_words;

/* Newest first, below `after`; state NULL: all. */
enum status delivery_list(
    const struct actor *, const char *state, int64_t after, int most, struct rows *) MUST_CHECK;
/* One that failed for good is tried anew; CONFLICT when it has not. */
enum status delivery_again(const struct actor *, int64_t id) MUST_CHECK;

#endif
