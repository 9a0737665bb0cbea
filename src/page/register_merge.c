/* register_merge.c: two records that are the same thing: chosen, looked at side by side, merged. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/merge.h"
#include "model/register_name.h"
#include "page/page.h"
#include "page/register.h"
#include "page/register_draft.h"

/* Both sides of a merge. */
struct pair_of {
	const struct reg *reg;
	void *from, *into; /* into NULL: not chosen yet */
};

static int64_t
version_of(const struct reg *reg, const void *record)
{
	return reg_ref(reg, "version", record);
}

static enum status
find(struct request *rq, const struct reg *reg, int64_t id, void **record)
{
	*record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	return reg_find(rq->by, reg->table, id, *record);
}

/* The other record by its id or by what was typed; when none is found, into stays NULL and the page
 * says what is like it. */
static enum status
choose(struct request *rq, struct pair_of *p)
{
	const char *typed = pairs_get(&rq->query, "other");
	struct buf like = { .arena = rq->arena };
	struct rows rows = { 0 };
	int64_t id = query_id(rq, "with");
	enum status e = OK;

	typed = typed != NULL ? text_trim(rq->arena, typed) : "";
	if (id == 0 && *typed != '\0')
		e = reg_resolve(rq->by, p->reg->table, typed, &id, &rows);
	view_text(rq->view, "typed", typed);
	view_bool(rq->view, "not_found", e == NOT_FOUND);
	for (size_t i = 0; i < rows.count; i++)
		buf_print(&like, "%s%s", i > 0 ? ", " : "",
		    ((const struct option *)row_at(&rows, i))->name);
	view_text(rq->view, "like", like.text != NULL ? like.text : "");
	if (e == NOT_FOUND || (!e && id == 0))
		return OK;
	return e ? e : find(rq, p->reg, id, &p->into);
}

static void
add_side(struct request *rq, const char *name, const struct reg *reg, const void *record)
{
	struct view *v = view_group(rq->view, name);
	const int64_t id = reg_ref(reg, "id", record);

	view_int(v, "id", id);
	view_int(v, "version", version_of(reg, record));
	view_text(v, "title", reg_title_of(reg, record));
	view_text(v, "href", arena_print(rq->arena, "%s/%" PRId64, reg->base, id));
}

/* Nothing to compare: a text that is empty, a flag that is not set, what is not known. */
static bool
is_empty(const struct reg *reg, const char *member, const void *record)
{
	const struct field *f = shape_field(reg->table->shape, member);
	const void *at = field_of(f, record);

	switch (f->type) {
	case TYPE_TEXT:
		return text_empty(*(const char *const *)at);
	case TYPE_BOOL:
		return !*(const bool *)at;
	case TYPE_NUMBER:
		return !((const struct number *)at)->known;
	case TYPE_DECIMAL:
		return !((const struct decimal *)at)->known;
	case TYPE_INSTANT:
		return !((const struct instant *)at)->known;
	case TYPE_DATE:
		return !((const struct date *)at)->known;
	case TYPE_INT:
		break;
	}
	return false;
}

/* Whether a column before the i-th shows the same member. */
static bool
is_twice(const struct reg *reg, const struct reg_column *c, size_t i)
{
	for (size_t j = 0; i >= reg->column_count && j < reg->column_count; j++)
		if (strcmp(reg->columns[j].member, c->member) == 0)
			return true;
	return false;
}

/* Every detail that one of both has, and what names them. */
static void
add_rows(struct request *rq, const struct pair_of *p)
{
	struct view *list = view_list(rq->view, "rows");
	const struct reg *reg = p->reg;

	for (size_t i = 0; i < reg->column_count + reg->detail_count; i++) {
		const struct reg_column *c =
		    i < reg->column_count ? &reg->columns[i] : &reg->details[i - reg->column_count];
		struct reg_column plain = *c;
		struct view *v;

		if (is_twice(reg, c, i) || strcmp(c->member, "archived_at") == 0 ||
		    (is_empty(reg, c->member, p->from) && is_empty(reg, c->member, p->into)))
			continue;
		plain.cell = c->cell == CELL_LINK ? CELL_PLAIN : c->cell;
		v = view_item(list);
		view_text(v, "label", page_text(rq, c->header));
		register_cell(view_group(v, "left"), rq, reg, &plain, p->from);
		register_cell(view_group(v, "right"), rq, reg, &plain, p->into);
	}
}

static enum status
add_counts(struct request *rq, const struct pair_of *p)
{
	struct view *list = view_list(rq->view, "counts");
	struct rows counts = { 0 };
	enum status e =
	    merge_counts(rq->by, p->reg->table, reg_ref(p->reg, "id", p->from), &counts);

	for (size_t i = 0; !e && i < counts.count; i++) {
		const struct merge_count *c = row_at(&counts, i);
		const bool many = c->n >= MERGE_COUNTED;
		struct view *v = view_item(list);

		view_text(v, "text", page_text(rq, c->text));
		view_int(v, "n", many ? MERGE_COUNTED - 1 : c->n);
		view_bool(v, "many", many);
	}
	return e;
}

static enum status
show(struct request *rq, const struct pair_of *p, const char *refused)
{
	enum status e = OK;

	register_texts(rq, p->reg);
	view_text(rq->view, "refused", refused);
	view_text(rq->view, "suggest", arena_print(rq->arena, "%s/suggest", p->reg->base));
	add_side(rq, "from", p->reg, p->from);
	view_bool(rq->view, "chosen", p->into != NULL);
	if (p->into != NULL) {
		add_side(rq, "into", p->reg, p->into);
		add_rows(rq, p);
		e = add_counts(rq, p);
	}
	return e ? e : page(rq, "register/merge");
}

enum status
register_merge_page(struct request *rq)
{
	struct pair_of p = { .reg = register_of(rq) };
	enum status e;

	if (p.reg == NULL || p.reg->table->merge == NULL)
		return NOT_FOUND;
	e = find(rq, p.reg, request_id(rq, 0), &p.from);
	if (!e)
		e = choose(rq, &p);
	return e ? e : show(rq, &p, NULL);
}

static int64_t
form_id(const struct request *rq, const char *name)
{
	const char *text = pairs_get(&rq->form, name);

	return text != NULL && *text != '\0' ? strtoll(text, NULL, 10) : 0;
}

/* Shown again as both stand now, with the reason. */
static enum status
refuse(struct request *rq, struct pair_of *p, const struct merge_ask *ask, const char *why)
{
	enum status e = find(rq, p->reg, ask->from, &p->from);

	if (!e)
		e = find(rq, p->reg, ask->into, &p->into);
	if (e)
		return e;
	view_text(rq->view, "typed", "");
	view_text(rq->view, "like", "");
	view_bool(rq->view, "not_found", false);
	rq->response.code = 409;
	return show(rq, p, page_text(rq, why));
}

enum status
register_merge_post(struct request *rq)
{
	static const char *const names[] = { "other", "other_version", NULL };
	struct pair_of p = { .reg = register_of(rq) };
	struct merge_ask ask = { .from = request_id(rq, 0) };
	const char *why = NULL;
	enum status e;

	if (p.reg == NULL || p.reg->table->merge == NULL)
		return NOT_FOUND;
	e = form_only(rq, names);
	if (e)
		return e;
	ask.into = form_id(rq, "other");
	ask.from_version = form_version(rq);
	ask.into_version = form_id(rq, "other_version");
	e = reg_merge(rq->by, p.reg->table, &ask, &why);
	if (e == CONFLICT && why != NULL)
		return refuse(rq, &p, &ask, why);
	if (!e)
		e = find(rq, p.reg, ask.into, &p.into);
	if (e)
		return e;
	flash(rq, "merged", reg_title_of(p.reg, p.into));
	return redirect(rq, "%s/%" PRId64, p.reg->base, ask.into);
}
