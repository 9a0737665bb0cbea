/*
 * register_export_csv.c: a list as CSV (RFC 4180), and as a workbook of Excel.
 *
 * CSV is UTF-8 with a mark in front, without which Excel takes it for something else.  Where the
 * comma is in numbers, as in French, the semicolon is between fields.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "page/register_export.h"
#include "view/book.h"

/*
 * A workbook is packed: its first byte comes after its last row, and nginx waits 30 s for one.
 * That is 100,000 records and the headers; CSV is sent as it is read.
 */
enum { PIECE = 64 * 1024, WORKBOOK_ROWS = 100001 };

_Static_assert((int)WORKBOOK_ROWS < (int)BOOK_ROWS, "and the row that says that there are more");

static enum status
answer(struct request *rq, struct export *x, const char *type, const char *ending)
{
	header_set(rq, "Content-Type", type);
	header_set(rq, "Content-Disposition",
	    arena_print(rq->arena, "attachment; filename=\"%s-%s.%s\"", export_base(x) + 1,
		date_iso(rq->arena, locale_today(rq->kit->locale, rq->by->now)), ending));
	header_set(rq, "Cache-Control", "no-store");
	rq->response.code = 200;
	rq->response.stream = &x->stream;
	return OK;
}

static const char *
separator(const struct export *x)
{
	return !x->plain && strcmp(x->rq.kit->tongue->language, "fr") == 0 ? ";" : ",";
}

static enum status
csv_more(struct stream *stream, struct buf *out)
{
	struct export *x = (struct export *)stream;
	const void *record = NULL;
	enum status e = OK;

	if (!x->begun) {
		x->begun = true;
		buf_text(out, "\xEF\xBB\xBF");
		for (size_t i = 0; i < x->column_count; i++) {
			buf_text(out, i > 0 ? separator(x) : "");
			csv_put(out, x->headers[i]);
		}
		buf_text(out, "\r\n");
	}
	do {
		e = export_next(x, out->arena, &record);
		for (size_t i = 0; !e && record != NULL && i < x->column_count; i++) {
			buf_text(out, i > 0 ? separator(x) : "");
			csv_put(out, export_cell(x, i, record).text);
		}
		if (!e && record != NULL)
			buf_text(out, "\r\n");
	} while (!e && record != NULL && !export_at_lot(x));
	return e;
}

static void
csv_end(struct stream *stream)
{
	export_end((struct export *)stream);
}

enum status
export_csv(struct request *rq, struct export *x)
{
	if (x == NULL)
		return OK;
	x->stream = (struct stream){ csv_more, csv_end };
	return answer(rq, x, "text/csv; charset=utf-8", "csv");
}

enum status
register_export_csv(struct request *rq)
{
	struct export *x;
	enum status e = export_begin(rq, &x);

	return e ? e : export_csv(rq, x);
}

static void
write_row(struct export *x, const void *record)
{
	for (size_t i = 0; i < x->column_count; i++) {
		const struct export_cell c = export_cell(x, i, record);

		if (*c.text == '\0')
			book_skip(x->book);
		else if (c.kind == CELL_NUMBER)
			book_number(
			    x->book, strtod(text_replace(x->rq.arena, c.text, ",", "."), NULL));
		else if (c.kind == CELL_DAY)
			book_day(x->book, c.n);
		else if (c.kind == CELL_TIME)
			book_time(x->book, c.n);
		else
			book_text(x->book, c.text);
	}
	book_next(x->book);
}

/* The last row says that there are more. */
static enum status
write_rows(struct export *x)
{
	struct arena *a = arena_new();
	const void *record = NULL;
	enum status e;

	while (!(e = export_next(x, a, &record)) && record != NULL) {
		if (book_rows(x->book) == WORKBOOK_ROWS) {
			book_text(
			    x->book, page_text(&x->rq, "There are more than 100,000: use CSV."));
			break;
		}
		write_row(x, record);
		if (export_at_lot(x))
			arena_reset(a);
	}
	x->rq.arena = x->by.arena = x->home;
	arena_free(a);
	return e;
}

/* The whole workbook, in a file that has no name any more. */
static enum status
make_book(struct export *x)
{
	const char *folder = getenv("TMPDIR");
	char *path = arena_print(x->home, "%s/millwright-XXXXXX", folder != NULL ? folder : "/tmp");
	enum status e, closed = FAILED;
	int made = mkstemp(path);

	if (made < 0) {
		log_error("export: %s cannot be made", path);
		return FAILED;
	}
	close(made);
	x->book = book_open(
	    x->home, path, page_text(&x->rq, export_title(x)), x->headers, x->column_count);
	e = x->book != NULL ? write_rows(x) : FAILED;
	if (x->book != NULL)
		closed = book_close(x->book);
	x->file = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	if (x->file < 0)
		return FAILED;
	return e ? e : closed;
}

static enum status
xlsx_more(struct stream *stream, struct buf *out)
{
	struct export *x = (struct export *)stream;
	enum status e = OK;
	char *piece;
	ssize_t n;

	if (!x->begun) {
		x->begun = true;
		e = make_book(x);
	}
	if (e)
		return e;
	piece = arena_room(out->arena, PIECE);
	n = read(x->file, piece, PIECE);
	if (n < 0)
		return FAILED;
	buf_add(out, piece, (size_t)n);
	return OK;
}

static void
xlsx_end(struct stream *stream)
{
	struct export *x = (struct export *)stream;

	if (x->file >= 0)
		close(x->file);
	export_end(x);
}

enum status
export_xlsx(struct request *rq, struct export *x)
{
	if (x == NULL)
		return OK;
	x->stream = (struct stream){ xlsx_more, xlsx_end };
	return answer(
	    rq, x, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
}

enum status
register_export_xlsx(struct request *rq)
{
	struct export *x;
	enum status e = export_begin(rq, &x);

	return e ? e : export_xlsx(rq, x);
}
