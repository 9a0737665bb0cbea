/* base_csv_test.c: rows, quotes, line breaks and faults of CSV files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"

/* Every row as "line:[a][b]!fault@line\n". */
static const char *
read_all(struct arena *arena, const char *bytes, size_t len)
{
	struct buf out = { .arena = arena };
	struct arena *rows = arena_new();
	struct csv_row row;
	struct csv csv;

	/* A copy without a byte more, so that a sanitizer sees every read behind the end. */
	char *copy = malloc(len > 0 ? len : 1);

	memcpy(copy, bytes, len);
	buf_text(&out, "");
	csv_open(&csv, copy, len);
	while (csv_next(&csv, rows, &row)) {
		buf_print(&out, "%d:", (int)row.line);
		for (size_t i = 0; i < row.count; i++)
			buf_print(&out, "[%s]", row.field[i]);
		if (row.fault != NULL)
			buf_print(&out, "!%s@%d", row.fault, (int)row.fault_line);
		buf_text(&out, "\n");
		arena_reset(rows);
	}
	arena_free(rows);
	free(copy);
	return out.text;
}

struct sample {
	const char *input, *rows;
};

static void
check(const struct sample *samples, size_t count)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; i < count; i++)
		assert_string_equal(
		    read_all(arena, samples[i].input, strlen(samples[i].input)), samples[i].rows);
	arena_free(arena);
}

static void
test_rows(void **state)
{
	static const struct sample samples[] = {
		{ "", "" },
		{ "\xEF\xBB\xBF", "" },
		{ "\n\r\n\r", "" },
		{ "a", "1:[a]\n" },
		{ "a,b\nc,d\n", "1:[a][b]\n2:[c][d]\n" },
		{ "a,b\r\nc,d", "1:[a][b]\n2:[c][d]\n" },
		{ "a,b\rc,d\r", "1:[a][b]\n2:[c][d]\n" },
		{ "a\n\n\nb\n", "1:[a]\n4:[b]\n" },
		{ "\xEF\xBB\xBF\"a\",b\n", "1:[a][b]\n" },
		{ ",\n,,", "1:[][]\n2:[][][]\n" },
		{ "a;b,c;d\n1;2;3\n", "1:[a][b,c][d]\n2:[1][2][3]\n" },
		{ "a\tb\n1,5\t2\n", "1:[a][b]\n2:[1,5][2]\n" },
		{ "\"a;b;c\",d\n", "1:[a;b;c][d]\n" },
		{ "\xC3\xA9t\xC3\xA9,\xE2\x82\xAC\n", "1:[\xC3\xA9t\xC3\xA9][\xE2\x82\xAC]\n" },
	};

	(void)state;
	check(samples, COUNT(samples));
}

static void
test_quotes(void **state)
{
	static const struct sample samples[] = {
		{ "\"a\",\"\"\n", "1:[a][]\n" },
		{ "\"a,b\",c", "1:[a,b][c]\n" },
		{ "\"say \"\"no\"\"\"\n", "1:[say \"no\"]\n" },
		{ "\"\"\"\"\n", "1:[\"]\n" },
		{ "\"\"\"\"\"\",x\n", "1:[\"\"][x]\n" },
		{ "\"a\nb\r\nc\",d\ne\n", "1:[a\nb\r\nc][d]\n4:[e]\n" },
		{ "x,\"a\n\"\"b,\n\"\"\"\ny", "1:[x][a\n\"b,\n\"]\n4:[y]\n" },
		{ "5\" hose,a \"b\" c\n", "1:[5\" hose][a \"b\" c]\n" },
		{ "5\" hose\nnext\n", "1:[5\" hose]\n2:[next]\n" },
		{ "\"fault \\A\\\"\" low\"\"\",PM01\n", "1:[fault \\A\\\" low\"][PM01]\n" },
		{ " \"a\",b\n", "1:[ \"a\"][b]\n" },
	};

	(void)state;
	check(samples, COUNT(samples));
}

static void
test_faults(void **state)
{
	static const struct sample samples[] = {
		{ "a\n\"b,c\nd,e\n", "1:[a]\n2:[b,c\nd,e\n]!has a quote that is never closed@2\n" },
		{ "\"", "1:[]!has a quote that is never closed@1\n" },
		{ "\"a\"b,c\nd\n", "1:[ab][c]!has text behind a closing quote@1\n2:[d]\n" },
		{ "\"a\"b\"c,d\"\nd\n",
		    "1:[ab\"c][d\"]!has text behind a closing quote@1\n2:[d]\n" },
		{ "a\nb\xE9,c\nd\n", "1:[a]\n2:[b\xE9][c]!is not UTF-8@2\n3:[d]\n" },
		{ "\"a\nb\xC0\x80\nc\",d\n", "1:[a\nb\xC0\x80\nc][d]!is not UTF-8@2\n" },
	};
	static const char nul[] = "a\0b,c\nd\n";
	struct arena *arena = arena_new();

	(void)state;
	check(samples, COUNT(samples));
	assert_string_equal(
	    read_all(arena, nul, sizeof(nul) - 1), "1:[a][c]!has a NUL character@1\n2:[d]\n");
	arena_free(arena);
}

/* Nothing that anybody can write makes it read or write where it must not. */
static void
test_anything(void **state)
{
	static const char signs[] = "a,;\"\"\n\r\\\t\xC3\xA9";
	struct arena *arena = arena_new();
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[24];
		size_t len;

		seed = seed * 1103515245u + 12345u;
		len = (seed >> 16) % sizeof(text);
		for (size_t j = 0; j < len; j++) {
			seed = seed * 1103515245u + 12345u;
			text[j] = signs[(seed >> 16) % (sizeof(signs) - 1)];
		}
		read_all(arena, text, len);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* What a spreadsheet would run is disarmed, comes back unchanged, and through the reader too. */
static void
test_disarm(void **state)
{
	static const char *const cells[][2] = {
		{ "=1+1", "'=1+1" },
		{ "+33 1 23", "'+33 1 23" },
		{ "-2+3", "'-2+3" },
		{ "-", "'-" },
		{ "- a", "'- a" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "\tx", "'\tx" },
		{ "\rx", "'\rx" },
		{ "＝1", "'＝1" },
		{ "'=1", "''=1" },
		{ "''=1", "'''=1" },
		{ "-5", "-5" },
		{ "-1.5", "-1.5" },
		{ "-1,234.5", "-1,234.5" },
		{ "'-5", "'-5" },
		{ "'quoted'", "'quoted'" },
		{ "'", "'" },
		{ "", "" },
		{ "a=b", "a=b" },
		{ "say \"=1\", please", "say \"=1\", please" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		struct buf line = { .arena = arena };
		struct csv_row row;
		struct csv csv;

		assert_string_equal(csv_disarm(arena, cells[i][0]), cells[i][1]);
		assert_string_equal(csv_arm(cells[i][1]), cells[i][0]);
		assert_string_equal(csv_arm(csv_disarm(arena, cells[i][1])), cells[i][1]);
		buf_text(&line, "first,");
		csv_put(&line, cells[i][0]);
		buf_text(&line, ",last\r\n");
		csv_open(&csv, line.text, line.len);
		assert_true(csv_next(&csv, arena, &row));
		assert_int_equal(row.count, 3);
		assert_string_equal(csv_arm(row.field[1]), cells[i][0]);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_anything),
		cmocka_unit_test(test_disarm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
