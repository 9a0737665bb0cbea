/* register_bulk_done.c: what an act on many records did, and which it refused and why. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "page/page.h"
#include "page/register_list.h"

static const char *
label_of(const struct reg *reg, const char *member)
{
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

enum status
register_bulk_done(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	struct bulk b;
	enum status e = bulk_done_find(rq->by, request_id(rq, 0), &b);

	if (!e && strcmp(b.kind, reg->table->name) != 0)
		e = NOT_FOUND;
	if (e)
		return e;
	register_texts(rq, reg);
	add_refused(rq, reg, b.refused);
	view_int(rq->view, "done", b.done);
	view_bool(rq->view, "none", b.done == 0);
	view_bool(rq->view, "archives", strcmp(b.act, "archive") == 0);
	view_bool(rq->view, "restores", strcmp(b.act, "restore") == 0);
	view_text(rq->view, "member", page_text(rq, label_of(reg, b.act)));
	view_text(rq->view, "back", list_href(rq->arena, reg->base, b.query));
	return page(rq, "register/bulk_done");
}
