/* base_log_test.c: every line is one JSON object, whatever bytes are logged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/log.h"
#include "base_said.h"

static json_t *
line(void (*f)(void *), void *with, int code)
{
	char said[SAID];
	json_error_t why;
	json_t *object;

	assert_int_equal(said_by(f, with, said), code);
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	assert_true(strlen(said) <= 4096);
	object = json_loads(said, 0, &why);
	if (object == NULL)
		fail_msg("%s: %s", why.text, said);
	return object;
}

static const char *
member(json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void
say(void *with)
{
	log_error("%s", (const char *)with);
}

static void
escaped(void **state)
{
	static const char *const pairs[][2] = {
		{ "plain", "plain" },
		{ "\"\\/", "\"\\/" },
		{ "a\nb\tc\x01\x1f\x7f", "a\nb\tc\x01\x1f\x7f" },
		{ "\xc3\xa4\xe5\xb7\xa5\xf0\x9f\x98\x80", "ä工😀" },
		{ "\xff\xc3", "\uFFFD\uFFFD" },
		{ "\xed\xa0\x80x", "\uFFFD\uFFFD\uFFFDx" },
		{ "\xc0\xaf", "\uFFFD\uFFFD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		json_t *o = line(say, (void *)(uintptr_t)pairs[i][0], 0);

		assert_string_equal(member(o, "message"), pairs[i][1]);
		assert_string_equal(member(o, "level"), "error");
		assert_null(member(o, "trace"));
		assert_int_equal(strlen(member(o, "time")), strlen("2026-11-21T13:00:00.123Z"));
		json_decref(o);
	}
}

/* Each byte alone, and far too much of anything. */
static void
whatever(void **state)
{
	static char much[20000];

	(void)state;
	for (int c = 1; c < 256; c++) {
		much[0] = (char)c;
		json_decref(line(say, much, 0));
	}
	for (int c = 1; c < 256; c += 13) {
		memset(much, c, sizeof(much) - 1);
		json_decref(line(say, much, 0));
	}
}

static void
request(void *with)
{
	log_trace("not this one");
	log_request("4f\"", "GET", with, 503, 1234, 7, 3, "192.0.2.1");
}

static void
requests(void **state)
{
	char path[9000];
	json_t *o = line(request, (void *)(uintptr_t) "/part/\x01?q=\xff", 0);

	(void)state;
	assert_string_equal(member(o, "trace"), "4f\"");
	assert_string_equal(member(o, "level"), "error");
	assert_string_equal(member(o, "path"), "/part/\x01?q=\uFFFD");
	assert_int_equal(json_integer_value(json_object_get(o, "code")), 503);
	assert_int_equal(json_integer_value(json_object_get(o, "queries")), 7);
	json_decref(o);
	memset(path, '"', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	o = line(request, path, 0);
	assert_string_equal(member(o, "address"), "192.0.2.1");
	json_decref(o);
}

static void
traced(void *with)
{
	log_trace("t1");
	die("%s", (const char *)with);
}

static void
ends(void **state)
{
	json_t *o = line(traced, (void *)(uintptr_t) "over", 1);

	(void)state;
	assert_string_equal(member(o, "message"), "over");
	assert_string_equal(member(o, "trace"), "t1");
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escaped),
		cmocka_unit_test(whatever),
		cmocka_unit_test(requests),
		cmocka_unit_test(ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
