/*
 * template_render.c: runs a compiled template over a tree of values.
 *
 * The stack of contexts and that of the arguments of parents are lists on the C stack.  An argument
 * is rendered with the arguments that its own place in the source sees, not with those of the
 * parent that asks for it: a component inside an argument is not changed by an outer block of the
 * same name.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "view/locale.h"
#include "view/template_inside.h"
#include "view/view.h"

/* The arguments given to one parent. */
struct frame {
	const struct frame *outer;
	const struct template *template;
	const struct token *parent; /* in the tokens of that template */
};

struct run {
	const struct templates *templates;
	const struct render *render;
	struct buf *out;
	const struct template *template;
	const struct scope *scope;
	const struct frame *frames;
	const char *indent; /* goes before each line */
	size_t indent_len;
	int depth; /* of partials */
};

static enum status run(struct run *, size_t from, size_t to) MUST_CHECK;

/* A name that nothing offers: a mistake for the developer, nothing for the visitor. */
static enum status
missing(const struct run *r, const char *what, const char *name)
{
	if (!r->render->strict)
		return OK;
	log_error("template %s: there is no %s %s", r->template->name, what, name);
	return FAILED;
}

static enum status
run_in(struct run *r, const struct value *value, const struct token *t, size_t from)
{
	const struct scope inner = { r->scope, value };
	enum status s;

	r->scope = &inner;
	s = run(r, from, t->end);
	r->scope = inner.outer;
	return s;
}

static enum status
run_each(struct run *r, const struct value *v, const struct token *t, size_t from)
{
	enum status s = OK;
	struct value record = { .kind = VALUE_RECORD, .shape = v->rows.shape };

	if (v->kind == VALUE_LIST) {
		for (v = v->view->first; v != NULL && s == OK; v = v->next)
			s = run_in(r, v, t, from);
		return s;
	}
	for (size_t i = 0; i < v->rows.count && s == OK; i++) {
		record.at = row_at(&v->rows, i);
		s = run_in(r, &record, t, from);
	}
	return s;
}

static enum status
on_section(struct run *r, const struct token *t, size_t from)
{
	struct value made;
	enum facet facet;
	const struct value *v = template_value_of(r->scope, t->path, &made, &facet);
	const bool on = v != NULL && template_true(v);
	enum status s = v == NULL ? missing(r, "value", t->path->text) : OK;

	if (s != OK || on != (t->kind == TOKEN_SECTION))
		return s;
	if (t->kind == TOKEN_INVERTED)
		return run(r, from, t->end);
	if (v->kind == VALUE_LIST || v->kind == VALUE_ROWS)
		return run_each(r, v, t, from);
	return run_in(r, v, t, from);
}

static enum status
on_value(struct run *r, const struct token *t)
{
	struct value made;
	enum facet facet;
	const struct value *v = template_value_of(r->scope, t->path, &made, &facet);

	if (v != NULL && v->kind == VALUE_FIELD && v->at == NULL)
		return OK;
	if (v != NULL && v->kind == VALUE_FIELD &&
	    template_value(r->out, r->render, v, facet, t->kind == TOKEN_VALUE))
		return OK;
	return missing(r, "value", t->path->text);
}

/* Runs tokens that may be another template's, with their own indentation. */
static enum status
run_other(struct run *r, const struct template *template, size_t from, size_t to)
{
	const struct template *caller = r->template;
	enum status s;

	if (r->depth == TEMPLATE_DEPTH) {
		log_error("template %s: partials without end", template->name);
		return FAILED;
	}
	r->depth++;
	r->template = template;
	s = run(r, from, to);
	r->template = caller;
	r->depth--;
	return s;
}

/* outer and what the token adds to it, one behind the other. */
static const char *
deeper(struct run *r, const char *outer, size_t outer_len, const struct token *t)
{
	char *both;

	if (t->indent_len == 0)
		return outer;
	if (outer_len == 0)
		return t->indent;
	both = arena_alloc(r->out->arena, outer_len + t->indent_len + 1, 1);
	memcpy(both, outer, outer_len);
	memcpy(both + outer_len, t->indent, t->indent_len);
	return both;
}

static enum status
on_partial(struct run *r, const struct token *t)
{
	const struct template *partial = template_find(r->templates, t->hash, t->text);
	const char *indent = r->indent;
	const size_t indent_len = r->indent_len;
	enum status s;

	if (partial == NULL)
		return missing(r, "template", t->text);
	r->indent = t->alone ? deeper(r, indent, indent_len, t) : "";
	r->indent_len = t->alone ? indent_len + t->indent_len : 0;
	s = run_other(r, partial, 0, partial->count);
	r->indent = indent;
	r->indent_len = indent_len;
	return s;
}

static enum status
on_parent(struct run *r, const struct token *t)
{
	const struct frame frame = { r->frames, r->template, t };
	enum status s;

	r->frames = &frame;
	s = on_partial(r, t);
	r->frames = frame.outer;
	return s;
}

/* The argument of that name in one frame, or NULL. */
static const struct token *
argument(const struct frame *f, const struct token *block)
{
	const struct token *t = f->parent + 1;
	const struct token *end = f->template->tokens + f->parent->end;

	for (; t < end; t = f->template->tokens + t->end)
		if (t->kind == TOKEN_BLOCK && t->len == block->len &&
		    memcmp(t->text, block->text, t->len) == 0)
			return t;
	return NULL;
}

/* Runs the content of `what`, a default or an argument, where the block `at` stands. */
static enum status
put(struct run *r, const struct token *at, const struct template *template,
    const struct token *what)
{
	const size_t from = (size_t)(what - template->tokens) + 1;
	const char *indent = r->indent;
	const size_t indent_len = r->indent_len;
	enum status s;

	if (at->clean) {
		r->indent = deeper(r, indent, indent_len, at);
		r->indent_len = indent_len + at->indent_len;
		if (!what->alone && (from < what->end || !at->alone)) /* in the line of its tag */
			buf_add(r->out, r->indent, r->indent_len);
	} else if (what != at) {
		r->indent_len = 0;
	}
	if (at->clean && what == at && !at->alone) { /* its lines hold that white space already */
		r->indent = indent;
		r->indent_len = indent_len;
	}
	s = run_other(r, template, from, what->end);
	r->indent = indent;
	r->indent_len = indent_len;
	return s;
}

static enum status
on_block(struct run *r, const struct token *t)
{
	const struct frame *frames = r->frames;
	const struct frame *giver = NULL;
	const struct token *given = NULL, *found;
	enum status s;

	for (const struct frame *f = frames; f != NULL; f = f->outer) {
		found = argument(f, t);
		if (found != NULL) {
			given = found; /* the outermost wins */
			giver = f;
		}
	}
	if (given == NULL)
		return put(r, t, r->template, t);
	r->frames = giver->outer;
	s = put(r, t, giver->template, given);
	r->frames = frames;
	return s;
}

/* Which form: the language's rule for the number named. */
static int
form_of(struct run *r, const struct token *t, enum status *s)
{
	struct value made;
	enum facet facet;
	const struct value *v = template_value_of(r->scope, t->path, &made, &facet);
	int64_t n = 0;

	if (v == NULL || v->kind != VALUE_FIELD || (v->type != TYPE_INT && v->type != TYPE_NUMBER))
		*s = missing(r, "number", t->path->text);
	else if (v->at != NULL)
		n = v->type == TYPE_INT ? *(const int64_t *)v->at
					: ((const struct number *)v->at)->n;
	return locale_plural(r->render->locale, n);
}

static enum status
on_plural(struct run *r, const struct token *t, size_t from)
{
	const struct token *tokens = r->template->tokens;
	enum status s = OK;
	int form = form_of(r, t, &s);

	for (; form > 0 && tokens[from].end < t->end; form--)
		from = tokens[from].end;
	return s != OK ? s : run(r, from + 1, tokens[from].end);
}

static void
on_text(struct run *r, const struct token *t)
{
	const char *at = t->text;
	const char *end = t->text + t->len;
	const char *next;

	if (r->indent_len == 0) {
		buf_add(r->out, t->text, t->len);
		return;
	}
	for (; at < end; at = next) {
		next = memchr(at, '\n', (size_t)(end - at));
		next = next == NULL ? end : next + 1;
		if (at > t->text)
			buf_add(r->out, r->indent, r->indent_len);
		buf_add(r->out, at, (size_t)(next - at));
	}
}

static enum status
run_token(struct run *r, const struct token *t, size_t i)
{
	switch ((enum token_kind)t->kind) {
	case TOKEN_TEXT:
		on_text(r, t);
		return OK;
	case TOKEN_VALUE:
	case TOKEN_RAW:
		return on_value(r, t);
	case TOKEN_SECTION:
	case TOKEN_INVERTED:
		return on_section(r, t, i + 1);
	case TOKEN_PARTIAL:
		return on_partial(r, t);
	case TOKEN_PARENT:
		return on_parent(r, t);
	case TOKEN_BLOCK:
		return on_block(r, t);
	case TOKEN_PLURAL:
		return on_plural(r, t, i + 1);
	case TOKEN_FORM:
		break;
	}
	return OK;
}

static enum status
run(struct run *r, size_t from, size_t to)
{
	const struct token *tokens = r->template->tokens;
	enum status s = OK;

	for (size_t i = from; i < to && s == OK; i = tokens[i].end) {
		if (tokens[i].line && r->indent_len > 0)
			buf_add(r->out, r->indent, r->indent_len);
		s = run_token(r, &tokens[i], i);
	}
	return s;
}

enum status
template_render(const struct templates *templates, const char *name, const struct view *view,
    const struct render *render, struct buf *out)
{
	/* A view whose first value is named "." is that value: a list, a number, a text. */
	const bool lone =
	    view->first != NULL && view->first->name != NULL && strcmp(view->first->name, ".") == 0;
	struct value group = { .kind = VALUE_GROUP };
	const struct scope scope = { NULL, lone ? view->first : &group };
	struct view root = *view;
	struct run r = {
		.templates = templates,
		.render = render,
		.out = out,
		.template = template_find(templates, template_hash(name, strlen(name)), name),
		.scope = &scope,
		.indent = "",
	};

	group.view = &root;
	if (r.template == NULL)
		return NOT_FOUND;
	return run(&r, 0, r.template->count);
}
