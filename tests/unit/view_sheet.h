/* view_sheet.h: a PDF that a test prints, and other programs read back. */
#ifndef TEST_VIEW_SHEET_H
#define TEST_VIEW_SHEET_H

#include "base/arena.h"
#include "base/buf.h"
#include "tool.h"
#include "view/catalogue.h"
#include "view/paper.h"

enum { TEXT = 64 * 1024 };

struct fixture {
	struct arena *arena;
	struct catalogue *english;
	char dir[TOOL_PATH], pdf[TOOL_PATH + 16], out[TOOL_PATH + 16];
	char text[TEXT];
};

static inline int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	f->english = catalogue_read(f->arena, "templates", "en");
	scratch_begin(f->dir);
	snprintf(f->pdf, sizeof(f->pdf), "%s/paper.pdf", f->dir);
	snprintf(f->out, sizeof(f->out), "%s/out", f->dir);
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	scratch_end(f->dir);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* PAPER_KEEP=folder keeps what the tests print, to look at. */
static inline void
keep(struct fixture *f, const struct paper_bytes *pdf, const char *name)
{
	const char *folder = getenv("PAPER_KEEP");

	assert_true(pdf->len > 1000);
	assert_memory_equal(pdf->at, "%PDF-", 5);
	assert_true(file_put(f->pdf, pdf->at, pdf->len));
	if (folder != NULL)
		file_put(arena_print(f->arena, "%s/%s.pdf", folder, name), pdf->at, pdf->len);
}

/* What zbarimg reads on page 1 at 150 dots an inch, in a box of mm of it; one line a code. */
static inline void
read_codes_in(struct fixture *f, int x, int y, int width, int height)
{
	const int box[] = { x, y, width, height };
	char png[TOOL_PATH + 16];
	const char *at[COUNT(box)];

	snprintf(png, sizeof(png), "%s/page.png", f->dir);
	for (size_t i = 0; i < COUNT(box); i++)
		at[i] = arena_print(f->arena, "%d", box[i] * 1500 / 254);
	assert_int_equal(TOOL(png, "pdftoppm", "-r", "150", "-png", "-f", "1", "-singlefile", "-x",
			     at[0], "-y", at[1], "-W", at[2], "-H", at[3], f->pdf),
	    0);
	assert_int_equal(TOOL(f->out, "zbarimg", "--quiet", "--raw", png), 0);
	assert_true(file_get(f->out, f->text, TEXT) > 0);
}

static inline void
read_codes(struct fixture *f)
{
	read_codes_in(f, 0, 0, PAPER_A4_WIDTH, PAPER_A4_HEIGHT);
}

static inline void
read_text(struct fixture *f)
{
	assert_int_equal(TOOL(f->out, "pdftotext", "-raw", f->pdf, "-"), 0);
	assert_true(file_get(f->out, f->text, TEXT) > 0);
}

static inline bool
tools_there(void)
{
	bool there = tool_there("pdftoppm") && tool_there("pdftotext") && tool_there("zbarimg");

	if (access(PAPER_FONTS "/DejaVuSans.ttf", R_OK) == 0)
		return there;
	printf("skipped: %s is not installed\n", PAPER_FONTS);
	return false;
}

#endif
