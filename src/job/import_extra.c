/* import_extra.c: what a register's file says beside the columns: custom fields and tags. */
#include <string.h>

#include "base/arena.h"
#include "job/import_inside.h"

void
extra_read(struct load *l, struct row *row)
{
	struct extra x = l->extra;
	struct reg_refusal refused = { 0 };

	x.values = row->values;
	for (size_t i = 0; i < x.shape->count; i++) {
		const size_t rule = l->target.own + i;
		const char *text = load_text(l, row, rule), *why;

		if (text == NULL)
			continue;
		why = csv_is_damaged(text)
			  ? "It has characters that cannot be read. Choose another encoding."
			  : extra_set(
				&l->by, &x, i, load_plain(l, &l->target.form->rules[rule], text));
		if (why != NULL)
			load_wrong(row, x.shape->fields[i].name, text, why, NULL, NULL);
	}
	if (row->verdict != V_WRONG && extra_check(&l->by, &x, &refused) == INVALID)
		load_wrong(row, refused.member, "", refused.text, NULL, NULL);
}

enum status
extra_there(struct load *l, struct row *rows, size_t count)
{
	const struct reg_table *t = l->target.reg->table;
	void *records = arena_alloc(l->batch, count, t->shape->size);
	struct rows found = { t->shape, records, count }, before, after;
	enum status e;

	/* A new one has the id 0, which no value has. */
	for (size_t i = 0; i < count; i++)
		if (rows[i].before != NULL)
			memcpy(row_at(&found, i), rows[i].before, t->shape->size);
	e = extra_list(&l->by, &l->extra, &found, &before);
	if (!e)
		e = extra_list(&l->by, &l->extra, &found, &after);
	for (size_t i = 0; !e && i < count; i++) {
		rows[i].values_before = row_at(&before, i);
		rows[i].values = row_at(&after, i);
	}
	return e;
}
