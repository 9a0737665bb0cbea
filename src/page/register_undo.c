/* register_undo.c: "saved" can be taken back; names are suggested while one types. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "model/register_name.h"
#include "model/register_undo.h"
#include "page/page.h"
#include "page/register.h"
#include "page/register_draft.h"

enum { SUGGESTED = 10 };

/* Nothing is committed: the record is shown as it stands, with the reason. */
static enum status
refuse(struct request *rq, const struct reg *reg, int64_t id)
{
	void *record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	enum status e = reg_find(rq->by, reg->table, id, record);

	if (e)
		return e;
	view_text(rq->view, "refused",
	    page_text(rq, "Not undone: it has been changed since, or it was not your change."));
	rq->response.code = 409;
	return register_show(rq, reg, record);
}

enum status
register_undo_post(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	static const char *const none[] = { NULL };
	const int64_t id = request_id(rq, 0);
	struct draft d;
	enum status e = form_only(rq, none);

	if (!e)
		e = reg != NULL ? draft_find(rq, reg, id, &d) : NOT_FOUND;
	if (e)
		return e;
	e = reg_undo(
	    rq->by, reg->table, id, form_version(rq), d.extra.shape ? &d.extra : NULL, d.record);
	if (e == CONFLICT || e == INVALID)
		return refuse(rq, reg, id);
	if (e)
		return e;
	flash(rq, "undone", reg_title_of(reg, d.record));
	return redirect(rq, "%s/%" PRId64, reg->base, id);
}

/* {"suggestions":["PRS-0012 · Press 12",…]} */
enum status
register_suggest_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	const char *q = pairs_get(&rq->query, "q");
	struct rows rows = { 0 };
	struct buf *out = &rq->response.body;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	q = text_cut(rq->arena, text_trim(rq->arena, q != NULL ? q : ""), 100);
	e = reg_suggest(rq->by, reg->table, q, SUGGESTED, &rows);
	if (e)
		return e;
	buf_text(out, "{\"suggestions\":[");
	for (size_t i = 0; i < rows.count; i++) {
		buf_text(out, i > 0 ? "," : "");
		json_text(out, ((const struct option *)row_at(&rows, i))->name);
	}
	buf_text(out, "]}\n");
	header_set(rq, "Content-Type", "application/json");
	header_set(rq, "Cache-Control", "private, max-age=30");
	rq->response.code = 200;
	return OK;
}
