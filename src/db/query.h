/* query.h: a statement that grows, and its arguments: lists whose filters are asked for or not. */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "base/buf.h"
#include "db/db.h"

/* { .sql = { .arena = a } } begins one; the arguments live in that arena, too. */
struct query {
	struct buf sql;
	struct arg *args;
	size_t count, room;
};

/* SQL with one mark in it, and what the mark stands for. */
void query_put(struct query *, const char *sql, struct arg);
/* For marks that were written into sql already. */
void query_arg(struct query *, struct arg);

/* " AND" behind a record x in the order of a time and the id; `at`: the time's column. */
void query_behind(
    struct query *, const char *at, bool oldest_first, struct instant then, int64_t id);

static inline struct args
query_args(const struct query *q)
{
	return (struct args){ q->args, q->count };
}

#endif
