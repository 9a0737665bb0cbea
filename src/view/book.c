/* book.c: see book.h. */
#include <string.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "view/book.h"

/* 1970-01-01 in Excel's days. */
enum { EPOCH = 25569, NAME_LONGEST = 31, WIDTH = 18, CELL_LONGEST = 32767 };

struct book {
	struct arena *arena;
	lxw_workbook *book;
	lxw_worksheet *page;
	lxw_format *day, *time;
	lxw_row_t row;
	lxw_col_t column;
	lxw_error error;
};

static void
keep(struct book *s, lxw_error e)
{
	if (s->error == LXW_NO_ERROR)
		s->error = e;
	s->column++;
}

/* What Excel allows as the name of a sheet. */
static const char *
name_of(struct arena *a, const char *title)
{
	char *name = arena_text(a, title, strlen(title));

	for (char *p = name; *p != '\0'; p++)
		if (strchr("[]:*?/\\'", *p) != NULL)
			*p = ' ';
	return text_cut(a, name, NAME_LONGEST);
}

static lxw_format *
format_of(struct book *s, const char *numbers)
{
	lxw_format *f = workbook_add_format(s->book);

	format_set_num_format(f, numbers);
	return f;
}

struct book *
book_open(
    struct arena *a, const char *path, const char *title, const char *const *headers, size_t count)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	struct book *s = NEW(a, struct book);
	lxw_format *bold;

	s->arena = a;
	s->book = workbook_new_opt(path, &options);
	if (s->book == NULL) {
		log_error("book: cannot begin %s", path);
		return NULL;
	}
	s->page = workbook_add_worksheet(s->book, name_of(a, title));
	if (s->page == NULL)
		s->page = workbook_add_worksheet(s->book, NULL);
	s->day = format_of(s, "yyyy-mm-dd");
	s->time = format_of(s, "yyyy-mm-dd hh:mm");
	bold = workbook_add_format(s->book);
	format_set_bold(bold);
	worksheet_set_column(s->page, 0, (lxw_col_t)(count > 0 ? count - 1 : 0), WIDTH, NULL);
	worksheet_freeze_panes(s->page, 1, 0);
	for (size_t i = 0; i < count; i++)
		keep(s, worksheet_write_string(s->page, 0, s->column, headers[i], bold));
	book_next(s);
	return s;
}

void
book_text(struct book *s, const char *text)
{
	if (strlen(text) > CELL_LONGEST)
		text = text_cut(s->arena, text, CELL_LONGEST / 4);
	keep(s, worksheet_write_string(s->page, s->row, s->column, text, NULL));
}

void
book_number(struct book *s, double n)
{
	keep(s, worksheet_write_number(s->page, s->row, s->column, n, NULL));
}

void
book_day(struct book *s, int64_t days)
{
	keep(s, worksheet_write_number(s->page, s->row, s->column, (double)(days + EPOCH), s->day));
}

void
book_time(struct book *s, int64_t seconds)
{
	keep(s, worksheet_write_number(
		    s->page, s->row, s->column, (double)seconds / 86400 + EPOCH, s->time));
}

void
book_skip(struct book *s)
{
	s->column++;
}

void
book_next(struct book *s)
{
	s->row++;
	s->column = 0;
}

size_t
book_rows(const struct book *s)
{
	return s->row;
}

enum status
book_close(struct book *s)
{
	const lxw_error e = workbook_close(s->book);

	if (s->error == LXW_NO_ERROR)
		s->error = e;
	if (s->error == LXW_NO_ERROR)
		return OK;
	log_error("book: %s", lxw_strerror(s->error));
	return FAILED;
}
