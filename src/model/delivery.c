/* delivery.c: what became of each letter, for people; see mail.h. */
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/mail.h"

static const struct word states[] = {
	{ "QUEUED", "Waiting" },
	{ "SENT", "Sent" },
	{ "FAILED", "Failed" },
};

const struct words delivery_words = WORDS(states);

static const struct field fields[] = {
	FIELD(struct delivery, id),
	FIELD(struct delivery, recipient),
	FIELD(struct delivery, subject),
	FIELD_WORD(struct delivery, state, &delivery_words),
	FIELD(struct delivery, tries),
	FIELD(struct delivery, last_error),
	FIELD(struct delivery, created_at),
	FIELD(struct delivery, sent_at),
	FIELD(struct delivery, next_at),
};

const struct shape delivery_shape = SHAPE(struct delivery, fields);

#define COLUMNS \
	"SELECT id, recipient, subject, state, tries, last_error, created_at, sent_at, next_at" \
	" FROM mail WHERE id < ?"

enum status
delivery_list(const struct actor *by, const char *state, int64_t after, int most, struct rows *out)
{
	static const char all[] = COLUMNS " ORDER BY id DESC LIMIT ?";
	static const char of_state[] = COLUMNS " AND state = ? ORDER BY id DESC LIMIT ?";
	const int64_t below = after > 0 ? after : INT64_MAX;

	if (text_empty(state))
		return db_rows(
		    by->db, by->arena, all, ARGS(ARG(below), ARG(most)), &delivery_shape, out);
	return db_rows(by->db, by->arena, of_state, ARGS(ARG(below), ARG(state), ARG(most)),
	    &delivery_shape, out);
}

enum status
delivery_again(const struct actor *by, int64_t id)
{
	static const char sql[] = "UPDATE mail SET state = 'QUEUED', tries = 0, next_at = ?,"
				  " lease_until = NULL WHERE id = ? AND state = 'FAILED'";
	enum status e = db_change_one(by->db, sql, ARGS(ARG(by->now), ARG(id)));

	if (e)
		return e;
	return event_write(
	    by, &(struct event){ .act = "mail.again", .kind = "mail", .record_id = id });
}
