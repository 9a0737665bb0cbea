/* http_filetype_test.c: files typed by their bytes; photos only when they begin like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "http/filetype.h"
#include "tool.h"

static struct arena *arena;
static struct filetype *filetype;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new();
	filetype = filetype_open();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	filetype_close(filetype);
	arena_free(arena);
	return 0;
}

#define OF(bytes) filetype_of(filetype, arena, (bytes), sizeof(bytes) - 1)

static const char jpeg[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0";
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0";
static const char webp[] = "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0";
static const char heic[] = "\0\0\0\x18"
			   "ftypheic\0\0\0\0mif1heic\0\0\0\0meta";

static void
test_photos(void **state)
{
	(void)state;
	assert_string_equal(OF(jpeg), "image/jpeg");
	assert_string_equal(OF(png), "image/png");
	assert_string_equal(OF(webp), "image/webp");
	assert_string_equal(OF(heic), "image/heic");
	assert_true(filetype_is_photo(OF(jpeg)) && filetype_is_photo("image/heif"));
	assert_false(filetype_is_photo("image/svg+xml"));
	assert_false(filetype_is_photo("image/gif"));
	assert_false(filetype_is_photo("image/jpeg; x"));
	assert_false(filetype_is_photo(""));
}

static void
test_others(void **state)
{
	(void)state;
	assert_string_equal(OF("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), "application/pdf");
	assert_string_equal(OF("<!DOCTYPE html><html><script>alert(1)</script>"), "text/html");
	assert_string_equal(filetype_of(filetype, arena, "", 0), "application/octet-stream");
	assert_false(filetype_is_photo(OF("\xff\xd8")));
	assert_false(filetype_is_photo(OF("\xff\xd8\xff")));
	assert_false(filetype_is_photo(OF("GIF89a\1\0\1\0\0\0\0")));
	assert_false(filetype_is_photo(OF("<svg xmlns='http://www.w3.org/2000/svg'/>")));
	assert_false(filetype_is_photo(OF("#!/bin/sh\n\xff\xd8\xff\xe0 JFIF")));
}

static void
test_begins(void **state)
{
	(void)state;
	assert_true(filetype_begins("image/jpeg", jpeg, sizeof(jpeg)));
	assert_false(filetype_begins("image/jpeg", jpeg, 3));
	assert_false(filetype_begins("image/png", jpeg, sizeof(jpeg)));
	assert_false(filetype_begins("image/webp", "RIFF\x24\0\0\0WAVEfmt ", 16));
	assert_false(filetype_begins("image/heic",
	    "\0\0\0\x18"
	    "ftypisom\0\0\0\0",
	    16));
	assert_false(filetype_begins("text/plain", jpeg, sizeof(jpeg)));
}

/* The attackers' files of ../shared: none passes as a photo but the one that is a JPEG. */
static void
test_attacks(void **state)
{
	/* test.gif is a JPEG: called what it is, whatever its name. */
	static const char *const names[] = { "test.dtd", "test.eml", "test.gif", "test.html",
		"test.json", "test.pdf", "test.svg", "test.vml", "test.wbxml", "test.xml",
		"test.xxe", "test.zip" };
	const char *shared = getenv("SHARED") == NULL ? "../shared" : getenv("SHARED");
	const size_t room = 1024 * 1024;
	char *bytes = arena_alloc(arena, room, 1);

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char path[TOOL_PATH];
		const char *mime;
		long len;

		snprintf(path, sizeof(path), "%s/data/upload-attack-samples/%s", shared, names[i]);
		len = file_get(path, bytes, room);
		if (len < 0) {
			printf("skipped: no %s\n", path);
			skip();
		}
		mime = filetype_of(filetype, arena, bytes, (size_t)len);
		if (strcmp(names[i], "test.gif") == 0)
			assert_string_equal(mime, "image/jpeg");
		else
			assert_false(filetype_is_photo(mime));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_photos),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_begins),
		cmocka_unit_test(test_attacks),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
