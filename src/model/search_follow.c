/* search_follow.c: which records are to be indexed: events, what was noted, the walk. */
#include "base/arena.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/search_index.h"
#include "model/search_index_inside.h"
#include "model/search_inside.h"
#include "rule/chunk.h"

enum { EVENTS = 500, LONG = 10 };

#define READER "search"

struct one {
	int64_t id;
};

static const struct field one_fields[] = { FIELD(struct one, id) };
static const struct shape one_shape = SHAPE(struct one, one_fields);

/* Nobody else writes the index of that kind until the transaction ends. */
static enum status
lock(const struct actor *by, enum search_kind kind, int64_t *last_id)
{
	static const char sql[] = "SELECT last_id FROM search_progress WHERE kind = ? FOR UPDATE";

	return db_int(by->db, sql, ARGS(ARG((int)kind)), last_id);
}

/* The first time: what happened before is met by the walk. */
static enum status
find_cursor(const struct actor *by, int64_t *seq)
{
	static const char find[] = "SELECT seq FROM reader WHERE name = ?";
	static const char first[] = "INSERT IGNORE INTO reader (name, seq)"
				    " SELECT ?, COALESCE(MAX(seq), 0) FROM event_seal";
	enum status e = db_int(by->db, find, ARGS(ARG(READER)), seq);

	if (e == NOT_FOUND)
		e = db_change(by->db, first, ARGS(ARG(READER)), NULL);
	else
		return e;
	return e ? e : db_int(by->db, find, ARGS(ARG(READER)), seq);
}

/* What an event is about, and what else is found by the words of that. */
static enum status
note_events(const struct actor *by, int64_t from, int64_t until)
{
#define EVENTS_OF " FROM event_seal s JOIN event e ON e.id = s.event_id"
#define BETWEEN " WHERE s.seq > ? AND s.seq <= ?"
	static const char *const notes[] = {
		"INSERT IGNORE INTO search_todo (kind, record_id)"
		" SELECT CASE e.kind WHEN 'machine' THEN 1 WHEN 'work_order' THEN 2"
		" WHEN 'part' THEN 3 ELSE 4 END, e.record_id" EVENTS_OF BETWEEN
		" AND e.kind IN ('machine', 'work_order', 'part', 'user')"
		" AND e.act NOT IN ('user.signed_in', 'user.signed_out')",
		/* How often a machine and a part are used. */
		"INSERT IGNORE INTO search_todo (kind, record_id)"
		" SELECT 1, e.machine_id" EVENTS_OF BETWEEN
		" AND e.act = 'work_order.reported' AND e.machine_id IS NOT NULL",
		/* A work order is found by its machine's name. */
		"INSERT IGNORE INTO search_todo (kind, record_id)"
		" SELECT 2, w.id" EVENTS_OF
		" JOIN work_order w ON w.machine_id = e.record_id" BETWEEN
		" AND e.act = 'machine.changed' AND (e.changes LIKE '%\"number\":[%'"
		" OR e.changes LIKE '%\"name\":[%')",
		/* Whose a work order is, its documents are. */
		"INSERT IGNORE INTO search_todo (kind, record_id)"
		" SELECT 5, a.id" EVENTS_OF
		" JOIN attachment a ON a.kind = 'work_order' AND a.record_id = e.record_id" BETWEEN
		" AND e.kind = 'work_order' AND (a.category <> 'PHOTO' OR a.title <> '')",
		/* Files that came, changed or went. */
		"INSERT IGNORE INTO search_todo (kind, record_id)"
		" SELECT 5, a.id" EVENTS_OF
		" JOIN attachment a ON a.kind = e.kind AND a.record_id = e.record_id" BETWEEN
		" AND e.act LIKE 'file.%'",
	};
	enum status e = OK;

	for (size_t i = 0; i < COUNT(notes) && !e; i++)
		e = db_change(by->db, notes[i], ARGS(ARG(from), ARG(until)), NULL);
	return e;
}

static enum status
follow(const struct actor *by, int64_t from, int64_t until)
{
	static const char moved[] = "UPDATE reader SET seq = ? WHERE name = ? AND seq = ?";
	enum status e = note_events(by, from, until);

	if (!e)
		e = db_change_one(by->db, moved, ARGS(ARG(until), ARG(READER), ARG(from)));
	return e == CONFLICT ? RETRY : e; /* another process was quicker */
}

enum status
search_follow(const struct actor *by, bool *more)
{
	static const char last[] = "SELECT MAX(seq) FROM (SELECT seq FROM event_seal WHERE seq > ?"
				   " ORDER BY seq LIMIT ?) x";
	int64_t from, until;
	enum status e = find_cursor(by, &from);

	*more = false;
	if (!e)
		e = db_int(by->db, last, ARGS(ARG(from), ARG(EVENTS)), &until);
	if (e || until == 0)
		return e;
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, follow(by, from, until));
	*more = !e && until - from >= EVENTS;
	return e;
}

/* The files of these documents whose text was never asked for. */
static enum status
want_texts(const struct actor *by, const struct arg *ids, size_t count)
{
	const char *sql = arena_print(by->arena,
	    "INSERT IGNORE INTO file_text (file_id, state, body) SELECT f.id, 'WANTED', ''"
	    " FROM attachment x JOIN file f ON f.id = x.file_id WHERE x.id IN (%s)"
	    " AND f.type IN ('text/plain', 'text/csv', 'application/pdf')",
	    search_marks(by, count));

	return db_change(by->db, sql, (struct args){ ids, count }, NULL);
}

static enum status
index_these(const struct actor *by, enum search_kind kind, const struct rows *ids)
{
	const size_t n = ids->count;
	int64_t *list = NEW_ARRAY(by->arena, int64_t, n + 1);
	struct arg *args = NEW_ARRAY(by->arena, struct arg, n + 1);
	struct rows sources;
	enum status e = OK;

	for (size_t i = 0; i < n; i++) {
		list[i] = ((const struct one *)row_at(ids, i))->id;
		args[i] = ARG(list[i]);
	}
	if (kind == SEARCH_DOCUMENT)
		e = want_texts(by, args, n);
	if (!e)
		e = db_rows(by->db, by->arena,
		    arena_print(by->arena, "%s x.id IN (%s)", search_tables[kind].source,
			search_marks(by, n)),
		    (struct args){ args, n }, &search_source_shape, &sources);
	return e ? e : search_index(by, kind, list, n, &sources);
}

/* Noted records of one kind, in one transaction. */
static enum status
take_notes(const struct actor *by, enum search_kind kind, int64_t *taken)
{
	static const char find[] =
	    "SELECT record_id AS id FROM search_todo WHERE kind = ? ORDER BY record_id LIMIT ?";
	static const char done[] =
	    "DELETE FROM search_todo WHERE kind = ? AND record_id BETWEEN ? AND ?";
	const int most = search_tables[kind].batch < 100 ? search_tables[kind].batch : 100;
	struct rows ids;
	int64_t last_id;
	enum status e = lock(by, kind, &last_id);

	*taken = 0;
	if (!e)
		e = db_rows(
		    by->db, by->arena, find, ARGS(ARG((int)kind), ARG(most)), &one_shape, &ids);
	if (e || ids.count == 0)
		return e;
	e = index_these(by, kind, &ids);
	if (!e)
		e = db_change(by->db, done,
		    ARGS(ARG((int)kind), ARG(((struct one *)row_at(&ids, 0))->id),
			ARG(((struct one *)row_at(&ids, ids.count - 1))->id)),
		    NULL);
	*taken = (int64_t)ids.count;
	return e;
}

enum status
search_catch_up(const struct actor *by, bool *more)
{
	static const char next[] = "SELECT kind AS id FROM search_todo GROUP BY kind";
	struct rows kinds;
	enum status e = db_rows(by->db, by->arena, next, NO_ARGS, &one_shape, &kinds);

	*more = !e && kinds.count > 0;
	for (size_t i = 0; !e && i < kinds.count; i++) {
		int64_t taken, kind = ((struct one *)row_at(&kinds, i))->id;

		e = db_begin(by->db);
		if (!e)
			e = db_end(by->db, take_notes(by, (enum search_kind)kind, &taken));
	}
	return e;
}

/* Alone, with long transactions: fewer, each as large as a chunk. */
static int
lot_of(enum search_kind kind, const struct search_pace *pace)
{
	const int batch = search_tables[kind].batch;

	if (!pace->yields)
		return batch * LONG < CHUNK_SIZE ? batch * LONG : CHUNK_SIZE;
	return pace->most < batch ? pace->most : batch;
}

/* How many of them stand in the chunk of the first: its sets are then written once. */
static size_t
in_chunk(const struct rows *ids)
{
	const int64_t chunk = ((const struct one *)row_at(ids, 0))->id / CHUNK_SIZE;
	size_t n = 1;

	while (n < ids->count && ((const struct one *)row_at(ids, n))->id / CHUNK_SIZE == chunk)
		n++;
	return n;
}

static enum status
walk(const struct actor *by, enum search_kind kind, const struct search_pace *pace, int64_t *read)
{
	static const char free_now[] =
	    "SELECT last_id FROM search_progress WHERE kind = ? FOR UPDATE SKIP LOCKED";
	static const char *const next[SEARCH_KINDS] = {
		[SEARCH_MACHINE] = "SELECT id FROM machine WHERE id > ? ORDER BY id LIMIT ?",
		[SEARCH_WORK_ORDER] = "SELECT id FROM work_order WHERE id > ? ORDER BY id LIMIT ?",
		[SEARCH_PART] = "SELECT id FROM part WHERE id > ? ORDER BY id LIMIT ?",
		[SEARCH_PERSON] = "SELECT id FROM user WHERE id > ? ORDER BY id LIMIT ?",
		[SEARCH_DOCUMENT] = "SELECT id FROM attachment WHERE id > ? ORDER BY id LIMIT ?",
	};
	static const char moved[] = "UPDATE search_progress SET last_id = ? WHERE kind = ?";
	struct rows ids;
	int64_t last_id;
	enum status e = pace->yields ? db_int(by->db, free_now, ARGS(ARG((int)kind)), &last_id)
				     : lock(by, kind, &last_id);

	if (!e)
		e = db_rows(by->db, by->arena, next[kind],
		    ARGS(ARG(last_id), ARG(lot_of(kind, pace))), &one_shape, &ids);
	if (e || ids.count == 0)
		return e;
	ids.count = in_chunk(&ids);
	*read = (int64_t)ids.count;
	e = index_these(by, kind, &ids);
	if (e)
		return e;
	return db_change(by->db, moved,
	    ARGS(ARG(((struct one *)row_at(&ids, ids.count - 1))->id), ARG((int)kind)), NULL);
}

enum status
search_walk(const struct actor *by, const struct search_pace *pace, int64_t *read)
{
	static const char behind[] =
	    "SELECT p.kind AS id FROM search_progress p WHERE p.last_id < CASE p.kind"
	    " WHEN 1 THEN (SELECT MAX(id) FROM machine)"
	    " WHEN 2 THEN (SELECT MAX(id) FROM work_order)"
	    " WHEN 3 THEN (SELECT MAX(id) FROM part)"
	    " WHEN 4 THEN (SELECT MAX(id) FROM user)"
	    " ELSE (SELECT MAX(id) FROM attachment) END ORDER BY p.kind LIMIT 1";
	int64_t kind;
	enum status e = OK;

	/* Another process may have met them in the meantime: then it is asked again. */
	for (*read = 0; !e && *read == 0;) {
		e = db_int(by->db, behind, NO_ARGS, &kind);
		if (!e)
			e = db_begin(by->db);
		if (!e)
			e = db_end(by->db, walk(by, (enum search_kind)kind, pace, read));
	}
	return e == NOT_FOUND ? OK : e;
}

enum status
search_walk_again(const struct actor *by)
{
	return db_change(by->db, "UPDATE search_progress SET last_id = 0", NO_ARGS, NULL);
}

enum status
search_note(const struct actor *by, enum search_kind kind, int64_t id)
{
	return db_change(by->db, "INSERT IGNORE INTO search_todo (kind, record_id) VALUES (?, ?)",
	    ARGS(ARG((int)kind), ARG(id)), NULL);
}
