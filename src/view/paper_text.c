/* paper_text.c: text on paper: made printable, measured, broken into lines; see paper.h. */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "view/paper_inside.h"

#define ELLIPSIS "\xe2\x80\xa6"
/* The line height as a share of the size; DejaVu is wide and high. */
#define LEADING 1.3
/* Where its base line is in it. */
#define BASE_LINE 0.78
/* The bytes with which U+0100 and above begin in UTF-8. */
#define WIDE_LEADS \
	"\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3" \
	"\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf\xe0\xe1\xe2\xe3" \
	"\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef"

enum { BAD_CODE = -1, HIGHEST = 0xFFFF };

struct span {
	uint32_t first, last;
};

/* Marks that steer direction, joining or the look of an emoji; paper has no use for them. */
static const struct span invisible[] = {
	{ 0xAD, 0xAD },
	{ 0x200B, 0x200F },
	{ 0x2028, 0x202E },
	{ 0x2060, 0x206F },
	{ 0xFE00, 0xFE0F },
	{ 0xFEFF, 0xFEFF },
	{ 0x1F3FB, 0x1F3FF },
	{ 0xE0000, 0xE0FFF },
};

/* The code at *at, which is moved behind it; BAD_CODE for a byte that begins none. */
static int32_t
code_next(const char **at)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)*at;
	int more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC2 ? 1 : 0;
	int32_t code = s[0];

	*at += 1;
	if (s[0] < 0x80)
		return code;
	if (more == 0 || s[0] > 0xF4)
		return BAD_CODE;
	code &= 0x3F >> more;
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return BAD_CODE;
		code = code << 6 | (s[i] & 0x3F);
	}
	if (code < least[more + 1] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return BAD_CODE;
	*at += more;
	return code;
}

static bool
is_invisible(int32_t code)
{
	for (size_t i = 0; i < COUNT(invisible); i++)
		if (code >= (int32_t)invisible[i].first && code <= (int32_t)invisible[i].last)
			return true;
	return false;
}

/* libharu knows 16 bits of a code: what is above, emoji mostly, becomes the replacement sign. */
static void
code_add(struct buf *b, int32_t code, const char *from, size_t len)
{
	if (code == BAD_CODE)
		buf_text(b, "?");
	else if (code == '\r' || is_invisible(code))
		return;
	else if (code == '\n')
		buf_text(b, "\n");
	else if (code < ' ' || (code >= 0x7F && code < 0xA0))
		buf_text(b, " ");
	else if (code > HIGHEST)
		buf_text(b, "\xef\xbf\xbd");
	else
		buf_add(b, from, len);
}

char *
paper_clean(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };
	const char *from;
	int32_t code;

	buf_text(&b, "");
	for (const char *at = text == NULL ? "" : text; *at != '\0';) {
		from = at;
		code = code_next(&at);
		code_add(&b, code, from, (size_t)(at - from));
	}
	return paper_shape(a, b.text);
}

double
paper_measure(const struct paper *p, const struct paper_style *s, const char *clean, size_t len)
{
	double width = 0;

	if (p->failed)
		return 0;
	for (const char *at = clean; at < clean + len;)
		width += HPDF_Font_GetUnicodeWidth(p->fonts[s->face], (HPDF_UNICODE)code_next(&at));
	return width / 1000 * s->size / POINTS_A_MM;
}

double
paper_text_width(const struct paper *p, const struct paper_style *s, const char *text)
{
	const char *clean = paper_clean(p->arena, text);

	return paper_measure(p, s, clean, strlen(clean));
}

double
paper_line_height(const struct paper_style *s)
{
	return s->size * LEADING / POINTS_A_MM;
}

/* As wide as on paper, whatever letters the screen has. */
static void
put_svg(struct paper *p, double x, double y, const struct paper_style *s, const char *seen)
{
	struct buf *b = paper_svg(p);
	int grey = (int)(s->grey * 255);

	if (b == NULL)
		return;
	buf_print(b,
	    "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" textLength=\"%.2f\""
	    " lengthAdjust=\"spacingAndGlyphs\" fill=\"rgb(%d,%d,%d)\" direction=\"ltr\""
	    " unicode-bidi=\"bidi-override\" xml:space=\"preserve\"%s%s>",
	    x, y, s->size / POINTS_A_MM, paper_measure(p, s, seen, strlen(seen)), grey, grey, grey,
	    s->face == PAPER_PLAIN ? "" : " font-weight=\"bold\"",
	    s->face == PAPER_MONO ? " font-family=\"DejaVu Sans Mono, monospace\"" : "");
	buf_html(b, seen);
	buf_text(b, "</text>");
}

/*
 * libharu keeps the glyphs that were used and those that they are made of, but not what these are
 * made of in turn: the Arabic beh loses its tooth, a bold š its body.  Who asks for the width of
 * a character keeps its glyph; these have all such parts of DejaVu between them.
 */
static const HPDF_UNICODE parts_of_parts[] = { 0x0033, 0x0043, 0x0050, 0x0052, 0x0055, 0x005A,
	0x005F, 0x006C, 0x0079, 0x007A, 0x00C0, 0x00CE, 0x00D5, 0x00DC, 0x00E0, 0x00E9, 0x00EE,
	0x00F5, 0x0104, 0x010B, 0x010C, 0x0138, 0x0159, 0x0161, 0x016B, 0x0186, 0x018F, 0x019F,
	0x01A0, 0x01DD, 0x025B, 0x0275, 0x02BC, 0x0309, 0x0385, 0x0388, 0x038A, 0x038C, 0x038F,
	0x0395, 0x0397, 0x0399, 0x03A5, 0x03B5, 0x03BF, 0x03F4, 0x042B, 0x044B, 0x0654, 0x06AF,
	0x1E1C, 0x1E32, 0x1E37, 0x1E3A, 0x1E5E, 0x1E64, 0x1E99, 0x1F03, 0x1F0C, 0x1F26, 0x1F37,
	0x1FB6, 0x1FCD, 0x1FDE, 0x1FE0, 0x1FF3, 0xFB6C, 0xFB6D, 0xFB8F, 0xFB90, 0xFB91, 0xFBE8,
	0xFBE9 };

static void
keep_parts(struct paper *p, enum paper_face face, const char *text)
{
	if (p->parts_kept[face] || strpbrk(text, WIDE_LEADS) == NULL)
		return;
	p->parts_kept[face] = true;
	for (size_t i = 0; i < COUNT(parts_of_parts); i++)
		HPDF_Font_GetUnicodeWidth(p->fonts[face], parts_of_parts[i]);
}

static void
put_seen(struct paper *p, double x, double y, const struct paper_style *s, const char *seen)
{
	HPDF_Page page;

	if (p->failed || p->last == NULL || seen[0] == '\0')
		return;
	put_svg(p, x, y, s, seen);
	keep_parts(p, s->face, seen);
	page = p->last->page;
	HPDF_Page_SetGrayFill(page, (HPDF_REAL)s->grey);
	HPDF_Page_SetFontAndSize(page, p->fonts[s->face], (HPDF_REAL)s->size);
	HPDF_Page_BeginText(page);
	HPDF_Page_TextOut(
	    page, (HPDF_REAL)(x * POINTS_A_MM), (HPDF_REAL)((p->height - y) * POINTS_A_MM), seen);
	HPDF_Page_EndText(page);
}

void
paper_put(struct paper *p, double x, double y, const struct paper_style *s, const char *clean)
{
	put_seen(p, x, y, s, paper_order(p->arena, clean, paper_is_rtl(p->arena, clean)));
}

static double
shift(enum paper_align align, double room)
{
	return align == PAPER_RIGHT ? room : align == PAPER_CENTRE ? room / 2 : 0;
}

void
paper_text(struct paper *p, double x, double y, const struct paper_style *s, const char *text)
{
	char *clean = paper_clean(p->arena, text);

	for (char *c = clean; *c != '\0'; c++)
		if (*c == '\n')
			*c = ' ';
	x += shift(s->align, -paper_measure(p, s, clean, strlen(clean)));
	paper_put(p, x, y, s, clean);
}

/*
 * How many bytes of text go on a line of that width: up to the last space that fits, or, of a word
 * wider than the line, what fits of it; one character at least.
 */
static size_t
line_fit(const struct paper *p, const struct paper_style *s, const char *text, double most)
{
	double width = 0;
	size_t space = 0;
	const char *at = text, *from;

	while (*at != '\0' && *at != '\n') {
		from = at;
		if (*at == ' ')
			space = (size_t)(at - text);
		code_next(&at);
		width += paper_measure(p, s, from, (size_t)(at - from));
		if (width > most + 1e-6 && *from != ' ' && from > text)
			return space > 0 ? space : (size_t)(from - text);
	}
	return (size_t)(at - text);
}

/* The next line at or after *at, which is moved to the one after it; its length in *len. */
static const char *
line_next(const struct paper *p, const struct paper_area *area, const struct paper_style *s,
    const char **at, size_t *len)
{
	const char *line = *at, *rest;

	*len = line_fit(p, s, line, area->width);
	rest = line + *len;
	if (*rest == '\n') {
		rest++;
	} else {
		while (*rest == ' ')
			rest++;
	}
	while (*len > 0 && line[*len - 1] == ' ')
		*len -= 1;
	*at = rest;
	return line;
}

/* The line made shorter until "…" fits behind it. */
static char *
line_cut(
    const struct paper *p, const struct paper_style *s, const char *line, size_t len, double most)
{
	double room = most - paper_measure(p, s, ELLIPSIS, strlen(ELLIPSIS));

	while (len > 0 && (paper_measure(p, s, line, len) > room || line[len - 1] == ' ' ||
			      ((unsigned char)line[len] & 0xC0) == 0x80))
		len--;
	return arena_print(p->arena, "%.*s" ELLIPSIS, (int)len, line);
}

/* What begins from the right stands at the right. */
static void
line_put(struct paper *p, const struct paper_area *area, const struct paper_style *s, int row,
    const char *text, bool rtl)
{
	double room = area->width - paper_measure(p, s, text, strlen(text));
	enum paper_align align = rtl && s->align == PAPER_LEFT ? PAPER_RIGHT : s->align;

	put_seen(p, area->x + shift(align, room), area->y + row * paper_line_height(s), s,
	    paper_order(p->arena, text, rtl));
}

size_t
paper_line_length(const struct paper *p, const struct paper_area *area, const struct paper_style *s,
    const char **at)
{
	size_t len;

	line_next(p, area, s, at, &len);
	return len;
}

int
paper_wrap(
    struct paper *p, const struct paper_area *area, const struct paper_style *s, const char *text)
{
	const char *at = paper_clean(p->arena, text), *line;
	const bool rtl = paper_is_rtl(p->arena, at);
	size_t len;
	int row;

	for (row = 0; *at != '\0' && !p->failed; row++) {
		line = line_next(p, area, s, &at, &len);
		if (area->lines > 0 && row + 1 == area->lines && *at != '\0') {
			line_put(p, area, s, row, line_cut(p, s, line, len, area->width), rtl);
			return row + 1;
		}
		line_put(p, area, s, row, arena_text(p->arena, line, len), rtl);
	}
	return row;
}

int
paper_wrap_lines(const struct paper *p, const struct paper_area *area, const struct paper_style *s,
    const char *text)
{
	const char *at = paper_clean(p->arena, text);
	size_t len;
	int row;

	for (row = 0; *at != '\0' && !p->failed && (area->lines == 0 || row < area->lines); row++)
		line_next(p, area, s, &at, &len);
	return row;
}

/* Does it fit without a word being torn, and in so many lines? */
static bool
fits(const struct paper *p, const struct paper_area *area, const struct paper_style *s,
    const char *text)
{
	struct paper_area any = *area;
	size_t len;

	any.lines = area->lines + 1;
	if (paper_wrap_lines(p, &any, s, text) > area->lines)
		return false;
	for (const char *word = text; *word != '\0'; word += len + (word[len] != '\0')) {
		len = strcspn(word, " \n");
		if (paper_measure(p, s, word, len) > area->width)
			return false;
	}
	return true;
}

double
paper_fit(struct paper *p, const struct paper_area *area, double height,
    const struct paper_style *most, double least, const char *text)
{
	const char *clean = paper_clean(p->arena, text);
	struct paper_style s = *most;
	struct paper_area tried = *area;

	for (;; s.size -= 0.25) {
		const int room = (int)(height / paper_line_height(&s) + 0.01);
		const bool last = s.size - 0.25 < least;

		tried.lines = room < 1 ? 1 : room < area->lines ? room : area->lines;
		if (!last && !fits(p, &tried, &s, clean))
			continue;
		tried.y = area->y + paper_line_height(&s) * BASE_LINE;
		return paper_wrap(p, &tried, &s, text) * paper_line_height(&s);
	}
}
