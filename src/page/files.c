/* files.c: see files.h: the files of a record as its page shows them. */
#include <string.h>

#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "http/filetype.h"
#include "model/site.h"
#include "page/files.h"
#include "page/page.h"
#include "page/upload.h"
#include "register/attached.h"

enum { KB = 1024, MB = 1024 * 1024 };

/* "312 KB", "1.4 MB": one of the two is 0. */
static void
view_size(struct view *v, int64_t size)
{
	const bool big = size >= MB;
	const int64_t tenths = (size * 10 + MB / 2) / MB;

	view_int(v, "kilobytes", big ? 0 : (size + KB - 1) / KB);
	view_bool(v, "big", big);
	view_decimal(v, "megabytes", decimal(tenths * (DECIMAL_ONE / 10)));
}

static bool
is(const struct attachment *f, const char *category)
{
	return strcmp(f->category, category) == 0;
}

static bool
may_change(const struct request *rq, const struct attachment *f)
{
	if (attached_may_edit(rq->by, f->kind))
		return true;
	return f->user_id.known && f->user_id.n == rq->by->user_id &&
	       attached_may_add(rq->by, f->kind);
}

void
page_file(struct request *rq, struct view *v, const struct attachment *f)
{
	const bool photo = is(f, "PHOTO");
	const bool document = is(f, "DOCUMENT") || is(f, "MANUAL");
	const bool film = filetype_is_film(f->type), waits = strcmp(f->picture, "WANTED") == 0;

	view_int(v, "id", f->id);
	view_text(v, "name", f->name);
	view_text(v, "label", text_empty(f->title) ? f->name : f->title);
	view_bool(v, "titled", !text_empty(f->title));
	view_word(v, "category", &attachment_category_words, f->category);
	view_int(v, "edition", f->edition);
	view_bool(v, "versioned", f->series_id.known);
	view_bool(v, "old", f->replaced_at.known);
	view_text(v, "user_name", f->user_name ? f->user_name : "");
	view_instant(v, "created_at", f->created_at);
	view_instant(v, "removed_at", f->removed_at);
	view_text(v, "removed_name", f->removed_name ? f->removed_name : "");
	view_bool(v, "is_photo", photo);
	view_bool(v, "is_video", is(f, "VIDEO"));
	view_bool(v, "is_sound", is(f, "SOUND"));
	view_bool(v, "is_document", document);
	view_bool(v, "drawn", f->small);
	view_bool(v, "waits", waits && !film);
	view_bool(v, "pictured", f->small || (waits && !film));
	view_bool(v, "prepared", !(waits && film));
	view_bool(v, "broken", photo && strcmp(f->picture, "FAILED") == 0);
	view_bool(v, "gone", f->gone);
	view_bool(v, "may_change", may_change(rq, f));
	view_size(v, f->size);
}

static struct view *
view_attached(struct request *rq, const char *kind, int64_t id, const struct files_typed *typed)
{
	struct view *v = view_group(rq->view, "attached");

	view_text(v, "kind", kind);
	view_int(v, "record", id);
	view_int(v, "most", rq->site->file_most_mb);
	view_int(v, "keep_days", rq->site->file_keep_days);
	view_bool(v, "may_add", attached_may_add(rq->by, kind));
	view_int(v, "replaces", typed->replaces);
	view_text(v, "title", typed->title);
	view_bool(v, "manual", typed->manual);
	view_text(v, "back", typed->back ? typed->back : "");
	return v;
}

void
page_files_form(struct request *rq, const char *kind, int64_t id, const struct files_typed *typed)
{
	view_attached(rq, kind, id, typed);
}

enum status
page_files(struct request *rq, const char *kind, int64_t id)
{
	struct view *v = view_attached(rq, kind, id, &(struct files_typed){ .title = "" });
	struct view *photos = view_list(v, "photos"), *others = view_list(v, "others");
	struct view *removed = view_list(v, "removed");
	struct instant since = instant_add(rq->by->now, -rq->site->file_keep_days * DAY);
	struct rows rows;
	size_t shown = 0;
	enum status e = attachment_list(rq->by, kind, id, since, &rows);

	if (e)
		return e;
	for (size_t i = 0; i < rows.count; i++) {
		const struct attachment *f = row_at(&rows, i);

		shown += !f->removed_at.known;
		if (!f->removed_at.known)
			page_file(rq, view_item(is(f, "PHOTO") ? photos : others), f);
		else if (!f->gone && may_change(rq, f))
			page_file(rq, view_item(removed), f);
	}
	view_bool(v, "has_photos", photos->first != NULL);
	view_bool(v, "has_others", others->first != NULL);
	view_bool(v, "has_removed", removed->first != NULL);
	view_int(v, "shown", (int64_t)shown);
	return OK;
}
