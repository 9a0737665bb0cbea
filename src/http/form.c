/* form.c: see form.h. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/form_inside.h"

const char *const form_texts[] = {
	[WRONG_EMPTY] = "Fill in this field",
	[WRONG_NO_CHOICE] = "Choose one",
	[WRONG_UNTICKED] = "Tick this box",
	[WRONG_CHOICE] = "Choose one from the list",
	[WRONG_INT] = "Enter a whole number",
	[WRONG_DECIMAL] = "Enter a number with at most four decimal places",
	[WRONG_LESS] = "Enter %1 or more",
	[WRONG_MORE] = "Enter %2 or less",
	[WRONG_BETWEEN] = "Enter a number from %1 to %2",
	[WRONG_SHORT] = "Enter at least %1 characters",
	[WRONG_LONG] = "Enter at most %2 characters",
	[WRONG_DATE] = "Enter a date, such as 2026-11-21",
	[WRONG_INSTANT] = "Enter a date and a time, such as 2026-11-21 14:05",
	[WRONG_YEAR] = "Enter a year from 1900 on, with four digits",
	[WRONG_EMAIL] = "Enter an e-mail address, such as name@example.com",
	[WRONG_LINES] = "Enter a single line",
	[WRONG_CHARACTER] = "Type this text again: it has characters that cannot be shown",
	[FORM_TEXTS] = NULL,
};

/* Fields of every form; the app reads them. */
static const char *const common[] = { "csrf", "once", "version" };

static size_t
rule_index(const struct form *form, const char *name)
{
	size_t i = 0;

	while (i < form->count && strcmp(form->rules[i].field.name, name) != 0)
		i++;
	return i;
}

static size_t
common_index(const char *name)
{
	size_t i = 0;

	while (i < COUNT(common) && strcmp(common[i], name) != 0)
		i++;
	return i;
}

/* "line_*" stands for every name that begins with line_. */
static bool
is_also(const struct form *form, const char *name)
{
	for (const char *const *also = form->also; also != NULL && *also != NULL; also++) {
		const char *star = strchr(*also, '*');

		if (star == NULL ? strcmp(*also, name) == 0
				 : strncmp(*also, name, (size_t)(star - *also)) == 0)
			return true;
	}
	return false;
}

#define BOXES "_boxes"

/* <name>_boxes: the boxes of that rule were there to tick, though none may be ticked. */
static bool
is_boxes(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++) {
		const char *own = form->rules[i].field.name;
		const size_t len = strlen(own);

		if (form->rules[i].several && strncmp(name, own, len) == 0 &&
		    strcmp(name + len, BOXES) == 0)
			return true;
	}
	return false;
}

/* What the form does not know, or a name that comes twice, was not sent by a page of ours. */
static enum status
names_check(struct request *rq, const struct form *form)
{
	bool *seen = NEW_ARRAY(rq->arena, bool, form->count + COUNT(common));

	rq->names_known = true;
	for (size_t i = 0; i < rq->form.count; i++) {
		const char *name = rq->form.at[i].name;
		size_t at = rule_index(form, name);

		if (at == form->count)
			at += common_index(name);
		if (at < form->count + COUNT(common)) {
			if (seen[at] && (at >= form->count || !form->rules[at].several))
				return BAD_REQUEST;
			seen[at] = true;
		} else if (!is_also(form, name) && !is_boxes(form, name)) {
			return BAD_REQUEST;
		}
	}
	for (size_t i = 0; i < rq->uploads.count; i++)
		if (!is_also(form, rq->uploads.at[i].field))
			return BAD_REQUEST;
	return OK;
}

static struct form_state *
state_new(struct request *rq, const struct form *form)
{
	struct form_state *s = NEW(rq->arena, struct form_state);

	s->form = form;
	s->at = NEW_ARRAY(rq->arena, struct field_state, form->count);
	rq->form_state = s;
	return s;
}

static void
complain(struct request *rq, size_t at, const char *text)
{
	struct form_state *s = rq->form_state;
	const struct rule *r = &s->form->rules[at];

	s->wrong = true;
	rq->response.code = 422;
	if (at < s->form->count && s->at[at].complaint.text == NULL)
		s->at[at].complaint = (struct complaint){ text, r->least, rule_most(r), NULL };
}

/* What is sent for the rule; NULL: nothing. */
static const char *
typed_of(struct request *rq, const struct rule *r)
{
	const char *typed = NULL;

	if (!r->several)
		return pairs_get(&rq->form, r->field.name);
	for (size_t i = 0; i < rq->form.count; i++) {
		const struct pair *p = &rq->form.at[i];

		if (strcmp(p->name, r->field.name) != 0)
			continue;
		typed = text_empty(typed)      ? p->value
			: text_empty(p->value) ? typed
					       : arena_print(rq->arena, "%s, %s", typed, p->value);
	}
	if (typed == NULL &&
	    pairs_get(&rq->form, arena_print(rq->arena, "%s" BOXES, r->field.name)) != NULL)
		return "";
	return typed;
}

static enum form_text
field_read(struct request *rq, size_t i, void *record)
{
	struct form_state *s = rq->form_state;
	const struct rule *r = &s->form->rules[i];
	const char *typed = typed_of(rq, r);

	/* A browser sends nothing for an empty checkbox: only for that is absent an answer. */
	if (typed == NULL && r->kind != RULE_CHECK) {
		s->at[i].typed = value_show(rq, r, record);
		return !r->required                                    ? NOTHING_WRONG
		       : r->kind == RULE_CHOICE || r->kind == RULE_REF ? WRONG_NO_CHOICE
								       : WRONG_EMPTY;
	}
	if (typed == NULL)
		typed = "";
	s->at[i].typed = r->kind == RULE_PASSWORD ? "" : typed;
	return value_read(rq, r, typed, record);
}

enum status
form_only(struct request *rq, const char *const *names)
{
	const struct form none = { .name = "", .also = names };

	return names_check(rq, &none);
}

enum status
form_read(struct request *rq, const struct form *form, void *record)
{
	struct form_state *s;
	enum status e = names_check(rq, form);

	if (e)
		return e;
	s = state_new(rq, form);
	for (size_t i = 0; i < form->count; i++) {
		enum form_text wrong = field_read(rq, i, record);

		if (wrong != NOTHING_WRONG)
			complain(rq, i, form_texts[wrong]);
	}
	return s->wrong ? INVALID : OK;
}

static void
state_typed(struct request *rq, const struct form *form)
{
	struct form_state *s = state_new(rq, form);

	for (size_t i = 0; i < form->count; i++) {
		const struct rule *r = &form->rules[i];
		const char *typed = typed_of(rq, r);

		s->at[i].typed = typed == NULL || r->kind == RULE_PASSWORD ? "" : typed;
	}
}

enum status
form_refuse(struct request *rq, const struct form *form, const char *name, const char *msgid)
{
	size_t at = name == NULL ? 0 : rule_index(form, name);

	if (rq->form_state == NULL || rq->form_state->form != form)
		state_typed(rq, form);
	/* A name without a rule (a line of a list): said at the first field, so that it is seen. */
	complain(rq, at == form->count ? 0 : at, msgid);
	return INVALID;
}

void
form_show(struct request *rq, const struct form *form, const void *record)
{
	struct form_state *s = state_new(rq, form);

	for (size_t i = 0; i < form->count; i++)
		s->at[i].typed = value_show(rq, &form->rules[i], record);
}

int64_t
form_version(const struct request *rq)
{
	const char *text = pairs_get(&rq->form, "version");
	int64_t version;

	return text != NULL && int_read(text, &version) && version > 0 ? version : 0;
}
