/* user.c: the register of people; their own pages are page/admin/user.c's. */
#include "model/user.h"
#include "base/money.h"
#include "model/department.h"
#include "model/skill.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct user, name), RULE_PLAIN, "Name", NULL, true, 2, 80, NULL, false },
	{ FIELD(struct user, email), RULE_EMAIL, "E-mail", NULL, true, 3, 254, NULL, false },
	{ FIELD_WORD(struct user, role, &role_words), RULE_CHOICE, "Role", NULL, true, 0, 0, NULL,
	    false },
	{ FIELD(struct user, phone), RULE_PLAIN, "Phone", NULL, false, 0, 40, NULL, false },
	{ FIELD(struct user, hourly_rate), RULE_PLAIN, "Hourly rate",
	    "What an hour of this person’s work costs.", false, 0, 10000 * DECIMAL_ONE, NULL,
	    false },
	{ FIELD_WORD(struct user, language, &language_words), RULE_CHOICE, "Language",
	    "Without one, the plant’s.", false, 0, 0, NULL, false },
	{ FIELD(struct user, department_names), RULE_PLAIN, "Departments",
	    "A supervisor sees their work orders, a technician is offered them.", false, 0, 1000,
	    NULL, true },
	{ FIELD(struct user, skill_names), RULE_PLAIN, "Skills", NULL, false, 0, 1000, NULL, true },
};

static const struct reg_several several[] = {
	{ "department_names", &department_table },
	{ "skill_names", &skill_table },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "People",
	.create = "Invite somebody",
	.edit = "Edit person",
	.empty = "Nobody here yet",
	.empty_help =
	    "People sign in with an e-mail address; an invitation lets them set a password.",
	.archived = "Deactivated",
	.archive = "Deactivate this person",
	.deactivates = true,
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK, false },
	{ "role", "Role", NULL, CELL_PLAIN, false },
	{ "department_names", "Departments", NULL, CELL_PLAIN, false },
	{ "email", "E-mail", "email", CELL_PLAIN, false },
	{ "seen_at", "Last seen", NULL, CELL_PLAIN, false },
	{ "phone", "Phone", NULL, CELL_PLAIN, true },
	{ "skill_names", "Skills", NULL, CELL_PLAIN, true },
	{ "invited", "Not yet signed in", NULL, CELL_PLAIN, true },
};

static const struct reg_column details[] = {
	{ "email", "E-mail", NULL, CELL_PLAIN, false },
	{ "phone", "Phone", NULL, CELL_PLAIN, false },
	{ "role", "Role", NULL, CELL_PLAIN, false },
	{ "department_names", "Departments", NULL, CELL_PLAIN, false },
	{ "skill_names", "Skills", NULL, CELL_PLAIN, false },
	{ "language", "Language", NULL, CELL_PLAIN, false },
	{ "hourly_rate", "Hourly rate", NULL, CELL_MONEY, false },
};

static const struct reg_filter_text filters[] = {
	{ .label = "Role", .words = &role_words },
	{ .label = "Department", .of = &department_table },
	{ .label = "Skill", .of = &skill_table },
	{ .label = "Not yet signed in" },
};

static void
defaults(void *record)
{
	((struct user *)record)->role = "TECHNICIAN";
}

const struct reg user_register = {
	.base = "/users",
	.table = &user_table,
	.form = &form,
	.view = USER_VIEW,
	.edit = USER_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.several = several,
	.several_count = COUNT(several),
	.defaults = defaults,
};
