/*
 * paper.h: PDF pages for printing: text, rules, tables and QR codes, in millimetres.  libharu does
 * the work.
 *
 * Arabic is joined and runs from right to left; lines that begin with it stand at the right.
 *
 * x and y count from the top left corner of the page; y of a text is its base line.  Whatever goes
 * wrong (no font, no memory) is remembered and logged once; the calls after it do nothing and
 * paper_end() answers FAILED.  What the font lacks prints as an empty box; what is not UTF-8 as
 * "?".
 *
 * Two ways to use it: place things by x and y on pages of any size, or let them flow down A4 pages
 * with paper_flow(), where `y` moves on by itself and a page ends when it is full.
 */
#ifndef VIEW_PAPER_H
#define VIEW_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct paper;
struct qr;

/* Debian's fonts-dejavu-core. */
#define PAPER_FONTS "/usr/share/fonts/truetype/dejavu"

/* Thickness of lines: between things and to write on, which are grey; below headings and around
 * boxes. */
#define PAPER_HAIR 0.1
#define PAPER_FINE 0.25

enum { PAPER_A4_WIDTH = 210, PAPER_A4_HEIGHT = 297 };

enum paper_face { PAPER_PLAIN, PAPER_BOLD, PAPER_MONO, PAPER_FACES };
enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT };

struct paper_style {
	enum paper_face face;
	double size; /* in points */
	double grey; /* 0 black to 1 white */
	enum paper_align align;
};

/* A place for text: its first base line, how wide, and how many lines at most (0: any number). */
struct paper_area {
	double x, y, width;
	int lines;
};

struct paper_bytes {
	const char *at;
	size_t len;
};

/* font_dir: PAPER_FONTS or another folder with the same files.  Must be ended by paper_end(). */
struct paper *paper_begin(struct arena *, const char *font_dir, const char *title);
/* Frees everything; the bytes are in the arena. */
enum status paper_end(struct paper *, struct paper_bytes *out) MUST_CHECK;
bool paper_failed(const struct paper *);
/* The first page becomes an <svg> as well, of the same text in the same places, in millimetres. */
void paper_also_svg(struct paper *);
/* It, whole; NULL when the paper failed.  After the last thing on that page. */
const char *paper_svg_end(struct paper *);

void paper_page(struct paper *, double width, double height);
void paper_text(struct paper *, double x, double y, const struct paper_style *, const char *);
double paper_text_width(const struct paper *, const struct paper_style *, const char *);
/* The distance of base lines. */
double paper_line_height(const struct paper_style *);
/* Broken at spaces and line ends; cut with "…" when the lines do not suffice.  Lines printed. */
int paper_wrap(struct paper *, const struct paper_area *, const struct paper_style *, const char *);
/* The lines that paper_wrap() would print. */
int paper_wrap_lines(
    const struct paper *, const struct paper_area *, const struct paper_style *, const char *);
/*
 * A text that must fit into a box: as large as it can be there, at most `most`, in at most the
 * area's lines; at `least` points cut with "…".  area.y is the top of the box; the height used, mm.
 */
double paper_fit(struct paper *, const struct paper_area *, double height,
    const struct paper_style *most, double least, const char *);
void paper_line(struct paper *, double x1, double y1, double x2, double y2, double thick);
void paper_frame(struct paper *, double x, double y, double width, double height, double thick);
void paper_fill(struct paper *, double x, double y, double width, double height, double grey);
/* The dark modules, side mm wide; the caller leaves the quiet zone of 4 modules white. */
void paper_qr(struct paper *, const struct qr *, double x, double y, double side);

/* The header and the footer of the pages that follow; page numbers are added at the end: 1 / 3. */
struct paper_flow {
	double left, right, top, bottom; /* margins */
	const char *header;              /* from the second page on; may be NULL */
	const char *footer;              /* may be NULL */
};

/* Begins a first A4 page.  The flow's texts must live until paper_end(). */
void paper_flow(struct paper *, const struct paper_flow *);
/* The top of what comes next, and its left end and width. */
double paper_y(const struct paper *);
double paper_left(const struct paper *);
double paper_wide(const struct paper *);
void paper_move(struct paper *, double down);
/* What is left of the page. */
double paper_left_over(const struct paper *);
/* A new page unless that much is left on this one.  True when it began one. */
bool paper_room(struct paper *, double height);
/* A text over the whole width, as many pages as it takes; lines are never torn. */
void paper_paragraph(struct paper *, const struct paper_style *, const char *);

struct paper_column {
	const char *title;
	double width; /* as a share of the whole width; they add up to 1 */
	enum paper_align align;
};

/* The head is printed again on each page that the table goes on. */
struct paper_table {
	const struct paper_column *columns;
	size_t count;
	double row_least; /* height of a row at least; rows to write in by hand need 8 */
};

void paper_table_head(struct paper *, const struct paper_table *);
/* count texts; NULL is an empty cell. */
void paper_table_row(struct paper *, const struct paper_table *, const char *const *cells);

#endif
