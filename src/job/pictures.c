/* pictures.c: makes the renditions of uploaded photos (picture.h), one photo a turn. */
#include "base/config.h"
#include "base/log.h"
#include "db/db.h"
#include "job/job.h"
#include "job/picture.h"
#include "model/actor.h"
#include "model/attachment.h"

enum status
pictures_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct photo photo;
	enum status e = photo_take(by, &photo);
	enum status made;

	if (e)
		return e == NOT_FOUND ? OK : e;
	made = picture_make(turn->config->files, photo.sha256);
	if (made == FAILED)
		return made; /* not the photo's fault: its lease runs out, then it is tried again */
	if (made == NOT_FOUND)
		log_error("pictures: the file %s is not there", photo.sha256);
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, photo_done(by, photo.id, made == OK));
	*more = !e;
	return e;
}
