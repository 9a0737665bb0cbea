/* once.c: see once.h. */
#include "model/once.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"

enum status
once_claim(const struct actor *by, const char *name, const unsigned char digest[SHA256_BYTES])
{
	static const char sql[] = "INSERT INTO once (user_id, name, digest, code, created_at)"
				  " VALUES (?, ?, ?, 0, ?)";

	return db_change(by->db, sql,
	    ARGS(ARG(by->user_id), ARG(name), arg_bytes(digest, SHA256_BYTES), ARG(by->now)), NULL);
}

enum status
once_settle(const struct actor *by, const char *name, int code, const char *location)
{
	static const char sql[] =
	    "UPDATE once SET code = ?, location = ? WHERE user_id = ? AND name = ?";

	return db_change_one(
	    by->db, sql, ARGS(ARG(code), ARG(location), ARG(by->user_id), ARG(name)));
}

static const struct field fields[] = {
	FIELD(struct answer, code),
	FIELD(struct answer, location),
	FIELD(struct answer, same),
};

static const struct shape shape = SHAPE(struct answer, fields);

enum status
once_answer(const struct actor *by, const char *name, const unsigned char digest[SHA256_BYTES],
    struct answer *out)
{
	static const char sql[] =
	    "SELECT code, location, digest = ? AS same FROM once WHERE user_id = ? AND name = ?";

	return db_row(by->db, by->arena, sql,
	    ARGS(arg_bytes(digest, SHA256_BYTES), ARG(by->user_id), ARG(name)), &shape, out);
}
