/* page.c: see page.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "model/site.h"
#include "page/flash.h"
#include "page/nav.h"
#include "page/page.h"

enum { PAGE_ROOM = 64 * 1024 }; /* most pages */

const char *
page_text(const struct request *rq, const char *msgid)
{
	return catalogue_text(rq->kit->tongue->catalogue, msgid);
}

const char *
page_text_with(const struct request *rq, const char *msgid, const char *one, const char *two)
{
	const char *text = page_text(rq, msgid);

	text = text_replace(rq->arena, text, "%1", one != NULL ? one : "");
	return text_replace(rq->arena, text, "%2", two != NULL ? two : "");
}

/* The first letters of the first and the last name. */
static const char *
initials(struct arena *a, const char *name)
{
	const char *last = strrchr(name, ' ');

	if (last == NULL || last[1] == '\0')
		return text_cut(a, name, 1);
	return arena_print(a, "%s%s", text_cut(a, name, 1), text_cut(a, last + 1, 1));
}

static void
view_permissions(struct request *rq)
{
	struct view *may = view_group(rq->view, "may");

	for (enum permission p = NO_PERMISSION + 1; p < PERMISSIONS; p++)
		view_bool(may, permission_name(p), permission_reach(rq->by->role, p) != REACH_NONE);
}

static void
view_person(struct request *rq)
{
	const struct actor *by = rq->by;

	view_bool(rq->view, "signed_in", by->user_id != 0);
	view_text(rq->view, "user_name", by->name);
	view_int(rq->view, "user_id", by->user_id);
	view_text(rq->view, "user_initials", by->name ? initials(rq->arena, by->name) : "");
	view_word(rq->view, "role", &role_words, role_code(by->role));
	view_int(rq->view, "unread", by->unread);
	view_bool(rq->view, "many_unread", by->unread > 99);
	view_text(rq->view, "theme", by->theme != NULL ? by->theme : "auto");
	view_text(rq->view, "csrf", rq->csrf);
	view_text(rq->view, "once", random_text(rq->arena, 16));
}

static void
view_tongues(struct request *rq)
{
	struct view *list = view_list(rq->view, "tongues");

	for (size_t i = 0; i < rq->kit->tongue_count; i++) {
		const struct tongue *t = &rq->kit->tongues[i];
		struct view *v = view_item(list);

		view_text(v, "code", t->language);
		view_text(v, "name", t->name);
		view_bool(v, "current", t == rq->kit->tongue);
	}
}

static void
view_common(struct request *rq)
{
	const struct kit *kit = rq->kit;

	view_text(rq->view, "lang", kit->tongue->language);
	view_text(rq->view, "dir", kit->tongue->direction);
	view_text(rq->view, "assets", kit->config->assets);
	view_text(rq->view, "path", rq->path);
	view_text(rq->view, "base_url", rq->kit->base_url);
	view_text(rq->view, "site_name", rq->site != NULL ? rq->site->title : "Millwright");
	view_text(rq->view, "zone", rq->site != NULL ? rq->site->zone : "UTC");
	view_instant(rq->view, "rendered_at", rq->by->now);
	view_bool(rq->view, "developer", kit->config->developer);
	view_int(rq->view, "photo_most", rq->site != NULL ? rq->site->file_most_mb : 0);
	view_bool(rq->view, "no_department",
	    rq->by->department_count == 0 &&
		(rq->by->role == SUPERVISOR || rq->by->role == TECHNICIAN));
	view_text(rq->view, "photo_complaint", rq->photo_complaint);
	/* A page whose form was refused has said so already: the first one counts. */
	view_bool(rq->view, "form_wrong", rq->photo_complaint != NULL);
	view_person(rq);
	view_permissions(rq);
	view_tongues(rq);
	nav_show(rq);
	flash_show(rq);
}

enum status
page(struct request *rq, const char *template)
{
	const struct render how = {
		.locale = rq->kit->locale,
		.catalogue = rq->kit->tongue->catalogue,
		.now = rq->by->now,
		.strict = rq->kit->config->developer,
	};

	view_common(rq);
	header_set(rq, "Content-Type", "text/html; charset=utf-8");
	if (rq->response.code == 0)
		rq->response.code = 200;
	rq->response.body.len = 0;
	buf_reserve(&rq->response.body, PAGE_ROOM);
	return template_render(
	    rq->kit->tongue->templates, template, rq->view, &how, &rq->response.body);
}

enum status
page_pdf(struct request *rq, const char *name, const char *bytes, size_t len)
{
	header_set(rq, "Content-Type", "application/pdf");
	header_set(
	    rq, "Content-Disposition", arena_print(rq->arena, "inline; filename=\"%s.pdf\"", name));
	rq->response.code = 200;
	rq->response.body.len = 0;
	buf_add(&rq->response.body, bytes, len);
	return OK;
}

const char *
page_query(const struct request *rq, const char *name, const char *value)
{
	struct buf b = { .arena = rq->arena };
	char between = '?';

	for (size_t i = 0; i < rq->query.count; i++) {
		const struct pair *p = &rq->query.at[i];

		if (strcmp(p->name, name) == 0 || strcmp(p->name, "after") == 0 ||
		    *p->value == '\0')
			continue;
		buf_print(&b, "%c%s=%s", between, text_url(rq->arena, p->name),
		    text_url(rq->arena, p->value));
		between = '&';
	}
	if (!text_empty(value)) {
		buf_print(&b, "%c%s=%s", between, name, text_url(rq->arena, value));
		between = '&';
	}
	return between == '?' ? "?" : b.text;
}

void
page_next(struct request *rq, struct rows *rows, size_t shown, const char *key)
{
	struct view *pager = view_group(rq->view, "pager");
	const bool more = rows->count > shown;

	if (more)
		rows->count = shown;
	view_bool(pager, "more", more);
	view_text(pager, "next", more && key != NULL ? page_query(rq, "after", key) : NULL);
	view_text(pager, "first",
	    pairs_get(&rq->query, "after") != NULL ? page_query(rq, "after", NULL) : NULL);
}

struct instant
page_monday(const struct request *rq)
{
	struct date monday = rq->by->today;
	const char *iso;

	/* 1970-01-01 was a Thursday. */
	monday.day -= (monday.day + 3) % 7;
	iso = date_iso(rq->arena, monday);
	if (iso == NULL)
		return rq->by->now;
	return rq->zone->parse(rq->zone->with, arena_print(rq->arena, "%sT00:00", iso));
}
