/* register_export.c: see register_export.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "page/register_export.h"

static const struct shape *
shape_of(const struct export *x)
{
	return x->history != NULL ? x->history->shape : x->list.reg->table->shape;
}

static const struct form *
form_of(const struct export *x)
{
	return x->history != NULL ? x->history->form : x->list.reg->form;
}

static bool
sees(const struct export *x, const char *member)
{
	return x->history != NULL ? history_sees(x->history, x->by.role, member)
				  : register_sees(x->list.reg, x->by.role, member);
}

const char *
export_title(const struct export *x)
{
	return x->history != NULL ? x->history->title : x->list.reg->texts->plural;
}

const char *
export_base(const struct export *x)
{
	return x->history != NULL ? x->history->base : x->list.reg->base;
}

static struct export_cell
number(const struct export *x, int64_t n)
{
	return (struct export_cell){ CELL_NUMBER, arena_print(x->rq.arena, "%" PRId64, n), n };
}

/* French writes 2,5. */
static struct export_cell
decimals(const struct export *x, struct decimal d)
{
	const char *text = d.known ? decimal_text(x->rq.arena, d) : "";

	if (!x->plain && strcmp(x->rq.kit->tongue->language, "fr") == 0)
		text = text_replace(x->rq.arena, text, ".", ",");
	return (struct export_cell){ d.known ? CELL_NUMBER : CELL_TEXT, text, d.units };
}

/* On the plant's clock: 2026-11-21 14:05.  For an import the very instant: an hour of autumn is
 * there twice. */
static struct export_cell
moment(const struct export *x, struct instant t)
{
	const char *text;
	struct instant wall;

	if (!t.known)
		return (struct export_cell){ CELL_TEXT, "", 0 };
	if (x->plain)
		return (struct export_cell){ CELL_TEXT, instant_exact(x->rq.arena, t), 0 };
	text = locale_input(x->rq.kit->locale, x->rq.arena, t);
	wall = instant_parse(arena_print(x->rq.arena, "%s:00Z", text));
	return (struct export_cell){ CELL_TIME, text_replace(x->rq.arena, text, "T", " "),
		wall.us / SECOND };
}

static struct export_cell
words(const struct export *x, const char *text)
{
	(void)x;
	return (struct export_cell){ CELL_TEXT, text != NULL ? text : "", 0 };
}

static struct export_cell
text_cell(const struct export *x, const struct field *f, const char *text)
{
	const int i = f->words != NULL && text != NULL ? word_index(f->words, text) : -1;

	return words(x, i >= 0 && !x->plain ? page_text(&x->rq, f->words->list[i].text) : text);
}

/* A member of the record. */
static struct export_cell
member(const struct export *x, const struct field *f, const void *record)
{
	const void *at = field_of(f, record);
	struct date day;

	switch (f->type) {
	case TYPE_INT:
		return number(x, *(const int64_t *)at);
	case TYPE_NUMBER:
		return ((const struct number *)at)->known
			   ? number(x, ((const struct number *)at)->n)
			   : words(x, "");
	case TYPE_BOOL:
		if (x->plain)
			return words(x, *(const bool *)at ? "1" : "0");
		return words(x, page_text(&x->rq, *(const bool *)at ? "Yes" : "No"));
	case TYPE_DECIMAL:
		return decimals(x, *(const struct decimal *)at);
	case TYPE_INSTANT:
		return moment(x, *(const struct instant *)at);
	case TYPE_DATE:
		day = *(const struct date *)at;
		return (struct export_cell){ day.known ? CELL_DAY : CELL_TEXT,
			day.known ? date_iso(x->rq.arena, day) : "", day.day };
	case TYPE_TEXT:
		break;
	}
	return text_cell(x, f, *(const char *const *)at);
}

static struct export_cell
extra(const struct export *x, size_t i)
{
	return words(x, extra_text(&x->by, &x->list.extra, row_at(&x->values, x->at - 1), i));
}

/* Members of the form, then the custom fields and tags. */
static struct export_cell
plain_cell(const struct export *x, size_t column, const void *record)
{
	const struct form *form = form_of(x);
	const struct rule *rule;
	struct export_cell cell;

	if (column >= form->count)
		return extra(x, column - form->count);
	rule = &form->rules[column];
	if (!sees(x, rule->field.name))
		return words(x, "");
	cell = member(x, shape_field(shape_of(x), rule->field.name), record);
	if (rule->kind == RULE_REF)
		return words(x, export_name(x, rule->field.name, cell.n, record));
	return cell;
}

struct export_cell
export_cell(const struct export *x, size_t column, const void *record)
{
	const struct list_column *c;

	if (x->plain)
		return plain_cell(x, column, record);
	c = &x->list.columns.at[column];
	if (c->of == NULL)
		return extra(x, c->extra);
	return member(x, shape_field(shape_of(x), c->of->member), record);
}

static void
add_header(struct export *x, const char *text)
{
	if (x->column_count < EXPORT_COLUMNS)
		x->headers[x->column_count++] = text;
}

static void
add_headers(struct export *x)
{
	const struct form *form = form_of(x);
	const struct extra *own = &x->list.extra;

	for (size_t i = 0; !x->plain && i < x->list.columns.count; i++)
		add_header(x, x->list.columns.at[i].header);
	for (size_t i = 0; x->plain && i < form->count; i++)
		add_header(x, form->rules[i].field.name);
	if (x->history != NULL)
		return;
	for (size_t i = 0; x->plain && i < own->fields.count; i++)
		add_header(x, ((const struct custom_field *)row_at(&own->fields, i))->name);
	if (x->plain && own->shape != NULL)
		add_header(x, "tags");
}

/* Read behind the last one, whose memory the caller has forgotten: its copy is kept. */
static enum status
read_history(struct export *x)
{
	const struct shape *shape = x->history->shape;
	enum status e = x->history->list(&x->by, x->filter, x->last, EXPORT_LOT, &x->lot);

	x->at = 0;
	x->ended = x->lot.count < EXPORT_LOT;
	if (e || x->lot.count == 0)
		return e;
	if (x->last == NULL)
		x->last = arena_alloc(x->home, 1, shape->size);
	memcpy(x->last, row_at(&x->lot, x->lot.count - 1), shape->size);
	return OK;
}

/* The records behind the last one; a lot that is not full is the last. */
static enum status
read_lot(struct export *x)
{
	const struct reg *reg = x->list.reg;
	bool own;
	enum status e;

	if (x->history != NULL)
		return read_history(x);
	own = x->plain ? x->list.extra.shape != NULL : list_has_extra(&x->list);
	e = reg_list(&x->by, reg->table, &x->list.ask, EXPORT_LOT, &x->lot);
	x->at = 0;
	if (!e && own && x->lot.count > 0)
		e = extra_list(&x->by, &x->list.extra, &x->lot, &x->values);
	if (e)
		return e;
	x->ended = x->lot.count < EXPORT_LOT;
	if (x->lot.count > 0)
		x->list.ask.after = *(const int64_t *)field_of(
		    shape_field(reg->table->shape, "id"), row_at(&x->lot, x->lot.count - 1));
	return OK;
}

bool
export_at_lot(const struct export *x)
{
	return x->at == x->lot.count;
}

enum status
export_next(struct export *x, struct arena *arena, const void **record)
{
	enum status e = OK;

	x->rq.arena = x->by.arena = arena;
	*record = NULL;
	if (export_at_lot(x) && !x->ended)
		e = read_lot(x);
	if (e || export_at_lot(x))
		return e;
	*record = row_at(&x->lot, x->at++);
	x->sent++;
	return OK;
}

static struct export *
new_export(struct request *rq)
{
	struct export *x = NEW(rq->arena, struct export);

	x->rq = *rq;
	x->by = *rq->by;
	x->plain = !text_empty(pairs_get(&rq->query, "plain"));
	x->home = rq->arena;
	x->file = -1;
	x->query = list_query(rq->arena, &rq->query, "view", NULL, NULL);
	return x;
}

/* One long one at a time: each keeps a worker busy. */
static enum status
begin(struct request *rq, struct export *x, struct export **out)
{
	enum status e;

	x->rq.by = &x->by;
	e = read_lot(x);
	if (e)
		return e;
	add_headers(x);
	if (!x->ended) {
		e = list_export_begin(rq->by);
		x->locked = !e;
	}
	if (e == CONFLICT) {
		flash(rq, "export_busy", NULL);
		return redirect(rq, "%s", list_href(rq->arena, export_base(x), x->query));
	}
	if (!e)
		*out = x;
	return e;
}

enum status
export_begin(struct request *rq, struct export **out)
{
	struct export *x = new_export(rq);
	enum status e = list_read(rq, register_of(rq), &rq->query, &x->list);

	*out = NULL;
	x->list.ask.narrow = x->list.narrow;
	x->list.ask.after = 0;
	if (!e && x->plain)
		e = export_names(rq, x);
	return e ? e : begin(rq, x, out);
}

enum status
export_history_begin(
    struct request *rq, const struct history *h, const void *filter, struct export **out)
{
	struct export *x = new_export(rq);

	*out = NULL;
	x->history = h;
	x->filter = filter;
	for (size_t i = 0; i < h->column_count; i++) {
		const struct reg_column *c = &h->columns[i];

		if (c->see == NO_PERMISSION || permission_reach(rq->by->role, c->see) != REACH_NONE)
			x->list.columns.at[x->list.columns.count++] = (struct list_column){
				.name = c->member, .header = page_text(rq, c->header), .of = c
			};
	}
	return begin(rq, x, out);
}

void
export_end(struct export *x)
{
	const char *kind = x->history != NULL ? x->history->kind : x->list.reg->table->name;
	enum status e = OK;

	x->rq.arena = x->by.arena = x->home;
	if (x->begun)
		e = list_exported(
		    &x->by, kind, page_text(&x->rq, export_title(x)), x->query, x->sent);
	if (e)
		log_error("export of %s: not told in the log", kind);
	if (x->locked)
		list_export_end(&x->by);
}
