/* attachment.c: see attachment.h. */
#include <string.h>

#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/attachment.h"
#include "model/event.h"
#include "model/scope.h"
#include "model/work_order.h"

static const struct field fields[] = {
	FIELD(struct attachment, id),
	FIELD(struct attachment, kind),
	FIELD(struct attachment, record_id),
	FIELD(struct attachment, name),
	FIELD(struct attachment, sha256),
	FIELD(struct attachment, type),
	FIELD(struct attachment, size),
	FIELD(struct attachment, picture),
	FIELD(struct attachment, small),
	FIELD(struct attachment, stage),
	FIELD(struct attachment, user_name),
	FIELD(struct attachment, created_at),
};

const struct shape attachment_shape = SHAPE(struct attachment, fields);

#define COLUMNS \
	"SELECT t.id, t.kind, t.record_id, t.name, f.sha256, f.type, f.size, f.picture," \
	" f.picture = 'MADE' AS small, t.stage, u.name" \
	" AS user_name, t.created_at FROM attachment t" \
	" JOIN file f ON f.id = t.file_id LEFT JOIN user u ON u.id = t.user_id "

static enum status
keep_file(const struct actor *by, const struct stored *s, int64_t *id)
{
	static const char insert[] =
	    "INSERT INTO file (sha256, size, type, picture) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)";

	return db_insert(by->db, insert,
	    ARGS(ARG(s->sha256), ARG(s->size), ARG(s->type), ARG(s->photo ? "WANTED" : "NONE")),
	    id);
}

enum status
attachment_put(const struct actor *by, const char *kind, int64_t record_id, const struct stored *s,
    const char *stage, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO attachment (kind, record_id, file_id, name, stage, user_id,"
	    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
	int64_t file_id;
	enum status e = keep_file(by, s, &file_id);

	if (e)
		return e;
	return db_insert(by->db, sql,
	    ARGS(ARG(kind), ARG(record_id), ARG(file_id), ARG(s->name), ARG(stage),
		arg_ref(by->user_id), ARG(by->now)),
	    id);
}

enum status
attachment_add(
    const struct actor *by, const struct work_order *wo, const struct stored *s, const char *stage)
{
	int64_t id;
	enum status e = attachment_put(by, "work_order", wo->id, s, stage, &id);

	if (e)
		return e;
	return work_order_say(by, wo,
	    (struct event){ .act = "work_order.photo_added",
		.changes = event_with(by, NULL, "file", s->name) });
}

enum status
attachment_list(const struct actor *by, const char *kind, int64_t record_id, struct rows *out)
{
	static const char sql[] = COLUMNS
	    "WHERE t.kind = ? AND t.record_id = ? AND t.removed_at IS NULL ORDER BY t.id LIMIT 200";

	return db_rows(
	    by->db, by->arena, sql, ARGS(ARG(kind), ARG(record_id)), &attachment_shape, out);
}

enum status
attachment_find(const struct actor *by, int64_t id, struct attachment *out)
{
	static const char sql[] = COLUMNS "WHERE t.id = ? AND t.removed_at IS NULL";
	struct work_order wo;
	enum status e = db_row(by->db, by->arena, sql, ARGS(ARG(id)), &attachment_shape, out);

	if (e)
		return e;
	if (strcmp(out->kind, "work_order") == 0)
		return work_order_find(by, out->record_id, &wo);
	return permission_reach(by->role, MACHINE_VIEW) != REACH_NONE ? OK : NOT_FOUND;
}

static const struct field photo_fields[] = {
	FIELD(struct photo, id),
	FIELD(struct photo, sha256),
};

static const struct shape photo_shape = SHAPE(struct photo, photo_fields);

enum status
photo_take(const struct actor *by, struct photo *out)
{
	static const char next[] =
	    "SELECT id, sha256 FROM file WHERE picture = 'WANTED'"
	    " AND (lease_until IS NULL OR lease_until < ?) ORDER BY id LIMIT 1"
	    " FOR UPDATE SKIP LOCKED";
	static const char lease[] = "UPDATE file SET lease_until = ? WHERE id = ?";
	enum status e = db_begin(by->db);

	if (e)
		return e;
	e = db_row(by->db, by->arena, next, ARGS(ARG(by->now)), &photo_shape, out);
	if (!e)
		e = db_change_one(
		    by->db, lease, ARGS(ARG(instant_add(by->now, 5 * MINUTE)), ARG(out->id)));
	return db_end(by->db, e);
}

enum status
photo_done(const struct actor *by, int64_t id, bool made)
{
	static const char sql[] = "UPDATE file SET picture = ?, lease_until = NULL WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(made ? "MADE" : "FAILED"), ARG(id)));
}
