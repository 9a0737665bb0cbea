/* form_view.c: a form's table and state as the template's fields; see page_form() in page.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/register.h"
#include "page/page.h"

/* One list of options, waiting for its field; or what is typed instead of choosing. */
struct options {
	const char *name;
	struct rows rows;
	const char *value;
	const char *text;
	const char *suggest;
	const char *first; /* where the first of them is made */
	struct options *next;
};

void
page_options(
    struct request *rq, const char *name, struct rows rows, const char *value, const char *text)
{
	struct options *o = NEW(rq->arena, struct options);

	*o = (struct options){ name, rows, value, text, .next = rq->options };
	rq->options = o;
}

void
page_typed(struct request *rq, const char *name, const char *text, const char *suggest)
{
	struct options *o = NEW(rq->arena, struct options);

	*o = (struct options){ name, .text = text, .suggest = suggest, .next = rq->options };
	rq->options = o;
}

/* Is there a list to choose from? */
static bool
offered(const struct request *rq, const struct rule *r)
{
	for (const struct options *o = rq->options; o != NULL; o = o->next)
		if (o->suggest == NULL && strcmp(o->name, r->field.name) == 0)
			return true;
	return false;
}

void
page_first(struct request *rq, const char *name, const char *href)
{
	struct options *o = NEW(rq->arena, struct options);

	*o = (struct options){ name, .first = href, .next = rq->options };
	rq->options = o;
}

static const char *
first_of(const struct request *rq, const struct rule *r)
{
	for (const struct options *o = rq->options; o != NULL; o = o->next)
		if (o->first != NULL && strcmp(o->name, r->field.name) == 0)
			return o->first;
	return NULL;
}

/* What is typed there with suggestions; NULL when it is a field like any other. */
static const struct options *
typed_of(const struct request *rq, const struct rule *r)
{
	for (const struct options *o = rq->options; o != NULL; o = o->next)
		if (o->suggest != NULL && strcmp(o->name, r->field.name) == 0)
			return o;
	return NULL;
}

static const char *
member_text(struct arena *a, const struct shape *shape, const char *name, const void *record)
{
	const struct field *f = shape_field(shape, name);

	if (f == NULL)
		return "";
	if (f->type == TYPE_INT)
		return arena_print(a, "%" PRId64, *(const int64_t *)field_of(f, record));
	return *(const char *const *)field_of(f, record);
}

/* Is it what was typed, or with several one of "Assembly, Press shop"? */
static bool
is_chosen(struct arena *a, const struct rule *r, const char *typed, const char *value)
{
	if (typed == NULL)
		return false;
	if (!r->several)
		return strcmp(value, typed) == 0;
	return strstr(arena_print(a, ", %s, ", typed), arena_print(a, ", %s, ", value)) != NULL;
}

static struct view *
add_option(struct view *list, const char *value, const char *text, bool selected)
{
	struct view *v = view_item(list);

	view_text(v, "value", value);
	view_text(v, "text", text);
	view_bool(v, "selected", selected);
	return v;
}

/* The group that row i begins or ends: of rows with a member `group`, a msgid or NULL. */
static const char *
group_of(const struct rows *rows, size_t i)
{
	const struct field *f = shape_field(rows->shape, "group");

	return f != NULL && i < rows->count ? *(const char *const *)field_of(f, row_at(rows, i))
					    : NULL;
}

static void
show_group(struct request *rq, struct view *v, const struct rows *rows, size_t i)
{
	const char *group = group_of(rows, i), *next = group_of(rows, i + 1);
	const bool starts = group != NULL && (i == 0 || group_of(rows, i - 1) != group);

	view_text(v, "group", starts ? page_text(rq, group) : NULL);
	view_bool(v, "group_ends", group != NULL && next != group);
}

/*
 * What was chosen and is no longer offered, as an archived department: without its box, saving the
 * form would drop it unseen.
 */
static void
show_unlisted(struct request *rq, struct view *list, const struct options *o, const char *typed)
{
	const char *rest = arena_print(rq->arena, ", %s, ", typed), *p;

	for (size_t i = 0; i < o->rows.count; i++)
		rest = text_replace(rq->arena, rest,
		    arena_print(rq->arena, ", %s, ",
			member_text(rq->arena, o->rows.shape, o->value, row_at(&o->rows, i))),
		    ", ");
	for (p = rest + strspn(rest, ", "); *p != '\0'; p += strspn(p, ", ")) {
		const char *end = strstr(p, ", ");
		const char *name = arena_text(rq->arena, p, (size_t)(end - p));

		add_option(list, name, name, true);
		p = end;
	}
}

static void
show_options(struct request *rq, struct view *field, const struct rule *r, const char *typed)
{
	struct view *list = view_list(field, "options");

	if (r->field.words != NULL) {
		for (size_t i = 0; i < r->field.words->count; i++)
			show_group(rq,
			    add_option(list, r->field.words->list[i].code,
				page_text(rq, r->field.words->list[i].text),
				is_chosen(rq->arena, r, typed, r->field.words->list[i].code)),
			    &(struct rows){ .shape = &option_shape }, 0);
		return;
	}
	for (struct options *o = rq->options; o != NULL; o = o->next) {
		if (o->suggest != NULL || strcmp(o->name, r->field.name) != 0)
			continue;
		for (size_t i = 0; i < o->rows.count; i++) {
			const void *row = row_at(&o->rows, i);
			const char *value = member_text(rq->arena, o->rows.shape, o->value, row);
			const char *text = member_text(rq->arena, o->rows.shape, o->text, row);

			show_group(rq,
			    add_option(list, value, text, is_chosen(rq->arena, r, typed, value)),
			    &o->rows, i);
		}
		if (r->several && typed != NULL)
			show_unlisted(rq, list, o, typed);
		return;
	}
}

/* least or most, as the rule's type counts it. */
static const char *
bound(const struct request *rq, const struct rule *r, int64_t n)
{
	if (r->field.type == TYPE_DECIMAL)
		return locale_decimal(rq->kit->locale, rq->arena, (struct decimal){ true, n });
	return locale_int(rq->kit->locale, rq->arena, n);
}

static const char *
complaint_text(const struct request *rq, const struct rule *r, const struct complaint *c)
{
	const char *text;

	if (c->text == NULL)
		return NULL;
	text = page_text_with(rq, c->text, bound(rq, r, c->least), bound(rq, r, c->most));
	return c->arg != NULL ? text_replace(rq->arena, text, "%s", c->arg) : text;
}

/* Which input the field becomes; exactly one is true. */
static void
show_kind(struct view *v, const struct rule *r, bool boxes)
{
	const enum type t = r->field.type;
	const bool plain = r->kind == RULE_PLAIN;
	const bool choice = r->kind == RULE_CHOICE || (plain && r->field.words != NULL);
	const bool number = plain && !choice && (t == TYPE_INT || t == TYPE_NUMBER);

	view_bool(v, "is_choice", choice);
	view_bool(v, "is_number", number);
	view_bool(v, "is_decimal", plain && t == TYPE_DECIMAL);
	view_bool(v, "is_date", plain && t == TYPE_DATE);
	view_bool(v, "is_instant", plain && t == TYPE_INSTANT);
	view_bool(v, "is_text", plain && !choice && t == TYPE_TEXT && !boxes);
	view_bool(v, "is_boxes", boxes);
	view_bool(v, "is_lines", r->kind == RULE_LINES);
	view_bool(v, "is_email", r->kind == RULE_EMAIL);
	view_bool(v, "is_password", r->kind == RULE_PASSWORD);
	view_bool(v, "is_check", r->kind == RULE_CHECK || (plain && t == TYPE_BOOL));
	view_text(v, "inputmode",
	    number                       ? "numeric"
	    : plain && t == TYPE_DECIMAL ? "decimal"
	    : r->kind == RULE_EMAIL      ? "email"
					 : "text");
}

/* What is typed there stands on labels, too: their codes are as good as a name. */
static bool
has_label(const struct rule *r, const struct options *o)
{
	static const char *const bases[] = { "/machines/", "/locations/", "/parts/", "/users/" };

	if (strcmp(r->field.name, "parent_number") == 0)
		return true;

	for (size_t i = 0; o != NULL && o->suggest != NULL && i < COUNT(bases); i++)
		if (text_starts(o->suggest, bases[i]))
			return true;
	return false;
}

static void
show_field(struct request *rq, struct view *v, const struct form *form, const struct rule *r,
    const struct field_state *s)
{
	const char *complaint = complaint_text(rq, r, &s->complaint);
	const struct options *o = typed_of(rq, r);

	view_text(v, "name", r->field.name);
	view_text(v, "id", arena_print(rq->arena, "%s-%s", form->name, r->field.name));
	view_text(v, "label", page_text(rq, r->label));
	if (r->several && o != NULL)
		view_text(v, "hint", page_text(rq, "Names with commas between them."));
	else
		view_text(v, "hint", r->hint != NULL ? page_text(rq, r->hint) : NULL);
	view_text(v, "typed",
	    o != NULL && o->text != NULL ? o->text
	    : s->typed != NULL           ? s->typed
					 : "");
	view_text(v, "suggest", o != NULL ? o->suggest : NULL);
	view_text(v, "first", first_of(rq, r));
	view_bool(v, "scan", has_label(r, o));
	view_text(v, "complaint", complaint);
	view_bool(v, "required", r->required);
	view_bool(v, "optional", !r->required);
	view_int(v, "most", r->field.type == TYPE_TEXT ? r->most : 0);
	view_int(v, "least", r->field.type == TYPE_TEXT && r->least > 1 ? r->least : 0);
	view_text(v, "autocomplete", r->autocomplete);
	view_bool(v, "checked", !text_empty(s->typed) && strcmp(s->typed, "0") != 0);
	show_kind(v, r, r->several && offered(rq, r));
	view_bool(v, "is_ref", r->kind == RULE_REF && o == NULL);
	view_bool(v, "is_typed", r->kind == RULE_REF && o != NULL);
	show_options(rq, v, r, s->typed);
}

void
page_form(struct request *rq, const struct form *form)
{
	struct view *group = view_group(rq->view, form->name);
	struct view *fields = view_list(group, "fields");
	struct view *errors;

	if (rq->form_state == NULL || rq->form_state->form != form)
		form_show(rq, form, NULL);
	view_bool(group, "wrong", rq->form_state->wrong);
	view_bool(rq->view, "form_wrong", rq->form_state->wrong || rq->photo_complaint != NULL);
	for (size_t i = 0; i < form->count; i++) {
		const struct rule *r = &form->rules[i];

		show_field(rq, view_item(fields), form, r, &rq->form_state->at[i]);
		show_field(rq, view_group(group, r->field.name), form, r, &rq->form_state->at[i]);
	}
	errors = view_list(group, "errors");
	for (size_t i = 0; i < form->count; i++) {
		struct view *v;

		if (rq->form_state->at[i].complaint.text == NULL)
			continue;
		v = view_item(errors);
		view_text(v, "id",
		    arena_print(rq->arena, "%s-%s", form->name, form->rules[i].field.name));
		view_text(v, "label", page_text(rq, form->rules[i].label));
		view_text(v, "text",
		    complaint_text(rq, &form->rules[i], &rq->form_state->at[i].complaint));
	}
}
