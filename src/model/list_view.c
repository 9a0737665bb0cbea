/* list_view.c: see list_view.h. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/list_view.h"

static const struct field fields[] = {
	FIELD(struct list_view, id),
	FIELD(struct list_view, name),
	FIELD(struct list_view, query),
	FIELD(struct list_view, shared),
	FIELD(struct list_view, own),
	FIELD(struct list_view, usual),
	FIELD(struct list_view, compact),
};

static const struct shape shape = SHAPE(struct list_view, fields);

static const struct field told_fields[] = {
	FIELD(struct list_view, name),
	FIELD(struct list_view, query),
};

static const struct shape told_shape = SHAPE(struct list_view, told_fields);

static const struct field bulk_fields[] = {
	FIELD(struct bulk, id),
	FIELD(struct bulk, kind),
	FIELD(struct bulk, act),
	FIELD(struct bulk, done),
	FIELD(struct bulk, refused),
	FIELD(struct bulk, query),
	FIELD(struct bulk, changed),
	FIELD(struct bulk, undone_at),
};

static const struct shape bulk_shape = SHAPE(struct bulk, bulk_fields);

#define VIEWS \
	"SELECT v.id, v.name, v.query, v.shared, v.user_id = ? AS own, v.id <=> s.list_view_id" \
	" AS usual, FALSE AS compact FROM list_view v" \
	" LEFT JOIN list_setting s ON s.user_id = ? AND s.kind = ?" \
	" WHERE v.kind = ? AND v.archived_at IS NULL AND (v.shared OR v.user_id = ?)"
#define VIEWS_ARGS(by, kind) \
	ARG((by)->user_id), ARG((by)->user_id), ARG(kind), ARG(kind), ARG((by)->user_id)

const struct shape *
list_view_shape(void)
{
	return &shape;
}

enum status
list_view_find(const struct actor *by, const char *kind, int64_t id, struct list_view *out)
{
	return db_row(by->db, by->arena, VIEWS " AND v.id = ?", ARGS(VIEWS_ARGS(by, kind), ARG(id)),
	    &shape, out);
}

static enum status
tell(const struct actor *by, const char *act, const struct list_view *before,
    const struct list_view *after)
{
	struct event ev = {
		.act = act,
		.kind = "list_view",
		.record_id = after->id,
		.title = after->name,
	};

	if (before != after)
		ev.changes = event_changes(by, &told_shape, before, after);
	return event_write(by, &ev);
}

enum status
list_view_add(const struct actor *by, const char *kind, const struct list_view *view, int64_t *id)
{
	static const char sql[] = "INSERT INTO list_view (kind, user_id, name, query, shared,"
				  " created_at) VALUES (?, ?, ?, ?, ?, ?)";
	struct list_view made = *view;
	enum status e = db_insert(by->db, sql,
	    ARGS(ARG(kind), ARG(by->user_id), ARG(view->name), ARG(view->query),
		arg_bool(view->shared), ARG(by->now)),
	    id);

	made.id = *id;
	if (e || !view->shared)
		return e;
	return tell(by, "list_view.created", NULL, &made);
}

enum status
list_view_change(const struct actor *by, const char *kind, const struct list_view *view)
{
	static const char sql[] =
	    "UPDATE list_view SET name = ?, query = ?, shared = ? WHERE id = ?";
	struct list_view before;
	enum status e = list_view_find(by, kind, view->id, &before);

	if (!e)
		e = db_change(by->db, sql,
		    ARGS(ARG(view->name), ARG(view->query), arg_bool(view->shared), ARG(view->id)),
		    NULL);
	if (e || (!before.shared && !view->shared))
		return e;
	return tell(by, "list_view.changed", &before, view);
}

enum status
list_view_remove(const struct actor *by, const char *kind, int64_t id)
{
	static const char off[] = "UPDATE list_setting SET list_view_id = NULL"
				  " WHERE list_view_id = ?";
	struct list_view view;
	enum status e = list_view_find(by, kind, id, &view);

	if (!e)
		e = db_change(by->db, "UPDATE list_view SET archived_at = ? WHERE id = ?",
		    ARGS(ARG(by->now), ARG(id)), NULL);
	if (!e)
		e = db_change(by->db, off, ARGS(ARG(id)), NULL);
	if (e || !view.shared)
		return e;
	return tell(by, "list_view.archived", &view, &view);
}

enum status
list_view_usual(const struct actor *by, const char *kind, int64_t id)
{
	static const char sql[] =
	    "INSERT INTO list_setting (user_id, kind, list_view_id) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE list_view_id = VALUES(list_view_id)";

	return db_change(by->db, sql, ARGS(ARG(by->user_id), ARG(kind), arg_ref(id)), NULL);
}

enum status
list_setting_save(const struct actor *by, const char *kind, const char *columns, bool compact)
{
	static const char sql[] =
	    "INSERT INTO list_setting (user_id, kind, columns, compact) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE columns = VALUES(columns), compact = VALUES(compact)";

	return db_change(
	    by->db, sql, ARGS(ARG(by->user_id), ARG(kind), ARG(columns), arg_bool(compact)), NULL);
}

enum status
bulk_done_add(const struct actor *by, const struct bulk *b, int64_t *id)
{
	static const char sql[] = "INSERT INTO bulk (kind, user_id, act, done, refused, query,"
				  " changed, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

	return db_insert(by->db, sql,
	    ARGS(ARG(b->kind), ARG(by->user_id), ARG(b->act), ARG(b->done), ARG(b->refused),
		ARG(b->query), ARG(b->changed), ARG(by->now)),
	    id);
}

enum status
bulk_undone(const struct actor *by, int64_t id)
{
	static const char sql[] =
	    "UPDATE bulk SET undone_at = ? WHERE id = ? AND user_id = ? AND undone_at IS NULL";

	return db_change_one(by->db, sql, ARGS(ARG(by->now), ARG(id), ARG(by->user_id)));
}

enum status
bulk_done_find(const struct actor *by, int64_t id, struct bulk *out)
{
	static const char sql[] =
	    "SELECT id, kind, act, done, refused, query, changed, undone_at FROM bulk"
	    " WHERE id = ? AND user_id = ?";

	return db_row(by->db, by->arena, sql, ARGS(ARG(id), ARG(by->user_id)), &bulk_shape, out);
}

enum status
list_exported(
    const struct actor *by, const char *kind, const char *title, const char *query, int64_t count)
{
	const char *changes = event_with(by, NULL, "query", query);
	struct event ev = { .act = "register.exported", .kind = kind, .title = title };
	enum status e;

	changes = event_with(by, changes, "records", arena_print(by->arena, "%" PRId64, count));
	ev.changes = changes;
	e = db_begin(by->db);
	return e ? e : db_end(by->db, event_write(by, &ev));
}

enum status
list_export_begin(const struct actor *by)
{
	int64_t got = 0;
	enum status e =
	    db_int(by->db, "SELECT GET_LOCK(CONCAT(DATABASE(), '.export'), 0)", NO_ARGS, &got);

	return e ? e : got == 1 ? OK : CONFLICT;
}

void
list_export_end(const struct actor *by)
{
	int64_t had;

	/* Without the connection the lock is gone as well. */
	if (db_int(by->db, "SELECT RELEASE_LOCK(CONCAT(DATABASE(), '.export'))", NO_ARGS, &had))
		log_warn("export: the lock was not given back");
}
