/* pictures.c: makes the renditions of uploaded photos and PDFs (picture.h), one file a turn. */
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/store.h"
#include "base/text.h"
#include "db/db.h"
#include "job/job.h"
#include "job/picture.h"
#include "model/actor.h"
#include "model/attachment.h"

/* Of what stands for the photo or film from now on; 0 when nothing does: a PDF stays as it came. */
static int64_t
whole_size(const struct job_turn *turn, const struct photo *p)
{
	struct arena *a = turn->by->arena;
	const char *suffix = text_starts(p->type, "image/") ? PICTURE_WHOLE : PICTURE_CLEAN;
	const char *path =
	    arena_print(a, "%s/%s", turn->config->files, store_path(a, p->sha256, suffix));
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : 0;
}

enum status
pictures_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct photo photo;
	enum status e = photo_take(by, &photo);
	enum status made;
	int64_t whole;

	if (e)
		return e == NOT_FOUND ? OK : e;
	made = picture_make(turn->config->files, photo.sha256);
	if (made == FAILED)
		return made; /* not the photo's fault: its lease runs out, then it is tried again */
	if (made == NOT_FOUND)
		log_error("pictures: the file %s is not there", photo.sha256);
	whole = made == OK ? whole_size(turn, &photo) : 0;
	e = db_begin(by->db);
	if (!e)
		e = db_end(by->db, photo_done(by, photo.id, made == OK, whole));
	/* A photo or film as it came says where and when it was taken: only what was made of it
	 * stays. */
	if (!e && whole > 0)
		e = store_remove(by->arena, turn->config->files, photo.sha256, NULL);
	*more = !e;
	return e;
}
