/* search_lot.c: the lots of search_inside.h. */
#include "base/arena.h"
#include "base/buf.h"
#include "model/actor.h"
#include "model/search_inside.h"

enum { LOT_ROWS = 512, IN_MOST = 256, IN_SOME = 64, IN_FEW = 16 };

const char *
search_marks(const struct actor *by, size_t n)
{
	struct buf out = { .arena = by->arena };

	buf_text(&out, "?");
	for (size_t i = 1; i < n; i++)
		buf_text(&out, ", ?");
	return out.text;
}

/* Powers of two: ten texts a table at most. */
static size_t
lot_of(size_t rows)
{
	size_t n = LOT_ROWS;

	while (n > rows)
		n /= 2;
	return n;
}

enum status
search_lots(const struct actor *by, const char *head, size_t width, const char *tail,
    const struct arg *args, size_t rows)
{
	const char *row = arena_print(by->arena, "(%s)", search_marks(by, width));
	enum status e = OK;

	while (!e && rows > 0) {
		const size_t n = lot_of(rows);
		struct buf sql = { .arena = by->arena };

		buf_print(&sql, "%s %s", head, row);
		for (size_t i = 1; i < n; i++)
			buf_print(&sql, ", %s", row);
		buf_print(&sql, " %s", tail);
		e = db_change(by->db, sql.text, (struct args){ args, n * width }, NULL);
		args += n * width;
		rows -= n;
	}
	return e;
}

enum status
search_in(const struct actor *by, const char *head, const char *tail, struct args first,
    const struct arg *values, size_t count, const struct shape *shape,
    enum status (*each)(void *with, const void *record), void *with)
{
	struct arg *args = NEW_ARRAY(by->arena, struct arg, first.count + IN_MOST);
	enum status e = OK;

	for (size_t i = 0; i < first.count; i++)
		args[i] = first.at[i];
	while (!e && count > 0) {
		const size_t lot = count > IN_SOME ? IN_MOST : count > IN_FEW ? IN_SOME : IN_FEW;
		const size_t n = count < lot ? count : lot;
		const char *sql =
		    arena_print(by->arena, "%s IN (%s)%s", head, search_marks(by, lot), tail);

		struct rows rows;

		/* The rest of the places hold the last value again. */
		for (size_t i = 0; i < lot; i++)
			args[first.count + i] = values[i < n ? i : n - 1];
		e = db_rows(
		    by->db, by->arena, sql, (struct args){ args, first.count + lot }, shape, &rows);
		for (size_t i = 0; !e && i < rows.count; i++)
			e = each(with, row_at(&rows, i));
		values += n;
		count -= n;
	}
	return e;
}
