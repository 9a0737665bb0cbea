/* base_secret_test.c: digests and codes against the published vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/secret.h"

/* FIPS 180-4's examples. */
static void
digests(void **state)
{
	struct arena *a = *state;
	char *million = arena_alloc(a, 1000000, 1);

	assert_string_equal(sha256_hex(a, "", 0),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(sha256_hex(a, "abc", 3),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	memset(million, 'a', 1000000);
	assert_string_equal(sha256_hex(a, million, 1000000),
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 4231, case 2: 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843. */
static void
codes(void **state)
{
	struct arena *a = *state;
	const char *code = hmac_text(a, "Jefe", "what do ya want for nothing?");

	assert_string_equal(code, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
	assert_string_not_equal(code, hmac_text(a, "Jeff", "what do ya want for nothing?"));
	assert_int_equal(strlen(hmac_text(a, "", "")), 43);
}

/* RFC 4648, section 10. */
static void
letters(void **state)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xff\xfe", "-__-" } };
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_string_equal(base64url(a, pairs[i][0], strlen(pairs[i][0])), pairs[i][1]);
	assert_string_equal(hex_text(a, (const unsigned char *)"\0\x9f\xff", 3), "009fff");
}

static void
chance(void **state)
{
	struct arena *a = *state;
	const char *one = random_text(a, 16), *other = random_text(a, 16);

	assert_int_equal(strlen(one), 22);
	assert_int_equal(strlen(random_text(a, 32)), 43);
	assert_string_not_equal(one, other);
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
		cmocka_unit_test(digests),
		cmocka_unit_test(codes),
		cmocka_unit_test(letters),
		cmocka_unit_test(chance),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
