/* register_bulk_done.c: what an act on many records did, which it refused and why; taking it back.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/register_undo.h"
#include "page/page.h"
#include "page/register_bulk_beside.h"
#include "page/register_list.h"

/* The act of a row that took another one back. */
static const char UNDO[] = "undo";

/* beside: what the act changed beside the columns, if it did. */
static const char *
label_of(const struct reg *reg, const struct bulk_beside *beside, const char *member)
{
	if (beside != NULL)
		return beside->label;
	for (size_t i = 0; i < reg->form->count; i++)
		if (strcmp(reg->form->rules[i].field.name, member) == 0)
			return reg->form->rules[i].label;
	return member;
}

static void
add_refused(struct request *rq, const struct reg *reg, const char *lines)
{
	struct view *list = view_list(rq->view, "refused");

	while (*lines != '\0') {
		const size_t id = strcspn(lines, "\t");
		const size_t title = strcspn(lines + id + 1, "\t");
		const char *why = lines + id + title + 2;
		const size_t len = strcspn(why, "\n");
		struct view *v = view_item(list);

		view_text(v, "href", arena_print(rq->arena, "%s/%.*s", reg->base, (int)id, lines));
		view_text(v, "title", arena_text(rq->arena, lines + id + 1, title));
		view_text(v, "why", page_text(rq, arena_text(rq->arena, why, len)));
		lines = why + len + (why[len] == '\n');
	}
	view_bool(rq->view, "any_refused", list->first != NULL);
}

static enum status
find(struct request *rq, const struct reg *reg, struct bulk *b)
{
	enum status e = bulk_done_find(rq->by, request_id(rq, 0), b);

	return !e && strcmp(b->kind, reg->table->name) != 0 ? NOT_FOUND : e;
}

enum status
register_bulk_done(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct bulk b;
	struct bulk_beside beside;
	enum status e = find(rq, reg, &b), found = NOT_FOUND;

	if (!e)
		found = bulk_beside(rq, reg, b.act, &beside);
	if (e || (found && found != NOT_FOUND))
		return e ? e : found;
	register_texts(rq, reg);
	add_refused(rq, reg, b.refused);
	view_int(rq->view, "done", b.done);
	view_bool(rq->view, "none", b.done == 0);
	view_bool(rq->view, "archives", strcmp(b.act, "archive") == 0);
	view_bool(rq->view, "restores", strcmp(b.act, "restore") == 0);
	view_bool(rq->view, "undoes", strcmp(b.act, UNDO) == 0);
	view_bool(rq->view, "undone", b.undone_at.known);
	view_text(rq->view, "undo",
	    *b.changed != '\0' && !b.undone_at.known
		? arena_print(rq->arena, "%s/bulk/%" PRId64 "/undo", reg->base, b.id)
		: NULL);
	view_text(rq->view, "member", page_text(rq, label_of(reg, found ? NULL : &beside, b.act)));
	view_text(rq->view, "back", list_href(rq->arena, reg->base, b.query));
	return page(rq, "register/bulk_done");
}

/* One record as it was before that act; *why, a msgid, when somebody has changed it since. */
static enum status
undo_one(struct request *rq, const struct reg *reg, const struct bulk *b, struct extra *extra,
    int64_t id, int64_t version, const char **title, const char **why)
{
	const struct shape *shape = reg->table->shape;
	void *record = arena_alloc(rq->arena, 1, shape->size);
	enum status e = reg_find(rq->by, reg->table, id, record);

	if (e)
		return e;
	*title = *(const char *const *)field_of(shape_field(shape, reg->table->title), record);
	if (*(const int64_t *)field_of(shape_field(shape, "version"), record) != version)
		e = CONFLICT;
	else if (strcmp(b->act, "archive") == 0)
		e = reg_restore(rq->by, reg->table, id);
	else if (strcmp(b->act, "restore") == 0)
		e = reg_archive(rq->by, reg->table, id, why);
	else
		e = reg_undo(rq->by, reg->table, id, version, extra, record);
	if ((e == CONFLICT || e == INVALID) && *why == NULL)
		*why = "Somebody changed or archived it meanwhile.";
	return *why != NULL ? OK : e;
}

static enum status
undo_all(struct request *rq, const struct reg *reg, const struct bulk *b, struct bulk *done)
{
	struct buf refused = { .arena = rq->arena };
	struct bulk_beside beside;
	enum status e = bulk_beside(rq, reg, b->act, &beside);
	struct extra *extra = e ? NULL : &beside.extra;
	char *at = NULL;

	if (e == NOT_FOUND)
		e = OK;
	buf_text(&refused, "");
	for (const char *next = b->changed; !e && *next != '\0'; next = at + (*at == ',')) {
		const int64_t id = strtoll(next, &at, 10), version = strtoll(at + 1, &at, 10);
		const char *title = "", *why = NULL;

		e = undo_one(rq, reg, b, extra, id, version, &title, &why);
		if (why == NULL)
			done->done++;
		else
			buf_print(&refused, "%" PRId64 "\t%s\t%s\n", id, title, why);
	}
	done->refused = refused.text;
	return e;
}

enum status
register_bulk_undo(struct request *rq)
{
	static const char *const none[] = { NULL };
	const struct reg *reg = register_of(rq);
	struct bulk b, done = { .kind = reg->table->name, .act = UNDO, .changed = "" };
	int64_t id = 0;
	enum status e = form_only(rq, none);

	if (!e)
		e = find(rq, reg, &b);
	if (!e)
		e = bulk_undone(rq->by, b.id);
	if (!e)
		e = undo_all(rq, reg, &b, &done);
	if (e)
		return e;
	done.query = b.query;
	e = bulk_done_add(rq->by, &done, &id);
	return e ? e : redirect(rq, "%s/bulk/%" PRId64, reg->base, id);
}
