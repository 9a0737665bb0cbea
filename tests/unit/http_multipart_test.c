/* http_multipart_test.c: multipart bodies: the 30 cases of ../shared, and hostile ones. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/mime.h"
#include "http/multipart.h"
#include "http_multipart_case.h"
#include "tool.h"

#ifndef __has_feature
#define __has_feature(what) 0
#endif
#ifdef __SANITIZE_ADDRESS__
#define SLOW 1
#else
#define SLOW __has_feature(address_sanitizer)
#endif

enum { CASES = 30, CASES_WRONG = 8 };

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
compare(const struct expected *x, const struct pairs *pairs, const struct uploads *uploads)
{
	size_t p = 0, u = 0;

	for (size_t i = 0; i < x->count; i++) {
		size_t len;
		const char *data =
		    base64_decode(arena, x->part[i].data, strlen(x->part[i].data), &len);

		assert_non_null(data);
		if (!x->part[i].is_file) {
			assert_true(p < pairs->count);
			assert_string_equal(pairs->at[p].name, x->part[i].name);
			assert_int_equal(strlen(pairs->at[p].value), len);
			assert_string_equal(pairs->at[p++].value, data);
			continue;
		}
		assert_true(u < uploads->count);
		assert_string_equal(uploads->at[u].field, x->part[i].name);
		assert_string_equal(uploads->at[u].filename, x->part[i].file_name);
		assert_string_equal(uploads->at[u].type, x->part[i].type);
		assert_int_equal(uploads->at[u].len, len);
		assert_memory_equal(uploads->at[u++].data, data, len);
	}
	assert_int_equal(p, pairs->count);
	assert_int_equal(u, uploads->count);
}

static bool
run_case(const char *dir, const char *name)
{
	static struct expected x;
	char *text = arena_alloc(arena, CASE_MAX, 1);
	char path[TOOL_PATH];
	struct pairs pairs = { 0 };
	struct uploads uploads = { 0 };
	enum status e;
	long len;

	snprintf(path, sizeof(path), "%s/%s.yaml", dir, name);
	assert_true(file_get(path, text, CASE_MAX) > 0);
	yaml_read(arena, &x, text);
	/* This body's lines are --boundary, so its boundary is without the dashes that its YAML
	 * has. */
	if (strcmp(name, "single_field_blocks") == 0)
		memmove(x.boundary, "boundary", sizeof("boundary"));
	snprintf(path, sizeof(path), "%s/%s.http", dir, name);
	len = file_get(path, text, CASE_MAX);
	assert_true(len > 0);
	e = multipart_read(arena, x.boundary, text, (size_t)len, &pairs, &uploads);
	if (e != (x.wrong ? BAD_REQUEST : OK))
		fail_msg("%s: status %d", name, e);
	if (!x.wrong)
		compare(&x, &pairs, &uploads);
	return x.wrong;
}

static void
test_cases(void **state)
{
	const char *shared = getenv("SHARED") == NULL ? "../shared" : getenv("SHARED");
	const char *dir = arena_print(arena, "%s/data/multipart-cases/http", shared);
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t cases = 0, wrong = 0;

	(void)state;
	if (d == NULL) {
		printf("skipped: no %s\n", dir);
		skip();
	}
	while ((entry = readdir(d)) != NULL) {
		const char *dot = strstr(entry->d_name, ".http");

		if (dot == NULL)
			continue;
		wrong +=
		    run_case(dir, arena_text(arena, entry->d_name, (size_t)(dot - entry->d_name)));
		cases++;
	}
	closedir(d);
	assert_int_equal(cases, CASES);
	assert_int_equal(wrong, CASES_WRONG);
}

static void
test_boundary(void **state)
{
	static const struct {
		const char *type;
		const char *boundary;
	} is[] = {
		{ "multipart/form-data; boundary=abc", "abc" },
		{ "multipart/form-data;BOUNDARY=----WebKitFormBoundary0",
		    "----WebKitFormBoundary0" },
		{ "multipart/form-data; charset=utf-8; boundary=a'b ;", "a'b" },
		{ "multipart/form-data", NULL },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=a; boundary=b", NULL },
		{ "multipart/form-data; boundary=a; Boundary=a", NULL },
		{ "multipart/form-data; boundary=\"a\"", NULL },
		{ "multipart/form-data; boundary=\"a", NULL },
		{ "multipart/form-data; boundary=a b", NULL },
		{ "multipart/form-data; boundary=a<b", NULL },
		{ "multipart/form-data; boundary", NULL },
		{ "multipart/form-data; "
		  "boundary=0123456789012345678901234567890123456789012345678901234567890123456789",
		    "0123456789012345678901234567890123456789012345678901234567890123456789" },
		{ "multipart/form-data; "
		  "boundary=0123456789012345678901234567890"
		  "1234567890123456789012345678901234567890",
		    NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(is); i++) {
		const char *boundary = multipart_boundary(arena, is[i].type);

		if (!text_same(boundary, is[i].boundary))
			fail_msg("%s: %s", is[i].type, boundary == NULL ? "NULL" : boundary);
	}
}

static enum status
read_text(const char *body, struct pairs *pairs, struct uploads *uploads)
{
	*pairs = (struct pairs){ 0 };
	*uploads = (struct uploads){ 0 };
	return multipart_read(arena, "b", body, strlen(body), pairs, uploads);
}

#define PART(headers, data) "--b\r\n" headers "\r\n\r\n" data "\r\n--b--\r\n"
#define NAMED(rest) "Content-Disposition: form-data; " rest

static void
test_refused(void **state)
{
	static const char *const is[] = {
		"",
		"--b",
		"--b\r\n",
		"x--b--",
		"preamble\r\n--b--",
		"--bb--",
		"\n--b--",
		"--b\r\n" NAMED("name=a") "\r\n\r\nno end",
		"--b\r\n" NAMED("name=a"),
		PART("Content-Type: text/plain", "no disposition"),
		PART(NAMED("filename=a"), "no name"),
		PART(NAMED("name=a; name=b"), "two names"),
		PART(NAMED("name=a; filename=b; filename=c"), "two file names"),
		PART(NAMED("name=a; filename*=UTF-8''b"), "RFC 5987"),
		PART(NAMED("name=a") "\r\n" NAMED("name=b"), "two dispositions"),
		PART("Content-Disposition: attachment; name=a", "not form-data"),
		PART("Content-Disposition: form-data2; name=a", "not form-data"),
		PART(NAMED("name=\"a"), "no closing quote"),
		PART(NAMED("name"), "no value"),
		PART(NAMED("name=\"a\"b"), "more behind the quote"),
		PART(NAMED("name=a\r\n ; filename=b"), "folded"),
		PART(NAMED("name=\"a\nb\""), "line feed in a header"),
		PART(NAMED("name=\"\xff\""), "not UTF-8 in a name"),
		PART(NAMED("name=a; filename=\"\xc0\xaf\""), "overlong in a file name"),
		PART(NAMED("name=a; filename=\"\xed\xa0\x80\""), "surrogate in a file name"),
		PART(NAMED("name=a"), "not UTF-8 \xff in a field"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: rot13", "x"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: base64", "A"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: base64", "QQ=A"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: base64", "QQ==="),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: base64", "AAAA"), /* NULs */
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: quoted-printable", "=4"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: quoted-printable", "=ZZ"),
		PART(NAMED("name=a") "\r\nContent-Transfer-Encoding: quoted-printable", "=00"),
		PART(NAMED("name=a") "\r\nContent-Type: a\r\nContent-Type: b", "x"),
	};
	struct pairs pairs;
	struct uploads uploads;

	(void)state;
	for (size_t i = 0; i < COUNT(is); i++)
		if (read_text(is[i], &pairs, &uploads) != BAD_REQUEST)
			fail_msg("taken: %s", is[i]);
}

static void
test_nul(void **state)
{
	static const char field[] = PART(NAMED("name=a"), "x\0y");
	static const char header[] = PART(NAMED("name=\"a\0b\""), "x");
	static const char file[] = PART(NAMED("name=a; filename=b"), "x\0y");
	struct pairs pairs = { 0 };
	struct uploads uploads = { 0 };

	(void)state;
	assert_int_equal(
	    multipart_read(arena, "b", field, sizeof(field) - 1, &pairs, &uploads), BAD_REQUEST);
	assert_int_equal(
	    multipart_read(arena, "b", header, sizeof(header) - 1, &pairs, &uploads), BAD_REQUEST);
	assert_int_equal(multipart_read(arena, "b", file, sizeof(file) - 1, &pairs, &uploads), OK);
	assert_int_equal(uploads.at[0].len, 3);
}

static void
test_file_names(void **state)
{
	static const struct {
		const char *sent;
		const char *kept;
	} is[] = {
		{ "\"photo.jpg\"", "photo.jpg" },
		{ "\"C:\\Users\\me\\photo.jpg\"", "photo.jpg" },
		{ "\"../../etc/passwd\"", "passwd" },
		{ "\"a\\\"b;c.jpg\"", "a\"b;c.jpg" },
		{ "\"..\\\\..\\\\x\"", "x" },
		{ "photo.jpg", "photo.jpg" },
		{ "\"\xc3\xa9t\xc3\xa9.jpg\"", "\xc3\xa9t\xc3\xa9.jpg" },
		{ "\"/\"", "" },
	};
	struct pairs pairs;
	struct uploads uploads;

	(void)state;
	for (size_t i = 0; i < COUNT(is); i++) {
		const char *body = arena_print(arena,
		    "--b\r\nContent-Disposition: form-data; name=f; filename=%s\r\n\r\nx\r\n--b--",
		    is[i].sent);

		assert_int_equal(read_text(body, &pairs, &uploads), OK);
		assert_int_equal(uploads.count, 1);
		assert_string_equal(uploads.at[0].filename, is[i].kept);
	}
	/* A file field in which nothing was chosen. */
	assert_int_equal(read_text(PART(NAMED("name=f; filename=\"\""), ""), &pairs, &uploads), OK);
	assert_int_equal(uploads.count + pairs.count, 0);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* n times `piece` between the two ends; how long it took to read. */
static double
flood(const char *front, const char *piece, size_t n, const char *back, enum status want)
{
	struct buf b = { .arena = arena };
	struct pairs pairs = { 0 };
	struct uploads uploads = { 0 };
	double began;

	buf_text(&b, front);
	for (size_t i = 0; i < n; i++)
		buf_text(&b, piece);
	buf_text(&b, back);
	began = seconds();
	assert_int_equal(multipart_read(arena, "b", b.text, b.len, &pairs, &uploads), want);
	return seconds() - began;
}

static void
test_floods(void **state)
{
	const char *open = "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n";
	const char *small = "--b\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n";
	const char *none =
	    "--b\r\nContent-Disposition: form-data; name=f; filename=\"\"\r\n\r\n\r\n";
	/* The address sanitizer looks at all of memmem()'s haystack each time, which takes its own
	 * time. */
	const size_t mb = SLOW ? 20 * 1000 : 1000 * 1000;

	(void)state;
	assert_true(flood("", small, 50000, "--b--", BAD_REQUEST) < 0.3);
	assert_true(flood("", none, 50000, "--b--", BAD_REQUEST) < 0.3);
	assert_true(flood("", small, MAX_FIELDS, "--b--", OK) < 0.3);
	assert_true(flood(open, "\r\n", 4 * mb, "\r\n--b--", OK) < 3);
	assert_true(flood(open, "\r\n--", 4 * mb, "\r\n--b--", OK) < 3);
	assert_true(flood(open, "\r\n--bx", 2 * mb, "\r\n--b--", OK) < 3);
	assert_true(flood(open, "\r\n--b-", 2 * mb, "", BAD_REQUEST) < 3);
	assert_true(flood("--b\r\n", "X: y\r\n", 2 * mb, "", BAD_REQUEST) < 0.3);
	assert_true(flood("", "\r\n", 4 * mb, "x", BAD_REQUEST) < 3);
	assert_true(flood("--b\r\nX: ", "yyyyyyyy", mb, "", BAD_REQUEST) < 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cases, begin, end),
		cmocka_unit_test_setup_teardown(test_boundary, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_nul, begin, end),
		cmocka_unit_test_setup_teardown(test_file_names, begin, end),
		cmocka_unit_test_setup_teardown(test_floods, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
