/* import_write.c: writes the rows of a register's file, a hundred at a time. */
#include <string.h>

#include "base/arena.h"
#include "job/import_inside.h"
#include "model/register_many.h"

static enum status
write_group(struct load *l, struct row **rows, size_t count, bool fresh)
{
	const struct reg_table *t = l->target.reg->table;
	struct reg_many_refusal refused = { 0 };
	void *records[REG_MANY];
	const void *before[REG_MANY];
	void *after[REG_MANY];
	const void *was[REG_MANY];
	const struct reg_many_beside beside = { &l->extra, after, was };
	const struct reg_many_beside *x = l->has_extra ? &beside : NULL;
	struct kept kept[REG_MANY];
	enum status e;

	for (size_t i = 0; i < count; i++) {
		records[i] = rows[i]->record;
		before[i] = rows[i]->before;
		after[i] = rows[i]->values;
		was[i] = rows[i]->values_before;
	}
	e = fresh ? reg_add_many(&l->by, t, records, count, x, &refused)
		  : reg_change_many(&l->by, t, records, before, count, x, &refused);
	if (e == INVALID) {
		l->failure = refused.why.text;
		l->failure_line = rows[refused.at]->line;
	}
	for (size_t i = 0; !e && i < count; i++) {
		kept[i] = (struct kept){ t->name,
			*(const int64_t *)field_of(shape_field(t->shape, "id"), records[i]),
			*(const int64_t *)field_of(shape_field(t->shape, "version"), records[i]),
			fresh ? NULL : keep_text(&l->by, t, before[i], &l->extra, was[i]) };
		if (l->self)
			refs_learn(l, records[i]);
	}
	return e ? e : load_keep(l, kept, count);
}

static enum status
write_all(struct load *l, struct row *rows, size_t count, enum verdict verdict)
{
	struct row *group[REG_MANY];
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		if (rows[i].verdict == verdict && !rows[i].later)
			group[n++] = &rows[i];
		if (n < REG_MANY && i + 1 < count)
			continue;
		if (n > 0)
			e = write_group(l, group, n, verdict == V_NEW);
		n = 0;
	}
	return e;
}

enum status
register_write(struct load *l, struct row *rows, size_t count)
{
	enum status e = write_all(l, rows, count, V_CHANGED);

	return e ? e : write_all(l, rows, count, V_NEW);
}
