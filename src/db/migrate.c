/* migrate.c: the files of a folder against the table `migration`. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/migrate_inside.h"

/* Of one schema.  sha256 is of what was applied: all of the file once it is finished. */
static const char *const tables[] = {
	"CREATE TABLE IF NOT EXISTS migration ("
	"number INT NOT NULL PRIMARY KEY, "
	"name VARCHAR(190) NOT NULL, "
	"sha256 CHAR(64) NOT NULL, "
	"started_at DATETIME(6) NOT NULL, "
	"finished_at DATETIME(6) NULL, "
	"statement_done INT NOT NULL DEFAULT 0, "
	"statement_begun INT NOT NULL DEFAULT 0"
	") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
	"CREATE TABLE IF NOT EXISTS migration_lease ("
	"id INT NOT NULL PRIMARY KEY, "
	"owner VARCHAR(190) NULL, "
	"until DATETIME(6) NULL"
	") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
	"INSERT IGNORE INTO migration_lease (id) VALUES (1)",
};

static const struct field applied_fields[] = {
	FIELD(struct applied, name),
	FIELD(struct applied, sha256),
	FIELD(struct applied, finished),
	FIELD(struct applied, statement_done),
	FIELD(struct applied, statement_begun),
};

const struct shape applied_shape = SHAPE(struct applied, applied_fields);

enum status
migrate_say(const struct migration *m, enum status e, const char *fmt, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	if (m->log != NULL)
		m->log->say(m->log->with, message);
	return e;
}

/* 0001_init.sql is 1; -1 for other names. */
static int
number_of(const char *name)
{
	int n = 0;

	for (int i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)name[i]))
			return -1;
		n = n * 10 + (name[i] - '0');
	}
	return name[4] == '_' && text_ends(name, ".sql") ? n : -1;
}

static int
is_sql(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".sql");
}

/* The files in order, in the arena. */
static enum status
list(struct migration *m)
{
	struct dirent **found;
	int n = scandir(m->folder, &found, is_sql, alphasort);

	if (n < 0)
		return migrate_say(
		    m, NOT_FOUND, "cannot read the folder %s: %s", m->folder, strerror(errno));
	m->names = NEW_ARRAY(m->arena, const char *, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		m->names[i] = arena_text(m->arena, found[i]->d_name, strlen(found[i]->d_name));
		free(found[i]);
	}
	free(found);
	m->count = (size_t)n;
	for (size_t i = 0; i < m->count; i++) {
		if (number_of(m->names[i]) < 0)
			return migrate_say(
			    m, FAILED, "%s/%s: name it like 0001_init.sql", m->folder, m->names[i]);
		if (i > 0 && number_of(m->names[i]) == number_of(m->names[i - 1]))
			return migrate_say(m, FAILED, "%s and %s have the same number",
			    m->names[i - 1], m->names[i]);
	}
	return OK;
}

static enum status
read_file(struct migration *m, struct migration_file *f)
{
	const char *path = arena_print(m->arena, "%s/%s", m->folder, f->name);
	FILE *in = fopen(path, "re");
	struct buf text = { .arena = m->arena };
	char piece[4096];
	size_t n;
	bool bad;

	if (in == NULL)
		return migrate_say(m, FAILED, "cannot read %s: %s", path, strerror(errno));
	buf_text(&text, "");
	while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
		buf_add(&text, piece, n);
	bad = ferror(in) != 0;
	fclose(in);
	if (bad || strlen(text.text) != text.len)
		return migrate_say(m, FAILED, "%s is not a text that can be read", path);
	f->text = text.text;
	f->len = text.len;
	return OK;
}

/* What the database says about the file; a zeroed one when nothing. */
static enum status
look_up(struct migration *m, struct migration_file *f)
{
	enum status e = db_row(m->db, m->arena,
	    "SELECT name, sha256, finished_at IS NOT NULL AS finished, statement_done, "
	    "statement_begun FROM migration WHERE number = ?",
	    ARGS(ARG((int64_t)f->number)), &applied_shape, &f->applied);

	if (e == NOT_FOUND)
		return OK;
	f->known = e == OK;
	return e;
}

static enum status
check_edited(struct migration *m, const struct migration_file *f)
{
	const char *digest = sha256_hex(m->arena, f->text, migrate_applied_len(f));

	if (text_same(digest, f->applied.sha256))
		return OK;
	return migrate_say(m, CONFLICT,
	    "%s was edited after it was applied; put it back as it was and write the change into a "
	    "new file",
	    f->name);
}

static enum status
apply(struct migration *m, const char *name)
{
	struct migration_file f = { .name = name, .number = number_of(name) };
	enum status e = read_file(m, &f);

	if (!e)
		e = look_up(m, &f);
	if (!e && f.known)
		e = check_edited(m, &f);
	if (e || f.applied.finished)
		return e;
	return migrate_file(m, &f);
}

/* Unknown numbers are a newer program's: each file is safe while the older one runs. */
static enum status
tell_newer(struct migration *m)
{
	int64_t last = m->count == 0 ? 0 : number_of(m->names[m->count - 1]), n;
	enum status e =
	    db_int(m->db, "SELECT COUNT(*) FROM migration WHERE number > ?", ARGS(ARG(last)), &n);

	if (!e && n > 0)
		migrate_say(m, OK, "the schema is %lld files ahead of this program", (long long)n);
	return e;
}

static enum status
apply_all(struct migration *m)
{
	enum status e = tell_newer(m);

	for (size_t i = 0; !e && i < m->count; i++)
		e = apply(m, m->names[i]);
	return e;
}

static enum status
make_tables(struct migration *m)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < COUNT(tables); i++)
		e = db_plain(m->db, tables[i], strlen(tables[i]));
	return e == OK
		   ? OK
		   : migrate_say(m, e, "cannot make the table migration: %s", db_message(m->db));
}

enum status
migrate(struct db *db, struct arena *a, const char *folder, const struct migrate_log *log)
{
	struct migration m = { .db = db, .arena = a, .folder = folder, .log = log };
	enum status e = list(&m);

	if (e)
		return e;
	db_patience(db, MIGRATE_PATIENCE_S);
	e = make_tables(&m);
	if (!e)
		e = migrate_lease_take(&m);
	if (!e) {
		e = apply_all(&m);
		migrate_lease_give(&m);
	}
	db_patience(db, 0);
	return e;
}

static enum status
finished(struct migration *m, int64_t number, int64_t *n)
{
	return db_int(m->db,
	    "SELECT COUNT(*) FROM migration WHERE number = ? AND finished_at IS NOT NULL",
	    ARGS(ARG(number)), n);
}

enum status
migrate_pending(struct db *db, struct arena *a, const char *folder, int64_t *n)
{
	struct migration m = { .db = db, .arena = a, .folder = folder };
	enum status e = list(&m);
	int64_t there = 0;

	*n = 0;
	if (!e)
		e = db_int(db,
		    "SELECT COUNT(*) FROM information_schema.tables "
		    "WHERE table_schema = DATABASE() AND table_name = 'migration'",
		    NO_ARGS, &there);
	for (size_t i = 0; !e && i < m.count; i++) {
		int64_t done = 0;

		if (there > 0)
			e = finished(&m, number_of(m.names[i]), &done);
		*n += done == 0;
	}
	return e;
}
