/* search.c: see search.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "model/search.h"
#include "page/page.h"
#include "page/search.h"
#include "page/search_text.h"
#include "rule/work_order.h"

enum { FEW = 5, MANY = 20, MOST_TEXT = 160, MOST_TYPED = 200 };

/* How each kind looks. */
static const struct look {
	const char *icon;
	const struct words *states;
} looks[SEARCH_KINDS] = {
	[SEARCH_MACHINE] = { "machines", &machine_status_words },
	[SEARCH_WORK_ORDER] = { "work-orders", &wo_state_words },
	[SEARCH_PART] = { "parts", NULL },
	[SEARCH_PERSON] = { "person", &role_words },
	[SEARCH_DOCUMENT] = { "file", NULL },
};

/* One that was found, as it is shown. */
struct line {
	const struct search_hit *hit;
	struct pieces number, name, detail, text;
	const char *state, *label;
};

static struct line
line_of(const struct request *rq, const struct search_found *found, enum search_kind kind, size_t i)
{
	const struct search_hit *hit = row_at(&found->groups[kind].hits, i);
	const struct words *states = looks[kind].states;
	const int word = states != NULL ? word_index(states, hit->state) : -1;
	const bool unnamed = *hit->name == '\0';
	const struct rows *words = &found->words;
	struct line l = { .hit = hit, .state = "", .label = "" };

	l.number = search_pieces(rq->arena, words, hit->number);
	l.name = unnamed ? search_cut(rq->arena, words, hit->text, MOST_TEXT / 2)
			 : search_pieces(rq->arena, words, hit->name);
	l.detail = search_pieces(rq->arena, words, hit->detail);
	l.text = search_cut(rq->arena, words, unnamed ? "" : hit->text, MOST_TEXT);
	if (kind == SEARCH_PART && !l.text.any)
		l.text.count = 0;
	if (word >= 0) {
		l.state = hit->state;
		l.label = page_text(rq, states->list[word].text);
	}
	return l;
}

/* "1 204", or "40+" when more words begin so than were looked for. */
static const char *
count_text(const struct request *rq, int64_t count, bool at_least)
{
	return arena_print(
	    rq->arena, "%s%s", locale_int(rq->kit->locale, rq->arena, count), at_least ? "+" : "");
}

static const char *
kind_code(enum search_kind kind)
{
	return search_kind_words.list[kind - 1].code;
}

static const char *
kind_label(const struct request *rq, enum search_kind kind)
{
	return page_text(rq, search_kind_words.list[kind - 1].text);
}

/* The page of all results of a kind; SEARCH_ALL: of every kind. */
static const char *
address(const struct request *rq, const char *typed, enum search_kind kind)
{
	return arena_print(rq->arena, "/search?q=%s&kind=%s", text_url(rq->arena, typed),
	    kind == SEARCH_ALL ? "ALL" : kind_code(kind));
}

static void
show_line(struct view *item, const struct line *l)
{
	view_text(item, "path", l->hit->path);
	view_text(item, "state", l->state);
	view_text(item, "label", l->label);
	view_bool(item, "archived", l->hit->archived);
	search_view(item, "number", &l->number);
	search_view(item, "name", &l->name);
	search_view(item, "detail", &l->detail);
	search_view(item, "text", &l->text);
}

static void
show_group(struct request *rq, struct view *list, const struct search_found *found,
    enum search_kind kind, const char *typed)
{
	const struct search_group *g = &found->groups[kind];
	struct view *item = view_item(list), *hits;

	view_text(item, "kind", kind_code(kind));
	view_text(item, "title", kind_label(rq, kind));
	view_text(item, "icon", looks[kind].icon);
	view_text(item, "count", count_text(rq, g->count, g->at_least));
	view_bool(item, "more", g->more);
	view_text(item, "all", address(rq, typed, kind));
	view_text(item, "all_text",
	    page_text_with(rq, "All %1 results", count_text(rq, g->count, g->at_least), NULL));
	hits = view_list(item, "hits");
	for (size_t i = 0; i < g->hits.count; i++) {
		const struct line l = line_of(rq, found, kind, i);

		show_line(view_item(hits), &l);
	}
}

static void
show_tab(struct request *rq, struct view *tabs, const char *typed, enum search_kind kind,
    const struct search_query *q, const char *count)
{
	struct view *tab = view_item(tabs);

	view_text(
	    tab, "title", kind == SEARCH_ALL ? page_text(rq, "Everything") : kind_label(rq, kind));
	view_text(tab, "path", address(rq, typed, kind));
	view_text(tab, "count", count);
	view_bool(tab, "current", q->kind == kind);
}

static void
show(struct request *rq, const struct search_query *q, const struct search_found *found)
{
	struct view *tabs = view_list(rq->view, "tabs"), *list = view_list(rq->view, "groups");
	struct view *pager = view_group(rq->view, "pager");
	const struct search_group *one = &found->groups[q->kind];
	const char *next = NULL;

	show_tab(rq, tabs, q->typed, SEARCH_ALL, q, "");
	for (int k = 1; k < SEARCH_KINDS; k++) {
		const struct search_group *g = &found->groups[k];

		if (g->count > 0 || (int)q->kind == k)
			show_tab(rq, tabs, q->typed, (enum search_kind)k, q,
			    count_text(rq, g->count, g->at_least));
		if (g->hits.count > 0)
			show_group(rq, list, found, (enum search_kind)k, q->typed);
	}
	view_bool(pager, "more", q->kind != SEARCH_ALL && one->more);
	if (q->kind != SEARCH_ALL && one->more && one->hits.count > 0)
		next = page_query(rq, "after",
		    arena_print(rq->arena, "%" PRId64,
			((struct search_hit *)row_at(&one->hits, one->hits.count - 1))->id));
	view_text(pager, "next", next);
	view_text(pager, "first", q->after != 0 ? page_query(rq, "after", NULL) : NULL);
	view_bool(rq->view, "paged", q->kind != SEARCH_ALL);
}

static struct search_query
query_of(struct request *rq)
{
	const char *typed = pairs_get(&rq->query, "q"), *kind = pairs_get(&rq->query, "kind");
	struct search_query q = { .typed = "" };

	if (typed != NULL)
		q.typed = text_cut(rq->arena, text_trim(rq->arena, typed), MOST_TYPED);
	if (kind != NULL)
		q.kind = (enum search_kind)(word_index(&search_kind_words, kind) + 1);
	q.most = q.kind == SEARCH_ALL ? FEW : MANY;
	q.after = q.kind == SEARCH_ALL ? 0 : query_id(rq, "after");
	return q;
}

/* Where a code leads that was typed and sent; asking for a kind stays on the page. */
static enum status
go_straight(struct request *rq, const struct search_query *q)
{
	const char *path;
	enum status e = NOT_FOUND;

	if (*q->typed != '\0' && pairs_get(&rq->query, "kind") == NULL)
		e = search_exact(rq->by, q->typed, &path);
	return e ? e : redirect(rq, "%s", path);
}

enum status
search_page(struct request *rq)
{
	const struct search_query q = query_of(rq);
	struct search_found found;
	enum status e = go_straight(rq, &q);

	if (e != NOT_FOUND)
		return e;
	e = search_find(rq->by, &q, &found);
	if (e)
		return e;
	if (found.sole && pairs_get(&rq->query, "kind") == NULL)
		for (int k = 1; k < SEARCH_KINDS; k++)
			if (found.groups[k].hits.count == 1)
				return redirect(rq, "%s",
				    ((struct search_hit *)row_at(&found.groups[k].hits, 0))->path);
	view_text(rq->view, "typed", q.typed);
	view_bool(rq->view, "searched", *q.typed != '\0');
	view_bool(rq->view, "found", found.count > 0);
	view_text(rq->view, "meant", found.count > 0 ? found.meant : NULL);
	show(rq, &q, &found);
	return page(rq, "search");
}

static void
tell_text(struct buf *out, const char *name, const char *text)
{
	json_text(out, name);
	buf_text(out, ":");
	json_text(out, text);
	buf_text(out, ",");
}

static void
tell_pieces(struct buf *out, const char *name, const struct pieces *p)
{
	json_text(out, name);
	buf_text(out, ":");
	search_json(out, p);
	buf_text(out, ",");
}

static void
tell_line(struct buf *out, const struct line *l)
{
	buf_text(out, "{");
	tell_text(out, "path", l->hit->path);
	tell_text(out, "state", l->state);
	tell_text(out, "label", l->label);
	tell_pieces(out, "number", &l->number);
	tell_pieces(out, "name", &l->name);
	tell_pieces(out, "detail", &l->detail);
	tell_pieces(out, "text", &l->text);
	buf_print(out, "\"archived\":%s}", l->hit->archived ? "true" : "false");
}

static void
tell_group(struct request *rq, struct buf *out, const struct search_found *found,
    enum search_kind kind, const char *typed)
{
	const struct search_group *g = &found->groups[kind];

	buf_text(out, "{");
	tell_text(out, "kind", kind_code(kind));
	tell_text(out, "title", kind_label(rq, kind));
	tell_text(out, "icon", looks[kind].icon);
	tell_text(out, "all", g->more ? address(rq, typed, kind) : "");
	tell_text(out, "all_text",
	    page_text_with(rq, "All %1 results", count_text(rq, g->count, g->at_least), NULL));
	buf_print(out, "\"count\":%" PRId64 ",\"hits\":[", g->count);
	for (size_t i = 0; i < g->hits.count; i++) {
		const struct line l = line_of(rq, found, kind, i);

		if (i > 0)
			buf_text(out, ",");
		tell_line(out, &l);
	}
	buf_text(out, "]}");
}

enum status
search_json_page(struct request *rq)
{
	struct search_query q = query_of(rq);
	struct buf *out = &rq->response.body;
	struct search_found found;
	bool any = false;
	enum status e;

	q.most = FEW;
	e = search_find(rq->by, &q, &found);
	if (e)
		return e;
	header_set(rq, "Content-Type", "application/json");
	buf_text(out, "{");
	tell_text(out, "typed", q.typed);
	tell_text(out, "said",
	    found.count == 0
		? page_text(rq, "Nothing was found")
		: page_text_with(rq, "%1 found", count_text(rq, found.count, false), NULL));
	if (found.meant != NULL && found.count > 0)
		tell_text(out, "meant", page_text_with(rq, "Shown for: %1", found.meant, NULL));
	buf_print(out, "\"count\":%" PRId64 ",\"groups\":[", found.count);
	for (int k = 1; k < SEARCH_KINDS; k++)
		if (found.groups[k].hits.count > 0) {
			buf_text(out, any ? "," : "");
			tell_group(rq, out, &found, (enum search_kind)k, q.typed);
			any = true;
		}
	buf_text(out, "]}\n");
	rq->response.code = 200;
	return OK;
}
