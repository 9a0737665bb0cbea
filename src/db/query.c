/* query.c: see query.h. */
#include "db/query.h"
#include <string.h>

#include "base/arena.h"

enum { FIRST_ROOM = 16 };

void
query_arg(struct query *q, struct arg arg)
{
	if (q->count == q->room) {
		const size_t room = q->room > 0 ? 2 * q->room : FIRST_ROOM;
		struct arg *args = NEW_ARRAY(q->sql.arena, struct arg, room);

		if (q->count > 0)
			memcpy(args, q->args, q->count * sizeof(*args));
		q->args = args;
		q->room = room;
	}
	q->args[q->count++] = arg;
}

void
query_put(struct query *q, const char *sql, struct arg arg)
{
	buf_text(&q->sql, sql);
	query_arg(q, arg);
}
