/* tag.c: see tag.h. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/tag.h"

static const struct field fields[] = {
	FIELD(struct tag, id),
	FIELD(struct tag, name),
	FIELD(struct tag, note),
	FIELD(struct tag, version),
	FIELD(struct tag, archived_at),
};

const struct shape tag_shape = SHAPE(struct tag, fields);

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	const struct tag *t = record;

	(void)by;
	(void)before;
	if (strchr(t->name, ',') == NULL)
		return OK;
	*refused = (struct reg_refusal){ "name", "A tag has no comma." };
	return INVALID;
}

static const char *const stored[] = { "name", "note", NULL };
static const char *const like[] = { "name", NULL };
static const struct reg_sort sorts[] = { { "name", { "name" }, true } };

const struct reg_table tag_table = {
	.name = "tag",
	.shape = &tag_shape,
	.columns = "r.id, r.name, r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.check = check,
};

/* The names of a text, and how many. */
struct names {
	const char *at[TAGS_MOST + 1];
	size_t count;
};

static bool
has(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcasecmp(names->at[i], name) == 0)
			return true;
	return false;
}

static struct names
split(struct arena *a, const char *text)
{
	struct names names = { .count = 0 };

	while (text != NULL && *text != '\0' && names.count <= TAGS_MOST) {
		const size_t n = strcspn(text, ",");
		const char *name = text_trim(a, arena_text(a, text, n));

		if (*name != '\0' && !has(&names, name))
			names.at[names.count++] = name;
		text += n + (text[n] != '\0');
	}
	return names;
}

static int
by_letters(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

const char *
tag_text(const struct actor *by, const char *typed, const char **why)
{
	struct names names = split(by->arena, typed);
	struct buf out = { .arena = by->arena };

	*why = names.count > TAGS_MOST ? "A record has at most 20 tags." : NULL;
	qsort(names.at, names.count, sizeof(names.at[0]), by_letters);
	for (size_t i = 0; i < names.count; i++) {
		if (text_length(names.at[i]) > TAG_LONGEST)
			*why = "A tag has at most 40 characters; commas stand between tags.";
		buf_print(&out, "%s%s", i > 0 ? ", " : "", names.at[i]);
	}
	return out.len > 0 ? out.text : "";
}

enum status
tag_need(const struct actor *by, const char *name, int64_t *id)
{
	struct reg_refusal refused;
	struct tag t;
	enum status e = reg_find_by(by, &tag_table, "name", name, &t);

	if (e == NOT_FOUND) {
		t = (struct tag){ .name = name, .note = "" };
		e = reg_add(by, &tag_table, &t, id, &refused);
		/* Somebody else made it this moment. */
		return e == INVALID ? RETRY : e;
	}
	*id = t.id;
	return !e && t.archived_at.known ? reg_restore(by, &tag_table, t.id) : e;
}

static enum status
put(const struct actor *by, const char *kind, int64_t record_id, const char *name)
{
	int64_t id;
	enum status e = tag_need(by, name, &id);

	if (e)
		return e;
	return db_change(by->db,
	    "INSERT INTO tagging (kind, record_id, tag_id) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE tag_id = tag_id",
	    ARGS(ARG(kind), ARG(record_id), ARG(id)), NULL);
}

static enum status
take(const struct actor *by, const char *kind, int64_t record_id, const char *name)
{
	return db_change(by->db,
	    "DELETE FROM tagging WHERE kind = ? AND record_id = ?"
	    " AND tag_id = (SELECT id FROM tag WHERE name = ?)",
	    ARGS(ARG(kind), ARG(record_id), ARG(name)), NULL);
}

enum status
tag_save(const struct actor *by, const char *kind, int64_t record_id, const char *before,
    const char *after)
{
	const struct names old = split(by->arena, before);
	const struct names new = split(by->arena, after);
	enum status e = OK;

	for (size_t i = 0; !e && i < old.count; i++)
		if (!has(&new, old.at[i]))
			e = take(by, kind, record_id, old.at[i]);
	for (size_t i = 0; !e && i < new.count; i++)
		if (!has(&old, new.at[i]))
			e = put(by, kind, record_id, new.at[i]);
	return e;
}
