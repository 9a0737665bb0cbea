/* register_conflict.c: see register_conflict.h. */
#include "page/register_conflict.h"
#include "base/text.h"
#include "page/page.h"

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
    const char *mine, const char *theirs)
{
	struct view *v = view_item(list);

	view_text(v, "name", rule->field.name);
	view_text(v, "label", page_text(rq, rule->label));
	view_text(v, "mine", mine);
	view_text(v, "theirs", theirs);
	view_text(v, "mine_text", shown(rq, c, rule, mine));
	view_text(v, "theirs_text", shown(rq, c, rule, theirs));
}

enum status
conflict_page(struct request *rq, const struct conflict *c)
{
	const struct form_state *typed = rq->form_state;
	struct view *group = view_group(rq->view, "conflict");
	struct view *same = view_list(group, "same");
	struct view *fields = view_list(group, "fields");

	form_show(rq, c->form, c->now);
	for (size_t i = 0; i < c->form->count; i++) {
		const char *mine = typed->at[i].typed ? typed->at[i].typed : "";
		const char *theirs = rq->form_state->at[i].typed ? rq->form_state->at[i].typed : "";

		add_field(rq, text_same(mine, theirs) ? same : fields, c, &c->form->rules[i], mine,
		    theirs);
	}
	view_bool(group, "differs", fields->first != NULL);
	view_text(group, "title", c->title);
	view_text(group, "action", c->action);
	view_int(group, "version", c->version);
	rq->response.code = 409;
	return page(rq, "register/conflict");
}
