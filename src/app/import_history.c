/* import_history.c: which of the past work orders the site has already. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/text.h"

/* What the site says of one that was imported before. */
struct there {
	int64_t id;
	const char *source_key;
	const char *number;
	int64_t machine_id;
	const char *kind;
	const char *description;
	struct instant reported_at;
	struct decimal other_cost;
};

static const struct field fields[] = {
	FIELD(struct there, id),
	FIELD(struct there, source_key),
	FIELD(struct there, number),
	FIELD(struct there, machine_id),
	FIELD(struct there, kind),
	FIELD(struct there, description),
	FIELD(struct there, reported_at),
	FIELD(struct there, other_cost),
};

static const struct shape shape = SHAPE(struct there, fields);

static const struct field key_fields[] = { FIELD(struct there, source_key) };
static const struct shape key_shape = SHAPE(struct there, key_fields);

static int
by_key(const void *a, const void *b)
{
	const struct there *x = a, *y = b;

	return strcasecmp(x->source_key, y->source_key);
}

static const struct there *
find(const struct rows *rows, const char *key)
{
	const struct there wanted = { .source_key = key };

	return bsearch(&wanted, rows->at, rows->count, sizeof(wanted), by_key);
}

static enum status
read_there(struct import *im, const char *sql, const char *prefix, const struct shape *of,
    struct rows *out)
{
	const char *like = arena_print(im->arena, "%s%%", text_like(im->arena, prefix));
	enum status e = db_rows(im->db, im->arena, sql, ARGS(ARG(like)), of, out);

	if (!e && out->count > 0)
		qsort(out->at, out->count, sizeof(struct there), by_key);
	return e;
}

static const char *
difference(const struct past *p, const struct there *t)
{
	if (t->machine_id != p->machine->id)
		return "the machine";
	if (!text_same(t->kind, p->kind))
		return "the kind";
	if (t->reported_at.us != p->reported.us)
		return "the time of the report";
	if (t->other_cost.units != p->other_cost.units)
		return "the cost";
	return text_same(t->description, p->description) ? NULL : "the description";
}

static void
look_at(struct import *im, struct past *p, const struct there *t)
{
	struct tally *tally = &im->tally[p->what];
	const char *other;

	tally->read++;
	im->cost.units += p->other_cost.units;
	if (t == NULL) {
		tally->fresh++;
		return;
	}
	p->known = true;
	p->id = t->id;
	p->number = t->number;
	other = difference(p, t);
	if (other == NULL) {
		tally->same++;
		return;
	}
	tally->changed++;
	import_note(p->file, p->line, "changed: %s of %s", other, t->number);
}

static int
by_time(const void *a, const void *b)
{
	const struct past *x = a, *y = b;

	if (x->reported.us != y->reported.us)
		return x->reported.us < y->reported.us ? -1 : 1;
	return strcmp(x->key, y->key);
}

enum status
import_history_look(struct import *im, struct past *list, size_t count, const char *prefix)
{
	static const char orders_sql[] =
	    "SELECT id, source_key, number, machine_id, kind, description, reported_at, other_cost"
	    " FROM work_order WHERE source_key LIKE ?";
	static const char issues_sql[] = "SELECT source_key FROM movement WHERE source_key LIKE ?";
	struct rows orders, issues;
	enum status e;

	e = read_there(im, orders_sql, prefix, &shape, &orders);
	if (!e)
		e = read_there(im, issues_sql, prefix, &key_shape, &issues);
	if (e)
		return e;
	qsort(list, count, sizeof(*list), by_time);
	for (size_t i = 0; i < count; i++) {
		struct past *p = &list[i];

		look_at(im, p, find(&orders, p->key));
		if (p->issue_key == NULL)
			continue;
		p->issue_known = find(&issues, p->issue_key) != NULL;
		im->tally[ISSUES].read++;
		im->tally[ISSUES].same += p->issue_known;
		im->tally[ISSUES].fresh += !p->issue_known;
	}
	return OK;
}
