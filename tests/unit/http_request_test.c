/* http_request_test.c: queries, forms, cookies, routes, headers, redirects; hostile input. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/request.h"
#include "tool.h"

static struct arena *arena;
static struct request rq;
static struct wire wire;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new();
	rq = (struct request){ .arena = arena };
	wire = (struct wire){ .method = "GET",
		.path = "/",
		.query = "",
		.cookie = "",
		.body = "",
		.content_type = "",
		.host = "",
		.address = "",
		.origin = "",
		.fetch_site = "",
		.accept_language = "",
		.user_agent = "",
		.if_none_match = "",
		.trace = "" };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static enum status
again(void)
{
	rq = (struct request){ .arena = arena };
	return request_read(&rq, &wire);
}

static enum status
query(const char *text)
{
	wire.query = text;
	return again();
}

static enum status
post(const char *type, const char *body)
{
	wire.method = "POST";
	wire.content_type = type;
	wire.body = body;
	wire.body_len = strlen(body);
	return again();
}

static void
test_method(void **state)
{
	(void)state;
	assert_int_equal(again(), OK);
	assert_int_equal(rq.method, GET);
	wire.method = "HEAD";
	assert_int_equal(again(), OK);
	assert_int_equal(rq.method, GET);
	wire.method = "POST";
	assert_int_equal(again(), OK);
	assert_int_equal(rq.method, POST);
	for (const char *const *m =
		 (const char *const[]){ "", "get", "PUT", "GETT", "TRACE", NULL };
	     *m != NULL; m++) {
		wire.method = *m;
		assert_int_equal(again(), BAD_REQUEST);
	}
}

static void
test_query(void **state)
{
	static const char *const wrong[] = { "a=%", "a=%4", "a=%4g", "%=a", "a=%00", "a%00=b",
		"a=\xff", "a=%ff", "a=%c0%af", "a=%ed%a0%80", "a=%f5%80%80%80", "a=%e2%82",
		"a=%+1" };

	(void)state;
	assert_int_equal(query("a=1&b=x+y%2B&&c&a=2&=d&e=%E2%82%AC=%3d"), OK);
	assert_int_equal(rq.query.count, 6);
	assert_string_equal(pairs_get(&rq.query, "a"), "1");
	assert_string_equal(pairs_get(&rq.query, "b"), "x y+");
	assert_string_equal(pairs_get(&rq.query, "c"), "");
	assert_string_equal(pairs_get(&rq.query, "e"), "\xe2\x82\xac==");
	assert_null(pairs_get(&rq.query, "f"));
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (query(wrong[i]) != BAD_REQUEST)
			fail_msg("taken: %s", wrong[i]);
	rq.query = (struct pairs){ 0 };
	assert_int_equal(pairs_read(arena, &rq.query, "a=\0b", 4), BAD_REQUEST);
}

static void
test_path(void **state)
{
	(void)state;
	wire.path = "/caf\xc3\xa9/%41";
	assert_int_equal(again(), OK);
	assert_string_equal(rq.path, wire.path);
	wire.path = "/\xff";
	assert_int_equal(again(), BAD_REQUEST);
	wire.path = "";
	assert_int_equal(again(), BAD_REQUEST);
}

static void
test_body(void **state)
{
	const char *form = "application/x-www-form-urlencoded";

	(void)state;
	assert_int_equal(post(form, "a=1%0D%0A2%0d3%0A4"), OK);
	assert_string_equal(pairs_get(&rq.form, "a"), "1\n2\n3\n4");
	assert_int_equal(post("Application/X-WWW-Form-URLencoded ; charset=utf-8", "a=1"), OK);
	assert_int_equal(post("application/x-www-form-urlencodedd", "a=1"), BAD_REQUEST);
	assert_int_equal(post("application/json", "{}"), BAD_REQUEST);
	assert_int_equal(post("", "a=1"), BAD_REQUEST);
	assert_int_equal(post("", ""), OK);
	assert_int_equal(post("multipart/form-data", "--b--"), BAD_REQUEST);
	assert_int_equal(post("multipart/form-data; boundary=b", "--b--"), OK);
	assert_int_equal(
	    post("multipart/form-data; boundary=b",
		"--b\r\nContent-Disposition: form-data; name=t\r\n\r\n1\r\n2\r\n--b--"),
	    OK);
	assert_string_equal(pairs_get(&rq.form, "t"), "1\n2");
	wire.body_too_large = true;
	assert_int_equal(again(), BAD_REQUEST);
	wire.body_too_large = false;
	wire.method = "GET";
	assert_int_equal(again(), BAD_REQUEST);
}

static void
test_limits(void **state)
{
	struct buf b = { .arena = arena };

	(void)state;
	for (size_t i = 0; i < MAX_FIELDS; i++)
		buf_text(&b, "a=1&");
	assert_int_equal(query(b.text), OK);
	assert_int_equal(rq.query.count, MAX_FIELDS);
	buf_text(&b, "a=1");
	assert_int_equal(query(b.text), BAD_REQUEST);
	for (size_t i = 0; i < MAX_FORM_BODY / 4; i++)
		buf_text(&b, "&&&&");
	wire.query = "";
	assert_int_equal(post("application/x-www-form-urlencoded", b.text), BAD_REQUEST);
}

static void
test_cookies(void **state)
{
	static const char *const wrong[] = { "a", "a=%", "a=%00", "a=\xff", "\xff=a", "a=%ff",
		"a=1; b" };

	(void)state;
	wire.cookie = "sid=plain; __Host-sid=x%3By+z; e=";
	assert_int_equal(again(), OK);
	assert_string_equal(cookie_get(&rq, "sid", false), "plain");
	assert_string_equal(cookie_get(&rq, "sid", true), "x;y+z");
	assert_string_equal(cookie_get(&rq, "e", false), "");
	assert_null(cookie_get(&rq, "e", true));
	for (size_t i = 0; i < COUNT(wrong); i++) {
		wire.cookie = wrong[i];
		if (again() != BAD_REQUEST)
			fail_msg("taken: %s", wrong[i]);
	}
}

static void
test_cookie_set(void **state)
{
	(void)state;
	cookie_set(&rq, "sid", "a.b-c_d", 60, true);
	cookie_set(&rq, "flash", "x;\r\ny", COOKIE_SESSION, false);
	cookie_set(&rq, "old", "gone", COOKIE_DELETE, false);
	assert_string_equal(rq.response.headers.text,
	    "Set-Cookie: __Host-sid=a.b-c_d; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure\r\n"
	    "Set-Cookie: flash=x%3B%0D%0Ay; Path=/; HttpOnly; SameSite=Lax\r\n"
	    "Set-Cookie: old=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
}

static void
test_headers(void **state)
{
	(void)state;
	header_set(&rq, "ETag", "\"1\"");
	header_set(&rq, "X-A", "a");
	header_set(&rq, "etag", "\"22\"");
	header_set(&rq, "X-B", "b\r\nSet-Cookie: c");
	header_set(&rq, "X-B", "b\nc");
	header_set(&rq, "X-B", "b\x7f");
	header_set(&rq, "X-B\r\nX-C", "b");
	header_set(&rq, "", "b");
	assert_string_equal(rq.response.headers.text, "X-A: a\r\netag: \"22\"\r\n");
	assert_int_equal(rq.response.headers.len, strlen(rq.response.headers.text));
}

static void
test_redirect(void **state)
{
	static const char *const wrong[] = { "", "//evil.example", "/\\evil.example",
		"https://evil", "parts", "\\/", "/a\r\nX: y", "/\t/evil.example" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (redirect(&rq, "%s", wrong[i]) != FAILED)
			fail_msg("taken: %s", wrong[i]);
	assert_null(rq.response.headers.text);
	assert_int_equal(redirect(&rq, "/machines/%d?a=%s", 7, "b"), OK);
	assert_int_equal(rq.response.code, 303);
	assert_string_equal(rq.response.headers.text, "Location: /machines/7?a=b\r\n");
	assert_int_equal(redirect(&rq, "/"), OK);
	assert_string_equal(rq.response.headers.text, "Location: /\r\n");
}

static enum status
nothing(struct request *r)
{
	(void)r;
	return OK;
}

static const struct route routes[] = {
	{ GET, "/", 1, nothing, 0 },
	{ GET, "/machines/:id", 2, nothing, 0 },
	{ GET, "/machines/new", 3, nothing, 0 },
	{ POST, "/machines/:id", 4, nothing, 0 },
	{ GET, "/machines/:id/:what", 5, nothing, 0 },
	{ GET, "/machines/:id/parts/:part", 6, nothing, 0 },
	{ GET, "/machines/:id/history", 7, nothing, 0 },
	{ GET, "/:any/new/history", 8, nothing, 0 },
	{ GET, "/:a/:b/:c/:d/:e", 9, nothing, 0 },
};

static int
route_of(enum method method, const char *path)
{
	rq.method = method;
	rq.path = path;
	return route_match(&rq, routes, COUNT(routes)) == OK ? rq.route->permission : 0;
}

static void
test_routes(void **state)
{
	(void)state;
	assert_int_equal(route_of(GET, "/"), 1);
	assert_int_equal(route_of(GET, "/machines/new"), 3);
	assert_null(rq.capture[0]);
	assert_int_equal(route_of(POST, "/machines/new"), 4);
	assert_int_equal(route_of(GET, "/machines/12"), 2);
	assert_int_equal(request_id(&rq, 0), 12);
	assert_int_equal(route_of(GET, "/machines/1/history"), 7);
	assert_int_equal(route_of(GET, "/machines/1/labels"), 5);
	assert_string_equal(rq.capture[1], "labels");
	assert_int_equal(route_of(GET, "/machines/new/history"), 7);
	assert_int_equal(route_of(GET, "/parts/new/history"), 8);
	assert_int_equal(route_of(GET, "/machines/8/parts/9"), 6);
	assert_int_equal(request_id(&rq, 1), 9);
	assert_int_equal(request_id(&rq, 2), 0);
	for (const char *const *p =
		 (const char *const[]){ "", "machines", "/machines", "/machines/", "//",
		     "/machines/1/", "/machine/new", "/machines//history", "/a/b/c/d/e", NULL };
	     *p != NULL; p++)
		if (route_of(GET, *p) != 0)
			fail_msg("matched: %s", *p);
}

static void
test_ids(void **state)
{
	static const char *const wrong[] = { "", "0", "-1", "+1", " 1", "1 ", "1x", "0x1", "1.0",
		"9223372036854775808", "99999999999999999999999" };

	(void)state;
	rq.capture[0] = "9223372036854775807";
	assert_true(request_id(&rq, 0) == INT64_MAX);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		rq.capture[0] = wrong[i];
		assert_int_equal(request_id(&rq, 0), 0);
	}
	assert_int_equal(request_id(&rq, 99), 0);
	assert_int_equal(query("machine=5&x=-5"), OK);
	assert_int_equal(query_id(&rq, "machine"), 5);
	assert_int_equal(query_id(&rq, "x"), 0);
	assert_int_equal(query_id(&rq, "y"), 0);
}

/* Every string of the Big List of Naughty Strings comes back as it was sent. */
static void
test_naughty(void **state)
{
	const char *shared = getenv("SHARED") == NULL ? "../shared" : getenv("SHARED");
	const char *path = arena_print(arena, "%s/data/bad-input-strings/blns/blns.json", shared);
	json_t *list = json_load_file(path, JSON_ALLOW_NUL, NULL);
	size_t i;
	json_t *item;

	(void)state;
	if (list == NULL) {
		printf("skipped: no %s\n", path);
		skip();
	}
	assert_true(json_array_size(list) > 400);
	json_array_foreach(list, i, item)
	{
		const char *text = json_string_value(item);
		const char *sent =
		    arena_print(arena, "%s=%s", text_url(arena, text), text_url(arena, text));

		rq.query = (struct pairs){ 0 };
		if (strlen(text) != json_string_length(item))
			continue;
		assert_int_equal(pairs_read(arena, &rq.query, sent, strlen(sent)), OK);
		assert_int_equal(rq.query.count, 1);
		assert_string_equal(rq.query.at[0].name, text);
		assert_string_equal(rq.query.at[0].value, text);
	}
	json_decref(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_method, begin, end),
		cmocka_unit_test_setup_teardown(test_query, begin, end),
		cmocka_unit_test_setup_teardown(test_path, begin, end),
		cmocka_unit_test_setup_teardown(test_body, begin, end),
		cmocka_unit_test_setup_teardown(test_limits, begin, end),
		cmocka_unit_test_setup_teardown(test_cookies, begin, end),
		cmocka_unit_test_setup_teardown(test_cookie_set, begin, end),
		cmocka_unit_test_setup_teardown(test_headers, begin, end),
		cmocka_unit_test_setup_teardown(test_redirect, begin, end),
		cmocka_unit_test_setup_teardown(test_routes, begin, end),
		cmocka_unit_test_setup_teardown(test_ids, begin, end),
		cmocka_unit_test_setup_teardown(test_naughty, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
