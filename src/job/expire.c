/* expire.c: removes the bytes of files that were removed long ago, one file a turn. */
#include "base/config.h"
#include "base/log.h"
#include "base/store.h"
#include "db/db.h"
#include "job/job.h"
#include "job/picture.h"
#include "model/actor.h"
#include "model/attachment.h"
#include "model/plant.h"

static enum status
remove_all(const struct job_turn *turn, const char *hex)
{
	static const char *const suffixes[] = { NULL, PICTURE_WHOLE, PICTURE_LARGE, PICTURE_SMALL,
		PICTURE_CLEAN };
	enum status e = OK;

	for (size_t i = 0; !e && i < COUNT(suffixes); i++)
		e = store_remove(turn->by->arena, turn->config->files, hex, suffixes[i]);
	return e;
}

/*
 * The bytes go before the transaction ends: until then the file's row is locked, and who sends the
 * same bytes again waits, and then puts them there anew.
 */
enum status
expire_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct photo file;
	struct plant plant;
	enum status e = plant_find(by, &plant);

	if (!e)
		e = db_begin(by->db);
	if (e)
		return e;
	e = attachment_expired(by, plant.file_keep_days.n, &file);
	if (!e && file.id != 0) {
		e = remove_all(turn, file.sha256);
		log_info("expire: %s: removed the bytes %s", turn->site, file.sha256);
	}
	e = db_end(by->db, e);
	*more = e == OK;
	return e == NOT_FOUND ? OK : e;
}
