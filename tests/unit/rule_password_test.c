/* rule_password_test.c: which passwords pass, and the waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rule/password.h"

#define EMAIL "jane.doe@plant.example"
#define NAME "Jane Doe-Martin"

static const char *const good[] = {
	"wagon copper lantern",
	"the press is loud today",
	"Football dragon sunshine 7 kites", /* common words, but four of them */
	"correct tortoise battery staple",
	"xK9#mQ2$vL7@pR4",
	"Jane drinks black tea at noon", /* more than the name */
	"une clé à molette rouillée",
	"機械は今日も動いている元気に動く",
	"               wagons of copper", /* spaces count and stay */
	"123456789 bottles of rum",
};

static const char *const bad[] = {
	"",
	"short",
	"fourteen chars",
	"Maintenance123!!!!",
	"passwordpassword",
	"PASSWORD2026!!!!",
	"2026-password-2026",
	"Password1234567",
	"correcthorsebatterystaple",
	"qwertyuiopasdfgh",
	"poiuytrewqlkjhgf",
	"abcdefghijklmnopq",
	"zyxwvutsrqponml",
	"123456789012345",
	"543210987654321",
	"aaaaaaaaaaaaaaa",
	"abababababababab",
	"abc1abc1abc1abc1",
	"11122233311122233",
	"azertyuiopqsdfgh",
	"jane.doe@plant.example",
	"Jane Doe-Martin 2026",
	"JANEDOEMARTIN1985",
	"millwrightmillwright",
	"Millwright-2026-!!!",
	"janedoemillwright",
	"plant-plant-plant",
	"wagon copper \xff lantern",
};

static void
accepted(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		const char *fault = password_fault(good[i], EMAIL, NAME);

		if (fault != NULL)
			printf("%s: %s\n", good[i], fault);
		assert_null(fault);
	}
	assert_null(password_fault(good[0], NULL, NULL));
	assert_null(password_fault(good[0], "", ""));
}

static void
refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		if (password_fault(bad[i], EMAIL, NAME) == NULL)
			printf("passed: %s\n", bad[i]);
		assert_non_null(password_fault(bad[i], EMAIL, NAME));
	}
	assert_non_null(password_fault(NULL, EMAIL, NAME));
}

/* Characters are counted, not bytes; the longest and one more. */
static void
lengths(void **state)
{
	char text[PASSWORD_MOST * 4 + 8];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < PASSWORD_MOST; i++) /* U+10000 and on: four bytes each */
		n += (size_t)snprintf(text + n, sizeof(text) - n, "\xf0\x90%c%c",
		    0x80 + (i * 7 + i * i) % 64, 0x80 + (i * 13) % 64);
	assert_int_equal(n, PASSWORD_MOST * 4);
	assert_null(password_fault(text, EMAIL, NAME));
	memcpy(text + n, "x", 2);
	assert_string_equal(password_fault(text, EMAIL, NAME), "Use at most 256 characters.");
	assert_non_null(password_fault("éàüéàüwrzéàüéà", NULL, NULL)); /* 14, of 25 bytes */
	assert_null(password_fault(
	    "0123456789 wagons of copper, 0123456789 of tin, and not one more", EMAIL, NAME));
}

static void
list_is_sorted(void **state)
{
	(void)state;
	assert_true(password_common_count >= 300);
	for (size_t i = 0; i < password_common_count; i++) {
		const char *p = password_common[i];

		assert_true(strlen(p) >= 8);
		if (i > 0)
			assert_true(strcmp(password_common[i - 1], p) < 0);
		for (; *p != '\0'; p++)
			assert_false(*p >= 'A' && *p <= 'Z');
		if (strlen(password_common[i]) >= PASSWORD_LEAST)
			assert_non_null(password_fault(password_common[i], NULL, NULL));
	}
}

static void
waits(void **state)
{
	static const int64_t want[] = { 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900,
		900 };

	(void)state;
	for (int i = 0; i < (int)COUNT(want); i++)
		assert_int_equal(signin_wait(i), want[i]);
	assert_int_equal(signin_wait(1000), 900);
	assert_int_equal(signin_wait(INT32_MAX), 900);
	assert_int_equal(signin_wait(-1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepted),
		cmocka_unit_test(refused),
		cmocka_unit_test(lengths),
		cmocka_unit_test(list_is_sorted),
		cmocka_unit_test(waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
