/*
 * register_bulk.c: one act on many records: a member set, archived, restored, labels printed.
 *
 * Two steps: a page that shows what will happen, then the act.  Each record is changed as if alone:
 * the same rules, its own event, refused when somebody changed it meanwhile; all in one
 * transaction.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/page.h"
#include "page/register_bulk_beside.h"
#include "page/register_draft.h"
#include "page/register_list.h"

enum { BULK_MOST = 1000, NAMED = 50, QUERY_LONGEST = 2000, IDS_LONGEST = BULK_MOST * 40 };

/* What is asked for. */
struct wish {
	const struct reg *reg;
	const char *what;           /* archive, restore, a member, or what bulk_beside() knows */
	struct bulk_beside *beside; /* or NULL */
	const struct rule *rule;    /* of the member */
	struct form form;           /* with that rule alone */
	const char *query;          /* of the list */
	int64_t *ids, *versions;
	size_t count;
	bool more; /* than BULK_MOST match */
};

static int64_t
int_of(const struct reg *reg, const char *name, const void *record)
{
	return *(const int64_t *)field_of(shape_field(reg->table->shape, name), record);
}

/* NOT_FOUND for an act that there is not, BAD_REQUEST for a list that is none of ours. */
static enum status
read_what(struct request *rq, const struct pairs *from, struct wish *w)
{
	const char *what = pairs_get(from, "what"), *query = pairs_get(from, "query"), **also;
	struct bulk_beside *beside = NEW(rq->arena, struct bulk_beside);
	enum status e;

	w->reg = register_of(rq);
	w->what = what != NULL ? what : "";
	w->query = query != NULL ? query : "";
	/* Cut, or left out, it would mean other records than the list shows. */
	if (strlen(w->query) > QUERY_LONGEST)
		return BAD_REQUEST;
	for (size_t i = 0; i < w->reg->form->count; i++) {
		const struct rule *rule = &w->reg->form->rules[i];

		if (list_is_bulk(w->reg, rule) && strcmp(rule->field.name, w->what) == 0)
			w->rule = rule;
	}
	e = w->rule == NULL ? bulk_beside(rq, w->reg, w->what, beside) : NOT_FOUND;
	if (e && e != NOT_FOUND)
		return e;
	if (!e) {
		w->beside = beside;
		w->rule = &beside->rule;
	}
	also = NEW_ARRAY(rq->arena, const char *, 5);
	memcpy(also, (const char *[]){ "what", "ids", "query" }, 3 * sizeof(also[0]));
	also[3] = arena_print(rq->arena, "%s_name", w->what); /* of a typed reference */
	w->form = (struct form){ "entry", w->rule, w->rule != NULL, also };
	w->ids = NEW_ARRAY(rq->arena, int64_t, BULK_MOST);
	w->versions = NEW_ARRAY(rq->arena, int64_t, BULK_MOST);
	if (w->rule != NULL || strcmp(w->what, "archive") == 0 || strcmp(w->what, "restore") == 0 ||
	    strcmp(w->what, "labels") == 0 || *w->what == '\0')
		return OK;
	return NOT_FOUND;
}

/* Those that were ticked: id=7&id=8. */
static enum status
read_ticked(struct request *rq, struct wish *w, struct rows *rows)
{
	for (size_t i = 0; i < rq->query.count && w->count < BULK_MOST; i++) {
		const struct pair *p = &rq->query.at[i];

		if (strcmp(p->name, "id") == 0)
			w->ids[w->count++] = strtoll(p->value, NULL, 10);
	}
	return reg_some(rq->by, w->reg->table, w->ids, w->count, rows);
}

/* All of the list, up to BULK_MOST. */
static enum status
read_all(struct request *rq, struct wish *w, struct rows *rows)
{
	struct list *l = NEW(rq->arena, struct list);
	struct pairs *query = NEW(rq->arena, struct pairs);
	enum status e = pairs_read(rq->arena, query, w->query, strlen(w->query));

	if (!e)
		e = list_read(rq, w->reg, query, l);
	if (e)
		return e;
	l->ask.after = 0;
	e = reg_list(rq->by, w->reg->table, &l->ask, BULK_MOST + 1, rows);
	w->more = rows->count > BULK_MOST;
	if (w->more)
		rows->count = BULK_MOST;
	return e;
}

static enum status
back(struct request *rq, const struct wish *w)
{
	return redirect(rq, "%s", list_href(rq->arena, w->reg->base, w->query));
}

static enum status
to_labels(struct request *rq, const struct wish *w, const struct rows *rows)
{
	struct buf ids = { .arena = rq->arena };

	for (size_t i = 0; i < rows->count; i++)
		buf_print(
		    &ids, "%s%" PRId64, i > 0 ? "," : "", int_of(w->reg, "id", row_at(rows, i)));
	return redirect(rq, "/labels?kind=%s&ids=%s", w->reg->table->name, ids.text);
}

/* A draft of one member. */
static struct draft
draft_of(struct request *rq, const struct wish *w)
{
	return (struct draft){
		.reg = w->reg,
		.form = &w->form,
		.record = arena_alloc(rq->arena, 1, w->reg->table->shape->size),
		.nearest = NEW_ARRAY(rq->arena, const char *, w->reg->choice_count + 1),
	};
}

static const char *
label_of(const struct wish *w)
{
	return w->beside != NULL ? w->beside->label : w->rule->label;
}

/* The page of the first step; the form's state is there already. */
static enum status
show(struct request *rq, const struct wish *w, const struct rows *rows)
{
	struct view *records = view_list(rq->view, "records");
	struct buf ids = { .arena = rq->arena };

	for (size_t i = 0; i < rows->count; i++) {
		const void *record = row_at(rows, i);
		const int64_t id = int_of(w->reg, "id", record);
		struct view *v;

		buf_print(&ids, "%s%" PRId64 ".%" PRId64, i > 0 ? "," : "", id,
		    int_of(w->reg, "version", record));
		if (i >= NAMED)
			continue;
		v = view_item(records);
		view_text(v, "title", reg_title_of(w->reg, record));
		view_text(v, "href", arena_print(rq->arena, "%s/%" PRId64, w->reg->base, id));
	}
	register_texts(rq, w->reg);
	if (w->beside != NULL && w->beside->tags)
		page_typed(rq, w->what, NULL, "/tags/suggest");
	if (w->rule != NULL)
		page_form(rq, &w->form);
	else
		view_text(rq->view, "entry", NULL);
	view_text(rq->view, "what", w->what);
	view_text(rq->view, "member", w->rule != NULL ? page_text(rq, label_of(w)) : NULL);
	view_bool(rq->view, "archives", strcmp(w->what, "archive") == 0);
	view_bool(rq->view, "restores", strcmp(w->what, "restore") == 0);
	view_text(rq->view, "ids", ids.text);
	view_text(rq->view, "query", w->query);
	view_text(rq->view, "back", list_href(rq->arena, w->reg->base, w->query));
	view_text(rq->view, "action", arena_print(rq->arena, "%s/bulk", w->reg->base));
	view_int(rq->view, "count", (int64_t)rows->count);
	view_int(rq->view, "unnamed", rows->count > NAMED ? (int64_t)rows->count - NAMED : 0);
	view_bool(rq->view, "many", rows->count > NAMED);
	view_bool(rq->view, "more", w->more);
	view_int(rq->view, "most", BULK_MOST);
	return page(rq, "register/bulk");
}

/* Labels are printed by who may not edit, too. */
static enum status
may_act(const struct request *rq, const struct wish *w)
{
	const bool edits = permission_reach(rq->by->role, w->reg->edit) != REACH_NONE;

	if (strcmp(w->what, "labels") == 0)
		return permission_reach(rq->by->role, LABEL_PRINT) != REACH_NONE ? OK : FORBIDDEN;
	return edits || *w->what == '\0' ? OK : FORBIDDEN;
}

enum status
register_bulk_page(struct request *rq)
{
	struct wish w = { 0 };
	struct rows rows = { 0 };
	enum status e = read_what(rq, &rq->query, &w);

	if (!e)
		e = may_act(rq, &w);
	if (e)
		return e;
	e = text_empty(pairs_get(&rq->query, "all")) ? read_ticked(rq, &w, &rows)
						     : read_all(rq, &w, &rows);
	if (e)
		return e;
	if (rows.count == 0 || *w.what == '\0') {
		flash(rq, "bulk_none", NULL);
		return back(rq, &w);
	}
	if (strcmp(w.what, "labels") == 0)
		return to_labels(rq, &w, &rows);
	if (w.rule != NULL) {
		struct draft d = draft_of(rq, &w);

		form_show(rq, &w.form, NULL);
		e = draft_choices(rq, &d, NULL);
	}
	return e ? e : show(rq, &w, &rows);
}

/* "7.3,8.1": ids with the versions that the first step showed. */
static enum status
read_ids(struct request *rq, struct wish *w)
{
	const char *at = pairs_get(&rq->form, "ids");
	char *end;

	if (text_empty(at) || strlen(at) > IDS_LONGEST)
		return BAD_REQUEST;
	for (;; at = end + 1) {
		if (w->count == BULK_MOST)
			return BAD_REQUEST;
		w->ids[w->count] = strtoll(at, &end, 10);
		if (end == at || *end != '.')
			return BAD_REQUEST;
		at = end + 1;
		w->versions[w->count++] = strtoll(at, &end, 10);
		if (end == at || (*end != ',' && *end != '\0'))
			return BAD_REQUEST;
		if (*end == '\0')
			return OK;
	}
}

/* Sets the member as it is in `with`; *why, a msgid, when it is refused. */
static enum status
set_member(struct request *rq, const struct wish *w, size_t i, const void *with, void *record,
    const char **why)
{
	const struct reg_table *t = w->reg->table;
	const struct field *f = &w->rule->field;
	void *now = arena_alloc(rq->arena, 1, t->shape->size);
	struct reg_refusal refused = { 0 };
	enum status e = OK;

	if (w->beside != NULL)
		e = bulk_beside_set(
		    rq->by, w->beside, w->ids[i], *(const char *const *)field_of(f, with), why);
	else
		memcpy(field_in(f, record), field_of(f, with), type_size(f->type));
	if (e || *why != NULL)
		return e;
	*(int64_t *)field_in(shape_field(t->shape, "version"), record) = w->versions[i];
	e = reg_change_with(
	    rq->by, t, record, w->beside != NULL ? &w->beside->extra : NULL, now, &refused);
	if (e == CONFLICT)
		*why = "Somebody changed or archived it meanwhile.";
	if (e == INVALID)
		*why = refused.text;
	return e == CONFLICT || e == INVALID ? OK : e;
}

static bool
is_archived(const struct reg *reg, const void *record)
{
	return (
	    (const struct instant *)field_of(shape_field(reg->table->shape, "archived_at"), record))
	    ->known;
}

/* One record; *title names it, *version is the one that this made, or 0. */
static enum status
act_on(struct request *rq, const struct wish *w, size_t i, const void *with, const char **title,
    const char **why, int64_t *version)
{
	const bool restores = strcmp(w->what, "restore") == 0;
	void *record = arena_alloc(rq->arena, 1, w->reg->table->shape->size);
	enum status e = reg_find(rq->by, w->reg->table, w->ids[i], record);

	*title = "";
	*why = NULL;
	if (e == NOT_FOUND)
		*why = "It is not there.";
	if (e)
		return e == NOT_FOUND ? OK : e;
	*title = reg_title_of(w->reg, record);
	if (w->rule != NULL) {
		e = set_member(rq, w, i, with, record, why);
		*version = *why == NULL ? int_of(w->reg, "version", record) : 0;
		return e;
	}
	if (is_archived(w->reg, record) == restores)
		*version = int_of(w->reg, "version", record) + 1;
	if (restores)
		return reg_restore(rq->by, w->reg->table, w->ids[i]);
	e = reg_archive(rq->by, w->reg->table, w->ids[i], why);
	return e == CONFLICT && *why != NULL ? OK : e;
}

static enum status
act_on_all(struct request *rq, const struct wish *w, const void *with, int64_t *id)
{
	struct bulk done = { .kind = w->reg->table->name, .act = w->what, .query = w->query };
	struct buf refused = { .arena = rq->arena }, changed = { .arena = rq->arena };
	enum status e = OK;

	buf_text(&refused, "");
	buf_text(&changed, "");
	for (size_t i = 0; !e && i < w->count; i++) {
		const char *title, *why;
		int64_t version = 0;

		e = act_on(rq, w, i, with, &title, &why, &version);
		if (why == NULL)
			done.done++;
		else
			buf_print(&refused, "%" PRId64 "\t%s\t%s\n", w->ids[i], title, why);
		if (why == NULL && version != 0)
			buf_print(&changed, "%s%" PRId64 ".%" PRId64, changed.len > 0 ? "," : "",
			    w->ids[i], version);
	}
	done.refused = refused.text;
	done.changed = changed.text;
	return e ? e : bulk_done_add(rq->by, &done, id);
}

/* The member's new value into a record; INVALID when it is none. */
static enum status
read_value(struct request *rq, const struct wish *w, const void **record)
{
	struct draft d = draft_of(rq, w);
	enum status e = draft_read(rq, &d), choices;

	*record = d.record;
	if (e && e != INVALID)
		return e;
	choices = draft_choices(rq, &d, NULL);
	return choices ? choices : e;
}

enum status
register_bulk_post(struct request *rq)
{
	struct wish w = { 0 };
	struct rows rows = { 0 };
	int64_t id = 0;
	const void *with = NULL;
	enum status e = read_what(rq, &rq->form, &w);

	if (!e && (strcmp(w.what, "labels") == 0 || *w.what == '\0'))
		e = BAD_REQUEST;
	if (!e)
		e = read_ids(rq, &w);
	if (e)
		return e;
	e = w.rule != NULL ? read_value(rq, &w, &with) : form_only(rq, w.form.also);
	if (e == INVALID) {
		rq->response.code = 422;
		e = reg_some(rq->by, w.reg->table, w.ids, w.count, &rows);
		return e ? e : show(rq, &w, &rows);
	}
	if (!e)
		e = act_on_all(rq, &w, with, &id);
	return e ? e : redirect(rq, "%s/bulk/%" PRId64, w.reg->base, id);
}
