/* csv.c: see csv.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/text.h"

static bool
at_break(const struct csv *csv)
{
	return csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r');
}

/* Over one line break: LF, CR or CRLF. */
static void
skip_break(struct csv *csv)
{
	if (*csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n')
		csv->at++;
	csv->at++;
	csv->line++;
}

/* What the first row has most of, outside of quotes. */
static char
separator_of(const char *at, const char *end)
{
	static const char candidates[] = ",;\t";
	size_t most = 0, best = 0;
	size_t found[3] = { 0 };
	bool quoted = false;

	for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
		const char *c = strchr(candidates, *at);

		if (*at == '"')
			quoted = !quoted;
		else if (!quoted && *at != '\0' && c != NULL)
			found[c - candidates]++;
	}
	for (size_t i = 0; i < COUNT(found); i++)
		if (found[i] > most) {
			most = found[i];
			best = i;
		}
	return candidates[best];
}

void
csv_open(struct csv *csv, const char *bytes, size_t len)
{
	static const char mark[] = "\xEF\xBB\xBF";

	*csv = (struct csv){ bytes, bytes + len, ',', 1 };
	if (len >= 3 && memcmp(bytes, mark, 3) == 0)
		csv->at += 3;
	csv->separator = separator_of(csv->at, csv->end);
}

/* What is being read.  A row is gone over twice: first only to measure it. */
struct reading {
	struct csv *csv;
	struct csv_row *row;
	char *out; /* NULL while measuring */
	size_t len;
	size_t count; /* fields */
};

static void
fault(struct reading *r, const char *what, int64_t line)
{
	if (r->row->fault != NULL)
		return;
	r->row->fault = what;
	r->row->fault_line = line;
}

static void
put(struct reading *r, const char *bytes, size_t len)
{
	if (r->out != NULL)
		memcpy(r->out + r->len, bytes, len);
	r->len += len;
}

/* One character of data. */
static void
take(struct reading *r)
{
	struct csv *csv = r->csv;
	const char *from = csv->at;
	size_t n = text_char(csv->at, (size_t)(csv->end - csv->at));

	if (at_break(csv)) {
		skip_break(csv);
		put(r, from, (size_t)(csv->at - from));
		return;
	}
	if (*from == '\0')
		fault(r, "has a NUL character", csv->line);
	else if (n == 0)
		fault(r, "is not UTF-8", csv->line);
	csv->at += n > 0 ? n : 1;
	put(r, from, (size_t)(csv->at - from));
}

static bool
at_field_end(const struct csv *csv)
{
	return csv->at == csv->end || *csv->at == csv->separator || at_break(csv);
}

static void
plain_field(struct reading *r)
{
	while (!at_field_end(r->csv))
		take(r);
}

static void
quoted_field(struct reading *r)
{
	struct csv *csv = r->csv;

	csv->at++;
	for (;;) {
		if (csv->at == csv->end) {
			r->row->fault = NULL; /* all behind is this field: say where it began */
			fault(r, "has a quote that is never closed", r->row->line);
			return;
		}
		if (*csv->at != '"') {
			take(r);
			continue;
		}
		csv->at++;
		if (csv->at == csv->end || *csv->at != '"')
			break;
		put(r, "\"", 1);
		csv->at++;
	}
	if (at_field_end(csv))
		return;
	fault(r, "has text behind a closing quote", csv->line);
	plain_field(r);
}

static void
read_row(struct reading *r)
{
	struct csv *csv = r->csv;

	for (;; csv->at++) {
		if (r->out != NULL)
			r->row->field[r->count] = r->out + r->len;
		r->count++;
		if (csv->at < csv->end && *csv->at == '"')
			quoted_field(r);
		else
			plain_field(r);
		put(r, "", 1);
		if (csv->at == csv->end || *csv->at != csv->separator)
			break;
	}
	if (at_break(csv))
		skip_break(csv);
}

bool
csv_next(struct csv *csv, struct arena *arena, struct csv_row *row)
{
	struct csv ahead;
	struct reading measure = { &ahead, row, NULL, 0, 0 };
	struct reading real = { csv, row, NULL, 0, 0 };

	while (at_break(csv))
		skip_break(csv);
	if (csv->at == csv->end)
		return false;
	*row = (struct csv_row){ .line = csv->line };
	ahead = *csv;
	read_row(&measure);
	*row = (struct csv_row){ .line = csv->line, .count = measure.count };
	row->field = NEW_ARRAY(arena, const char *, measure.count);
	real.out = arena_alloc(arena, measure.len, 1);
	read_row(&real);
	return true;
}

/* "-5", "-1.5", "-1,5": a minus, digits, and at most separators between them. */
static bool
is_negative(const char *text)
{
	return text[0] == '-' && text[1] >= '0' && text[1] <= '9' &&
	       text[strspn(text, "-0123456789.,")] == '\0' && strchr(text + 1, '-') == NULL;
}

/* Would a spreadsheet run it, were the apostrophes in front not there? */
static bool
is_armed(const char *text)
{
	static const char *const triggers[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋",
		"－", "＠" };

	text += strspn(text, "'");
	for (size_t i = 0; i < COUNT(triggers); i++)
		if (text_starts(text, triggers[i]))
			return !is_negative(text);
	return false;
}

const char *
csv_disarm(struct arena *arena, const char *text)
{
	return is_armed(text) ? arena_print(arena, "'%s", text) : text;
}

const char *
csv_arm(const char *text)
{
	return *text == '\'' && is_armed(text) ? text + 1 : text;
}

void
csv_put(struct buf *out, const char *text)
{
	const bool quote = is_armed(text) || text[strcspn(text, ",;\t\"\r\n")] != '\0';

	if (!quote) {
		buf_text(out, text);
		return;
	}
	buf_text(out, is_armed(text) ? "\"'" : "\"");
	for (size_t n; *text != '\0'; text += n) {
		n = strcspn(text, "\"");
		buf_add(out, text, n);
		if (text[n] == '"') {
			buf_text(out, "\"\"");
			n++;
		}
	}
	buf_text(out, "\"");
}
