/* import_stock.c: what lies in the store when the plant begins: a receipt of each part. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "model/many.h"
#include "model/stock.h"

struct of_part {
	int64_t part_id;
};

static const struct field fields[] = { FIELD(struct of_part, part_id) };
static const struct shape shape = SHAPE(struct of_part, fields);

static enum status
learn(struct load *l)
{
	static const char parts[] = "SELECT id, number AS a, name AS b, '' AS c FROM part"
				    " WHERE archived_at IS NULL";

	if (l->known)
		return OK;
	l->known = true;
	return names_learn(l, &l->named, parts);
}

static int64_t
part_of(const struct load *l, const struct import_stock *s)
{
	return text_empty(s->part_number)
		   ? 0
		   : hashes_find(&l->named, ref_hash(l->batch, s->part_number));
}

static void
judge_row(struct load *l, struct row *row)
{
	struct import_stock *s = NEW(l->batch, struct import_stock);
	int64_t id, line;

	row->record = s;
	if (row->fault != NULL)
		return;
	load_values(l, row, s, true);
	row->title = s->part_number;
	id = part_of(l, s);
	if (text_empty(s->part_number))
		return;
	if (id <= 0) {
		load_wrong(row, "part_number", s->part_number,
		    id == 0 ? "There is none of this name."
			    : "Several have this name: give the number.",
		    NULL, NULL);
		return;
	}
	line = hashes_find(&l->seen, (uint64_t)id);
	if (line == 0)
		hashes_put(&l->seen, (uint64_t)id, row->line);
	else if (line != row->line)
		load_wrong(row, "part_number", s->part_number, "Line %1 has it already.",
		    arena_print(l->batch, "%lld", (long long)line), NULL);
}

/* A part that moved already has its stock: so the same file again changes nothing. */
static enum status
find_moved(struct load *l, struct row *rows, size_t count)
{
	struct buf sql = { .arena = l->batch };
	struct arg *args = NEW_ARRAY(l->batch, struct arg, BATCH);
	struct hashes moved = { .arena = l->batch };
	struct rows found;
	enum status e;

	for (size_t i = 0; i < BATCH; i++)
		args[i] =
		    ARG(i < count && part_of(l, rows[i].record) > 0 ? part_of(l, rows[i].record)
								    : (int64_t)0);
	buf_text(&sql, "SELECT DISTINCT part_id FROM movement WHERE part_id IN (");
	many_marks(&sql, BATCH);
	buf_text(&sql, ")");
	e = db_rows(l->by.db, l->batch, sql.text, (struct args){ args, BATCH }, &shape, &found);
	for (size_t i = 0; !e && i < found.count; i++)
		hashes_put(&moved, (uint64_t)((struct of_part *)row_at(&found, i))->part_id, 1);
	for (size_t i = 0; !e && i < count; i++)
		if (rows[i].verdict == V_NEW && args[i].as.n > 0 &&
		    hashes_find(&moved, (uint64_t)args[i].as.n) != 0)
			rows[i].verdict = V_SAME;
	return e;
}

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	enum status e = learn(l);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		judge_row(l, &rows[i]);
	return find_moved(l, rows, count);
}

/* The average before it is what undoing it needs. */
static enum status
receive(struct load *l, int64_t part_id, const struct import_stock *s)
{
	static const char last[] = "SELECT MAX(id) FROM movement WHERE part_id = ?";
	static const char before[] =
	    "SELECT CAST(average_cost * 10000 AS INTEGER) FROM part WHERE id = ?";
	int64_t id = 0, average = 0;
	enum status e = db_int(l->by.db, before, ARGS(ARG(part_id)), &average);

	if (!e)
		e = stock_receive(&l->by, part_id, s->quantity,
		    s->unit_cost.known ? s->unit_cost : (struct decimal){ true, 0 },
		    s->note != NULL ? s->note : "");
	if (!e)
		e = db_int(l->by.db, last, ARGS(ARG(part_id)), &id);
	return e ? e
		 : load_keep(l,
		       &(struct kept){
			   "movement", id, 1, decimal_text(l->batch, decimal(average)) },
		       1);
}

static enum status
write_rows(struct load *l, struct row *rows, size_t count)
{
	enum status e = OK;

	for (size_t i = 0; !e && i < count; i++) {
		const struct import_stock *s = rows[i].record;

		if (rows[i].verdict != V_NEW)
			continue;
		e = receive(l, part_of(l, s), s);
	}
	return e;
}

const struct load_kind load_stock = { "stock", judge, write_rows, NULL };
