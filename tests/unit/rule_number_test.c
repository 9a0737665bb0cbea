/* rule_number_test.c: numbers, and codes that survive being typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/status.h"
#include "rule/number.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
work_orders(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(work_order_number(arena, 2026, 123), "WO-2026-000123");
	assert_string_equal(work_order_number(arena, 2026, 1234567), "WO-2026-1234567");
	arena_free(arena);
}

static char *
some_code(struct arena *arena, uint64_t *seed)
{
	unsigned char bytes[CODE_BYTES];

	for (int i = 0; i < CODE_BYTES; i++) {
		*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		bytes[i] = (unsigned char)(*seed >> 40);
	}
	return code_from_bytes(arena, bytes);
}

static void
well_formed(void **state)
{
	struct arena *arena = arena_new();
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char *code = some_code(arena, &seed);

		assert_int_equal(strlen(code), CODE_LENGTH);
		assert_int_equal(code[4], '-');
		assert_true(code_valid(code));
		assert_string_equal(code_normal(arena, code), code);
	}
	assert_string_equal(code_from_bytes(arena, (unsigned char[CODE_BYTES]){ 0 }), "0000-0000");
	arena_free(arena);
}

/* Any one character wrong, any two neighbours exchanged: never valid. */
static void
mistyped(void **state)
{
	struct arena *arena = arena_new();
	uint64_t seed = 2;

	(void)state;
	for (int round = 0; round < 300; round++) {
		char *code = some_code(arena, &seed);

		for (size_t i = 0; i < CODE_LENGTH; i++) {
			size_t next = i + 1 == 4 ? i + 2 : i + 1;
			char was = code[i];

			if (i == 4)
				continue;
			for (const char *c = alphabet; *c != '\0'; c++) {
				code[i] = *c;
				assert_int_equal(code_valid(code), *c == was);
			}
			code[i] = was;
			if (next >= CODE_LENGTH || code[next] == was)
				continue;
			code[i] = code[next];
			code[next] = was;
			assert_false(code_valid(code));
			code[next] = code[i];
			code[i] = was;
		}
	}
	arena_free(arena);
}

static void
as_typed(void **state)
{
	static const char *const wrong[] = { "", "7KQ2-9XB", "7KQ2-9XB45", "7KQ2-9XBU", "7KQ2-9XB!",
		"7KQ2/9XB4", "-", "\xc3\xa9KQ2-9XB", "7KQ2 9XB4 7KQ2" };
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(code_normal(arena, "7kq29xb4"), "7KQ2-9XB4");
	assert_string_equal(code_normal(arena, " 7KQ2 - 9xb4 "), "7KQ2-9XB4");
	assert_string_equal(code_normal(arena, "OolI-iL0o"), "0011-1100");
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_null(code_normal(arena, wrong[i]));
	assert_null(code_normal(arena, NULL));
	assert_false(code_valid(NULL));
	assert_false(code_valid(""));
	assert_false(code_valid("00000000"));
	assert_false(code_valid("0000-000"));
	assert_true(code_valid("K7QP-2M4C"));
	assert_false(code_valid("000O-0000"));
	assert_false(code_valid("0000-00-0"));
	arena_free(arena);
}

/* A code, or the address of it that a label carries; never a mistyped one. */
static void
in_an_address(void **state)
{
	struct arena *arena = arena_new();
	const unsigned char bytes[CODE_BYTES] = { 7, 20, 21, 2, 9, 29, 11 };
	char *code = code_from_bytes(arena, bytes);

	(void)state;
	assert_string_equal(
	    code_in(arena, arena_print(arena, "https://plant.example/q/%s", code)), code);
	assert_string_equal(code_in(arena, code), code);
	assert_null(code_in(arena, arena_print(arena, "https://plant.example/q/%s/report", code)));
	assert_null(code_in(arena, arena_print(arena, "https://plant.example/?%s", code)));
	assert_null(code_in(arena, NULL));
	code[0] = code[0] == '8' ? '9' : '8';
	assert_null(code_in(arena, code));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_orders),
		cmocka_unit_test(well_formed),
		cmocka_unit_test(mistyped),
		cmocka_unit_test(as_typed),
		cmocka_unit_test(in_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
