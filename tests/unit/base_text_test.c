/* base_text_test.c: what is UTF-8 and what is not; trimming, cutting, escaping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"

static void
utf8_good(void **state)
{
	static const char *const good[] = { "", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf", "Größe 工場 😀" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(text_is_utf8(good[i], strlen(good[i])));
	assert_true(text_is_utf8("a\0b", 3));
	assert_int_equal(text_length("Größe 工場 😀"), 10);
}

static void
utf8_bad(void **state)
{
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2",
		"\xc2\x41", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
		"\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf0\x9f\x98",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe", "ok\xe9" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_utf8("\xe2\x82\xac", 2));
}

static void
small_questions(void **state)
{
	(void)state;
	assert_true(text_empty(NULL) && text_empty("") && !text_empty(" "));
	assert_true(text_same(NULL, NULL) && text_same("a", "a"));
	assert_false(text_same(NULL, "") || text_same("", NULL) || text_same("a", "b"));
	assert_true(text_starts("abc", "ab") && text_starts("abc", "") && !text_starts("a", "ab"));
	assert_true(text_ends("abc", "bc") && !text_ends("c", "bc"));
	assert_true(text_same_secret("token", "token"));
	assert_false(text_same_secret("token", "Token") || text_same_secret("token", "toke"));
	assert_false(text_same_secret("", "") || text_same_secret(NULL, NULL));
}

static void
changed(void **state)
{
	struct arena *a = *state;

	assert_string_equal(text_trim(a, " \t\u00a0\u3000a b\u3000 \r\n"), "a b");
	assert_string_equal(text_trim(a, " \u00a0 "), "");
	assert_string_equal(text_trim(a, "à"), "à"); /* ends in A0 */
	assert_null(text_trim(a, NULL));
	assert_string_equal(text_lower(a, "A.B@Ä.De"), "a.b@Ä.de");
	assert_string_equal(text_cut(a, "工場x", 2), "工場");
	assert_string_equal(text_cut(a, "工場x", 3), "工場x");
	assert_string_equal(text_cut(a, "abc", 0), "");
	assert_string_equal(text_url(a, "a b/ü?&~"), "a%20b%2F%C3%BC%3F%26~");
	assert_string_equal(text_url(a, ""), "");
	assert_string_equal(text_like(a, "50%_\\"), "50\\%\\_\\\\");
	assert_string_equal(text_replace(a, "aXbXX", "X", "--"), "a--b----");
	assert_string_equal(text_replace(a, "abc", "X", "Y"), "abc");
	assert_string_equal(text_replace(a, "XX", "X", ""), "");
}

static int
setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_good),
		cmocka_unit_test(utf8_bad),
		cmocka_unit_test(small_questions),
		cmocka_unit_test(changed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
