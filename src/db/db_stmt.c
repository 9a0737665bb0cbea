/* db_stmt.c: prepared statements, kept by the text of their SQL. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db/db_inside.h"

static uint64_t
hash_of(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

static void
stmt_close(struct stmt *s)
{
	if (s->handle != NULL)
		mysql_stmt_close(s->handle);
	free(s->landing);
	free(s->bind);
	free(s->sql);
	free(s);
}

static void
use_unlink(struct cache *c, struct stmt *s)
{
	*(s->newer != NULL ? &s->newer->older : &c->newest) = s->older;
	*(s->older != NULL ? &s->older->newer : &c->oldest) = s->newer;
	s->newer = s->older = NULL;
}

static void
use_link(struct cache *c, struct stmt *s)
{
	s->older = c->newest;
	*(c->newest != NULL ? &c->newest->newer : &c->oldest) = s;
	c->newest = s;
}

void
stmt_drop(struct db *db, struct stmt *s)
{
	struct stmt **at = &db->cache.bucket[s->hash % BUCKETS];

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	use_unlink(&db->cache, s);
	db->cache.count--;
	if (s->busy)
		s->dropped = true;
	else
		stmt_close(s);
}

void
stmt_drop_all(struct db *db)
{
	while (db->cache.newest != NULL)
		stmt_drop(db, db->cache.newest);
}

void
stmt_release(struct stmt *s)
{
	s->busy = false;
	if (s->dropped)
		stmt_close(s);
	else
		mysql_stmt_free_result(s->handle);
}

/* The least recently used that is not being read right now. */
static void
make_room(struct db *db)
{
	struct stmt *s = db->cache.oldest;

	if (db->cache.count < STATEMENTS)
		return;
	while (s != NULL && s->busy)
		s = s->newer;
	if (s != NULL)
		stmt_drop(db, s);
}

static void
stmt_keep(struct db *db, struct stmt *s)
{
	struct stmt **bucket = &db->cache.bucket[s->hash % BUCKETS];

	make_room(db);
	s->next = *bucket;
	*bucket = s;
	use_link(&db->cache, s);
	db->cache.count++;
}

static struct stmt *
stmt_find(struct db *db, const char *sql, const struct shape *shape, uint64_t hash)
{
	struct stmt *s = db->cache.bucket[hash % BUCKETS];

	for (; s != NULL; s = s->next)
		if (s->hash == hash && s->shape == shape && !s->busy && strcmp(s->sql, sql) == 0 &&
		    strcmp(s->schema, db->schema) == 0)
			return s;
	return NULL;
}

/* Pairs columns and members by name; neither may be left over. */
static enum status
stmt_match(struct stmt *s, MYSQL_RES *meta)
{
	const struct shape *shape = s->shape;

	if (shape != NULL && shape->count != s->columns) {
		log_error("db: %u columns for %zu members: %s", s->columns, shape->count, s->sql);
		return FAILED;
	}
	for (unsigned i = 0; shape != NULL && i < s->columns; i++) {
		const char *name = mysql_fetch_field_direct(meta, i)->name;
		const struct field *f = shape_field(shape, name);

		for (unsigned j = 0; f != NULL && j < i; j++)
			if (s->landing[j].field == f)
				f = NULL;
		if (f == NULL) {
			log_error(
			    "db: no member, or no second one, for column %s: %s", name, s->sql);
			return FAILED;
		}
		s->landing[i].field = f;
	}
	return OK;
}

static enum status
stmt_describe(struct stmt *s)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(s->handle);
	enum status e;

	s->columns = meta == NULL ? 0 : mysql_num_fields(meta);
	if (s->columns > 0) {
		s->landing = calloc(s->columns, sizeof(*s->landing));
		s->bind = calloc(s->columns, sizeof(*s->bind));
		if (s->landing == NULL || s->bind == NULL)
			die("db: out of memory");
	}
	e = stmt_match(s, meta);
	mysql_free_result(meta);
	return e;
}

static struct stmt *
stmt_new(struct db *db, const char *sql, const struct shape *shape, enum status *e)
{
	struct stmt *s = calloc(1, sizeof(*s));

	if (s == NULL || (s->sql = strdup(sql)) == NULL ||
	    (s->handle = mysql_stmt_init(db->conn)) == NULL)
		die("db: out of memory");
	s->shape = shape;
	memcpy(s->schema, db->schema, sizeof(s->schema));
	if (mysql_stmt_prepare(s->handle, sql, strlen(sql)) != 0)
		*e = db_failed(db, mysql_stmt_errno(s->handle), mysql_stmt_error(s->handle), sql);
	else
		*e = stmt_describe(s);
	if (*e == OK)
		return s;
	stmt_close(s);
	return NULL;
}

struct stmt *
stmt_take(struct db *db, const char *sql, const struct shape *shape, enum status *e)
{
	uint64_t hash = hash_of(sql);
	struct stmt *s = stmt_find(db, sql, shape, hash);

	*e = OK;
	if (s != NULL) {
		use_unlink(&db->cache, s);
		use_link(&db->cache, s);
	} else {
		s = stmt_new(db, sql, shape, e);
		if (s == NULL)
			return NULL;
		s->hash = hash;
		stmt_keep(db, s);
	}
	s->busy = true;
	return s;
}
