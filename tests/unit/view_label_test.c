/* view_label_test.c: labels are rendered, and read back by zbarimg. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/label_format.h"
#include "view/paper_label.h"
#include "view_sheet.h"

#define URL "https://plant.example/m/K7QF-2MXA"

static const struct label press = {
	.url = URL,
	.code = "K7QF-2MXA",
	.name = "Presse hydraulique \xc3\xa0 \xc3\xa9jection automatique"
		" Schuler MSP 400, ligne 3, poste de reprise",
	.number = "PRS-0012",
	.place = "Emboutissage \xc2\xb7 Hall B, trav\xc3\xa9"
		 "e 12",
	.hint = "Scanner pour signaler",
	.site = "Usine de Saint-\xc3\x89tienne",
};

static enum status
print(struct fixture *f, const char *dir, const struct label *labels, size_t n, const char *format,
    struct paper_bytes *pdf)
{
	const struct label_print how = { .format = label_format_of(format), .level = QR_QUARTILE };

	return paper_labels(f->arena, dir, labels, n, &how, pdf, NULL);
}

static void
test_label(void **state)
{
	struct fixture *f = *state;
	struct paper_bytes pdf;

	if (!tools_there())
		skip();
	assert_int_equal(print(f, PAPER_FONTS, &press, 1, "70x37", &pdf), OK);
	keep(f, &pdf, "label");
	read_codes(f);
	assert_string_equal(f->text, URL "\n");
	read_text(f);
	assert_non_null(strstr(f->text, "K7QF-2MXA"));
	assert_non_null(strstr(f->text, "Presse"));
	assert_non_null(strstr(f->text, "PRS-0012"));
	assert_non_null(strstr(f->text, "Hall B, trav\xc3\xa9"
					"e 12"));
	assert_int_equal(TOOL(f->out, "pdfinfo", f->pdf), 0);
	assert_true(file_get(f->out, f->text, TEXT) > 0);
	assert_non_null(strstr(f->text, "Presse hydraulique \xc3\xa0"));
	assert_non_null(strstr(f->text, "198.425 x 104.882 pts"));
}

/* Adds what zbarimg reads on the whole page at so many dots an inch to f->text. */
static void
read_page(struct fixture *f, const char *dots)
{
	char png[TOOL_PATH + 16];
	const size_t len = strlen(f->text);

	snprintf(png, sizeof(png), "%s/page.png", f->dir);
	assert_int_equal(
	    TOOL(png, "pdftoppm", "-r", dots, "-gray", "-png", "-singlefile", f->pdf), 0);
	assert_int_equal(
	    TOOL(f->out, "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", png), 0);
	assert_true(file_get(f->out, f->text + len, TEXT - len) > 0);
}

/*
 * Every code of every sheet, whole pages at a time, as a printer would lay them down.  zbarimg fits
 * its corners by chance (RANSAC) and misses one code in fifty; so it looks at most four times.
 */
static void
test_formats(void **state)
{
	static const char *const dots[] = { "300", "203", "400", "250" };
	struct fixture *f = *state;

	if (!tools_there())
		skip();
	for (size_t i = 0; i < label_format_count; i++) {
		const struct label_format *format = &label_formats[i];
		const int n = label_format_places(format);
		struct label *labels = NEW_ARRAY(f->arena, struct label, (size_t)n);
		struct paper_bytes pdf;
		int read = 0;

		for (int j = 0; j < n; j++) {
			labels[j] = press;
			labels[j].url = arena_print(f->arena, URL "/%02d", j);
			labels[j].name = j % 2 == 0 ? "Tour 4" : press.name;
		}
		assert_int_equal(print(f, PAPER_FONTS, labels, (size_t)n, format->code, &pdf), OK);
		keep(f, &pdf, format->code);
		f->text[0] = '\0';
		for (size_t k = format->roll; k < COUNT(dots) && read < n; k++) {
			read_page(f, dots[k]);
			read = 0;
			for (int j = 0; j < n; j++)
				read += strstr(f->text, labels[j].url) != NULL;
		}
		if (read < n)
			fail_msg("%s: zbarimg reads %d of %d:\n%s", format->code, read, n, f->text);
	}
}

/* A sheet begun is gone on with; what does not fit comes on the next. */
static void
test_sheet(void **state)
{
	const struct label_print how = {
		.format = label_format_of("a4-3x8"), .start = 22, .offset_x = 1.5, .offset_y = -1
	};
	struct fixture *f = *state;
	struct label labels[3];
	struct paper_bytes pdf;
	const char *svg;

	if (!tools_there())
		skip();
	for (size_t i = 0; i < COUNT(labels); i++) {
		labels[i] = press;
		labels[i].url = arena_print(f->arena, URL "/%zu", i);
	}
	assert_int_equal(
	    paper_labels(f->arena, PAPER_FONTS, labels, COUNT(labels), &how, &pdf, &svg), OK);
	keep(f, &pdf, "sheet");
	read_codes_in(f, 71, 259, 69, 37);
	assert_string_equal(f->text, URL "/0\n");
	read_codes_in(f, 141, 259, 69, 37);
	assert_string_equal(f->text, URL "/1\n");
	TOOL(f->out, "pdfinfo", f->pdf);
	file_get(f->out, f->text, TEXT);
	assert_non_null(strstr(f->text, "Pages:           2"));
	assert_non_null(strstr(svg, "PRS-0012"));
	assert_non_null(strstr(svg, "</svg>"));
}

/* Joined letters, from the right: the presentation forms in the order in which they are seen. */
static void
test_arabic(void **state)
{
	struct fixture *f = *state;
	struct label l = press;
	struct paper_bytes pdf;
	const struct label_print how = { .format = label_format_of("70x37") };
	const char *svg;

	if (!tools_there())
		skip();
	/* mikbas 3, "press 3": meem kaf beh seen, initial medial medial final. */
	l.name = "\xd9\x85\xd9\x83\xd8\xa8\xd8\xb3 3";
	assert_int_equal(paper_labels(f->arena, PAPER_FONTS, &l, 1, &how, &pdf, &svg), OK);
	keep(f, &pdf, "arabic");
	assert_non_null(strstr(svg, ">3 \xef\xba\xb2\xef\xba\x92\xef\xbb\x9c\xef\xbb\xa3</text>"));
}

static void
test_failures(void **state)
{
	struct fixture *f = *state;
	struct label none = press;
	struct paper_bytes pdf;
	char url[4000];

	assert_int_equal(print(f, f->dir, &press, 1, "70x37", &pdf), FAILED);
	assert_null(pdf.at);
	memset(url, 'x', sizeof(url));
	url[sizeof(url) - 1] = '\0';
	none.url = url;
	assert_int_equal(print(f, PAPER_FONTS, &none, 1, "70x37", &pdf), INVALID);
	assert_int_equal(print(f, PAPER_FONTS, NULL, 0, "70x37", &pdf), INVALID);
	assert_null(pdf.at);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_label),
		TEST(test_formats),
		TEST(test_sheet),
		TEST(test_arabic),
		TEST(test_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
