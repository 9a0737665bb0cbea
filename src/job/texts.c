/* texts.c: reads what uploaded files say (text.h), one file a turn. */
#include "base/config.h"
#include "base/log.h"
#include "db/db.h"
#include "job/job.h"
#include "job/text.h"
#include "model/actor.h"
#include "model/file_text.h"

enum status
texts_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	const char *text = NULL;
	struct file_text file;
	enum status e = file_text_take(by, &file), read;

	if (e)
		return e == NOT_FOUND ? OK : e;
	read = text_read(by->arena, turn->config->files, file.sha256, file.type, &text);
	if (read == FAILED)
		return read; /* not the file's fault: its lease runs out, then it is tried again */
	if (read == NOT_FOUND)
		log_error("texts: the file %s is not there", file.sha256);
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, file_text_done(by, file.id, read == OK ? text : NULL));
	*more = !e;
	return e;
}
