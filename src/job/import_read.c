/* import_read.c: from the bytes of a file to the values of records. */
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/store.h"
#include "base/text.h"
#include "job/end.h"
#include "job/import_inside.h"
#include "job/job.h"

enum { CUT = 120, PERCENT = 1000 };

void
load_wrong(struct row *row, const char *member, const char *typed, const char *text,
    const char *one, const char *two)
{
	row->verdict = V_WRONG;
	if (row->wrongs < MOST_COMPLAINTS)
		row->wrong[row->wrongs++] = (struct wrong){ member, typed, text, one, two };
}

static bool
is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->field[i][strspn(row->field[i], " \t")] != '\0')
			return false;
	return true;
}

/* What is wrong with the row as a row. */
static const char *
fault_of(const struct load *l, const struct csv_row *row)
{
	if (row->fault != NULL)
		return strstr(row->fault, "NUL") != NULL
			   ? "The line has characters that are no text."
		       : strstr(row->fault, "behind") != NULL
			   ? "There is text behind a closing quotation mark."
			   : "A quotation mark is never closed.";
	for (size_t i = l->column_count; i < row->count; i++)
		if (*text_trim(l->batch, row->field[i]) != '\0')
			return "The line has more cells than the first one.";
	return NULL;
}

static void
take_row(struct load *l, const struct csv_row *from, int64_t index, struct row *to)
{
	*to = (struct row){
		.line = from->line, .index = index, .count = from->count, .cell = from->field
	};
	to->fault = fault_of(l, from);
	if (to->fault != NULL)
		load_wrong(to, NULL, "", to->fault, NULL, NULL);
	l->rows++;
}

static struct csv_file *
open_file(struct load *l)
{
	const char *path = arena_print(l->forever, "%s/%s", l->turn->config->files,
	    store_path(l->forever, l->im.sha256, NULL));
	const struct csv_dialect d = { l->im.encoding, l->im.separator_kind };

	return csv_file_open(l->forever, path, &d);
}

/* The next row that is data and wanted; *n counts those of the file. */
static bool
next_row(struct load *l, struct csv_file *f, const unsigned char *wanted, int64_t *n,
    struct csv_row *row)
{
	while (csv_file_next(f, l->batch, row)) {
		const int64_t i = *n;

		if (is_blank(row))
			continue;
		(*n)++;
		if (wanted == NULL || (wanted[i / 8] >> (i % 8) & 1) != 0)
			return true;
	}
	return false;
}

static int64_t
share(const struct load *l, const struct csv_file *f)
{
	const int64_t done = l->rows, all = l->im.read_count;

	if (l->apply && all > 0)
		return done < all ? done * PERCENT / all : PERCENT - 1;
	return l->im.size > 0 ? csv_file_read(f) * (PERCENT - 1) / l->im.size : 0;
}

enum status
load_rows(struct load *l, const unsigned char *wanted,
    enum status (*batch)(struct load *, struct row *, size_t count))
{
	struct csv_file *f = open_file(l);
	struct csv_row row;
	int64_t n = 0;
	enum status e = OK;
	bool more = f != NULL;

	if (f == NULL)
		return FAILED;
	arena_reset(l->batch);
	while (l->im.headed && csv_file_next(f, l->batch, &row) && is_blank(&row))
		;
	while (!e && more) {
		struct row *rows;
		size_t count = 0;

		arena_reset(l->batch);
		rows = NEW_ARRAY(l->batch, struct row, BATCH);
		while (count < BATCH && (more = next_row(l, f, wanted, &n, &row)))
			take_row(l, &row, n - 1, &rows[count++]);
		if (count > 0)
			e = batch(l, rows, count);
		if (!e)
			e = end_asked() ? RETRY : note_progress(l, share(l, f));
	}
	if (!e && csv_file_failed(f))
		e = FAILED;
	csv_file_close(f);
	return e;
}

/* Line breaks of every kind are LF here, as forms have them. */
static const char *
one_break(struct arena *a, const char *text)
{
	char *out, *to;

	if (strchr(text, '\r') == NULL)
		return text;
	out = to = arena_text(a, text, strlen(text));
	for (const char *c = out; *c != '\0'; c++)
		if (*c != '\r')
			*to++ = *c;
		else if (c[1] != '\n')
			*to++ = '\n';
	*to = '\0';
	return out;
}

const char *
load_cell(const struct load *l, const struct row *row, size_t rule)
{
	const int c = l->column[rule];

	if (c < 0)
		return NULL;
	if ((size_t)c >= row->count)
		return "";
	return csv_arm(one_break(l->batch, text_trim(l->batch, row->cell[c])));
}

/* "{Name}" in what stands for an empty cell is the cell of that column. */
static const char *
fill_in(const struct load *l, const struct row *row, const char *given)
{
	for (size_t c = 0; strchr(given, '{') != NULL && c < l->column_count; c++) {
		const char *mark = arena_print(l->batch, "{%s}", l->headers[c]);

		if (strstr(given, mark) != NULL)
			given = text_replace(l->batch, given, mark,
			    c < row->count ? text_trim(l->batch, row->cell[c]) : "");
	}
	return given;
}

const char *
load_text(const struct load *l, const struct row *row, size_t rule)
{
	const char *text = load_cell(l, row, rule);

	if ((text == NULL || *text == '\0') && l->given[rule] != NULL)
		return fill_in(l, row, l->given[rule]);
	return text;
}

/* A spreadsheet's 6.37702E+15: the digits behind are lost. */
static bool
is_shortened(const char *text)
{
	const size_t digits = strspn(text, "0123456789.,");

	return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') &&
	       text[digits + 1] == '+' && text[digits + 2] != '\0' &&
	       strspn(text + digits + 2, "0123456789") == strlen(text + digits + 2);
}

static const char *
bound(struct load *l, const struct rule *r, int64_t n)
{
	if (r->field.type == TYPE_DECIMAL)
		return form_value_text(l->batch, NULL,
		    &(struct rule){ .field = { "n", TYPE_DECIMAL, 0, NULL } },
		    &(struct decimal){ true, n });
	return arena_print(l->batch, "%lld", (long long)n);
}

static bool
is_set(const struct load *l, const struct rule *r, const void *record)
{
	return *form_value_text(l->batch, &l->zone, r, record) != '\0';
}

static void
read_value(struct load *l, struct row *row, size_t rule, const char *text, void *record)
{
	const struct rule *r = &l->target.form->rules[rule];
	struct complaint c;

	if (csv_is_damaged(text)) {
		load_wrong(row, r->field.name, text,
		    "It has characters that cannot be read. Choose another encoding.", NULL, NULL);
		return;
	}
	if (import_is_key(&l->target, r->field.name) && is_shortened(text)) {
		load_wrong(row, r->field.name, text,
		    "A spreadsheet has shortened this number; its last digits are lost.", NULL,
		    NULL);
		return;
	}
	if (!form_value(l->batch, &l->zone, r, load_plain(l, r, text), record, &c))
		load_wrong(
		    row, r->field.name, text, c.text, bound(l, r, c.least), bound(l, r, c.most));
}

void
load_values(struct load *l, struct row *row, void *record, bool fresh)
{
	for (size_t i = 0; i < l->target.own; i++) {
		const struct rule *r = &l->target.form->rules[i];
		const char *text = load_text(l, row, i);

		if (l->refs[i] != NULL)
			continue;
		/* What no column gives stays as it is; so does what has to be filled and has an
		 * empty cell here, when there is something. */
		if (text == NULL && !fresh)
			continue;
		if ((text == NULL || (*text == '\0' && r->required)) && is_set(l, r, record))
			continue;
		read_value(l, row, i, text != NULL ? text : "", record);
	}
}
