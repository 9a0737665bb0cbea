/* many.c: see many.h. */
#include "model/many.h"
#include "base/buf.h"
#include "db/db.h"
#include "model/actor.h"

void
many_marks(struct buf *sql, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(sql, i > 0 ? ", ?" : "?");
}

void
many_rows(struct buf *sql, size_t columns, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		buf_text(sql, i > 0 ? ", (" : "(");
		many_marks(sql, columns);
		buf_text(sql, ")");
	}
}

enum status
many_ids(const struct actor *by, size_t count, int64_t *ids)
{
	const int64_t first = db_last_id(by->db);
	int64_t step;
	enum status e = db_int(by->db, "SELECT @@auto_increment_increment", NO_ARGS, &step);

	for (size_t i = 0; !e && i < count; i++)
		ids[i] = first + (int64_t)i * step;
	return e;
}
