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

void
query_behind(struct query *q, const char *at, bool oldest_first, struct instant then, int64_t id)
{
	const char *sign = oldest_first ? ">" : "<";

	buf_print(&q->sql, " AND %s %s= ? AND (%s %s ? OR x.id %s ?)", at, sign, at, sign, sign);
	query_arg(q, ARG(then));
	query_arg(q, ARG(then));
	query_arg(q, ARG(id));
}
