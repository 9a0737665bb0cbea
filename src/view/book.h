/*
 * book.h: an Excel workbook of one sheet, row by row; libxlsxwriter does the work.
 *
 * Rows are written to the disk as they come, so that memory does not grow with them; texts are
 * texts, whatever they begin with: nothing runs.
 */
#ifndef VIEW_BOOK_H
#define VIEW_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct book;

/* Rows that Excel can hold, the headers among them. */
enum { BOOK_ROWS = 1048576 };

/* Headers are bold and stay in sight.  NULL: logged. */
struct book *book_open(
    struct arena *, const char *path, const char *title, const char *const *headers, size_t count);
/* Column by column, then the next row. */
void book_text(struct book *, const char *);
void book_number(struct book *, double);
void book_day(struct book *, int64_t days);
void book_time(struct book *, int64_t seconds);
void book_skip(struct book *);
void book_next(struct book *);
/* Rows so far, the headers among them. */
size_t book_rows(const struct book *);
/* The file is whole behind this; FAILED when something went wrong on the way. */
enum status book_close(struct book *) MUST_CHECK;

#endif
