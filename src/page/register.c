/* register.c: which register a request means, and the page of one record. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "model/event.h"
#include "page/files.h"
#include "page/page.h"
#include "page/register.h"
#include "register/import.h"

enum { HISTORY_SHOWN = 20 };

const struct reg *
register_of(const struct request *rq)
{
	for (size_t i = 0; i < register_count; i++) {
		const size_t len = strlen(registers[i]->base);

		if (strncmp(rq->path, registers[i]->base, len) == 0 &&
		    (rq->path[len] == '/' || rq->path[len] == '\0'))
			return registers[i];
	}
	return NULL;
}

void
register_texts(struct request *rq, const struct reg *reg)
{
	const struct reg_texts *t = reg->texts;
	struct view *v = view_group(rq->view, "reg");
	struct import_target target;

	view_text(v, "base", reg->base);
	view_text(v, "kind", reg->table->name);
	view_bool(v, "tree", reg == &location_register);
	view_bool(v, "deactivates", t->deactivates);
	view_text(v, "plural", page_text(rq, t->plural));
	view_text(v, "create", page_text(rq, t->create));
	view_text(v, "edit", page_text(rq, t->edit));
	view_text(v, "empty", page_text(rq, t->empty));
	view_text(v, "empty_help", page_text(rq, t->empty_help));
	view_text(v, "archived", page_text(rq, t->archived));
	view_text(v, "archive", page_text(rq, t->archive));
	view_bool(v, "may_merge",
	    reg->table->merge != NULL && permission_reach(rq->by->role, reg->edit) != REACH_NONE);
	view_bool(v, "may_edit", permission_reach(rq->by->role, reg->edit) != REACH_NONE);
	view_bool(v, "may_import",
	    permission_reach(rq->by->role, reg->edit) != REACH_NONE &&
		permission_reach(rq->by->role, IMPORT) != REACH_NONE &&
		import_target_find(reg->table->name, &target));
	view_bool(v, "may_view", permission_reach(rq->by->role, reg->view) != REACH_NONE);
}

static void
view_number(struct view *v, const char *name, struct number n)
{
	if (n.known)
		view_int(v, name, n.n);
	else
		view_text(v, name, "");
}

static void
view_member(struct view *v, const char *name, const struct field *f, const void *record)
{
	const void *at = field_of(f, record);

	switch (f->type) {
	case TYPE_INT:
		view_int(v, name, *(const int64_t *)at);
		break;
	case TYPE_BOOL:
		view_bool(v, name, *(const bool *)at);
		break;
	case TYPE_TEXT:
		if (f->words != NULL)
			view_word(v, name, f->words, *(const char *const *)at);
		else
			view_text(v, name, *(const char *const *)at);
		break;
	case TYPE_NUMBER:
		view_number(v, name, *(const struct number *)at);
		break;
	case TYPE_DECIMAL:
		view_decimal(v, name, *(const struct decimal *)at);
		break;
	case TYPE_INSTANT:
		view_instant(v, name, *(const struct instant *)at);
		break;
	case TYPE_DATE:
		view_date(v, name, *(const struct date *)at);
		break;
	}
}

/* What a link may lead to: "javascript:" and the like are only shown. */
static bool
is_web(const char *url)
{
	return url != NULL &&
	       (strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0);
}

void
register_cell(struct view *cell, const struct request *rq, const struct reg *reg,
    const struct reg_column *column, const void *record)
{
	const struct field *f = shape_field(reg->table->shape, column->member);
	const bool word = f->type == TYPE_TEXT && f->words != NULL;

	const bool url =
	    column->cell == CELL_URL && is_web(*(const char *const *)field_of(f, record));
	const bool plain = column->cell == CELL_PLAIN || (column->cell == CELL_URL && !url);

	view_text(cell, "header", page_text(rq, column->header));
	view_member(cell, "value", f, record);
	view_bool(cell, "is_link", column->cell == CELL_LINK);
	view_bool(cell, "is_badge", column->cell == CELL_BADGE);
	view_bool(cell, "is_mark", column->cell == CELL_MARK);
	view_bool(cell, "is_money", column->cell == CELL_MONEY);
	view_bool(cell, "is_url", url);
	view_bool(cell, "is_lines", column->cell == CELL_LINES);
	view_bool(cell, "is_word", word && plain);
	view_bool(cell, "is_number", f->type == TYPE_DECIMAL && plain);
	view_bool(
	    cell, "is_plain", plain && !word && f->type != TYPE_DECIMAL && f->type != TYPE_BOOL);
	view_bool(cell, "is_flag", plain && f->type == TYPE_BOOL);
	view_bool(cell, "is_right", f->type == TYPE_DECIMAL);
}

static enum status
add_history(struct request *rq, const struct reg *reg, int64_t id)
{
	struct rows *events = NEW(rq->arena, struct rows);
	enum status e = event_list_record(
	    rq->by, reg->table->name, id, query_id(rq, "history"), HISTORY_SHOWN, events);

	if (!e)
		page_history(rq, "history", events);
	return e;
}

enum status
register_show(struct request *rq, const struct reg *reg, const void *record)
{
	const struct reg_page *own = register_page_of(reg);
	const struct shape *shape = reg->table->shape;
	const int64_t id = *(const int64_t *)field_of(shape_field(shape, "id"), record);
	struct view *details = view_list(rq->view, "details");
	enum status e;

	for (size_t i = 0; i < reg->detail_count; i++)
		register_cell(view_item(details), rq, reg, &reg->details[i], record);
	e = register_beside(rq, reg, id, details);
	if (!e && !own->no_history)
		e = add_history(rq, reg, id);
	if (!e)
		e = page_files(rq, reg->table->name, id);
	if (!e && own->more != NULL)
		e = own->more(rq, record);
	if (e)
		return e;
	register_texts(rq, reg);
	view_bool(rq->view, "self", reg == &user_register && id == rq->by->user_id);
	view_record(rq->view, "record", shape, record);
	if (rq->response.code == 0)
		view_text(rq->view, "refused", NULL);
	view_text(rq->view, "title",
	    *(const char *const *)field_of(shape_field(shape, reg->table->title), record));
	return page(rq, own->show != NULL ? own->show : "register/show");
}

enum status
register_show_page(struct request *rq)
{
	const struct reg *reg = register_of(rq);
	void *record;
	enum status e;

	if (reg == NULL)
		return NOT_FOUND;
	record = arena_alloc(rq->arena, 1, reg->table->shape->size);
	e = reg_find(rq->by, reg->table, request_id(rq, 0), record);
	if (e)
		return e;
	return register_show(rq, reg, record);
}
