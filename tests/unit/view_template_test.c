/* view_template_test.c: the official mustache specification, case by case; ../shared has it. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/locale.h"
#include "view/template.h"
#include "view/view.h"

enum { REQUIRED = 136, INHERITANCE = 27 };

static void offer(struct view *v, const char *name, const json_t *value);

static void
offer_all(struct view *v, const json_t *object)
{
	const char *name;
	json_t *value;

	/* The macro of jansson wants a pointer that is not const. */
	json_object_foreach((json_t *)(uintptr_t)object, name, value) offer(v, name, value);
}

static void
offer(struct view *v, const char *name, const json_t *value)
{
	struct view *list;
	double real;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		offer_all(view_group(v, name), value);
		break;
	case JSON_ARRAY:
		list = view_list(v, name);
		for (size_t i = 0; i < json_array_size(value); i++)
			offer(list, NULL, json_array_get(value, i));
		break;
	case JSON_STRING:
		view_text(v, name, json_string_value(value));
		break;
	case JSON_INTEGER:
		view_int(v, name, json_integer_value(value));
		break;
	case JSON_REAL:
		real = json_real_value(value) * 10000;
		view_decimal(v, name, (struct decimal){ true, (int64_t)(real + 0.5) });
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		view_bool(v, name, json_is_true(value));
		break;
	case JSON_NULL:
		view_text(v, name, NULL);
		break;
	}
}

/* True when it came out as it should. */
static bool
run_case(const json_t *test, struct locale *locale)
{
	struct templates *templates = templates_new(NULL);
	struct arena *arena = arena_new();
	struct view *view = view_new(arena);
	struct buf out = { .arena = arena };
	const struct render render = { .locale = locale };
	const json_t *data = json_object_get(test, "data");
	const char *expected = json_string_value(json_object_get(test, "expected"));
	const char *name;
	json_t *partial;
	bool good = true;

	json_object_foreach(json_object_get(test, "partials"), name, partial) good &=
	    templates_add(templates, name, json_string_value(partial));
	good &=
	    templates_add(templates, "main", json_string_value(json_object_get(test, "template")));
	if (json_is_object(data))
		offer_all(view, data);
	else
		offer(view, ".", data);
	good = good && template_render(templates, "main", view, &render, &out) == OK &&
	       strcmp(out.text == NULL ? "" : out.text, expected) == 0;
	if (!good)
		print_error("  not so: %s: %s\n    wanted %s\n    got    %s\n",
		    json_string_value(json_object_get(test, "name")),
		    json_string_value(json_object_get(test, "template")), expected, out.text);
	templates_free(templates);
	arena_free(arena);
	return good;
}

static size_t
run_file(const char *folder, const char *name, size_t *failures)
{
	struct locale *locale = locale_open("en", "UTC", "EUR");
	char path[512];
	json_error_t error;
	json_t *file;
	size_t count;

	snprintf(path, sizeof(path), "%s/data/mustache-spec/specs/%s.json", folder, name);
	file = json_load_file(path, 0, &error);
	assert_non_null(file);
	count = json_array_size(json_object_get(file, "tests"));
	for (size_t i = 0; i < count; i++)
		*failures += !run_case(json_array_get(json_object_get(file, "tests"), i), locale);
	print_message("  %-14s %3zu cases\n", name, count);
	json_decref(file);
	locale_close(locale);
	return count;
}

/* The folder with the specification, or NULL. */
static const char *
shared(void)
{
	const char *folder = getenv("SHARED") != NULL ? getenv("SHARED") : "../shared";
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/data/mustache-spec/specs/sections.json", folder);
	f = fopen(path, "r");
	if (f == NULL) {
		print_message("skipped: the mustache specification is not in %s\n", folder);
		return NULL;
	}
	fclose(f);
	return folder;
}

static void
test_required(void **state)
{
	static const char *const parts[] = { "comments", "delimiters", "interpolation", "inverted",
		"partials", "sections" };
	const char *folder = shared();
	size_t count = 0, failures = 0;

	(void)state;
	if (folder == NULL)
		skip();
	for (size_t i = 0; i < COUNT(parts); i++)
		count += run_file(folder, parts[i], &failures);
	print_message("  %zu required cases, %zu not passed\n", count, failures);
	assert_true(count >= REQUIRED);
	assert_int_equal(failures, 0);
}

static void
test_inheritance(void **state)
{
	const char *folder = shared();
	size_t failures = 0;

	(void)state;
	if (folder == NULL)
		skip();
	assert_true(run_file(folder, "~inheritance", &failures) >= INHERITANCE);
	assert_int_equal(failures, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_required),
		cmocka_unit_test(test_inheritance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
