/* view_qr_test.c: QR codes are read back by another program, from their SVG. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "tool.h"
#include "view/qr.h"

#define URL "https://plant.example/m/K7QF-2MXA"

enum { SCALE = 6, SIDE_MOST = 200 };

struct picture {
	int side;
	unsigned char pixel[SIDE_MOST * SCALE][SIDE_MOST * SCALE];
};

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

/* The rectangles of the path, drawn as a picture that a reader of codes understands. */
static void
draw(const char *svg, struct picture *out)
{
	const char *at = strstr(svg, "viewBox=\"0 0 ");
	int x, y, n, back;

	assert_non_null(at);
	assert_int_equal(sscanf(at, "viewBox=\"0 0 %d", &out->side), 1);
	assert_in_range(out->side, 21 + 2 * QR_QUIET, SIDE_MOST);
	memset(out->pixel, 255, sizeof(out->pixel));
	for (at = strstr(svg, " d=\"") + 4; *at == 'M'; at = strchr(at, 'z') + 1) {
		assert_int_equal(sscanf(at, "M%d %dh%dv1h-%dz", &x, &y, &n, &back), 4);
		assert_int_equal(n, back);
		assert_in_range(x, QR_QUIET, out->side - QR_QUIET - n);
		assert_in_range(y, QR_QUIET, out->side - QR_QUIET - 1);
		for (int row = y * SCALE; row < (y + 1) * SCALE; row++)
			memset(&out->pixel[row][x * SCALE], 0, (size_t)(n * SCALE));
	}
	assert_int_equal(*at, '"');
}

static void
read_back(const char *svg, char *text, size_t room)
{
	static struct picture picture;
	char dir[TOOL_PATH], pgm[TOOL_PATH + 8], out[TOOL_PATH + 8];
	FILE *f;

	draw(svg, &picture);
	scratch_begin(dir);
	snprintf(pgm, sizeof(pgm), "%s/qr.pgm", dir);
	snprintf(out, sizeof(out), "%s/out", dir);
	f = fopen(pgm, "wb");
	assert_non_null(f);
	fprintf(f, "P5\n%d %d\n255\n", picture.side * SCALE, picture.side * SCALE);
	for (int row = 0; row < picture.side * SCALE; row++)
		fwrite(picture.pixel[row], 1, (size_t)(picture.side * SCALE), f);
	fclose(f);
	assert_int_equal(TOOL(out, "zbarimg", "--quiet", "--raw", pgm), 0);
	assert_true(file_get(out, text, room) > 0);
	text[strcspn(text, "\n")] = '\0';
	scratch_end(dir);
}

static void
test_read_back(void **state)
{
	static const char *const texts[] = { URL, "a", "HTTPS://PLANT.EXAMPLE/M/1",
		"https://usine.example/m/K7QF-2MXA?a=1&b=%3C%22%27%3E" };
	char text[256];

	if (!tool_there("zbarimg"))
		skip();
	for (size_t i = 0; i < COUNT(texts); i++) {
		read_back(qr_svg(*state, texts[i]), text, sizeof(text));
		assert_string_equal(text, texts[i]);
		read_back(qr_svg_level(*state, texts[i], QR_QUARTILE), text, sizeof(text));
		assert_string_equal(text, texts[i]);
	}
}

static void
test_markup(void **state)
{
	const char *svg = qr_svg(*state, "a<b>\"&'");

	assert_non_null(strstr(svg, "<title>a&lt;b&gt;&quot;&amp;&#39;</title>"));
	assert_non_null(strstr(svg, "role=\"img\""));
	assert_non_null(strstr(svg, "shape-rendering=\"crispEdges\""));
	assert_null(strstr(svg, "style="));
	assert_null(strstr(strstr(svg, "<path") + 1, "<path"));
}

static void
test_limits(void **state)
{
	char text[2400];

	assert_null(qr_svg(*state, NULL));
	assert_null(qr_svg(*state, ""));
	memset(text, 'x', sizeof(text));
	text[2331] = '\0';
	assert_non_null(qr_svg(*state, text)); /* the most that 40-M holds */
	text[2331] = 'x';
	text[2332] = '\0';
	assert_null(qr_svg(*state, text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_markup, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
