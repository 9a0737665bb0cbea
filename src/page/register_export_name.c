/* register_export_name.c: what other records are called, for an import; see register_export.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/register_name.h"
#include "page/register_export.h"

/* Of one choice that are kept in memory; beyond that the record itself must know. */
enum { NAMES_MOST = 100000 };

static int
by_id(const void *a, const void *b)
{
	const struct option *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

enum status
export_names(struct request *rq, struct export *x)
{
	const struct reg *reg = x->list.reg;
	enum status e = OK;

	x->names = NEW_ARRAY(rq->arena, struct export_choice, reg->choice_count + 1);
	for (size_t i = 0; !e && i < reg->choice_count; i++) {
		struct rows rows = { 0 };

		e = reg_keys(rq->by, reg->choices[i].of, NAMES_MOST, &rows);
		if (rows.count > 1)
			qsort(rows.at, rows.count, sizeof(struct option), by_id);
		x->names[i] = (struct export_choice){ reg->choices[i].member, rows.at, rows.count };
	}
	return e;
}

/* The name is beside its id in the record, or not known. */
static const char *
name_beside(const struct export *x, const char *member, const void *record)
{
	static const char *const ends[] = { "number", "name", "code" };
	const size_t len = strlen(member) - strlen("_id");

	for (size_t i = 0; text_ends(member, "_id") && i < COUNT(ends); i++) {
		const struct field *f = shape_field(x->list.reg->table->shape,
		    arena_print(x->rq.arena, "%.*s_%s", (int)len, member, ends[i]));
		const char *name = f != NULL && f->type == TYPE_TEXT
				       ? *(const char *const *)field_of(f, record)
				       : NULL;

		if (!text_empty(name))
			return name;
	}
	return NULL;
}

const char *
export_name(const struct export *x, const char *member, int64_t id, const void *record)
{
	const struct option key = { .id = id };
	const char *beside;

	for (size_t i = 0; id != 0 && i < x->list.reg->choice_count; i++) {
		const struct export_choice *n = &x->names[i];
		const struct option *found;

		if (strcmp(n->member, member) != 0)
			continue;
		found = n->count > 0 ? bsearch(&key, n->at, n->count, sizeof(key), by_id) : NULL;
		if (found != NULL)
			return found->name;
	}
	beside = id != 0 ? name_beside(x, member, record) : "";
	return beside != NULL ? beside : arena_print(x->rq.arena, "%" PRId64, id);
}
