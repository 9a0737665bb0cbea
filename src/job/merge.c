/* merge.c: moves, batch by batch, what a merge of two records has left; see model/merge.h. */
#include "model/merge.h"
#include "job/job.h"

enum status
merge_work(const struct job_turn *turn, bool *more)
{
	return merge_rest(turn->by, more);
}
