/* http_form_thing.h: a form with a field of every type and rule, for http_form_test.c. */
#ifndef TEST_HTTP_FORM_THING_H
#define TEST_HTTP_FORM_THING_H

#include "http/form.h"

struct thing {
	const char *name;
	const char *note;
	const char *email;
	const char *password;
	const char *state;
	int64_t count;
	int64_t machine_id;
	struct number floor;
	struct number parent_id;
	struct decimal price;
	struct decimal change;
	struct instant at;
	struct date on;
	bool urgent;
	bool agreed;
};

static const struct word state_list[] = { { "UP", "Up" }, { "DOWN", "Down" } };
static const struct words states = WORDS(state_list);

static const struct rule rules[] = {
	{ FIELD(struct thing, name), RULE_PLAIN, "Name", NULL, true, 2, 5, NULL },
	{ FIELD(struct thing, note), RULE_LINES, "Note", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, email), RULE_EMAIL, "E-mail", NULL, false, 0, 0, "email" },
	{ FIELD(struct thing, password), RULE_PASSWORD, "Password", NULL, false, 8, 0, NULL },
	{ FIELD_WORD(struct thing, state, &states), RULE_CHOICE, "State", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, count), RULE_PLAIN, "Count", NULL, false, 0, 100, NULL },
	{ FIELD(struct thing, machine_id), RULE_REF, "Machine", NULL, true, 0, 0, NULL },
	{ FIELD(struct thing, floor), RULE_PLAIN, "Floor", NULL, false, -3, 9, NULL },
	{ FIELD(struct thing, parent_id), RULE_REF, "Part of", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, price), RULE_PLAIN, "Price", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, change), RULE_PLAIN, "Change", NULL, false, -50000, 50000, NULL },
	{ FIELD(struct thing, at), RULE_PLAIN, "At", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, on), RULE_PLAIN, "On", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, urgent), RULE_CHECK, "Urgent", NULL, false, 0, 0, NULL },
	{ FIELD(struct thing, agreed), RULE_CHECK, "Agreed", NULL, true, 0, 0, NULL },
};

static const char *const also[] = { "line_*", "photo", NULL };
static const struct form form = { "thing", rules, COUNT(rules), also };

#endif
