/* paper_flow.c: A4 pages that fill from the top: paragraphs, tables, page numbers; see paper.h. */
#include <string.h>

#include "base/arena.h"
#include "view/paper_inside.h"

/* White inside a cell, and around the texts of header and footer, in mm. */
#define CELL_SIDE 1.2
#define CELL_ABOVE 1.0
#define MARGINALIA 6.0

static const struct paper_style head_style = { PAPER_BOLD, 7, 0.3, PAPER_LEFT };
static const struct paper_style cell_style = { PAPER_PLAIN, 9, 0, PAPER_LEFT };
static const struct paper_style margin_style = { PAPER_PLAIN, 7.5, 0.35, PAPER_LEFT };

void
paper_flow(struct paper *p, const struct paper_flow *flow)
{
	p->flow = flow;
	paper_page(p, PAPER_A4_WIDTH, PAPER_A4_HEIGHT);
	p->y = flow->top;
}

double
paper_y(const struct paper *p)
{
	return p->y;
}

double
paper_left(const struct paper *p)
{
	return p->flow->left;
}

double
paper_wide(const struct paper *p)
{
	return PAPER_A4_WIDTH - p->flow->left - p->flow->right;
}

void
paper_move(struct paper *p, double down)
{
	p->y += down;
}

double
paper_left_over(const struct paper *p)
{
	return PAPER_A4_HEIGHT - p->flow->bottom - p->y;
}

bool
paper_room(struct paper *p, double height)
{
	if (height <= paper_left_over(p) || p->y <= p->flow->top)
		return false;
	paper_page(p, PAPER_A4_WIDTH, PAPER_A4_HEIGHT);
	p->y = p->flow->top;
	return true;
}

/* From the top of a line to its base line. */
static double
rise(const struct paper_style *s)
{
	return s->size * 0.95 / POINTS_A_MM;
}

/* One page's part of the text is found line by line: a line that does not fit goes to the next
 * page. */
void
paper_paragraph(struct paper *p, const struct paper_style *s, const char *text)
{
	double height = paper_line_height(s);
	char *rest = paper_clean(p->arena, text), *end;
	struct paper_area area;
	size_t len;

	while (*rest != '\0' && !p->failed) {
		end = strchr(rest, '\n');
		len = end == NULL ? strlen(rest) : (size_t)(end - rest);
		area = (struct paper_area){ paper_left(p), 0, paper_wide(p), 0 };
		for (const char *at = arena_text(p->arena, rest, len); *at != '\0';) {
			const char *line = at;

			len = paper_line_length(p, &area, s, &at);
			paper_room(p, height);
			area.y = p->y + rise(s);
			area.lines = 1;
			paper_wrap(p, &area, s, arena_text(p->arena, line, len));
			p->y += height;
		}
		if (end == rest)
			p->y += height;
		rest = end == NULL ? rest + strlen(rest) : end + 1;
	}
}

static struct paper_style
cell_of(const struct paper_style *s, const struct paper_column *c)
{
	struct paper_style style = *s;

	style.align = c->align;
	return style;
}

static double
cells_put(struct paper *p, const struct paper_table *t, const struct paper_style *s,
    const char *const *cells, double height, bool measure)
{
	double x = paper_left(p), lines = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct paper_column *c = &t->columns[i];
		struct paper_style style = cell_of(s, c);
		double width = c->width * paper_wide(p);
		struct paper_area area = { x + CELL_SIDE, p->y + CELL_ABOVE + rise(s),
			width - 2 * CELL_SIDE, (int)(height / paper_line_height(s)) };
		const char *text = cells[i] == NULL ? "" : cells[i];
		int n = measure ? paper_wrap_lines(p, &area, &style, text)
				: paper_wrap(p, &area, &style, text);

		lines = n > lines ? n : lines;
		x += width;
	}
	return lines * paper_line_height(s) + 2 * CELL_ABOVE;
}

static double
page_height(const struct paper *p)
{
	return PAPER_A4_HEIGHT - p->flow->top - p->flow->bottom;
}

void
paper_table_head(struct paper *p, const struct paper_table *t)
{
	const char **titles = NEW_ARRAY(p->arena, const char *, t->count);
	double height;

	if (p->failed)
		return;
	for (size_t i = 0; i < t->count; i++)
		titles[i] = t->columns[i].title;
	height = cells_put(p, t, &head_style, titles, page_height(p), true);
	paper_room(p, height + t->row_least + cell_style.size);
	cells_put(p, t, &head_style, titles, page_height(p), false);
	p->y += height;
	paper_line(p, paper_left(p), p->y, paper_left(p) + paper_wide(p), p->y, PAPER_FINE);
}

void
paper_table_row(struct paper *p, const struct paper_table *t, const char *const *cells)
{
	/* A row taller than a page would go on for ever: it is cut, head and margins left. */
	double most = page_height(p) - 4 * MARGINALIA, height;

	if (p->failed)
		return;
	height = cells_put(p, t, &cell_style, cells, most, true);
	if (height < t->row_least)
		height = t->row_least;
	if (paper_room(p, height))
		paper_table_head(p, t);
	cells_put(p, t, &cell_style, cells, most, false);
	p->y += height;
	paper_line(p, paper_left(p), p->y, paper_left(p) + paper_wide(p), p->y, PAPER_HAIR);
}

static void
header_put(struct paper *p)
{
	double y = p->flow->top - MARGINALIA;
	struct paper_area area = { paper_left(p), y, paper_wide(p), 1 };

	if (p->flow->header == NULL)
		return;
	paper_wrap(p, &area, &margin_style, p->flow->header);
	paper_line(p, area.x, y + 1.5, area.x + area.width, y + 1.5, PAPER_HAIR);
}

static void
footer_put(struct paper *p, int number, int count)
{
	struct paper_style right = margin_style;
	double y = PAPER_A4_HEIGHT - p->flow->bottom + MARGINALIA;
	struct paper_area area = { paper_left(p), y, paper_wide(p) - 20, 1 };

	right.align = PAPER_RIGHT;
	paper_wrap(p, &area, &margin_style, p->flow->footer);
	paper_text(p, paper_left(p) + paper_wide(p), y, &right,
	    arena_print(p->arena, "%d / %d", number, count));
}

void
paper_flow_end(struct paper *p)
{
	struct paper_sheet *last = p->last;
	int count = 0, number = 0;

	for (struct paper_sheet *s = p->first; s != NULL; s = s->next)
		count++;
	for (struct paper_sheet *s = p->first; s != NULL; s = s->next) {
		p->last = s; /* what is drawn goes onto this page */
		number++;
		if (number > 1)
			header_put(p);
		footer_put(p, number, count);
	}
	p->last = last;
}
