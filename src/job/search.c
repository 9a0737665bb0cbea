/* search.c: keeps the index of the search (model/search_index.h), a little a turn. */
#include "job/job.h"
#include "model/search_index.h"

/* Nobody's notification waits for longer than a tenth of a second. */
static const struct search_pace pace = { .most = 200, .yields = true };

enum status
search_work(const struct job_turn *turn, bool *more)
{
	bool events = false, notes = false;
	int64_t read = 0;
	enum status e = search_follow(turn->by, &events);

	if (!e)
		e = search_catch_up(turn->by, &notes);
	if (!e && !notes)
		e = search_walk(turn->by, &pace, &read);
	*more = !e && (events || notes || read > 0);
	return e;
}
