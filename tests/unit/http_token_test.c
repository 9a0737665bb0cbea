/* http_token_test.c: access tokens and form tokens, and what a forger would try. */
#include <jwt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "http/token.h"

static const char secret[] = "0123456789abcdef0123456789abcdef";
static const struct instant later = { true, INT64_C(1800000000) * SECOND };
static struct arena *arena;
static struct access out;

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

static char *
good_token(void)
{
	struct access a = { "s1", 7, "lyon", later };

	return access_token(arena, secret, &a);
}

static bool
is_taken(const char *token)
{
	return access_read(arena, secret, token, instant_add(later, -SECOND), &out);
}

/* header and claims as given, signed with HMAC-SHA256 whatever the header says. */
static const char *
forged(const char *header, const char *claims)
{
	const char *text = arena_print(arena, "%s.%s", base64url(arena, header, strlen(header)),
	    base64url(arena, claims, strlen(claims)));

	return arena_print(arena, "%s.%s", text, hmac_text(arena, secret, text));
}

#define HS256 "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
#define GOOD "{\"sid\":\"s1\",\"sub\":\"7\",\"site\":\"lyon\",\"iat\":1,\"exp\":1800000000}"

static void
test_good(void **state)
{
	(void)state;
	assert_true(is_taken(good_token()));
	assert_string_equal(out.session, "s1");
	assert_int_equal(out.user_id, 7);
	assert_string_equal(out.site, "lyon");
	assert_true(out.expires.known && out.expires.us == later.us);
	assert_true(is_taken(forged(HS256, GOOD)));
}

static void
test_expired(void **state)
{
	(void)state;
	assert_false(access_read(arena, secret, good_token(), later, &out));
	assert_false(access_read(arena, secret, good_token(), instant_add(later, DAY), &out));
	assert_false(access_read(arena, secret, good_token(), (struct instant){ 0 }, &out));
	assert_true(access_read(arena, secret, good_token(), instant_add(later, -1), &out));
}

static void
test_secret(void **state)
{
	struct access a = { "s1", 7, "lyon", later };

	(void)state;
	assert_false(access_read(arena, "another", good_token(), instant_add(later, -DAY), &out));
	assert_false(access_read(arena, "", good_token(), instant_add(later, -DAY), &out));
	assert_null(access_token(arena, "", &a));
}

static void
test_tampered(void **state)
{
	char *token = good_token();
	const size_t len = strlen(token);

	(void)state;
	for (size_t i = 0; i < len; i++) {
		char *other = arena_text(arena, token, len);

		other[i] = other[i] == 'A' ? 'B' : 'A';
		assert_false(is_taken(other));
		assert_false(is_taken(arena_text(arena, token, i)));
	}
	assert_false(is_taken(arena_print(arena, "%s=", token)));
	assert_false(is_taken(arena_print(arena, "%s.", token)));
	assert_false(is_taken(arena_print(arena, " %s", token)));
	assert_true(is_taken(token));
}

static void
test_algorithms(void **state)
{
	static const char *const headers[] = { "{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{}",
		"{\"alg\":\"HS384\"}", "{\"alg\":\"HS512\"}", "{\"alg\":\"RS256\"}",
		"{\"alg\":\"ES256\"}", "{\"alg\":\"hs256x\"}", "{\"alg\":256}", "[]", "" };
	const char *none = forged("{\"alg\":\"none\"}", GOOD);
	const char *dot = strrchr(none, '.');

	(void)state;
	for (size_t i = 0; i < COUNT(headers); i++)
		if (is_taken(forged(headers[i], GOOD)))
			fail_msg("taken: %s", headers[i]);
	assert_false(is_taken(arena_text(arena, none, (size_t)(dot - none) + 1)));
	assert_false(is_taken(arena_text(arena, none, (size_t)(dot - none))));
}

/* Signed with the same secret by libjwt itself, but HS512. */
static void
test_other_hmac(void **state)
{
	jwt_t *jwt = NULL;
	char *token;

	(void)state;
	assert_int_equal(jwt_new(&jwt), 0);
	assert_int_equal(jwt_add_grants_json(jwt, GOOD), 0);
	jwt_set_alg(jwt, JWT_ALG_HS512, (const unsigned char *)secret, (int)strlen(secret));
	token = jwt_encode_str(jwt);
	assert_non_null(token);
	assert_false(is_taken(token));
	free(token);
	jwt_free(jwt);
}

static void
test_claims(void **state)
{
	static const char *const wrong[] = { "{}", "[]", "", "null",
		"{\"sub\":\"7\",\"site\":\"lyon\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"site\":\"lyon\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"sub\":\"7\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"sub\":\"7\",\"site\":\"lyon\"}",
		"{\"sid\":\"s1\",\"sub\":\"7\",\"site\":\"lyon\",\"exp\":\"1800000000\"}",
		"{\"sid\":\"s1\",\"sub\":\"7\",\"site\":\"lyon\",\"exp\":-1}",
		"{\"sid\":\"s1\",\"sub\":\"7\",\"site\":\"lyon\",\"exp\":9223372036854775807}",
		"{\"sid\":\"s1\",\"sub\":7,\"site\":\"lyon\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"sub\":\"0\",\"site\":\"lyon\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"sub\":\"-7\",\"site\":\"lyon\",\"exp\":1800000000}",
		"{\"sid\":\"s1\",\"sub\":\"7x\",\"site\":\"lyon\",\"exp\":1800000000}" };
	char *longer = arena_alloc(arena, 9000, 1);

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (is_taken(forged(HS256, wrong[i])))
			fail_msg("taken: %s", wrong[i]);
	assert_false(is_taken(""));
	assert_false(is_taken("."));
	assert_false(is_taken(".."));
	assert_false(is_taken(memset(longer, '.', 8999)));
}

static void
test_form_token(void **state)
{
	const char *one = form_token(arena, secret, "s1");

	(void)state;
	assert_string_equal(one, form_token(arena, secret, "s1"));
	assert_string_equal(one, hmac_text(arena, secret, "form:s1"));
	assert_false(text_same(one, form_token(arena, secret, "s2")));
	assert_false(text_same(one, form_token(arena, "another", "s1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, begin, end),
		cmocka_unit_test_setup_teardown(test_expired, begin, end),
		cmocka_unit_test_setup_teardown(test_secret, begin, end),
		cmocka_unit_test_setup_teardown(test_tampered, begin, end),
		cmocka_unit_test_setup_teardown(test_algorithms, begin, end),
		cmocka_unit_test_setup_teardown(test_other_hmac, begin, end),
		cmocka_unit_test_setup_teardown(test_claims, begin, end),
		cmocka_unit_test_setup_teardown(test_form_token, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
