/* view_zpl_test.c: labels in ZPL: what people type is never a command. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "view/label_format.h"
#include "view/zpl.h"

static const struct label press = { .url = "https://plant.example/q/K7QP-2M4C",
	.code = "K7QP-2M4C",
	.name = "Presse ^XZ~JR_5E \xc3\xa0 \xc3\xa9jection",
	.number = "PRS-0012" };

static void
test_text(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(zpl_text(a, "a^b~c_d\\e\n\x7f"), "a_5Eb_7Ec_5Fd_5Ce_0A_7F");
	assert_string_equal(zpl_text(a, "d\xc3\xa9j\xc3\xa0"), "d\xc3\xa9j\xc3\xa0");
	assert_string_equal(zpl_text(a, NULL), "");
	arena_free(a);
}

static int
times(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

static void
test_label(void **state)
{
	const struct label_print how = { .format = label_format_of("50x30"), .level = QR_QUARTILE };
	struct arena *a = arena_new();
	const struct label two[] = { press, press };
	const char *zpl;

	(void)state;
	assert_int_equal(zpl_labels(a, two, 2, 3, &how, 203, &zpl), OK);
	assert_int_equal(times(zpl, "^XA"), 2);
	assert_int_equal(times(zpl, "^XZ"), 2);
	assert_int_equal(times(zpl, "^PQ3^XZ"), 2);
	assert_int_equal(times(zpl, "~"), 0);
	/* 50 mm and 30 mm at 203 dots an inch. */
	assert_non_null(strstr(zpl, "^XA^CI28^PW400^LL240"));
	assert_non_null(strstr(zpl, "^BQN,2,"));
	assert_non_null(strstr(zpl, "^FDQA,https://plant.example/q/K7QP-2M4C^FS"));
	assert_non_null(strstr(zpl, "^FDK7QP-2M4C^FS"));
	assert_non_null(strstr(zpl, "^FDPresse _5EXZ_7EJR_5F5E \xc3\xa0 \xc3\xa9jection^FS"));
	arena_free(a);
}

static void
test_too_long(void **state)
{
	const struct label_print how = { .format = label_format_of("50x30") };
	struct arena *a = arena_new();
	struct label l = press;
	char url[4000];
	const char *zpl;

	(void)state;
	memset(url, 'x', sizeof(url));
	url[sizeof(url) - 1] = '\0';
	l.url = url;
	assert_int_equal(zpl_labels(a, &l, 1, 1, &how, 203, &zpl), INVALID);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_label),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
