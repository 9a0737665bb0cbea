/* import_note.c: what is told beside the transaction: findings, progress, the lease. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "model/many.h"
#include "model/register.h"

enum { LINES = 100, COLUMNS = 5, LONGEST = 160, LEASE_SECONDS = 15 };

/* Short, and without the signs that stand between the columns of a detail. */
static const char *
shown(struct arena *a, const char *text)
{
	const char *cut = text_cut(a, text != NULL ? text : "", LONGEST);
	char *out = arena_text(a, cut, strlen(cut));

	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return out;
}

static const char *
wrong_text(struct arena *a, const struct row *row)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < row->wrongs; i++) {
		const struct wrong *w = &row->wrong[i];

		buf_print(&out, "%s\t%s\t%s\t%s\t%s\n", w->member ? w->member : "",
		    shown(a, w->typed), w->text, w->one ? w->one : "", w->two ? w->two : "");
	}
	return out.len > 0 ? out.text : "";
}

/* The name behind an id, for people. */
static const char *
ref_name(struct load *l, size_t rule, const void *record)
{
	const struct ref *ref = l->refs[rule];
	const struct field *f = &l->target.form->rules[rule].field;
	const void *at = field_of(f, record);
	const int64_t id =
	    f->type == TYPE_NUMBER ? ((const struct number *)at)->n : *(const int64_t *)at;
	void *found;

	if (id == 0 || ref->reg == NULL)
		return id == 0 ? "" : arena_print(l->batch, "%lld", (long long)id);
	found = arena_alloc(l->batch, 1, ref->reg->table->shape->size);
	if (reg_find(&l->by, ref->reg->table, id, found) != OK)
		return "";
	return *(const char *const *)field_of(
	    shape_field(ref->reg->table->shape, ref->reg->table->title), found);
}

const char *
note_changes(struct load *l, const struct row *row)
{
	struct buf out = { .arena = l->batch };

	for (size_t i = 0; i < l->target.own; i++) {
		const struct rule *r = &l->target.form->rules[i];
		const char *before = form_value_text(l->batch, &l->zone, r, row->before);
		const char *after = form_value_text(l->batch, &l->zone, r, row->record);

		if (strcmp(before, after) == 0)
			continue;
		if (l->refs[i] != NULL) {
			before = ref_name(l, i, row->before);
			after = *after != '\0' ? ref_name(l, i, row->record) : load_text(l, row, i);
		}
		buf_print(&out, "%s\t%s\t%s\n", r->field.name, shown(l->batch, before),
		    shown(l->batch, after));
	}
	for (size_t i = 0; row->values != NULL && i < l->extra.shape->count; i++) {
		const char *before = extra_text(&l->by, &l->extra, row->values_before, i);
		const char *after = extra_text(&l->by, &l->extra, row->values, i);

		if (strcmp(before, after) != 0)
			buf_print(&out, "%s\t%s\t%s\n", l->extra.shape->fields[i].name,
			    shown(l->batch, before), shown(l->batch, after));
	}
	return out.len > 0 ? out.text : "";
}

static enum status
write_lines(struct load *l, const struct row *rows, size_t count)
{
	static const char *const words[VERDICTS] = { "NEW", "CHANGED", "SAME", "WRONG" };
	struct arg args[LINES * COLUMNS];
	struct buf sql = { .arena = l->aside };
	size_t n = 0;

	buf_text(&sql, "INSERT INTO import_line (import_id, line, kind, title, detail) VALUES ");
	many_rows(&sql, COLUMNS, count);
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		const char *detail = row->verdict == V_WRONG ? wrong_text(l->batch, row)
				     : row->verdict == V_CHANGED && l->target.reg != NULL
					 ? note_changes(l, row)
					 : "";

		args[n++] = ARG(l->im.id);
		args[n++] = ARG(row->line);
		args[n++] = ARG(words[row->verdict]);
		args[n++] = ARG(shown(l->batch, row->title));
		args[n++] = ARG(detail);
	}
	return db_change(l->other.db, sql.text, (struct args){ args, n }, NULL);
}

enum status
note_lines(struct load *l, const struct row *rows, size_t count)
{
	enum status e = db_begin(l->other.db);

	if (e)
		return e;
	for (size_t from = 0; !e && from < count; from += LINES)
		e = write_lines(l, rows + from, count - from < LINES ? count - from : LINES);
	e = db_end(l->other.db, e);
	arena_reset(l->aside);
	return e;
}

enum status
note_progress(struct load *l, int64_t of_1000)
{
	static const char sql[] =
	    "UPDATE import_turn t JOIN import i ON i.id = t.import_id SET t.progress = ?,"
	    " t.lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND"
	    " WHERE t.import_id = ? AND t.owner = ? AND i.owner = ? AND i.state = ?";
	const int64_t at = ticks();
	int64_t found;
	enum status e;

	if (at < l->said_at + SECOND / 2)
		return OK;
	l->said_at = at;
	e = db_change(l->other.db, sql,
	    ARGS(ARG(of_1000), ARG(LEASE_SECONDS), ARG(l->im.id), ARG(l->owner), ARG(l->owner),
		ARG(l->im.state)),
	    &found);
	return !e && found != 1 ? CONFLICT : e;
}
