/* rule_permission_test.c: the matrix, as a whole and against the document that asks for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/permission.h"
#include "rule_golden.h"

static void
whole_table(void **state)
{
	struct arena *arena = arena_new();
	struct buf out = { .arena = arena };

	(void)state;
	permission_print(&out);
	assert_int_equal(golden_differs("permission", out.text), 0);
	arena_free(arena);
}

static void
forgotten_is_denied(void **state)
{
	(void)state;
	for (int r = VISITOR; r < ROLES; r++) {
		assert_int_equal(permission_reach((enum role)r, NO_PERMISSION), REACH_NONE);
		assert_int_equal(permission_reach((enum role)r, PERMISSIONS), REACH_NONE);
		assert_int_equal(permission_reach((enum role)r, (enum permission) - 1), REACH_NONE);
		assert_int_equal(permission_reach((enum role)r, ANYBODY), REACH_ALL);
	}
	for (int p = SIGNED_IN; p < PERMISSIONS; p++) {
		assert_int_equal(permission_reach(VISITOR, (enum permission)p), REACH_NONE);
		assert_int_equal(permission_reach(ROLES, (enum permission)p), REACH_NONE);
		assert_int_equal(permission_reach((enum role) - 1, (enum permission)p), REACH_NONE);
	}
}

static void
names(void **state)
{
	(void)state;
	for (int p = 0; p < PERMISSIONS; p++) {
		assert_non_null(permission_name((enum permission)p));
		for (int q = 0; q < p; q++)
			assert_string_not_equal(permission_name((enum permission)p),
			    permission_name((enum permission)q));
	}
	assert_string_equal(permission_name(WORK_ORDER_VIEW), "work_order_view");
	assert_string_equal(permission_name(PERMISSIONS), "no_permission");
	for (int r = VISITOR; r < ROLES; r++)
		assert_int_equal(role_of(role_code((enum role)r)), r);
	assert_int_equal(role_words.count, ROLES - 1);
	assert_int_equal(role_of("admin"), VISITOR);
	assert_int_equal(role_of(NULL), VISITOR);
	assert_string_equal(role_code(ROLES), "VISITOR");
	assert_string_equal(role_words.list[MANAGER - 1].text, "Maintenance manager");
}

/* A line of the document's matrix: what a letter in it stands for here. */
struct ask {
	const char *line;
	enum permission create, read, update;
};

static const struct ask asks[] = {
	{ "`/api/users`", USER_EDIT, USER_VIEW, USER_EDIT },
	{ "`/api/departments`", DEPARTMENT_EDIT, DEPARTMENT_VIEW, DEPARTMENT_EDIT },
	{ "`/api/machines`", MACHINE_EDIT, MACHINE_VIEW, MACHINE_EDIT },
	{ "`/api/maintenance-requests` (create)", WORK_ORDER_REPORT, 0, 0 },
	{ "`/api/maintenance-requests` (view all)", 0, WORK_ORDER_VIEW, 0 },
	{ "`/api/maintenance-work`", WORK_ORDER_WORK, WORK_LOG_VIEW, WORK_ORDER_WORK },
	{ "`/api/spare-parts-requests` (create)", PARTS_REQUEST_CREATE, 0, 0 },
	{ "`/api/spare-parts-requests` (approve)", 0, 0, PARTS_REQUEST_APPROVE },
	{ "`/api/spare-parts`", PART_EDIT, PART_VIEW, PART_EDIT },
	{ "`/api/inventory-transactions`", MOVEMENT_MAKE, MOVEMENT_VIEW, MOVEMENT_MAKE },
	{ "`/api/activity-logs`", 0, EVENT_VIEW, 0 },
};

static void
check_cell(const struct ask *ask, enum role role, const char *cell)
{
	bool dept = strcmp(cell, "Dept") == 0, own = strcmp(cell, "Assigned") == 0;
	bool create = !dept && strchr(cell, 'C') != NULL;
	bool update = !dept && strchr(cell, 'U') != NULL;
	bool read = dept || own || strchr(cell, 'R') != NULL;

	if (ask->create != 0)
		assert_int_equal(permission_reach(role, ask->create) != REACH_NONE, create);
	if (ask->update != 0)
		assert_int_equal(permission_reach(role, ask->update) != REACH_NONE, update);
	if (ask->read != 0)
		assert_int_equal(permission_reach(role, ask->read) != REACH_NONE, read);
	if (dept)
		assert_int_equal(permission_reach(role, ask->read), REACH_DEPARTMENT);
	if (own)
		assert_int_equal(permission_reach(role, ask->read), REACH_OWN);
}

/* "| `/api/users` | CRUD | - | - | R | - |" */
static int
check_line(char *line)
{
	char *rest = line, *cell = strtok_r(line, "|\r\n", &rest);
	const struct ask *ask = NULL;

	for (size_t i = 0; cell != NULL && i < COUNT(asks); i++)
		if (strlen(cell) == strlen(asks[i].line) + 2 &&
		    strncmp(cell + 1, asks[i].line, strlen(asks[i].line)) == 0)
			ask = &asks[i];
	if (ask == NULL)
		return 0;
	for (int r = ADMIN; r <= INVENTORY; r++) {
		char text[32] = "";

		cell = strtok_r(NULL, "|\r\n", &rest);
		assert_non_null(cell);
		sscanf(cell, "%31s", text);
		check_cell(ask, (enum role)r, text);
	}
	return 1;
}

static void
as_the_document_asks(void **state)
{
	const char *shared = getenv("SHARED") != NULL ? getenv("SHARED") : "../shared";
	char pattern[512], line[512];
	glob_t found;
	FILE *f;
	int n = 0;

	(void)state;
	snprintf(pattern, sizeof(pattern), "%s/seeds/003_*.txt", shared);
	if (glob(pattern, 0, NULL, &found) != 0) {
		printf("skipped: %s is absent\n", pattern);
		skip();
	}
	f = fopen(found.gl_pathv[0], "r");
	globfree(&found);
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		n += strncmp(line, "| `/api/", 8) == 0 ? check_line(line) : 0;
	fclose(f);
	assert_int_equal(n, COUNT(asks));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_table),
		cmocka_unit_test(forgotten_is_denied),
		cmocka_unit_test(names),
		cmocka_unit_test(as_the_document_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
