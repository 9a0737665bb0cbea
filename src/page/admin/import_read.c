/* import_read.c: the first rows of a file, and what its columns are likely to be. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/csv_file.h"
#include "base/secret.h"
#include "base/store.h"
#include "base/text.h"
#include "page/admin/import_pages.h"
#include "page/page.h"

enum { MOST_COLUMNS = 200, LONGEST_HEADER = 80, LOOKED_AT = 60, FIRST_MONTH = 12 };

static const char *
label(const void *with, size_t i, const char *msgid)
{
	const struct kit *kit = with;

	return i < kit->tongue_count ? catalogue_text(kit->tongues[i].catalogue, msgid) : NULL;
}

struct import_labels
import_labels_of(struct request *rq)
{
	return (struct import_labels){ label, rq->kit };
}

const char *
import_line_at(struct arena *a, const char *text, size_t i)
{
	for (; i > 0 && *text != '\0'; i--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return arena_text(a, text, strcspn(text, "\n"));
}

size_t
import_line_count(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

const char *
import_given_of(struct arena *a, const struct import *im, const char *member)
{
	const size_t len = strlen(member);

	for (size_t i = 0; i < import_line_count(im->given); i++) {
		const char *line = import_line_at(a, im->given, i);

		if (strncmp(line, member, len) == 0 && line[len] == '\t')
			return line + len + 1;
	}
	return "";
}

static bool
is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->field[i][strspn(row->field[i], " \t")] != '\0')
			return false;
	return true;
}

struct csv_row *
import_first_rows(struct request *rq, const struct import *im, size_t most, size_t *count)
{
	const char *path = arena_print(
	    rq->arena, "%s/%s", rq->kit->config->files, store_path(rq->arena, im->sha256, NULL));
	const struct csv_dialect d = { im->encoding, im->separator_kind };
	struct csv_file *f = csv_file_open(rq->arena, path, &d);
	struct csv_row *rows = NEW_ARRAY(rq->arena, struct csv_row, most);

	*count = 0;
	if (f == NULL)
		return rows;
	while (*count < most && csv_file_next(f, rq->arena, &rows[*count]))
		*count += !is_blank(&rows[*count]);
	csv_file_close(f);
	return rows;
}

/* On one line, and not too long. */
static const char *
header_text(struct arena *a, const char *text)
{
	const char *cut = text_cut(a, text_trim(a, csv_arm(text)), LONGEST_HEADER);
	char *out = arena_text(a, cut, strlen(cut));

	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return out;
}

static void
set_headers(struct request *rq, struct import *im, const struct csv_row *first)
{
	struct buf out = { .arena = rq->arena };
	unsigned char digest[SHA256_BYTES];
	struct buf hex = { .arena = rq->arena };

	buf_text(&out, "");
	for (size_t i = 0; i < first->count && i < MOST_COLUMNS; i++)
		buf_print(&out, "%s\n",
		    im->headed ? header_text(rq->arena, first->field[i])
			       : arena_print(rq->arena, "%zu", i + 1));
	im->headers = out.text;
	sha256(out.text, out.len, digest);
	for (size_t i = 0; i < SHA256_BYTES; i++)
		buf_print(&hex, "%02x", digest[i]);
	im->header_digest = hex.text;
}

/* 12/31/2026 somewhere says that the month comes first; 31/12/2026, or nothing, the day. */
static const char *
day_order_of(const struct csv_row *rows, size_t count)
{
	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < rows[r].count; i++) {
			const char *text = rows[r].field[i];
			const size_t a = strspn(text, "0123456789");
			const size_t b = text[a] == '/' ? strspn(text + a + 1, "0123456789") : 0;
			int first, second;

			if (a < 1 || a > 2 || b < 1 || b > 2 || text[a + b + 1] != '/')
				continue;
			first = a == 2 ? (text[0] - '0') * 10 + text[1] - '0' : text[0] - '0';
			second = b == 2 ? (text[a + 1] - '0') * 10 + text[a + 2] - '0'
					: text[a + 1] - '0';
			if (second > FIRST_MONTH)
				return "MDY";
			if (first > FIRST_MONTH)
				return "DMY";
		}
	return "DMY";
}

/* Is anything in that column of the first rows? */
static bool
is_filled(struct request *rq, const struct csv_row *rows, size_t count, size_t c)
{
	for (size_t r = 1; r < count; r++)
		if (c < rows[r].count && *text_trim(rq->arena, rows[r].field[c]) != '\0')
			return true;
	return false;
}

/* A key that no column gives is made of the name: a plant that has no numbers yet gets some. */
static void
guess_given(struct request *rq, struct import *im, const struct import_target *t,
    const char *const *headers, size_t count, const int *member, const bool *filled)
{
	const char *name = NULL;
	bool has_key = false;

	for (size_t c = 0; c < count; c++) {
		const char *m = member[c] >= 0 ? t->form->rules[member[c]].field.name : "";

		has_key = has_key || (filled[c] && strcmp(m, t->key[0]) == 0);
		if (strcmp(m, "name") == 0)
			name = headers[c];
	}
	im->given = "";
	if (!has_key && name != NULL && strcmp(t->key[0], "name") != 0 && t->key[1] == NULL)
		im->given = arena_print(rq->arena, "%s\t{%s}\n", t->key[0], name);
}

static void
guess(struct request *rq, struct import *im, const struct import_target *t,
    const struct csv_row *rows, size_t row_count)
{
	const struct import_labels labels = import_labels_of(rq);
	const size_t count = import_line_count(im->headers);
	const char **headers = NEW_ARRAY(rq->arena, const char *, count);
	int *member = NEW_ARRAY(rq->arena, int, count);
	bool *filled = NEW_ARRAY(rq->arena, bool, count);
	struct buf mapping = { .arena = rq->arena };

	for (size_t i = 0; i < count; i++) {
		headers[i] = import_line_at(rq->arena, im->headers, i);
		filled[i] = is_filled(rq, rows, row_count, i);
	}
	import_guess(rq->arena, t, &labels, headers, count, member);
	buf_text(&mapping, "");
	for (size_t i = 0; i < count; i++)
		buf_print(
		    &mapping, "%s\n", member[i] >= 0 ? t->form->rules[member[i]].field.name : "");
	im->mapping = mapping.text;
	guess_given(rq, im, t, headers, count, member, filled);
}

enum status
import_read_headers(struct request *rq, struct import *im, const struct import_target *t)
{
	struct import alike;
	size_t count;
	const struct csv_row *rows = import_first_rows(rq, im, LOOKED_AT, &count);
	enum status e;

	if (count == 0) {
		im->headers = im->mapping = im->given = im->header_digest = "";
		return OK;
	}
	set_headers(rq, im, &rows[0]);
	e = import_alike(rq->by, im->kind, im->header_digest, &alike);
	if (!e) {
		im->mapping = alike.mapping;
		im->given = alike.given;
		im->day_order = alike.day_order;
		im->decimal_mark = alike.decimal_mark;
		im->make_missing = alike.make_missing;
		im->keep_existing = alike.keep_existing;
		return OK;
	}
	if (e != NOT_FOUND)
		return e;
	guess(rq, im, t, rows, count);
	im->day_order = day_order_of(rows, count);
	im->decimal_mark = strcmp(im->separator_kind, "SEMICOLON") == 0 ? "COMMA" : "POINT";
	return OK;
}
