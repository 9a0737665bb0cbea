/* import_target.c: what can be imported; see import.h. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "register/history.h"
#include "register/import.h"

enum { LONGEST_NAME = 120 };

/* What tells the records of a register from each other, where it is not what they are called by. */
static const struct {
	const char *kind;
	const char *key[2];
	const char *probe;
} keys[] = {
	{ "failure_code", { "kind", "code" }, "code" },
	{ "machine_model", { "manufacturer", "name" }, "name" },
	{ "machine_class", { "code", NULL }, "code" },
	{ "location", { "number", NULL }, "number" },
	{ "custom_field", { "kind", "label" }, "label" },
	{ "user", { "email", NULL }, "email" },
	{ "holiday", { "day", "name" }, "day" },
};

static const struct import_target stock = {
	.kind = "stock",
	.title = "Stock on hand",
	.base = "/parts",
	.form = &import_stock_form,
	.size = sizeof(struct import_stock),
	.edit = MOVEMENT_MAKE,
	.key = { "part_number", NULL },
	.probe = "part_number",
};

static struct import_target
of_history(const struct history *h)
{
	return (struct import_target){
		.kind = h->kind,
		.title = h->title,
		.base = h->base,
		.form = h->form,
		.own = h->form->count,
		.size = h->shape->size,
		.edit = h->edit,
		.key = { h->key[0], h->key[1] },
		.probe = h->probe,
		.defaults = h->defaults,
	};
}

static struct import_target
of_register(const struct reg *reg)
{
	struct import_target t = {
		.kind = reg->table->name,
		.title = reg->texts->plural,
		.base = reg->base,
		.form = reg->form,
		.own = reg->form->count,
		.size = reg->table->shape->size,
		.reg = reg,
		.edit = reg->edit,
		.key = { reg->table->title, NULL },
		.probe = reg->table->title,
		.defaults = reg->defaults,
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (strcmp(keys[i].kind, t.kind) == 0) {
			memcpy(t.key, keys[i].key, sizeof(t.key));
			t.probe = keys[i].probe;
		}
	return t;
}

struct import_target *
import_targets(struct arena *a, size_t *count)
{
	struct import_target *list =
	    NEW_ARRAY(a, struct import_target, register_count + history_count + 1);

	*count = 0;
	for (size_t i = 0; i < register_count; i++)
		list[(*count)++] = of_register(registers[i]);
	for (size_t i = 0; i < history_count; i++)
		list[(*count)++] = of_history(histories[i]);
	list[*count] = stock;
	list[(*count)++].own = stock.form->count;
	return list;
}

bool
import_target_find(const char *kind, struct import_target *out)
{
	const struct reg *reg = register_of_kind(kind);
	const struct history *h = history_of_kind(kind);

	if (reg != NULL)
		*out = of_register(reg);
	else if (h != NULL)
		*out = of_history(h);
	else if (strcmp(kind, stock.kind) == 0)
		*out = stock;
	else
		return false;
	out->own = out->form->count;
	return true;
}

enum status
import_extend(const struct actor *by, struct import_target *t, struct extra *x)
{
	struct rule *rules;
	struct form *form;
	enum status e;

	if (t->reg == NULL)
		return OK;
	e = extra_of(by, t->kind, x);
	if (e)
		return e;
	rules = NEW_ARRAY(by->arena, struct rule, t->own + x->shape->count);
	form = NEW(by->arena, struct form);
	memcpy(rules, t->form->rules, t->own * sizeof(*rules));
	/* A file may give the name of a record where the form wants its number. */
	for (size_t i = 0; i < t->own; i++)
		if (strcmp(rules[i].field.name, "parent_number") == 0)
			rules[i].most = LONGEST_NAME;
	for (size_t i = 0; i < x->shape->count; i++) {
		const struct custom_field *f = i < x->fields.count ? row_at(&x->fields, i) : NULL;
		const struct field *field = &x->shape->fields[i];

		/* Its short name, which exports have, stands where others have a hint. */
		rules[t->own + i] =
		    (struct rule){ *field, field->words != NULL ? RULE_CHOICE : RULE_PLAIN,
			    f != NULL ? f->label : "Tags", f != NULL ? f->name : NULL,
			    f != NULL && f->required, 0, 0, NULL };
	}
	*form = (struct form){ t->form->name, rules, t->own + x->shape->count, NULL };
	t->form = form;
	return OK;
}

bool
import_is_key(const struct import_target *t, const char *member)
{
	return strcmp(member, t->key[0]) == 0 ||
	       (t->key[1] != NULL && strcmp(member, t->key[1]) == 0);
}

const struct reg *
import_ref(const struct import_target *t, const char *member)
{
	for (size_t i = 0; t->reg != NULL && i < t->reg->choice_count; i++)
		if (strcmp(t->reg->choices[i].member, member) == 0)
			return register_of_kind(t->reg->choices[i].of->name);
	return NULL;
}
