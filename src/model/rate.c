/* rate.c: see rate.h. */
#include "model/rate.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"

enum { NAME = 80 };

static const char *
name_of(const struct actor *by, const char *what, const char *whom)
{
	return text_cut(by->arena, arena_print(by->arena, "%s %s", what, whom), NAME);
}

enum status
rate_look(const struct actor *by, const char *what, const char *whom, int64_t most)
{
	static const char sql[] = "SELECT times FROM rate WHERE name = ? AND until > ?";
	int64_t times;
	enum status e =
	    db_int(by->db, sql, ARGS(ARG(name_of(by, what, whom)), ARG(by->now)), &times);

	if (e)
		return e == NOT_FOUND ? OK : e;
	return times >= most ? TOO_MANY : OK;
}

enum status
rate_take(const struct actor *by, const char *what, const char *whom, int64_t most, int64_t seconds)
{
	/* times comes first: it still sees the old `until`. */
	static const char sql[] =
	    "INSERT INTO rate (name, times, until) VALUES (?, 1, ?) ON DUPLICATE KEY UPDATE"
	    " times = IF(until < ?, 1, times + 1), until = IF(until < ?, VALUES(until), until)";
	enum status e = rate_look(by, what, whom, most);

	if (e)
		return e;
	return db_change(by->db, sql,
	    ARGS(ARG(name_of(by, what, whom)), ARG(instant_add(by->now, seconds * SECOND)),
		ARG(by->now), ARG(by->now)),
	    NULL);
}
