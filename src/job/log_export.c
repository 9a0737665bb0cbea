/* log_export.c: writes a range of the activity log as CSV; removes it after a week. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/time.h"
#include "db/db.h"
#include "job/end.h"
#include "job/job.h"
#include "model/actor.h"
#include "model/log.h"

enum { BATCH = 1000, FOLDER_MODE = 0750, FILE_MODE = 0640 };

static const int64_t kept = 7 * DAY;

static const char *
path_of(struct arena *a, const struct config *c, const char *name)
{
	return arena_print(a, "%s/exports/%s", c->files, name);
}

static const char *
number_text(struct arena *a, struct number n)
{
	return n.known ? arena_print(a, "%" PRId64, n.n) : "";
}

static void
put_row(struct arena *a, struct buf *out, const struct event_row *ev)
{
	const char *const cells[] = { arena_print(a, "%" PRId64, ev->id), instant_iso(a, ev->at),
		number_text(a, ev->user_id), ev->user_name, ev->address, ev->act, ev->kind,
		arena_print(a, "%" PRId64, ev->record_id), ev->title,
		number_text(a, ev->work_order_id), ev->changes != NULL ? ev->changes : "" };

	for (size_t i = 0; i < COUNT(cells); i++) {
		if (i > 0)
			buf_text(out, ",");
		csv_put(out, cells[i]);
	}
	buf_text(out, "\r\n");
}

static struct event_filter
filter_of(const struct log_export *x, int64_t after)
{
	return (struct event_filter){ .user_id = x->of_user_id,
		.act = x->act,
		.kind = x->kind,
		.record_id = x->record_id,
		.address = x->address,
		.from = x->from_at,
		.to = x->to_at,
		.after = after };
}

/* One batch into the file; *after: the last id written, or 0 at the end. */
static enum status
write_batch(const struct actor *by, const struct log_export *x, FILE *f, int64_t *after, int64_t *n)
{
	struct event_filter filter = filter_of(x, *after);
	struct arena *a = arena_new();
	struct actor batch = *by;
	struct buf text = { .arena = a };
	struct rows rows;
	enum status e;

	batch.arena = a;
	e = event_list(&batch, &filter, BATCH, &rows);
	for (size_t i = 0; !e && i < rows.count; i++) {
		const struct event_row *ev = row_at(&rows, i);

		put_row(a, &text, ev);
		*after = ev->id;
	}
	if (!e && text.len > 0 && fwrite(text.text, text.len, 1, f) != 1)
		e = FAILED;
	if (!e)
		*n += (int64_t)rows.count;
	if (!e && rows.count < BATCH)
		*after = 0;
	arena_free(a);
	return e;
}

static enum status
write_all(const struct actor *by, const struct log_export *x, FILE *f, int64_t *n)
{
	static const char head[] =
	    "id,at,user_id,user_name,address,act,kind,record_id,title,work_order_id,changes\r\n";
	int64_t after = 0;
	enum status e = fputs(head, f) < 0 ? FAILED : OK;

	do {
		if (!e)
			e = write_batch(by, x, f, &after, n);
		if (!e)
			e = log_export_progress(by, x->id, *n);
	} while (!e && after != 0 && !end_asked());
	return !e && after != 0 ? RETRY : e; /* the program ends: the next begins anew */
}

static enum status
write_file(const struct actor *by, const struct log_export *x, const char *path, int64_t *n)
{
	FILE *f = fopen(path, "wx");
	enum status e;

	if (f == NULL) {
		log_error("exports: %s: %s", path, strerror(errno));
		return FAILED;
	}
	e = fchmod(fileno(f), FILE_MODE) != 0 ? FAILED : write_all(by, x, f, n);
	if (!e && (fflush(f) != 0 || fsync(fileno(f)) != 0))
		e = FAILED;
	if (fclose(f) != 0 && !e)
		e = FAILED;
	if (e)
		unlink(path);
	if (e == FAILED)
		log_error("exports: %s could not be written: %s", path, strerror(errno));
	return e;
}

static void
expire(const struct job_turn *turn)
{
	const struct actor *by = turn->by;
	struct log_export old;

	if (log_export_expire(by, instant_add(by->now, -kept), &old) == OK)
		unlink(path_of(by->arena, turn->config, old.file));
}

enum status
log_export_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct log_export x;
	const char *name;
	int64_t n = 0;
	enum status e = log_export_take(by, &x);

	if (e == NOT_FOUND) {
		expire(turn);
		return OK;
	}
	if (e)
		return e;
	mkdir(path_of(by->arena, turn->config, ""), FOLDER_MODE);
	name = arena_print(by->arena, "%s.csv", random_text(by->arena, 24));
	e = write_file(by, &x, path_of(by->arena, turn->config, name), &n);
	if (e && e != FAILED)
		return e == CONFLICT ? OK : e;
	*more = true;
	return log_export_done(by, x.id, e ? NULL : name, n);
}
