/* rule_spelling_test.c: words, codes, accents; a letter wrong; sets and their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/chunk.h"
#include "rule/spelling.h"

/* "6205-2RS ball" as "(62052rs) 6205 2rs ball": parts in their place. */
static const char *
read_all(struct arena *a, const char *text)
{
	const struct spellings s = spelling_read(a, text, 100);
	struct buf out = { .arena = a };

	buf_text(&out, "");
	for (size_t i = 0; i < s.count; i++)
		buf_print(&out, "%s%s%s%s", i > 0 ? " " : "", s.at[i].code ? "(" : "", s.at[i].word,
		    s.at[i].code ? ")" : "");
	return out.text;
}

static void
test_words(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "", "" },
		{ "  .,-/  ", "" },
		{ "Ball bearing", "ball bearing" },
		{ "6205-2RS", "(62052rs) 6205 2rs" },
		{ "PRS-0012.", "(prs0012) prs 0012 12" },
		{ "WO-2026-000123", "(wo2026000123) wo 2026 000123 123" },
		{ "re-tightened d'huile", "re tightened d huile" },
		{ "Élément Größe Œuvre ÅÄÖ Łódź", "element grosse oeuvre aao lodz" },
		{ "e\xcc\x81t\xc3\xa9", "ete" }, /* the accent as a character of its own */
		{ "ﬁlter ＡＢＣ", "filter abc" },
		{ "軸受 ролик", "軸受 ролик" },
		{ "a\xff\xfe"
		  "b",
		    "a b" },
		{ "\xcc\x81\xcc\x81 x", "x" },
		{ "0 00 007", "0 00 007 7" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(read_all(a, cases[i].text), cases[i].words);
	arena_free(a);
}

static void
test_places(void **state)
{
	struct arena *a = arena_new();
	const char *text = "Öl: 6205-2RS";
	const struct spellings s = spelling_read(a, text, 100);

	(void)state;
	assert_int_equal(s.count, 4);
	assert_int_equal(s.at[0].at, 0);
	assert_int_equal(s.at[0].len, 3);
	assert_memory_equal(text + s.at[1].at, "6205-2RS", s.at[1].len);
	assert_true(s.at[1].code && s.at[2].part && s.at[3].part && !s.at[0].part);
	assert_memory_equal(text + s.at[3].at, "2RS", s.at[3].len);
	arena_free(a);
}

/* However long: words of 40 characters at most, as many as are wanted. */
static void
test_long(void **state)
{
	struct arena *a = arena_new();
	char *text = arena_alloc(a, 1, 100001);
	struct spellings s;

	(void)state;
	memset(text, 'x', 100000);
	s = spelling_read(a, text, 1000000);
	assert_int_equal(s.count, 2500);
	for (size_t i = 0; i < 100000; i += 2)
		text[i + 1] = i % 4 == 0 ? '-' : '7';
	s = spelling_read(a, text, 50);
	assert_true(s.count <= 50);
	for (size_t i = 0; i < s.count; i++)
		assert_true(strlen(s.at[i].word) <= WORD_BYTES);
	arena_free(a);
}

static void
test_typos(void **state)
{
	struct arena *a = arena_new();
	struct spellings s = spelling_typos(a, "pump");

	(void)state;
	assert_int_equal(s.count, 5);
	assert_string_equal(s.at[0].word, "pump");
	assert_string_equal(s.at[1].word, "ump");
	assert_string_equal(s.at[4].word, "pum");
	s = spelling_typos(a, "été");
	assert_int_equal(s.count, 1);
	s = spelling_typos(a, "aabb");
	assert_int_equal(s.count, 3);
	s = spelling_typos(a, "");
	assert_int_equal(s.count, 1);
	arena_free(a);
}

static void
test_near(void **state)
{
	static const struct {
		const char *one, *two;
		bool near;
	} cases[] = {
		{ "bearing", "bearing", true },
		{ "bering", "bearing", true },
		{ "bearring", "bearing", true },
		{ "bearimg", "bearing", true },
		{ "baering", "bearing", true },
		{ "earing", "bearing", true },
		{ "bearin", "bearing", true },
		{ "berin", "bearing", false },
		{ "baerimg", "bearing", false },
		{ "gnibear", "bearing", false },
		{ "ролик", "ролки", true },
		{ "ролик", "роллик", true },
		{ "", "a", true },
		{ "", "ab", false },
		{ "aa", "aaa", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(spelling_near(cases[i].one, cases[i].two), cases[i].near);
		assert_int_equal(spelling_near(cases[i].two, cases[i].one), cases[i].near);
	}
}

static void
check_chunk(int64_t step, int64_t from)
{
	struct chunk set = { 0 }, again = { 0 };
	char text[CHUNK_TEXT + 1];
	int64_t n = 0, last = -1;

	for (int64_t m = from; m < CHUNK_SIZE; m += step, n++)
		chunk_put(&set, last = m, true);
	assert_int_equal(chunk_count(&set), n);
	chunk_text(&set, text);
	assert_true(strlen(text) <= CHUNK_TEXT);
	chunk_add(&again, text);
	assert_memory_equal(&set, &again, sizeof(set));
	for (int64_t below = CHUNK_SIZE, m; n > 0; n--, below = m) {
		m = chunk_last(&set, below);
		assert_int_equal(m, last - (below == CHUNK_SIZE ? 0 : last - below + step));
		assert_true(chunk_has(&set, m));
	}
	assert_int_equal(chunk_last(&set, from), -1);
}

static void
test_chunks(void **state)
{
	(void)state;
	for (int64_t step = 1; step < 60; step++)
		check_chunk(step, step % 7);
	check_chunk(CHUNK_SIZE, 0);
	check_chunk(CHUNK_SIZE, CHUNK_SIZE - 1);
	check_chunk(1, 0);
}

static void
test_chunk_sets(void **state)
{
	struct chunk twos = { 0 }, threes = { 0 }, set;
	char text[CHUNK_TEXT + 1];

	(void)state;
	for (int64_t m = 0; m < CHUNK_SIZE; m++) {
		chunk_put(&twos, m, m % 2 == 0);
		chunk_put(&threes, m, m % 3 == 0);
	}
	set = twos;
	chunk_and(&set, &threes);
	assert_int_equal(chunk_count(&set), (CHUNK_SIZE + 5) / 6);
	set = twos;
	chunk_or(&set, &threes);
	assert_int_equal(chunk_count(&set), 2731);
	chunk_less(&set, &twos);
	assert_int_equal(chunk_last(&set, CHUNK_SIZE), 4095);
	assert_false(chunk_has(&set, 6));
	memset(&set, 0, sizeof(set));
	chunk_text(&set, text);
	assert_string_equal(text, "");
	chunk_add(&set, "\xff\xff~~ 1");
	chunk_put(&set, -1, true);
	chunk_put(&set, CHUNK_SIZE, true);
	assert_true(chunk_count(&set) <= 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_typos),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_chunk_sets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
