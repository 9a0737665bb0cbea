/* register_conflict.c: see register_conflict.h. */
#include "page/register_conflict.h"
#include <string.h>

#include "base/text.h"
#include "page/page.h"
#include "page/photo.h"

/* What a typed value looks like to people. */
static const char *
shown(struct request *rq, const struct conflict *c, const struct rule *rule, const char *typed)
{
	const int word = rule->field.words != NULL ? word_index(rule->field.words, typed) : -1;

	if (word >= 0)
		return page_text(rq, rule->field.words->list[word].text);
	if (rule->kind == RULE_CHECK)
		return page_text(rq, text_empty(typed) ? "no" : "yes");
	if (rule->kind == RULE_REF && c->name != NULL)
		return c->name(rq, c->with, rule, typed);
	return typed;
}

static void
add_field(struct request *rq, struct view *list, const struct conflict *c, const struct rule *rule,
    const char *mine, const char *theirs, bool untouched)
{
	struct view *v = view_item(list);

	view_text(v, "name", rule->field.name);
	view_text(v, "label", page_text(rq, rule->label));
	view_bool(v, "untouched", untouched);
	view_text(v, "mine", mine);
	view_text(v, "theirs", theirs);
	view_text(v, "mine_text", shown(rq, c, rule, mine));
	view_text(v, "theirs_text", shown(rq, c, rule, theirs));
}

static bool
is_own(const struct form *form, const char *name)
{
	static const char *const common[] = { "csrf", "once", "version", "kept" };

	for (size_t i = 0; i < COUNT(common); i++)
		if (strcmp(common[i], name) == 0)
			return true;
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->rules[i].field.name, name) == 0)
			return true;
	return false;
}

/* What the handler reads beside the form's rules travels on as it was sent. */
static void
keep_others(struct request *rq, const struct form *form, struct view *same)
{
	for (size_t i = 0; i < rq->form.count; i++) {
		struct view *v;

		if (is_own(form, rq->form.at[i].name))
			continue;
		v = view_item(same);
		view_text(v, "name", rq->form.at[i].name);
		view_text(v, "mine", rq->form.at[i].value);
	}
}

static const char *
text_of(const struct form_state *s, size_t i)
{
	return s->at[i].typed != NULL ? s->at[i].typed : "";
}

enum status
conflict_page(struct request *rq, const struct conflict *c)
{
	const struct form_state *typed = rq->form_state, *was = NULL;
	struct view *group = view_group(rq->view, "conflict");
	struct view *same = view_list(group, "same");
	struct view *fields = view_list(group, "fields");

	if (c->was != NULL) {
		form_show(rq, c->form, c->was);
		was = rq->form_state;
	}
	form_show(rq, c->form, c->now);
	for (size_t i = 0; i < c->form->count; i++) {
		const char *mine = text_of(typed, i);
		const char *theirs = text_of(rq->form_state, i);

		add_field(rq, text_same(mine, theirs) ? same : fields, c, &c->form->rules[i], mine,
		    theirs, was != NULL && text_same(mine, text_of(was, i)));
	}
	keep_others(rq, c->form, same);
	photo_keep(rq);
	view_bool(group, "differs", fields->first != NULL);
	view_text(group, "title", c->title);
	view_text(group, "action", c->action);
	view_int(group, "version", c->version);
	rq->response.code = 409;
	return page(rq, "register/conflict");
}
