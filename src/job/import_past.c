/* import_past.c: see import_past.h. */
#include "job/import_past.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/many.h"

struct pair_of {
	int64_t id, other;
	const char *text;
};

static const struct field pair_fields[] = {
	FIELD(struct pair_of, id),
	FIELD(struct pair_of, other),
	FIELD(struct pair_of, text),
};

static const struct shape pair_shape = SHAPE(struct pair_of, pair_fields);

static enum status
learn_other(void *with, const void *record)
{
	const struct pair_of *p = record;

	hashes_put(with, (uint64_t)p->id, p->other);
	return OK;
}

static enum status
learn_code(void *with, const void *record)
{
	const struct pair_of *p = record;
	struct hashes *codes = with;
	struct arena *a = arena_new();

	hashes_put(codes, ref_hash(a, p->text), p->id);
	arena_free(a);
	return OK;
}

enum status
past_learn(struct load *l)
{
	static const char machines[] = "SELECT id, number AS a, name AS b, '' AS c FROM machine";
	static const char people[] = "SELECT id, email AS a, name AS b, '' AS c FROM user";
	static const struct {
		const char *sql;
		size_t into;
	} others[] = {
		{ "SELECT id, department_id AS other, '' AS text FROM machine",
		    offsetof(struct load, departments) },
		{ "SELECT id, 1 AS other, '' AS text FROM machine WHERE archived_at IS NOT NULL",
		    offsetof(struct load, away) },
		{ "SELECT id, 1 AS other, '' AS text FROM user WHERE role = 'TECHNICIAN'"
		  " AND archived_at IS NULL",
		    offsetof(struct load, technicians) },
	};
	static const char codes[] = "SELECT id, 0 AS other, CONCAT(kind, ' ', code) AS text"
				    " FROM failure_code WHERE archived_at IS NULL";
	enum status e = OK;

	if (l->known)
		return OK;
	l->known = true;
	e = names_learn(l, &l->named, machines);
	if (!e)
		e = names_learn(l, &l->people, people);
	for (size_t i = 0; !e && i < COUNT(others); i++)
		e = db_each(l->by.db, l->forever, others[i].sql, NO_ARGS, &pair_shape, learn_other,
		    (char *)l + others[i].into);
	return e ? e
		 : db_each(
		       l->by.db, l->forever, codes, NO_ARGS, &pair_shape, learn_code, &l->codes);
}

bool
past_has(const struct load *l, const char *member)
{
	for (size_t i = 0; i < l->target.own; i++)
		if (strcmp(l->target.form->rules[i].field.name, member) == 0)
			return l->column[i] >= 0 || l->given[i] != NULL;
	return false;
}

int64_t
past_machine(struct load *l, struct row *row, const char *number)
{
	const int64_t id =
	    text_empty(number) ? 0 : hashes_find(&l->named, ref_hash(l->batch, number));

	if (id <= 0)
		load_wrong(row, "machine_number", number,
		    id == 0 ? "There is none of this name."
			    : "Several have this name: give the number.",
		    NULL, NULL);
	return id > 0 ? id : 0;
}

/* "Anna Weber <anna@…>" is who has that address and nobody else; her name is what is before it. */
int64_t
past_person(struct load *l, const char *text, const char **name)
{
	const char *open = text_empty(text) ? NULL : strrchr(text, '<');
	const size_t len = open != NULL ? strlen(open) : 0;

	*name = text;
	if (text_empty(text))
		return 0;
	if (open == NULL || open[len - 1] != '>' || strchr(open, '@') == NULL)
		return hashes_find(&l->people, ref_hash(l->batch, text));
	*name = text_trim(l->batch, arena_text(l->batch, text, (size_t)(open - text)));
	return hashes_find(&l->people, ref_hash(l->batch, arena_text(l->batch, open + 1, len - 2)));
}

void
past_over(struct load *l, struct row *row, const char *member, struct instant at)
{
	if (at.known && at.us > l->by.now.us + MINUTE)
		load_wrong(
		    row, member, instant_iso(l->batch, at), "It lies in the future.", NULL, NULL);
}

uint64_t
past_identity(struct arena *a, const char *word, const int64_t n[3])
{
	return hash_text(0, arena_print(a, "%s %lld %lld %lld", word, (long long)n[0],
				(long long)n[1], (long long)n[2]));
}

enum status
past_orders_of(
    struct load *l, const char *const *numbers, size_t count, int64_t *ids, int64_t *machines)
{
	struct buf sql = { .arena = l->batch };
	struct arg *args = NEW_ARRAY(l->batch, struct arg, BATCH);
	struct hashes at = { .arena = l->batch };
	struct rows found;
	enum status e;

	for (size_t i = 0; i < BATCH; i++)
		args[i] = ARG(i < count && numbers[i] != NULL ? numbers[i] : "");
	buf_text(&sql, "SELECT id, machine_id AS other, number AS text FROM work_order"
		       " WHERE number IN (");
	many_marks(&sql, BATCH);
	buf_text(&sql, ")");
	e = db_rows(
	    l->by.db, l->batch, sql.text, (struct args){ args, BATCH }, &pair_shape, &found);
	for (size_t i = 0; !e && i < found.count; i++)
		hashes_put(&at, ref_hash(l->batch, ((struct pair_of *)row_at(&found, i))->text),
		    (int64_t)i + 1);
	for (size_t i = 0; !e && i < count; i++) {
		const int64_t n =
		    text_empty(numbers[i]) ? 0 : hashes_find(&at, ref_hash(l->batch, numbers[i]));
		const struct pair_of *p = n > 0 ? row_at(&found, (size_t)n - 1) : NULL;

		ids[i] = p != NULL ? p->id : 0;
		machines[i] = p != NULL ? p->other : 0;
	}
	return e;
}
