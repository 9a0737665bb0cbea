/* attachment.c: see attachment.h. */
#include <string.h>

#include "base/arena.h"
#include "base/store.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/attachment.h"
#include "model/event.h"
#include "model/work_order.h"

static const struct word categories[] = {
	{ "PHOTO", "Photo" },
	{ "MANUAL", "Manual" },
	{ "VIDEO", "Video" },
	{ "SOUND", "Sound" },
	{ "DOCUMENT", "Document" },
};

const struct words attachment_category_words = WORDS(categories);

static const struct field fields[] = {
	FIELD(struct attachment, id),
	FIELD(struct attachment, kind),
	FIELD(struct attachment, record_id),
	FIELD(struct attachment, name),
	FIELD(struct attachment, title),
	FIELD_WORD(struct attachment, category, &attachment_category_words),
	FIELD(struct attachment, sha256),
	FIELD(struct attachment, type),
	FIELD(struct attachment, size),
	FIELD(struct attachment, picture),
	FIELD(struct attachment, small),
	FIELD(struct attachment, gone),
	FIELD(struct attachment, stage),
	FIELD(struct attachment, user_id),
	FIELD(struct attachment, user_name),
	FIELD(struct attachment, created_at),
	FIELD(struct attachment, series_id),
	FIELD(struct attachment, edition),
	FIELD(struct attachment, replaced_at),
	FIELD(struct attachment, removed_at),
	FIELD(struct attachment, removed_name),
};

const struct shape attachment_shape = SHAPE(struct attachment, fields);

#define COLUMNS \
	"SELECT t.id, t.kind, t.record_id, t.name, t.title, t.category, f.sha256, f.type, f.size," \
	" f.picture, f.picture = 'MADE' AND f.type NOT LIKE 'video/%'" \
	" AND f.type NOT LIKE 'audio/%' AS small, f.gone_at IS NOT NULL AS gone, t.stage," \
	" t.user_id, u.name AS user_name, t.created_at, t.series_id, t.edition, t.replaced_at," \
	" t.removed_at, r.name AS removed_name FROM attachment t" \
	" JOIN file f ON f.id = t.file_id LEFT JOIN user u ON u.id = t.user_id" \
	" LEFT JOIN user r ON r.id = t.removed_by "

/*
 * The row of these bytes, locked until the transaction ends: the sweep of removed files takes the
 * same lock, so that it never removes what comes back this moment.  Pictures are made again (at no
 * cost where they are there), which takes the bytes with the place in them away again.
 */
static enum status
keep_file(const struct actor *by, const struct stored *s, int64_t *id)
{
	static const char insert[] =
	    "INSERT INTO file (sha256, size, type, picture) VALUES (?, ?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), gone_at = NULL,"
	    " picture = VALUES(picture)";
	char hex[STORE_HEX + 1];
	enum status e;

	e = db_insert(by->db, insert,
	    ARGS(ARG(s->sha256), ARG(s->size), ARG(s->type), ARG(s->drawn ? "WANTED" : "NONE")),
	    id);
	if (!e && s->bytes != NULL)
		e = store_put(s->root, s->bytes, (size_t)s->size, hex);
	return e;
}

/* What is known of a new version by the one before it. */
struct older {
	int64_t first; /* id of the first version */
	int64_t edition;
	const char *title, *category;
};

/* A new version of a manual is one, and is called as it was, unless somebody says otherwise. */
static void
inherit(struct stored *s, const struct older *older)
{
	if (s->title == NULL || *s->title == '\0')
		s->title = older->title;
	if (strcmp(s->category, "DOCUMENT") == 0 && strcmp(older->category, "MANUAL") == 0)
		s->category = older->category;
}

static enum status
insert(const struct actor *by, const struct place *at, const struct stored *s, int64_t file_id,
    const char *stage, const struct older *older, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO attachment (kind, record_id, file_id, name, title, category, stage,"
	    " series_id, edition, user_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	return db_insert(by->db, sql,
	    ARGS(ARG(at->kind), ARG(at->id), ARG(file_id), ARG(s->name),
		ARG(s->title ? s->title : ""), ARG(s->category ? s->category : "PHOTO"), ARG(stage),
		arg_ref(older ? older->first : 0), ARG(older ? older->edition + 1 : (int64_t)1),
		arg_ref(by->user_id), ARG(by->now)),
	    id);
}

enum status
attachment_add(
    const struct actor *by, const struct work_order *wo, const struct stored *s, const char *stage)
{
	const struct place at = { .kind = "work_order", .id = wo->id };
	int64_t id, file_id;
	enum status e = keep_file(by, s, &file_id);

	if (!e)
		e = insert(by, &at, s, file_id, stage, NULL, &id);
	if (e)
		return e;
	return work_order_say(by, wo,
	    (struct event){ .act = "work_order.photo_added",
		.changes = event_with(by, NULL, "file", s->name) });
}

static enum status
say(const struct actor *by, const struct place *at, const char *act, const char *changes)
{
	return event_write(by, &(struct event){ .act = act,
				   .kind = at->kind,
				   .record_id = at->id,
				   .title = at->title,
				   .work_order_id = at->work_order_id,
				   .machine_id = at->machine_id,
				   .department_id = at->department_id,
				   .changes = changes });
}

static const struct field id_fields[] = { FIELD(struct photo, id) };
static const struct shape id_shape = { id_fields, COUNT(id_fields), sizeof(struct photo) };

static enum status
twin(const struct actor *by, const struct place *at, int64_t file_id, int64_t *id)
{
	static const char sql[] =
	    "SELECT id FROM attachment WHERE file_id = ? AND kind = ? AND record_id = ?"
	    " AND removed_at IS NULL AND replaced_at IS NULL ORDER BY id LIMIT 1";
	struct photo found = { 0 };
	enum status e = db_row(by->db, by->arena, sql,
	    ARGS(ARG(file_id), ARG(at->kind), ARG(at->id)), &id_shape, &found);

	*id = found.id;
	return e;
}

/* The newest version that is not removed stands for the others. */
static enum status
settle(const struct actor *by, int64_t series)
{
	static const char sql[] =
	    "UPDATE attachment t JOIN (SELECT MAX(edition) AS top FROM attachment"
	    " WHERE series_id = ? AND removed_at IS NULL) m SET t.replaced_at ="
	    " IF(t.edition = m.top, NULL, COALESCE(t.replaced_at, ?)) WHERE t.series_id = ?";

	return db_change(by->db, sql, ARGS(ARG(series), ARG(by->now), ARG(series)), NULL);
}

/* Locks the version that is to be replaced; its series begins with it when it has none. */
static enum status
begin_version(const struct actor *by, const struct place *at, int64_t replaces, struct older *out)
{
	static const char lock[] = COLUMNS "WHERE t.id = ? FOR UPDATE";
	static const char first[] = "UPDATE attachment SET series_id = id WHERE id = ?";
	struct attachment old;
	enum status e =
	    db_row(by->db, by->arena, lock, ARGS(ARG(replaces)), &attachment_shape, &old);

	if (e)
		return e == NOT_FOUND ? CONFLICT : e;
	if (strcmp(old.kind, at->kind) != 0 || old.record_id != at->id || old.removed_at.known ||
	    old.replaced_at.known)
		return CONFLICT;
	*out = (struct older){ old.series_id.known ? old.series_id.n : old.id, old.edition,
		old.title, old.category };
	return old.series_id.known ? OK : db_change_one(by->db, first, ARGS(ARG(old.id)));
}

enum status
attachment_put(const struct actor *by, const struct place *at, const struct stored *s,
    int64_t replaces, int64_t *id, bool *joined)
{
	struct stored newer = *s;
	struct older older;
	int64_t file_id;
	enum status e = keep_file(by, s, &file_id);

	if (e)
		return e;
	e = twin(by, at, file_id, id);
	*joined = e == OK;
	if (e != NOT_FOUND)
		return e;
	e = replaces ? begin_version(by, at, replaces, &older) : OK;
	if (!e && replaces)
		inherit(&newer, &older);
	if (!e)
		e = insert(by, at, &newer, file_id, "RECORD", replaces ? &older : NULL, id);
	if (!e && replaces)
		e = settle(by, older.first);
	if (e)
		return e;
	return say(by, at, replaces ? "file.replaced" : "file.added",
	    event_with(by, NULL, "file", s->name));
}

enum status
attachment_list(const struct actor *by, const char *kind, int64_t record_id,
    struct instant removed_since, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE t.kind = ? AND t.record_id = ? AND ((t.removed_at IS NULL AND"
		    " t.replaced_at IS NULL) OR t.removed_at > ?) ORDER BY t.id DESC LIMIT 200";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(kind), ARG(record_id), ARG(removed_since)),
	    &attachment_shape, out);
}

enum status
attachment_find(const struct actor *by, int64_t id, struct attachment *out)
{
	static const char sql[] = COLUMNS "WHERE t.id = ?";

	return db_row(by->db, by->arena, sql, ARGS(ARG(id)), &attachment_shape, out);
}

enum status
attachment_versions(const struct actor *by, const struct attachment *of, struct rows *out)
{
	static const char sql[] = COLUMNS
	    "WHERE t.series_id = ? AND t.removed_at IS NULL ORDER BY t.edition DESC LIMIT 100";

	*out = (struct rows){ .shape = &attachment_shape };
	if (!of->series_id.known)
		return OK;
	return db_rows(by->db, by->arena, sql, ARGS(ARG(of->series_id.n)), &attachment_shape, out);
}

static const struct field changing[] = {
	FIELD(struct attachment, title),
	FIELD(struct attachment, category),
};

static const struct shape changing_shape = { changing, COUNT(changing), sizeof(struct attachment) };

enum status
attachment_change(const struct actor *by, const struct place *at, const struct attachment *before,
    const char *title, const char *category)
{
	static const char sql[] = "UPDATE attachment SET title = ?, category = ? WHERE id = ?";
	struct attachment after = *before;
	const char *changes;
	enum status e;

	after.title = title;
	after.category = category;
	changes = event_changes(by, &changing_shape, before, &after);
	if (changes == NULL)
		return OK;
	e = db_change_one(by->db, sql, ARGS(ARG(title), ARG(category), ARG(before->id)));
	return e ? e : say(by, at, "file.changed", event_with(by, changes, "file", before->name));
}

enum status
attachment_remove(const struct actor *by, const struct place *at, const struct attachment *f)
{
	static const char sql[] = "UPDATE attachment SET removed_at = ?, removed_by = ?,"
				  " waiting = TRUE WHERE id = ? AND removed_at IS NULL";
	int64_t changed;
	enum status e =
	    db_change(by->db, sql, ARGS(ARG(by->now), arg_ref(by->user_id), ARG(f->id)), &changed);

	if (e || changed == 0)
		return e;
	if (f->series_id.known)
		e = settle(by, f->series_id.n);
	return e ? e : say(by, at, "file.removed", event_with(by, NULL, "file", f->name));
}

/* The file's row is locked before anything: the sweep may be at it. */
enum status
attachment_restore(const struct actor *by, const struct place *at, const struct attachment *f)
{
	static const char lock[] =
	    "SELECT id FROM file WHERE sha256 = ? AND gone_at IS NULL FOR UPDATE";
	static const char sql[] = "UPDATE attachment SET removed_at = NULL, removed_by = NULL,"
				  " waiting = NULL WHERE id = ? AND removed_at IS NOT NULL";
	struct photo file;
	int64_t changed;
	enum status e = db_row(by->db, by->arena, lock, ARGS(ARG(f->sha256)), &id_shape, &file);

	if (e)
		return e == NOT_FOUND ? CONFLICT : e;
	e = db_change(by->db, sql, ARGS(ARG(f->id)), &changed);
	if (e || changed == 0)
		return e;
	if (f->series_id.known)
		e = settle(by, f->series_id.n);
	return e ? e : say(by, at, "file.restored", event_with(by, NULL, "file", f->name));
}

enum status
attachment_refused(
    const struct actor *by, const struct place *at, const char *name, const char *why)
{
	return say(by, at, "file.refused",
	    event_with(by, event_with(by, NULL, "file", name), "reason", why));
}

static const struct field photo_fields[] = {
	FIELD(struct photo, id),
	FIELD(struct photo, sha256),
	FIELD(struct photo, type),
};

static const struct shape photo_shape = SHAPE(struct photo, photo_fields);

enum status
photo_take(const struct actor *by, struct photo *out)
{
	static const char next[] =
	    "SELECT id, sha256, type FROM file WHERE picture = 'WANTED'"
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
photo_done(const struct actor *by, int64_t id, bool made, int64_t size)
{
	static const char sql[] = "UPDATE file SET picture = ?, lease_until = NULL,"
				  " size = IF(? > 0, ?, size) WHERE id = ?";

	return db_change_one(
	    by->db, sql, ARGS(ARG(made ? "MADE" : "FAILED"), ARG(size), ARG(size), ARG(id)));
}

/* Looked at; whatever becomes of the bytes, this row says no more about them. */
static enum status
looked_at(const struct actor *by, int64_t id)
{
	static const char sql[] = "UPDATE attachment SET waiting = NULL WHERE id = ?";

	return db_change_one(by->db, sql, ARGS(ARG(id)));
}

enum status
attachment_expired(const struct actor *by, int64_t days, struct photo *out)
{
	static const char next[] =
	    "SELECT t.id, f.sha256, f.type FROM attachment t JOIN file f ON f.id = t.file_id"
	    " WHERE t.waiting = TRUE AND t.removed_at < ? ORDER BY t.removed_at LIMIT 1 FOR UPDATE";
	static const char used[] =
	    "SELECT t.id, f.sha256, f.type FROM attachment t JOIN file f ON f.id = t.file_id"
	    " WHERE f.sha256 = ? AND (t.removed_at IS NULL OR t.waiting = TRUE) LIMIT 1";
	static const char gone[] = "UPDATE file SET gone_at = ? WHERE sha256 = ?";
	struct photo other;
	enum status e = db_row(by->db, by->arena, next,
	    ARGS(ARG(instant_add(by->now, -days * DAY))), &photo_shape, out);

	if (!e)
		e = looked_at(by, out->id);
	if (e)
		return e;
	e = db_row(by->db, by->arena, used, ARGS(ARG(out->sha256)), &photo_shape, &other);
	if (e == OK)
		out->id = 0;
	if (e != NOT_FOUND)
		return e;
	return db_change_one(by->db, gone, ARGS(ARG(by->now), ARG(out->sha256)));
}
